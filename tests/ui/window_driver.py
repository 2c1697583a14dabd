# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person does: keys and scans through the X server, reading through the accessibility bus.

Runs within tests/lib/headless.sh, with the system's Python (gi). Waits for conditions, never for a time."""
import os, signal, sqlite3, subprocess, sys, time

from accessible_tree import Tree

# Hardware key codes of a US keyboard, as a scanner sends them whatever the layout is.
KEYCODES = {c: 10 + i for i, c in enumerate('1234567890')}
KEYCODES.update({c: 24 + i for i, c in enumerate('QWERTYUIOP')})
KEYCODES.update({c: 38 + i for i, c in enumerate('ASDFGHJKL')})
KEYCODES.update({c: 52 + i for i, c in enumerate('ZXCVBNM')})
RETURN_KEYCODE = 36


def wait(condition, seconds=20, what=''):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError('waited in vain' + (f' for {what}' if what else ''))
        time.sleep(0.05)


class Window:
    def __init__(self, program, folder, arguments=(), settings=None, environment=None):
        self.program, self.folder, self.arguments = program, folder, list(arguments)
        # Most windows here are killed, so leaks are not looked for, and exact unwinding would only make it slow.
        sanitizer = 'fast_unwind_on_malloc=1:strict_string_checks=1:detect_leaks=0'
        self.environment = dict(os.environ, ASAN_OPTIONS=sanitizer, XDG_DATA_HOME=os.path.join(folder, 'data'), XDG_CONFIG_HOME=os.path.join(folder, 'config'),
                                # Windows of a test have copies of one record: each would tell the others that they are older ones.
                                XDG_STATE_HOME=os.path.join(folder, 'state'),
                                GSETTINGS_BACKEND='keyfile', G_DEBUG='', **(environment or {}))
        self.settings = {'window-maximized': 'true', 'privacy-seconds': 'uint32 600', 'lock-seconds': 'uint32 3600', **(settings or {})}
        self.process = None

    # -- the program

    def start(self):
        config = os.path.join(self.folder, 'config')
        os.makedirs(os.path.join(config, 'glib-2.0', 'settings'), exist_ok=True)
        os.makedirs(os.path.join(config, 'gtk-4.0'), exist_ok=True)
        with open(os.path.join(config, 'gtk-4.0', 'settings.ini'), 'w') as f:
            f.write('[Settings]\ngtk-cursor-blink=false\ngtk-enable-animations=false\n')
        with open(os.path.join(config, 'glib-2.0', 'settings', 'keyfile'), 'w') as f:
            f.write('[org/dosebook/Dosebook]\n')
            for key, value in self.settings.items():
                f.write(f'{key}={value}\n')
        self.log = open(os.path.join(self.folder, 'program.log'), 'ab')
        self.process = subprocess.Popen([self.program, *self.arguments], env=self.environment, stdout=self.log, stderr=self.log)
        self.tree = Tree(self.process.pid)
        wait(self._is_on_the_bus, 40, 'the window on the accessibility bus')
        return self

    def _is_on_the_bus(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        return self.tree.is_there()

    # GTK 4.8's own affair: a height was measured twice and once came out a pixel more. And GLib's: a reader on the accessibility bus spoke to
    # the program before GTK had finished joining that bus, and GLib's thread could not answer yet (seen in a core, under load).
    NOT_OURS = ('reports a minimum', "check_unclosed: assertion 'flags & FLAG_INITIALIZED' failed")

    def complaints(self):
        """What GLib and GTK called critical."""
        with open(os.path.join(self.folder, 'program.log'), errors='replace') as f:
            return [line.strip() for line in f if 'CRITICAL' in line and not any(words in line for words in self.NOT_OURS)]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else 0
        self.keys('ctrl+q')
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError('the program did not end')

    # -- hands

    def keys(self, *names):
        subprocess.run(['xdotool', 'key', '--delay', '12', *names], check=True)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '12', text], check=True)

    def scan(self, code, suffix=True):
        codes = [str(KEYCODES[c]) for c in code] + ([str(RETURN_KEYCODE)] if suffix else [])
        subprocess.run(['xdotool', 'key', '--delay', '4', *codes], check=True)

    def scan_for(self, code, text):
        """Until the text is there: on a busy machine the keys of a scan can come too far apart for one, as they never do from a scanner."""
        self.scan_until(code, lambda: self.sees(text))
        self.wait_for(text)

    def scan_until(self, code, condition):
        for _ in range(3):
            self.scan(code)
            try:
                return wait(condition, 8)
            except AssertionError:
                time.sleep(2)
        return condition()

    def sign_in(self, login, pin):
        wait(lambda: self.find('text', 'PIN') and self.find('text', 'Login'), what='the sign-in page')
        # Keys that come before the window has the focus are lost: type until the field has them.
        wait(lambda: self._type_into('Login', login), what='the login in its field')
        self.keys('Return')
        self.type(pin)
        self.keys('Return')

    def _type_into(self, field, text):
        self.keys('ctrl+a')
        self.type(text)
        return self._has(field, text)

    def _has(self, field, text):
        end = time.monotonic() + 2
        while time.monotonic() < end:
            if self.read(self.find('text', field)) == text:
                return True
            time.sleep(0.05)
        return False

    def read(self, node):
        return node.text() if node else None

    # -- eyes

    def texts(self):
        return [n.label for n in self.tree.nodes() if n.label and n.is_shown()]

    def sees(self, text):
        return any(text in n.label and n.is_shown() for n in self.tree.nodes())

    def wait_for(self, text, seconds=20):
        try:
            wait(lambda: self.sees(text), seconds)
        except AssertionError:
            raise AssertionError(f'"{text}" did not appear; there is: ' + ' | '.join(self.texts())[:1500])

    def wait_gone(self, text, seconds=20):
        wait(lambda: not self.sees(text), seconds, f'"{text}" to go')

    def find(self, role, text):
        """The control of that name; else one whose name has the text in it."""
        return self._find((role,), text)

    def button(self, text):
        return self._find(('push button', 'toggle button'), text)

    def _find(self, roles, text, pressed=False):
        candidates = [n for n in self.tree.nodes() if n.role in roles and text in n.label]
        # GTK 4.8 names a button with a mnemonic twice: "_Lift Lift".
        exact = [n for n in candidates if n.label == text or n.label.replace('_', '') == f'{text} {text}']
        return next((n for n in exact + candidates if n.is_shown() and (not pressed or n.can_act())), None)

    def is_enabled(self, node):
        return node is not None and node.is_enabled()

    def go_to(self, role, text):
        """By the Tab key, as somebody without a mouse does."""
        for _ in range(40):
            node = self.find(role, text)
            if node is not None and node.is_focused():
                return
            self.keys('Tab')
            time.sleep(0.1)
        raise AssertionError(f'the Tab key does not come to "{text}"')

    def press(self, text, role=None):
        roles = (role,) if role else ('push button', 'toggle button')
        node = wait(lambda: self._find(roles, text, pressed=True), what=f'the button "{text}"')
        node.act()

    def screenshot(self, path):
        # Two frames that are the same: nothing is being drawn any more.
        before = None
        for _ in range(40):
            subprocess.run(['import', '-window', 'root', path], check=True)
            now = open(path, 'rb').read()
            if now == before:
                return
            before = now
            time.sleep(0.1)


class Record:
    """Looks into a record that a window holds, through the file, reading only."""

    def __init__(self, path):
        self.path = path

    def ask(self, sql, *parameters):
        connection = sqlite3.connect(f'file:{self.path}?mode=ro', uri=True, timeout=10)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def doses_today(self, number):
        return self.ask('''select d.id, d.dose_ug, d.reversed from dose d join patient p on p.id = d.patient
                           where p.number = ? and d.day = (select max(day) from dose where kind != 'take-home')''', number)

    def n_doses(self):
        return self.ask('select count(*) from dose')[0][0]

    def card(self, number):
        rows = self.ask('select c.code from card c join patient p on p.id = c.patient where p.number = ? and c.revoked is null', number)
        return rows[0][0]

    def revoked_card(self):
        rows = self.ask('select code from card where revoked is not null limit 1')
        return rows[0][0]


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def run(self, name, function, on_failure=None):
        self.n += 1
        try:
            function()
            print(f'ok {self.n} - {name}', flush=True)
        except Exception as problem:
            self.failed += 1
            print(f'not ok {self.n} - {name}', flush=True)
            for line in (str(problem) or repr(problem)).split('\n'):
                print(f'# {line}', flush=True)
            if on_failure:
                on_failure(name)

    def end(self):
        print(f'1..{self.n}', flush=True)
        sys.exit(1 if self.failed else 0)
