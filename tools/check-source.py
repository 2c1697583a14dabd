#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taste as code: the rules of HACKING.md that a program can hold us to.

An exception is written in place and says why; it covers its own line and the two after it, or the whole file:
    /* nocheck:rule why this one is right */      (in other languages, in whatever a comment is there)
    /* nocheck-file:rule why this file is the place for it */
An exception that excuses nothing is itself a finding. With --self-test every rule must catch the bad
examples of tests/source/examples.txt and pass the good ones. With --tap each rule is one test.
"""
import argparse, collections, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
C = ('.c', '.h')
MAX_FUNCTION, MAX_FILE, MAX_NESTING = 60, 800, 5

# Which folders a folder may include from; the longest prefix decides. Then the libraries it may use.
FLOORS = {
    'db/record':    (('db/record',), ('glib',)),
    'db/names':     (('db/record', 'db/names'), ('glib', 'unicode')),
    'db':           (('db',), ('glib', 'gio', 'sqlite3', 'sodium', 'json-glib')),
    'printing':     (('db', 'printing'), ('glib', 'gio', 'cairo', 'pango', 'qrencode')),
    'app/rules':    (('db/record', 'app/rules'), ('glib', 'gio', 'json-glib')),
    'app':          (('db', 'printing', 'app'), ('glib', 'gio', 'json-glib', 'cairo', 'gdk-pixbuf')),
    'ui':           (('db', 'printing', 'app', 'ui'), ('glib', 'gio', 'json-glib', 'cairo', 'pango', 'gdk-pixbuf', 'gtk', 'adwaita')),
    'tests/record':   (('db/record', 'tests'), None),
    'tests/rules':    (('db/record', 'app/rules', 'tests'), None),
    'tests/db':       (('db', 'tests'), None),
    'tests/exchange': (('db', 'tests'), None),
    'tests/printing': (('db', 'printing', 'tests'), None),
    'tests/app':      (('db', 'printing', 'app', 'tests'), None),
    'tests/bench':    (('db', 'printing', 'app', 'tests'), None),
}
LIBRARIES = {'glib': r'glib([./-]|$)|gobject/', 'gio': r'gio/', 'gtk': r'(gtk|gdk|gsk)/|graphene', 'adwaita': r'adwaita', 'sqlite3': r'sqlite3',
             'sodium': r'sodium', 'json-glib': r'json-glib/', 'unicode': r'unicode/', 'cups': r'cups/', 'cairo': r'cairo', 'pango': r'pango/',
             'qrencode': r'qrencode', 'gdk-pixbuf': r'gdk-pixbuf/'}
ONE_FILE = {'cups': 'printing/dbk-cups-queue.c'}      # a library that only one file may see
CLOCK_FILE = 'app/dbk-clock.c'
NUMBER_FILES = ('db/record/dbk-quantity.c', 'db/record/dbk-day.c')

# Classes that GTK and libadwaita give up soon after 4.8 and 1.2, and what stands in for them here.
DEPRECATED = {
    'GtkTreeView GtkTreeStore GtkTreeModel GtkTreeSelection GtkListStore GtkCellRenderer\\w* GtkIconView': 'GtkColumnView or GtkListView on a GListStore',
    'GtkComboBox GtkComboBoxText GtkEntryCompletion GtkAppChooser\\w*': 'GtkDropDown or AdwComboRow',
    'GtkDialog GtkMessageDialog': 'AdwMessageDialog or an AdwWindow that is modal',
    'GtkFileChooserDialog GtkFileChooserNative GtkFileChooserWidget': 'the one function that picks files',
    'GtkInfoBar': 'a notice strip of our own', 'GtkStatusbar GtkAssistant GtkLockButton GtkVolumeButton': 'labels, GtkStack',
    'GtkColorChooser\\w* GtkColorButton GtkFontChooser\\w* GtkFontButton': 'style classes', 'GtkStyleContext': 'style classes',
    'AdwLeaflet AdwFlap AdwSqueezer AdwViewSwitcherTitle': 'a plain sidebar, AdwViewSwitcher',
}
DEPRECATED_CALLS = {
    r'gtk_widget_(show|hide)': 'gtk_widget_set_visible', r'gtk_css_provider_load_from_data': 'a stylesheet in the resource',
    r'gtk_picture_set_keep_aspect_ratio': 'gtk_picture_set_content_fit', r'adw_action_row_set_icon_name': 'adw_action_row_add_prefix',
    r'gtk_style_context_(?!add_provider_for_display|remove_provider_for_display)\w+': 'style classes',
}
RULES = {}


def rule(name, *kinds):
    def register(func):
        RULES[name] = (func, kinds)
        return func
    return register


class Source:
    """One file: its text, and for C the same text with comments and the insides of strings blanked."""

    def __init__(self, path, text):
        self.path, self.text, self.kind = path, text, os.path.splitext(path)[1]
        self.lines, self.comments, self.strings = text.split('\n'), [], []
        self.code = self._blank() if self.kind in C else re.sub(r'--.*', '', text) if self.kind == '.sql' else text
        self.is_test = path.startswith('tests/')

    def _blank(self):
        def keep(m):
            s = m.group()
            if s[0] == '/':
                self.comments.append((m.start(), s))
                return re.sub(r'[^\n]', ' ', s)
            if s[0] == '"':
                self.strings.append((m.start(), s[1:-1]))
            return s[0] + re.sub(r'[^\n]', ' ', s[1:-1]) + s[-1]
        return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', keep, self.text, flags=re.S)

    def line(self, offset):
        return self.text.count('\n', 0, offset) + 1

    def find(self, pattern, message, where=None):
        for m in re.finditer(pattern, self.code if where is None else where, re.M):
            yield self.line(m.start()), message.format(m.group().strip())

    def under(self, *folders):
        return any(self.path.startswith(f + '/') for f in folders)

    def functions(self):
        """(name, line of the name, text before it, body) of each definition; a body starts with a brace in column 0."""
        for m in re.finditer(r'^\{\n(.*?)^\}', self.code, re.M | re.S):
            heads = list(re.finditer(r'^([^\n]*)\n(\w+) \(', self.code[:m.start()], re.M))
            if heads and re.fullmatch(r'[^;{}]*\)\n', self.code[heads[-1].end():m.start()]):
                name = heads[-1]
                yield name.group(2), self.line(name.start(2)), name.group(1), m.group(1)

    def excuses(self):
        """{(rule, line): line of the excuse}; and the findings that excuses themselves are."""
        texts = self.comments or [(m.start(), m.group()) for m in re.finditer(r'(#|--) .*', self.text)]
        covered, wrong = {}, []
        for offset, text in texts:
            for m in re.finditer(r'nocheck(-file)?:([\w-]+)(?:[ \t]+(?!\*/|-->)(\S))?', text):
                line, last = self.line(offset + m.start()), self.line(offset + len(text))
                if m.group(2) not in RULES or m.group(3) is None:
                    wrong.append((line, 'an exception names a rule and says why'))
                for covers in range(1, len(self.lines) + 1) if m.group(1) else range(line, last + 3):
                    covered[m.group(2), covers] = line
        return covered, wrong


def floor_of(path):
    return max((f for f in FLOORS if path.startswith(f + '/')), key=len, default=None)


@rule('floors', *C)
def floors(s):
    floor = floor_of(s.path)
    folders, libraries = FLOORS.get(floor, (None, None))
    for m in re.finditer(r'^#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', s.text, re.M):
        ours, theirs = m.groups()
        if ours is not None and ours != 'config.h':
            if '/' not in ours or ours.startswith('.'):
                yield s.line(m.start()), f'"{ours}": an include has the full path from the root'
            elif folders is not None and not any(ours.startswith(f + '/') for f in folders):
                yield s.line(m.start()), f'{floor} does not include {ours}: includes point down'
        library = next((name for name, p in LIBRARIES.items() if re.match(p, theirs)), None) if theirs else None
        if library in ONE_FILE and s.path != ONE_FILE[library]:
            yield s.line(m.start()), f'<{theirs}> is included in {ONE_FILE[library]} only'
        elif library and library not in ONE_FILE and libraries is not None and library not in libraries:
            yield s.line(m.start()), f'{floor} does not use <{theirs}>'


@rule('clock', '.c', '.h', '.sql')
def clock(s):
    if s.path != CLOCK_FILE and not s.is_test:
        yield from s.find(r'\b(g_get_real_time|g_date_time_new_now\w*|g_get_current_time|gettimeofday|CLOCK_REALTIME\w*|timespec_get)\b|(?<![\w.>])time \(',
                          '{} reads the wall clock: only ' + CLOCK_FILE + ' does')
        for offset, sql in s.strings if s.kind in C else [(0, s.code)]:
            for m in re.finditer(r"(?i)'now'|\bcurrent_(timestamp|date|time)\b|\bunixepoch\s*\(\s*\)", sql):
                yield s.line(offset + m.start()), f'{m.group()} lets SQLite read the wall clock'


@rule('spdx', '.c', '.h', '.py', '.sh', '')
def spdx(s):
    first = s.lines[1 if s.lines[0].startswith('#!') and len(s.lines) > 1 else 0]
    wanted = '/* SPDX-License-Identifier: GPL-3.0-or-later */' if s.kind in C else '# SPDX-License-Identifier: GPL-3.0-or-later'
    if first != wanted:
        yield 1, f'begins with {wanted}'


@rule('log-domain', '.c')
def log_domain(s):
    if not s.is_test and any(True for _ in s.functions()):
        m = re.search(r'^#define G_LOG_DOMAIN "(dbk-[a-z-]+|dosebook(ctl)?)"$', s.text, re.M)
        include = re.search(r'^#\s*include', s.text, re.M)
        if m is None or (include and include.start() < m.start()):
            yield 1, '#define G_LOG_DOMAIN "dbk-…" before the first include'


@rule('pragma-once', '.h')
def pragma_once(s):
    if '#pragma once' not in s.lines:
        yield 1, 'a header has #pragma once'


@rule('length', *C)
def length(s):
    for name, line, _, body in s.functions():
        n = body.count('\n')
        if n > MAX_FUNCTION:
            yield line, f'{name} has {n} lines, more than {MAX_FUNCTION}'
    if len(s.lines) - 1 > MAX_FILE:
        yield 1, f'{len(s.lines) - 1} lines, more than {MAX_FILE}: split by topic'


@rule('nesting', '.c')
def nesting(s):
    for name, line, _, body in s.functions():
        depth = deepest = 1
        stack = []
        for m in re.finditer(r'[{}]', body):
            if m.group() == '{':
                # A block has its brace on a line of its own; the braces of an initialiser are not nesting.
                stack.append(re.search(r'([);{}:]|\b(else|do))\s*\n *$', body[:m.start()]) is not None)
                depth += stack[-1]
            elif stack:
                depth -= stack.pop()
            deepest = max(deepest, depth)
        if deepest > MAX_NESTING:
            yield line, f'{name} is nested {deepest} deep, more than {MAX_NESTING}'


@rule('goto', *C)
def goto(s):
    yield from s.find(r'\bgoto\b', 'g_autoptr instead of {}')


@rule('comments', *C)
def comments(s):
    for offset, text in s.comments:
        if text.startswith('//'):
            yield s.line(offset), '/* */ comments only'


@rule('booleans', *C)
def booleans(s):
    yield from s.find(r'[=!]=\s*(TRUE|FALSE)\b', '{}: a boolean is not compared')


@rule('error-deref', *C)
def error_deref(s):
    yield from s.find(r'\(\*error\)->', '{}: the caller may have passed NULL; use a local')


@rule('sql-printf', *C)
def sql_printf(s):
    if s.is_test:
        return
    for m in re.finditer(r'\b(\w*printf|g_strconcat|g_strjoin\w*|g_string_append\w*) \(', s.code):
        end, depth = m.end(), 1
        while depth and end < len(s.code):
            depth += {'(': 1, ')': -1}.get(s.code[end], 0)
            end += 1
        if re.search(r'\b(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA|(CREATE|ALTER|DROP) TABLE)\b', s.text[m.end():end]):
            yield s.line(m.start()), f'SQL is constant and its values are bound: no {m.group(1)}'


@rule('numbers', *C)
def numbers(s):
    if s.path not in NUMBER_FILES:
        yield from s.find(r'\b(ato[ifl]+|strto(d|f|ld|l|ll|ul|ull|imax|umax)|g_strtod|g_ascii_strto\w+|\w*sscanf)\b(?= \()',
                          '{} takes what it can and forgets the rest: parse strictly (db/record)')


@rule('no-float', '.c', '.h', '.sql')
def no_float(s):
    if s.under('db', 'app/rules'):
        yield from s.find(r'\b(g?float|g?double|REAL|sqlite3_\w+_double|json_\w+_double_member)\b', '{}: amounts are integers')


@rule('names', *C, '.ui', '.py', '.sh', '')
def names(s):
    vague = r'(?i)(^|[-_/.])(utils?|helpers?|common|managers?|misc)([-_./]|$)'
    if re.search(vague, s.path):
        yield 1, 'a file is named after what it does'
    if s.kind in C:
        yield from s.find(r'\b[Dd][Bb][Kk]_?\w*([Uu]tils?|[Hh]elper|[Cc]ommon|[Mm]anager)\w*', '{}: a name says what it does')


@rule('prefix', '.c')
def prefix(s):
    if not s.is_test and os.path.basename(s.path) != 'main.c':
        for name, line, before, _ in s.functions():
            if not re.match(r'_?dbk_', name) and 'static' not in before.split():
                yield line, f'{name} is seen outside this file and lacks dbk_'


@rule('unfinished', *C, '.ui', '.sql', '.py', '.sh', '.build', '.css', '')
def unfinished(s):
    yield from s.find(r'\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b', '{}: done, or written in an issue', s.text)


@rule('fatal', *C)
def fatal(s):
    if not s.is_test:
        yield from s.find(r'(?<![\w>.])(g_error|exit|_exit|abort|assert|system|popen|strcpy|strcat|sprintf|alloca)(?= \()', '{} has no place here')


@rule('silent-skip', '.c')
def silent_skip(s):
    yield from s.find(r'\bg_test_skip \((NULL|"")\)', 'a skipped test says why', s.text)
    yield from s.find(r'(?<!g_)\bassert \(', 'g_assert_…, never bare assert')


@rule('deprecated', '.c', '.h', '.ui')
def deprecated(s):
    for classes, instead in DEPRECATED.items():
        for name in classes.split():
            call = re.sub(r'(?<!^)([A-Z])', r'_\1', name.replace('\\w*', '')).lower()
            yield from s.find(rf'\b{name}\b', '{} goes: ' + instead)
            if name != 'GtkStyleContext':
                yield from s.find(rf'\b{call}_\w+(?= \()', '{} goes: ' + instead)
    for call, instead in DEPRECATED_CALLS.items():
        yield from s.find(rf'\b{call}\b', '{} goes: ' + instead)


@rule('machine-path', *C, '.ui', '.sql', '.py', '.sh', '.build', '.md', '.in', '.xml', '.po', '.1', '')
def machine_path(s):
    yield from s.find(r'(?<![\w$}.~%*:/-])/(work|home|root|Users|tmp)/[\w.-]+', '{}: a path of one machine', s.text)


@rule('blanks', *C, '.ui', '.sql', '.py', '.sh', '.build', '.css', '')
def blanks(s):
    yield from s.find(r'[ \t]+$', 'blanks at the end of the line', s.text)
    if s.kind in C + ('.ui', '.sql', '.py', '.css'):
        yield from s.find(r'\t', 'a tab', s.text)
    if s.text and not s.text.endswith('\n'):
        yield len(s.lines), 'no newline at the end of the file'


@rule('potfiles', '.c', '.ui', '.in', '.xml')
def potfiles(s, listed=None):
    marked = {'.c': r'\b(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?) ?\(', '.ui': r'\btranslatable="(yes|true|1)"'}.get(s.kind)
    if s.kind in ('.in', '.xml'):
        speaks = s.path.endswith(('.desktop.in', '.metainfo.xml.in')) or 'gettext-domain=' in s.text
    else:
        speaks = re.search(marked, s.code) is not None
    if listed is not None and speaks and not s.is_test and s.path not in listed:
        yield 1, 'has words for translators and is not in po/POTFILES'


def check(s, listed, only=None):
    """[(line, rule, message)]"""
    covered, wrong = s.excuses()
    used, found = set(), [(line, 'nocheck', message) for line, message in wrong]
    for name, (func, kinds) in RULES.items():
        if s.kind in kinds:
            for line, message in (func(s, listed) if func is potfiles else func(s)):
                if (name, line) in covered:
                    used.add((name, covered[name, line]))
                else:
                    found.append((line, name, message))
    for (name, _), line in sorted(set(((n, e), e) for (n, _), e in covered.items())):
        if name in RULES and (name, line) not in used:
            found.append((line, 'nocheck', f'nothing here breaks the rule {name} any more'))
    return sorted(set(found))


def walk():
    kinds = set(k for _, ks in RULES.values() for k in ks)
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if not f.startswith(('.git', 'build')) and f != '__pycache__')
        for name in sorted(files):
            path = os.path.relpath(os.path.join(folder, name), ROOT)
            kind = os.path.splitext(name)[1]
            if kind in kinds and (kind != '' or path.startswith('tools/') or starts_as_script(path)):
                yield path


def starts_as_script(path):
    with open(os.path.join(ROOT, path), 'rb') as f:
        return f.read(2) == b'#!'


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8', errors='replace', newline='') as f:
        return f.read()


def check_tree(paths):
    listed = None
    found = []
    if os.path.exists(os.path.join(ROOT, 'po/POTFILES')):
        listed = [l for l in read('po/POTFILES').split('\n') if l and not l.startswith('#')]
        found = [('po/POTFILES', 1, 'potfiles', f'{l} is listed and is not there') for l in listed if not os.path.exists(os.path.join(ROOT, l))]
    for path in paths:
        found += [(path,) + f for f in check(Source(path, read(path)), listed)]
    return found


def self_test():
    """The examples: "== bad RULE PATH" or "== good RULE PATH", then the text. {rule: [complaints]}"""
    wrong, seen = collections.defaultdict(list), set()
    for part in re.split(r'^== ', read('tests/source/examples.txt'), flags=re.M)[1:]:
        head, _, text = part.partition('\n')
        verdict, name, path = head.split()
        text = text.replace('<tab>', '\t').replace('<end>\n', '')
        text = re.sub(r'<(\d+) lines>\n', lambda m: '  work ();\n' * int(m.group(1)), text)
        caught = any(f[1] == name for f in check(Source(path, text), []))
        seen.add((verdict, name))
        if caught != (verdict == 'bad'):
            wrong[name].append(f'{path}: {"missed" if verdict == "bad" else "wrongly caught"}: {text.strip()[:200]!r}')
    for name in [*RULES, 'nocheck']:
        for verdict in ('bad', 'good'):
            if (verdict, name) not in seen:
                wrong[name].append(f'there is no {verdict} example')
    return wrong


def report(by_rule, tap):
    for n, name in enumerate([*RULES, 'nocheck'], 1):
        if tap:
            print(f'{"not ok" if by_rule[name] else "ok"} {n} - {name}')
        for text in by_rule[name]:
            print(f'# {text}' if tap else text)
    if tap:
        print(f'1..{len(RULES) + 1}')
    return 1 if any(by_rule.values()) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--self-test', action='store_true', help='try every rule on the examples')
    parser.add_argument('--tap', action='store_true', help='print TAP, one test for each rule')
    parser.add_argument('path', nargs='*', help='files from the root of the tree; all of them if none is named')
    options = parser.parse_args()
    by_rule = collections.defaultdict(list)
    if options.self_test:
        by_rule.update(self_test())
    else:
        for path, line, name, message in check_tree(options.path or walk()):
            by_rule[name].append(f'{path}:{line}: {name}: {message}')
    return report(by_rule, options.tap)


if __name__ == '__main__':
    sys.exit(main())
