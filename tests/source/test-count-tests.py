#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""TAP: what tools/count-tests.py makes of every way in which a test program can end."""
import json, os, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# name, what meson logged, the last line, a line that must be said
CASES = [
    ('all well', [('OK', 0, 'ok 1 /a\nok 2 - b\n1..2\n')], '2 passed, 0 failed, 0 skipped', None),
    ('a program without TAP', [('OK', 0, 'fine\n')], '1 passed, 0 failed, 0 skipped', None),
    ('one fails', [('FAIL', 1, 'ok 1 /a\nnot ok 2 /b\n1..2\n')], '1 passed, 1 failed, 0 skipped', 'failed: plain: x: /b'),
    ('one is skipped', [('OK', 0, 'ok 1 /a\nok 2 /b # SKIP no printer\n')], '1 passed, 0 failed, 1 skipped', 'skipped: plain: x: /b: no printer'),
    ('the indented tests of a test', [('OK', 0, '    not ok 1 - inner\nok 1 - outer\n')], '1 passed, 0 failed, 0 skipped', None),
    ('it crashes after a test', [('ERROR', -11, 'ok 1 /a\n')], '1 passed, 1 failed, 0 skipped', 'failed: plain: x: error, exit status -11'),
    ('it runs out of time', [('TIMEOUT', -15, '')], '0 passed, 2 failed, 0 skipped', 'failed: plain: x: timeout, exit status -15'),
    ('it says nothing', [('OK', 0, 'ok 1 /a\n'), ('SKIP', 0, '')], '1 passed, 1 failed, 0 skipped', 'failed: plain: x: it reported no test at all'),
    ('it is skipped as a whole', [('OK', 0, ''), ('SKIP', 77, 'skipped: no Xvfb\n')], '1 passed, 0 failed, 1 skipped', 'skipped: plain: x: skipped: no Xvfb'),
    ('its plan is empty', [('OK', 0, ''), ('SKIP', 0, '1..0 # SKIP no Xvfb\n')], '1 passed, 0 failed, 1 skipped', 'skipped: plain: x: no Xvfb'),
    ('nothing ran', [], '0 passed, 1 failed, 0 skipped', 'failed: no test ran'),
]


def count(runs, *arguments):
    with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as log:
        for result, code, text in runs:
            log.write(json.dumps({'name': 'x', 'result': result, 'returncode': code, 'stdout': text, 'stderr': ''}) + '\n')
        log.flush()
        done = subprocess.run([os.path.join(ROOT, 'tools/count-tests.py'), *arguments, 'plain=' + log.name], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.rstrip('\n').split('\n')


def main():
    failed = 0
    cases = [(name, count(runs), last, said) for name, runs, last, said in CASES]
    broken = count([('OK', 0, 'ok 1 /a\n')], '--failed', 'the clang build')
    cases.append(('a build fails', broken, '1 passed, 1 failed, 0 skipped', 'failed: the clang build'))
    for n, (name, (code, lines), last, said) in enumerate(cases, 1):
        right = lines[-1] == last and (said is None or said in lines) and code == (0 if ' 0 failed' in last else 1)
        failed += not right
        print(f'{"ok" if right else "not ok"} {n} - {name}')
        for line in [] if right else [f'exit status {code}', *lines]:
            print(f'# {line}')
    print(f'1..{len(cases)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
