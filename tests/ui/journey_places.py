#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journeys about where a patient's days lie and which places there are: two doses closed, days granted with a voucher and taken back, a place
enrolled, revoked and believed after all, a computer that becomes a dosing point, a record that is an older copy. TAP. Usage: journey_places.py
DOSEBOOK DOSEBOOKCTL; within tests/lib/headless.sh --wm."""
import os, shutil, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demo_counter import CTL, PIN, PROGRAM, Counter, call_physician, choose, find_file, folder, master, prepare, take
from dosing_point import at, done, dose_there, pick, prepare_van, van
from window_driver import Tap, Window, wait


def picture(c, name):
    folder = os.environ.get('DBK_JOURNEY_PICTURES')
    if folder:
        time.sleep(0.5)
        c.window.screenshot(os.path.join(folder, f'{name}.png'))


def copy_of_clinic(name):
    """With a memory of its own, like another computer's."""
    path = at(f'{name}.dosebook')
    shutil.copy(master, path)
    return path


def taken_back_and_dosed_twice():
    """The point cannot be reached, the patient stands here: a physician takes the day back. The point has dosed all the same."""
    number = prepare_van()
    lot = [l for l in done('lot', 'list')['lots'] if l['safe_ul'] >= 100000][0]
    done('lot', 'send', lot['number'], '--to', 'B2', '--ml', '100')
    done('site', 'export', 'B2', at('out.dosebook-site'))
    subprocess.run([CTL, '--record', van, 'site', 'import', at('out.dosebook-site')], check=True, capture_output=True)
    dose_there(number, at('back.dosebook-site'))
    name = [p['name'] for p in done('patient', 'list')['patients'] if p['number'] == number][0]
    with Counter('twice', record=copy_of_clinic('twice')) as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for('granted to')
        call_physician(c)
        c.window.wait_for('Days at other places')
        picture(c, 'lease-at-counter')
        c.window.press('Take back…')
        c.window.wait_for('Whom you reached, and how')
        choose(c, 3)
        assert not c.window.is_enabled(c.window.button('Take back'))
        c.window.keys('Tab')
        c.window.type('nobody, by telephone at 8')
        wait(lambda: c.window.is_enabled(c.window.find('push button', 'Take back')), what='the button')
        picture(c, 'lease-break')
        c.window.press('Take back', 'push button')
        wait(lambda: c.record.ask("select count(*) from lease_end where kind = 'broken'")[0][0] == 1, what='the lease to end')
        c.window.press('Cancel')
        c.window.wait_gone('What is in force')
        c.window.wait_for('has changed meanwhile')
        c.window.keys('F5')
        c.window.wait_for('RECORD')
        time.sleep(0.6)
        c.window.keys('F12')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        c.window.wait_for('Scan a card')
        done('site', 'list', record=c.path, code=1)
        c.window.keys('alt+6')
        c.window.press('Take a file in…')
        pick(c, at('back.dosebook-site'))
        c.window.wait_for('may have been dosed twice')
        c.window.press('Take in')
        c.window.wait_for('Taken in: ')
        c.window.keys('Escape')
        c.window.wait_for('1 patient may have been dosed twice')
        c.window.keys('alt+1')
        c.open(number, name)
        c.window.wait_for('Two doses on one day')
        assert c.window.button('RECORD') is None
        call_physician(c)
        c.window.wait_for('⊘ Two doses on')
        picture(c, 'two-doses')
        c.window.press('Close…')
        c.window.wait_for('What was it?')
        choose(c, 1)
        c.window.press('Record')
        c.window.wait_gone('⊘ Two doses on')
        c.window.keys('Escape')
        c.window.keys('alt+6')
        c.window.wait_gone('may have been dosed twice')
        assert c.record.n_doses() == doses + 2


def granted_with_a_voucher():
    number, name, _ = take('give')
    with Counter('voucher', record=copy_of_clinic('voucher')) as c:
        find_file(c, number)
        c.window.wait_for('Days at other places')
        c.window.press('Grant days to')
        time.sleep(0.5)
        picture(c, 'grant-menu')
        c.window.keys('Return')
        c.window.wait_for('Voucher to carry along')
        assert c.window.sees(name)
        time.sleep(0.5)
        c.window.keys('ctrl+a')
        c.window.type('+1')
        c.window.keys('Tab')
        c.window.keys('ctrl+a')
        c.window.type('+1')
        c.window.wait_for('1 day')
        c.window.keys('Tab', 'space')
        wait(lambda: c.window.button('Grant, with a voucher…'), what='the voucher to be wanted')
        picture(c, 'grant-voucher')
        c.window.press('Grant, with a voucher…')
        wait(lambda: c.record.ask("select count(*) from pass where kind = 'voucher'")[0][0] == 1, what='the voucher')
        c.window.wait_for('Print')
        picture(c, 'voucher-preview')
        assert c.record.ask("select count(*) from lease l join patient p on p.id = l.patient where p.number = ?", number)[0][0] == 1
        c.window.keys('Escape')
        c.window.press('Voucher…')
        c.window.wait_for('Save PDF…')


def enrolled_revoked_believed():
    request, answer = at('boat.request'), at('boat.answer')
    boat = at('boat.dosebook')
    subprocess.run([CTL, '--record', boat, 'site', 'request', request, '--code', 'B7', '--name', 'Boat'], check=True, capture_output=True)
    path = copy_of_clinic('places')
    with Counter('enrol', record=path, login='admin.demo') as c:
        c.window.keys('alt+6')
        c.window.wait_for('B2  Van')
        c.window.press('Add a place')
        time.sleep(0.6)
        picture(c, 'add-place')
        c.window.keys('Return')
        pick(c, at('back.dosebook-site'))
        c.window.wait_for('This is not the request of a dosing point')
        c.window.keys('Escape')
        time.sleep(0.5)
        c.window.press('Add a place')
        time.sleep(0.6)
        c.window.keys('Return')
        pick(c, request)
        c.window.wait_for('They must read this to you')
        picture(c, 'enrol')
        c.window.press('Enrol')
        c.window.wait_for('Read to them')
        c.window.press('Save the answer…')
        pick(c, answer)
        c.window.wait_for('The answer is in')
        picture(c, 'enrolled')
        subprocess.run([CTL, '--record', boat, 'site', 'accept', answer], check=True, capture_output=True)
        c.window.keys('Escape')
        c.window.wait_for('B7  Boat')
        c.window.press('Add a place')
        time.sleep(0.6)
        c.window.keys('Down', 'Return')
        c.window.wait_for('Name of the place')
        c.window.type('P9')
        c.window.keys('Tab')
        c.window.type('Hill')
        picture(c, 'paper-place')
        c.window.press('Add', 'push button')
        c.window.wait_for('P9  Hill')
        rows = c.record.ask("select count(*) from revocation")[0][0]
        c.window.press('More')
        time.sleep(0.6)
        picture(c, 'place-menu')
        c.window.keys('Return')
        c.window.wait_for('a computer that comes back is enrolled anew')
        choose(c, 1)
        c.window.press('Revoke')
        wait(lambda: c.record.ask("select count(*) from revocation")[0][0] == rows + 1, what='the revocation')
        c.window.wait_for('Its computer was revoked')
        c.window.press('Take a file in…')
        pick(c, at('back.dosebook-site'))
        c.window.wait_for('Of a revoked computer')
        c.window.press('Take in')
        c.window.wait_for('Taken in: ')
        c.window.kill()
    with Counter('believe', record=path, login='doctor.demo') as c:
        doses = c.record.n_doses()
        c.window.keys('alt+6')
        c.window.wait_for('of a revoked computer')
        picture(c, 'held-back')
        c.window.press('More')
        time.sleep(0.6)
        c.window.keys('Return')
        c.window.wait_for('Believe what the revoked computer has said?')
        c.window.press('Believe it')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose that waited')


def becomes_a_point():
    """From an empty computer to a nurse who signs in, with two files carried each way."""
    home = at('empty')
    os.makedirs(home)
    window = Window(PROGRAM, home).start()
    try:
        class c:
            pass
        c.window = window
        window.wait_for('Set up a dosing point')
        window.press('Set up a dosing point')
        window.wait_for('1. Ask the clinic')
        window.type('B8')
        window.keys('Tab')
        window.type('Ferry')
        picture(c, 'point-setup')
        window.press('Write the request…')
        pick(c, at('ferry.request'))
        window.wait_for('Written. When the clinic calls')
        window.press('Take the answer…')
        pick(c, at('ferry.request'))
        window.wait_for('not the clinic’s answer')
        done('site', 'enrol', at('ferry.request'), at('ferry.answer'), login='admin.demo')
        window.press('Take the answer…')
        pick(c, at('ferry.answer'))
        window.wait_for('This computer belongs to')
        picture(c, 'point-answered')
        number, _, _ = take('give')
        done('lease', 'grant', number, '--to', 'B8')
        done('site', 'export', 'B8', at('ferry.dosebook-site'))
        window.kill()
        # Another day: the program goes on where it was.
        window = c.window = Window(PROGRAM, home).start()
        window.wait_for('3. Take the clinic')
        window.press('Take the file…')
        pick(c, at('ferry.dosebook-site'))
        window.sign_in('nurse.demo', PIN)
        window.wait_for('Dosing point: the clinic')
        window.keys('alt+2')
        window.wait_for(number)
    finally:
        window.kill()


def a_clinic_where_it_was_named():
    """A record that was named and is not there is made there, and nowhere else."""
    home, path = at('named'), at('somewhere/else.dosebook')
    os.makedirs(home)
    window = Window(PROGRAM, home, ['--record', path]).start()
    try:
        window.wait_for('Welcome')
        window.press('Set up this clinic')
        window.wait_for('First administrator')
        time.sleep(0.5)
        window.type('Clinic 7')
        window.keys('Tab')
        window.type('C7')
        window.keys('Tab', 'Tab', 'Return')
        time.sleep(0.6)
        window.keys('Down', 'Return')
        time.sleep(0.6)
        for tabs, text in ((1, 'Ann'), (1, 'ann'), (1, PIN), (2, PIN)):  # a PIN has a button that shows it
            window.keys(*['Tab'] * tabs)
            window.type(text)

        class c:
            pass
        c.window = window
        picture(c, 'set-up')
        window.press('Create the record')
        window.wait_gone('First administrator')
        window.sign_in('ann', PIN)
        window.wait_for('Clinic 7')
        assert os.path.exists(path)
        found = [name for _, _, names in os.walk(home) for name in names if name.endswith('.dosebook')]
        assert found == [], found
    finally:
        window.kill()


def side_by_side():
    """Two records on one computer; and one of them twice."""
    with Counter('first', record=copy_of_clinic('first')) as c:
        other = Window(PROGRAM, at('first'), ['--record', van]).start()
        again = Window(PROGRAM, at('first'), ['--record', c.path]).start()
        try:
            other.wait_for('Van')
            again.wait_for('Another program holds the record')
            assert c.window.process.poll() is None
        finally:
            other.kill()
            again.kill()


def an_older_copy():
    number, name, _ = take('give')
    path = copy_of_clinic('older')
    with Counter('older', record=path) as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.keys('F12')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        c.window.wait_for('Scan a card')
        assert not c.window.sees('older copy of itself')
        # Even then: the note outside the record is written with each dose, not at the end.
        c.window.kill()
    for end in ('', '-wal', '-shm'):
        if os.path.exists(path + end):
            os.unlink(path + end)
    shutil.copy(master, path)
    with Counter('older', record=path) as c:
        c.window.wait_for('older copy of itself')
        assert c.window.button('Go on without…') is None
        c.open(number, name)
        c.window.wait_for('This record is an older copy')
        assert c.window.button('RECORD') is None
        picture(c, 'older')
        c.window.kill()
    with Counter('older', record=path, login='admin.demo') as c:
        c.window.press('Go on without…')
        c.window.wait_for('Dose without what is lacking?')
        picture(c, 'older-ask')
        c.window.press('They are entered: go on')
        c.window.wait_gone('older copy of itself')
        c.window.kill()


def main():
    tap = Tap()
    try:
        prepare()
        for name, function in (('days taken back, and a dose given twice', taken_back_and_dosed_twice), ('days with a voucher', granted_with_a_voucher),
                               ('a place enrolled, revoked, believed after all', enrolled_revoked_believed),
                               ('a computer becomes a dosing point', becomes_a_point),
                               ('a clinic where it was named', a_clinic_where_it_was_named), ('two records side by side', side_by_side),
                               ('a record that is an older copy', an_older_copy)):
            if len(sys.argv) < 4 or sys.argv[3] in name or function is taken_back_and_dosed_twice:
                tap.run(name, function)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.end()


if __name__ == '__main__':
    main()
