#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journeys of those who do not stand at the counter, and of what they change while a patient stands there: a hold, an order, a planned absence,
a closure, a policy, a new colleague, an import. TAP. Usage: journey_office.py DOSEBOOK DOSEBOOKCTL; within tests/lib/headless.sh --wm."""
import os, shutil, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demo_counter import PIN, Counter, call_physician, choose, ctl, find_file, folder, mg, prepare, take
from window_driver import Tap, wait


def held_meanwhile():
    number, name, dose = take('give')
    with Counter('held') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for(mg(dose))
        find_file(c, number)
        c.window.press('Stop flag…')
        c.window.wait_for('No dose is given until a physician lifts it.')
        choose(c, 1)
        c.window.press('Stop the dose')
        wait(lambda: c.record.ask("select count(*) from hold h join patient p on p.id = h.patient where p.number = ?", number)[0][0] > 0, what='the hold')
        c.window.keys('alt+1')
        c.window.wait_for('has changed meanwhile')
        c.window.keys('F12')
        time.sleep(0.5)
        assert c.record.n_doses() == doses
        c.window.keys('F5')
        c.window.wait_for('A physician lifts this')
        assert c.window.button('RECORD') is None
        c.window.keys('F12')
        assert c.record.n_doses() == doses


def lifted_at_the_counter():
    number, name, _ = take('stop', 'on-hold')
    with Counter('lifted') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for('A physician lifts this')
        call_physician(c)
        c.window.press('Lift…')
        c.window.wait_for('Lift the hold?')
        c.window.press('Lift')
        wait(lambda: c.record.ask("select count(*) from hold_lift l join hold h on h.id = l.hold join patient p on p.id = h.patient where p.number = ?", number)[0][0] == 1,
             what='the lift')
        c.window.press('Cancel')
        c.window.wait_for('has changed meanwhile')
        c.window.keys('F12')
        time.sleep(0.5)
        assert c.record.n_doses() == doses
        c.window.keys('F5')
        c.window.wait_for('RECORD')


def ordered_at_the_counter():
    number, name, _ = take('stop', 'missed-stop')
    with Counter('ordered') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for('A physician lifts this')
        call_physician(c)
        order = c.record.ask("select o.dose_ug from dose_order o join patient p on p.id = o.patient where p.number = ? order by o.signed_ms desc limit 1", number)[0][0]
        half = order // 2 // 1000
        row = wait(lambda: c.window.find('text', 'New daily dose in mg'), what='the form')
        assert row
        c.window.keys('ctrl+a')
        c.window.type(str(half))
        time.sleep(0.5)
        c.window.press('Sign')
        wait(lambda: c.record.ask("select count(*) from dose_order o join patient p on p.id = o.patient where p.number = ? and o.dose_ug = ?", number, half * 1000)[0][0] == 1,
             what='the new order')
        c.window.wait_for(f'{order // 1000} mg → {half} mg')
        c.window.keys('F12')
        time.sleep(0.5)
        assert c.record.n_doses() == doses
        c.window.keys('F5')
        c.window.wait_for(f'{half} mg')


def absence_and_closure():
    number, name, _ = take('give')
    with Counter('absence') as c:
        find_file(c, number)
        c.window.press('Plan an absence…')
        c.window.wait_for('It explains the missed days')
        c.window.keys('ctrl+a')
        c.window.type('+3')
        c.window.keys('Tab')
        c.window.keys('ctrl+a')
        c.window.type('+2')
        c.window.wait_for('The last day lies before the first')
        c.window.keys('ctrl+a')
        c.window.type('+5')
        c.window.wait_for('3 days')
        assert not c.window.is_enabled(c.window.button('Plan'))
        c.window.keys('Tab', 'space')
        time.sleep(0.5)
        choose(c, 2)
        wait(lambda: c.window.is_enabled(c.window.button('Plan')), what='the button')
        c.window.press('Plan')
        wait(lambda: c.record.ask("select a.to_day - a.from_day, a.reason from absence a join patient p on p.id = a.patient where p.number = ?", number) == [(2, 'travel')],
             what='the absence')
        c.window.press('Withdraw…')
        c.window.wait_for('Withdraw the absence?')
        if os.environ.get('DBK_JOURNEY_PICTURES'):
            c.window.screenshot(os.path.join(os.environ['DBK_JOURNEY_PICTURES'], 'withdraw.png'))
        c.window.press('Withdraw', 'push button')
        wait(lambda: c.record.ask('select count(*) from absence_withdrawal')[0][0] == 1, what='its withdrawal')
        c.window.wait_gone('Withdraw…')
    with Counter('closure', login='admin.demo') as c:
        before = c.record.ask("select count(*) from absence where patient = ''")[0][0]
        c.window.keys('ctrl+comma')
        c.window.press('Policy', 'page tab')
        c.window.press('Close…')
        c.window.wait_for('Nobody is given a dose on these days')
        c.window.keys('ctrl+a')
        c.window.type('+8')
        c.window.keys('Tab')
        c.window.keys('ctrl+a')
        c.window.type('+8')
        c.window.keys('Tab', 'space')
        time.sleep(0.5)
        choose(c, 1)
        wait(lambda: c.window.is_enabled(c.window.button('Close on these days')), what='the button')
        c.window.press('Close on these days')
        wait(lambda: c.record.ask("select count(*) from absence where patient = ''")[0][0] == before + 1, what='the closure')
        c.window.wait_for('Withdraw…')
        c.window.press('Withdraw…')
        c.window.wait_for('Open on these days after all?')
        c.window.press('Withdraw', 'push button')
        wait(lambda: c.record.ask('select count(*) from absence_withdrawal')[0][0] > 0, what='its withdrawal')


def policy_and_colleague():
    with Counter('policy', login='admin.demo') as c:
        c.window.keys('ctrl+comma')
        c.window.press('Staff', 'page tab')
        c.window.press('Add…')
        wait(lambda: c.window.find('text', 'Name'), what='the form')
        time.sleep(0.4)
        c.window.type('Zhao Liu')
        c.window.keys('Tab')
        c.window.type('nurse.zhao')
        c.window.keys('Tab', 'Tab')
        c.window.type('246813')
        c.window.keys('Tab', 'Tab')
        c.window.type('246813')
        c.window.press('Add')
        wait(lambda: c.record.ask("select role from staff where login = 'nurse.zhao'") == [('nurse',)], what='the new colleague')
        c.window.press('Policy', 'page tab')
        before = c.record.ask('select name from policy order by hlc desc limit 1')[0][0]
        assert before == 'australia-2003'
        c.window.go_to('combo box', 'Policy')
        c.window.keys('space')
        time.sleep(0.5)
        choose(c, 2)
        wait(lambda: c.window.is_enabled(c.window.button('Adopt this policy…')), what='the button')
        c.window.press('Adopt this policy…')
        c.window.wait_for('From now on every missed day')
        c.window.press('Adopt')
        wait(lambda: c.record.ask('select name from policy order by hlc desc limit 1')[0][0] != before, what='the new policy')
        c.window.kill()
    with Counter('colleague', record=c.path, login='nurse.zhao', pin='246813') as again:
        assert again.window.sees('Zhao Liu')


def pick(c, path):
    c.window.press('Choose…')
    time.sleep(1)
    c.window.type(path)
    time.sleep(0.5)
    c.window.keys('Return')
    c.window.wait_for(os.path.basename(path))


def write_table(name, patients):
    path = os.path.join(folder, name)
    with open(path, 'w') as f:
        f.write('patient,date,given_mg\n')
        for patient in range(patients):
            for month in range(1, 7):
                f.writelines(f'N{patient:04d},2020-{month:02d}-{day:02d},60\n' for day in range(1, 29))
    return path


def start_import(c, path):
    c.window.go_to('combo box', 'What is in the table')
    c.window.keys('space')
    time.sleep(0.4)
    choose(c, 1)
    pick(c, path)
    c.window.go_to('list item', 'Register numbers nobody has')
    c.window.keys('space')
    c.window.press('Import')


def import_table():
    long_one, short_one = write_table('long.csv', 400), write_table('short.csv', 3)
    with Counter('import', login='admin.demo') as c:
        doses, facts = c.record.n_doses(), c.record.ask('select count(*) from fact')[0][0]
        c.window.keys('F10')
        time.sleep(0.5)
        c.window.keys('Down', 'Return')
        c.window.wait_for('What is in the table')
        start_import(c, long_one)
        wait(lambda: c.window.find('progress bar', 'Progress of the import'), what='the progress')
        c.window.press('Cancel')
        c.window.wait_for('Nothing was recorded', 120)
        assert c.record.n_doses() == doses and c.record.ask('select count(*) from fact')[0][0] == facts
        c.window.press('Another file…')
        c.window.wait_for('What is in the table')
        pick(c, short_one)
        c.window.press('Import')
        wait(lambda: c.record.n_doses() == doses + 3 * 6 * 28, what='the imported doses')
        c.window.wait_for('504')


def ink(c, name):
    """How much stands in the middle of the screen: nothing is 0."""
    path = os.path.join(folder, name + '.png')
    c.window.screenshot(path)
    done = subprocess.run(['convert', path, '-crop', '300x200+533+330', '-format', '%[fx:standard_deviation]', 'info:'], capture_output=True, text=True)
    return float(done.stdout)


def hidden_dialog():
    number, name, _ = take('give')
    with Counter('hidden', {'privacy-seconds': 'uint32 10'}) as c:
        c.open(number, name)
        c.window.keys('F9')
        c.window.wait_for('No dose given')
        before = ink(c, 'before')
        assert before > 0.01, before
        # Whoever moves in the dialog is there: it stays readable for longer than the time set.
        for _ in range(7):
            time.sleep(2)
            c.window.keys('Down')
        assert ink(c, 'used') > 0.01
        wait(lambda: ink(c, 'alone') < before / 10, 30, 'the dialog to be hidden')
        c.window.keys('shift')
        wait(lambda: ink(c, 'back') > 0.01, what='the dialog again')


def main():
    tap = Tap()
    try:
        tap.run('a demonstration to work with', prepare)
        if tap.failed:
            tap.end()
        for name, function in (('a hold placed while the patient stands there freezes the counter', held_meanwhile),
                               ('a physician lifts a hold at the counter', lifted_at_the_counter),
                               ('a physician orders at the counter: old and new, then a key', ordered_at_the_counter),
                               ('a planned absence and a closure', absence_and_closure),
                               ('a policy is adopted and a colleague added', policy_and_colleague),
                               ('a dialog is hidden when nobody is there, and not before', hidden_dialog),
                               ('an import is cancelled and leaves nothing; another comes to its end', import_table)):
            if len(sys.argv) < 4 or sys.argv[3] in name:
                tap.run(name, function)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.end()


main()
