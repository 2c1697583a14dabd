#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what meson's JSON logs say, subtest by subtest, and says why anything was skipped.

Meson counts programs; people count tests. And meson 1.0 calls a TAP program that printed nothing "skipped":
here that is a failure, for it has tested nothing.
"""
import argparse, json, re, sys

TAP = re.compile(r'^(ok|not ok)\b[ \t]*\d*[ \t]*(?:- )?(.*?)[ \t]*(?:#[ \t]*(SKIP|TOD[O])\S*[ \t]*(.*))?$', re.I)
TAIL = 40


class Count:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, [], []

    def add(self, run):
        name, text = run['name'], run.get('stdout') or ''
        failed = len(self.failed)
        lines = [m for m in map(TAP.match, text.split('\n')) if m]
        for m in lines:
            verdict, test, directive, reason = m.groups()
            if (directive or '').upper() == 'SKIP' and verdict == 'ok':
                self.skipped.append((f'{name}: {test}', reason or 'no reason given'))
            elif verdict == 'ok':
                self.passed += 1
            else:
                self.failed.append(f'{name}: {test}')
        if not lines:
            self._add_program(name, text, run)
        elif run['result'] not in ('OK', 'SKIP', 'EXPECTEDFAIL') and len(self.failed) == failed:
            self.failed.append(f'{name}: {self._how(run)}')
        return len(self.failed) > failed

    def _add_program(self, name, text, run):
        plan = re.search(r'^1\.\.0\b[ \t]*(?:#[ \t]*SKIP\S*[ \t]*)?(.*)$', text, re.M | re.I)
        said = [line for line in (text + '\n' + (run.get('stderr') or '')).split('\n') if line.strip()]
        if run['result'] == 'SKIP' and plan:
            self.skipped.append((name, plan.group(1) or 'no reason given'))
        elif run['result'] == 'SKIP' and run['returncode'] == 77:
            self.skipped.append((name, said[-1] if said else 'no reason given'))
        elif run['result'] == 'SKIP':
            self.failed.append(f'{name}: it reported no test at all')
        elif run['result'] in ('OK', 'EXPECTEDFAIL'):
            self.passed += 1
        else:
            self.failed.append(f'{name}: {self._how(run)}')

    @staticmethod
    def _how(run):
        return f'{run["result"].lower()}, exit status {run["returncode"]}'


def show_tail(run):
    print(f'---- {run["name"]}: the end of what it said')
    for stream in ('stdout', 'stderr'):
        lines = [line for line in (run.get(stream) or '').split('\n') if line and not line.startswith('ok ')]
        for line in lines[-TAIL:]:
            print(f'  {line}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--failed', action='append', default=[], metavar='WHAT', help='count this as one failure more, such as a build')
    parser.add_argument('log', nargs='*', metavar='LABEL=FILE', help='testlog.json of a build')
    options = parser.parse_args()
    total = Count()
    for entry in options.log:
        label, _, path = entry.partition('=')
        count = Count()
        with open(path, encoding='utf-8') as f:
            runs = [json.loads(line) for line in f if line.strip()]
        for run in runs:
            if count.add(run):
                show_tail(run)
        print(f'{label}: {len(runs)} programs, {count.passed} passed, {len(count.failed)} failed, {len(count.skipped)} skipped')
        total.passed += count.passed
        total.failed += [f'{label}: {text}' for text in count.failed]
        total.skipped += [(f'{label}: {test}', reason) for test, reason in count.skipped]
    total.failed += options.failed
    for test, reason in total.skipped:
        print(f'skipped: {test}: {reason}')
    for text in total.failed:
        print(f'failed: {text}')
    if not total.passed:
        total.failed.append('no test ran')
        print('failed: no test ran')
    print(f'{total.passed} passed, {len(total.failed)} failed, {len(total.skipped)} skipped')
    return 1 if total.failed else 0


if __name__ == '__main__':
    sys.exit(main())
