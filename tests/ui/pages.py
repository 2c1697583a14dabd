#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page, for a person to look at. Usage: pages.py DOSEBOOK DOSEBOOKCTL FOLDER SUFFIX [SETTING=VALUE…]; within
tests/lib/headless.sh --wm. The names of the people are invented."""
import json, os, shutil, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from window_driver import Record, Window, wait

program, ctl, out, suffix = sys.argv[1:5]
settings = dict(a.split('=', 1) for a in sys.argv[5:])
folder = tempfile.mkdtemp(prefix='pages-')
record = os.path.join(folder, 'c.dosebook')
pin = os.path.join(folder, 'pin')


def run(*arguments, login='nurse.demo'):
    done = subprocess.run([ctl, '--record', record, '--json', '--as', login, '--pin-file', pin, *arguments], capture_output=True, text=True)
    return json.loads(done.stdout) if done.stdout else {}


def find_people():
    people = {}
    for row in run('patient', 'list')['patients']:
        verdict = run('counter', 'show', row['number'])
        case = (verdict['verdict'], *sorted(f['code'] for f in verdict['findings']))
        people.setdefault(case, []).append((row['number'], row['name']))
    return people


def picture(window, name):
    time.sleep(0.3)
    window.screenshot(os.path.join(out, f'{name}.{suffix}.png'))


def first_run():
    window = Window(program, os.path.join(folder, 'empty'), [], settings).start()
    wait(lambda: len(window.texts()) > 5, what='the first page')
    picture(window, 'first-run')
    window.keys('Tab', 'Return')
    time.sleep(1)
    picture(window, 'first-run-point')
    window.close()


def open_window(login, name):
    window = Window(program, os.path.join(folder, name), ['--record', record], settings).start()
    wait(lambda: window.find('text', 'PIN'), what='the sign-in page')
    if login == 'nurse.demo':
        picture(window, 'sign-in')
    # The field's name is translated; its place is not: it has the focus.
    time.sleep(0.5)
    window.keys('ctrl+a')
    window.type(login)
    window.keys('Return')
    window.type('135790')
    window.keys('Return')
    wait(lambda: not window.find('text', 'PIN'), what='the counter')
    time.sleep(1)
    return window


def at_counter(window, cards, people):
    for name, case in (('counter-patient', ('give',)), ('counter-answer', ('answer', 'missed')), ('counter-answer-changed', ('answer', 'dose-changed')),
                       ('counter-stop', ('stop', 'missed-stop')), ('counter-stop-hold', ('stop', 'on-hold')),
                       ('counter-stop-dosed', ('stop', 'already-dosed'))):
        if case not in people:
            continue
        number, who = people[case][0]
        window.scan(cards.card(number))
        window.wait_for(who)
        time.sleep(0.6)
        picture(window, name)
        window.keys('Escape')
        time.sleep(0.3)


def at(name):
    return os.path.join(folder, name)


def plain(*arguments):
    subprocess.run([ctl, '--record', at('van.dosebook'), *arguments], check=True, capture_output=True)


def at_van(*arguments):
    done = subprocess.run([ctl, '--record', at('van.dosebook'), '--json', '--as', 'nurse.demo', '--pin-file', pin, *arguments], capture_output=True, text=True)
    return json.loads(done.stdout)


def change_phone(run_there, number, phone):
    with open(at('phone.json'), 'w') as f:
        json.dump({'phone': phone}, f)
    run_there('patient', 'change', number, at('phone.json'))


def make_outreach(people):
    """A van with two patients and a ward on paper with one; two files from the van, of which the second rests on something in between."""
    one, two, three = (people[('give',)][-i][0] for i in (1, 2, 3))
    plain('site', 'request', at('van.request'), '--code', 'B2', '--name', 'Van')
    run('site', 'enrol', at('van.request'), at('van.answer'), login='admin.demo')
    plain('site', 'accept', at('van.answer'))
    run('site', 'paper', '--code', 'P4', '--name', 'Ward', login='admin.demo')
    run('lease', 'grant', one, two, '--to', 'B2')
    lot = [row['number'] for row in run('lot', 'list')['lots'] if row['safe_ul'] > 1000000][0]
    run('lot', 'send', lot, '--to', 'B2', '--ml', '500')
    run('slips', 'issue', three, '--to', 'P4', '--lot', lot)
    run('site', 'export', 'B2', at('out.dosebook-site'))
    plain('site', 'import', at('out.dosebook-site'))
    change_phone(run, one, '13800000001')
    change_phone(at_van, one, '13800000002')
    at_van('lot', 'open', lot)
    at_van('dose', 'give', one)
    at_van('site', 'export', at('back.dosebook-site'))


def choose_file(window, path):
    window.keys('Return')
    time.sleep(1.2)
    window.keys('ctrl+a')
    window.type(path)
    time.sleep(0.5)
    window.keys('Return')
    time.sleep(2)


def exchange(window):
    """By keys alone: the buttons have other names in another language. A row has the keyboard before its buttons."""
    window.keys('alt+6')
    time.sleep(1.2)
    picture(window, 'exchange')
    for name, presses in (('exchange-days', 2), ('exchange-slips-back', 5)):
        window.keys('alt+1', 'alt+6')
        time.sleep(0.8)
        window.keys(*['Tab'] * presses, 'Return')
        time.sleep(1.5)
        picture(window, name)
        window.keys('Escape')
        time.sleep(0.5)
    window.keys('alt+1', 'alt+6')
    time.sleep(0.8)
    choose_file(window, at('back.dosebook-site'))
    picture(window, 'exchange-inspect')
    window.keys('Return')
    time.sleep(2)
    picture(window, 'exchange-taken')
    window.keys('Escape')
    time.sleep(0.5)
    picture(window, 'exchange-after')
    window.keys('alt+1', 'alt+6')
    time.sleep(0.8)
    window.keys('shift+Tab', 'Return')
    time.sleep(1)
    picture(window, 'exchange-files')
    window.keys('Escape')
    time.sleep(0.5)


def at_point():
    global record
    clinic, record = record, at('van.dosebook')
    window = open_window('nurse.demo', 'point')
    picture(window, 'point')
    window.keys('alt+2')
    time.sleep(1)
    picture(window, 'point-today')
    window.kill()
    record = clinic


def main():
    os.makedirs(out, exist_ok=True)
    with open(pin, 'w') as f:
        f.write('135790\n')
    run('record', 'demo')
    people = find_people()
    make_outreach(people)
    cards = Record(record)
    first_run()
    window = open_window('nurse.demo', 'nurse')
    picture(window, 'counter-ready')
    at_counter(window, cards, people)
    for key, name in (('F2', 'find'), ('alt+2', 'today'), ('alt+3', 'missed'), ('alt+4', 'patients')):
        window.keys(key)
        time.sleep(1)
        if name == 'find':
            window.type('w')
            time.sleep(0.7)
        picture(window, name)
    window.keys('alt+4')
    window.type(people[('give',)][0][0])
    time.sleep(0.8)
    window.keys('Return')
    time.sleep(1.5)
    picture(window, 'patient-file')
    window.keys('ctrl+3')
    time.sleep(1)
    picture(window, 'patient-orders')
    window.keys('ctrl+comma')
    time.sleep(1)
    picture(window, 'settings')
    window.keys('Escape')
    time.sleep(0.5)
    exchange(window)
    window.kill()
    at_point()
    window = open_window('admin.demo', 'admin')
    window.keys('alt+6')
    time.sleep(1.2)
    window.keys('shift+Tab', 'Return')
    time.sleep(0.8)
    picture(window, 'exchange-add')
    window.keys('Down', 'Return')
    time.sleep(1)
    picture(window, 'exchange-add-paper')
    window.kill()
    window = open_window('doctor.demo', 'doctor')
    window.keys('alt+5')
    time.sleep(1.2)
    picture(window, 'orders')
    window.kill()
    shutil.rmtree(folder, ignore_errors=True)


main()
