#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole journeys in the real window: a card is scanned, F12 records, the slip comes out of a printer that is a folder, and what was recorded
survives the program's death. TAP. Usage: journey.py DOSEBOOK DOSEBOOKCTL; within tests/lib/headless.sh --wm and private-cupsd.sh --run."""
import glob, os, shutil, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demo_counter import PIN, Counter, ctl, folder, mg, prepare, take
from window_driver import Tap, wait

slips = os.path.join(os.environ.get('DBK_CUPSD_DIR', '/nonexistent'), 'printers', 'slips')


def n_slips():
    return len(glob.glob(os.path.join(slips, 'job-*.bin')))


def scan_f12_slip():
    number, name, dose = take('give')
    before = n_slips()
    with Counter('give', {'slip-printer': "'slips'"}) as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for(mg(dose))
        c.window.keys('F12')
        c.window.wait_for('Scan a card')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose in the record')
        wait(lambda: n_slips() == before + 1, 60, 'the slip in the printer')
        wait(lambda: c.record.ask("select count(*) from print_job where state = 'printed'")[0][0] == 1, 30, 'the job noted as printed')
        c.window.kill()
        code, verified = ctl('record', 'verify', record=c.path)
        assert code == 0 and verified['holds'], verified
        code, again = ctl('dose', 'give', number, record=c.path)
        assert code == 3 and again['findings'][0]['code'] == 'already-dosed', again
    read_slip(number, dose, c.record)


def read_slip(number, dose, record):
    newest = max(glob.glob(os.path.join(slips, 'job-*.bin')), key=os.path.getmtime)
    text = subprocess.run(['pdftotext', '-layout', newest, '-'], capture_output=True, text=True).stdout
    if not text:
        return
    assert number in text and mg(dose) in text.replace('\u00a0', ' '), text


def enter_never_records():
    number, name, _ = take('give')
    with Counter('enter') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.keys('Return', 'space', 'KP_Enter', 'Tab', 'Escape')
        c.window.wait_for('Scan a card')
        assert c.record.n_doses() == doses


def second_scan_is_refused():
    number, name, _ = take('give')
    other = take('give')
    with Counter('second') as c:
        c.open(number, name)
        c.window.scan_for(c.record.card(other[0]), 'Another patient is open')
        assert c.window.sees(name) and not c.window.sees(other[1])
        c.window.keys('Escape')
        c.window.wait_for('Scan a card')


def twice_in_a_moment():
    number, name, dose = take('give')
    with Counter('twice') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.keys('F12', 'F12', 'F12')
        c.window.wait_for('Scan a card')
        # The same card within two seconds is a trigger held too long, and is not heard.
        wait(lambda: scan_and_see(c, number, 'Already had a dose today'), what='the stop')
        c.window.keys('F12')
        assert c.record.n_doses() == doses + 1
        assert c.window.button('RECORD') is None


def scan_and_see(c, number, text):
    c.window.scan(c.record.card(number))
    return c.window.sees(text)


def answer_then_give():
    number, name, _ = take('answer', 'missed')
    with Counter('answer') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for('Missed days')
        c.window.keys('F12')
        assert not c.window.is_enabled(c.window.button('RECORD'))
        c.window.keys('1')
        wait(lambda: c.window.is_enabled(c.window.button('RECORD')), what='the button after the answer')
        c.window.keys('F12')
        c.window.wait_for('Scan a card')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        assert c.record.ask("select choice from alert_answer where code = 'missed'") == [('none-seen',)]


def stop_has_no_button():
    number, name, _ = take('stop', 'on-hold')
    with Counter('stop') as c:
        doses = c.record.n_doses()
        c.open(number, name)
        c.window.wait_for('The dose is on hold')
        c.window.wait_for('A physician lifts this')
        assert c.window.button('RECORD') is None
        c.window.keys('F12')
        c.window.keys('Escape')
        c.window.wait_for('Scan a card')
        assert c.record.n_doses() == doses


def lock_keeps_the_work():
    number, name, dose = take('give')
    with Counter('lock') as c:
        c.open(number, name)
        c.window.keys('ctrl+shift+l')
        c.window.wait_for('Locked')
        assert not c.window.sees(name)
        wait(lambda: scan_and_see(c, number, 'Sign in first'), what='the refusal')
        assert not c.window.sees(name)
        c.window.type(PIN)
        c.window.keys('Return')
        c.window.wait_for(name)
        c.window.wait_for(mg(dose))


def lock_behind_a_dialog():
    number, name, _ = take('give')
    with Counter('lock-dialog') as c:
        c.open(number, name)
        c.window.keys('F9')
        c.window.wait_for('No dose given')
        c.window.keys('ctrl+shift+l')
        c.window.wait_for('Locked')
        assert not c.window.sees(name)
        c.window.type(PIN)
        c.window.keys('Return')
        c.window.wait_for('No dose given')


def wrong_cards():
    number, name, _ = take('give')
    with Counter('cards') as c:
        card = c.record.card(number)
        wrong = card[:-1] + ('0' if card[-1] != '0' else '1')
        c.window.scan_for(wrong, 'was not read completely')
        dose = c.record.ask('select id from dose limit 1')[0][0]
        c.window.scan_for(slip_code(dose), 'This is a dosing slip, not a card')
        c.window.scan_for(c.record.revoked_card(), 'This card was revoked')
        c.window.keys('Escape')


def slip_code(dose):
    alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    value = 0
    for character in 'D1' + dose:
        value = (value * 32 + code_value(character, alphabet)) % 1021
    return 'D1' + dose + alphabet[value // 32] + alphabet[value % 32]


def code_value(character, alphabet):
    return alphabet.index(character)


def other_layouts():
    with Counter('layouts') as c:
        for layout in ('fr', 'de', 'ru', 'us'):
            number, name, _ = take('give')
            subprocess.run(['setxkbmap', layout], check=True)
            try:
                if layout == 'de':
                    c.window.keys('Caps_Lock')
                c.window.scan_for(c.record.card(number), name)
            finally:
                if layout == 'de':
                    c.window.keys('Caps_Lock')
                subprocess.run(['setxkbmap', 'us'], check=True)
            c.window.keys('Escape')
            c.window.wait_for('Scan a card')


def scan_while_searching():
    number, name, _ = take('give')
    with Counter('search') as c:
        c.window.keys('F2')
        c.window.wait_for('Find a patient')
        c.window.type('zh')
        time.sleep(0.3)
        c.window.scan_for(c.record.card(number), name)
        c.window.wait_for('RECORD')


def not_given():
    number, name, _ = take('give')
    with Counter('not-given') as c:
        doses = c.record.n_doses()
        before = c.record.ask('select count(*) from not_given')[0][0]
        c.open(number, name)
        c.window.keys('F9')
        c.window.wait_for('No dose given')
        c.window.keys('Down', 'Return')
        c.window.press('Record')
        c.window.wait_for('Scan a card')
        wait(lambda: c.record.ask('select count(*) from not_given')[0][0] == before + 1, what='"not given" in the record')
        assert c.record.n_doses() == doses


def killed_between_dose_and_slip():
    number, name, _ = take('give')
    # A printer that never answers: the slip cannot come out before the program dies.
    open(os.path.join(slips, 'slow'), 'w').close()
    try:
        c = Counter('killed', {'slip-printer': "'slips'"})
        with c:
            doses = c.record.n_doses()
            c.open(number, name)
            c.window.keys('F12')
            wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
            c.window.kill()
    finally:
        os.unlink(os.path.join(slips, 'slow'))
    with Counter('killed', {'slip-printer': "'slips'"}, record=c.path) as again:
        assert again.record.n_doses() == doses + 1
        again.open(number, name)
        again.window.wait_for('Already had a dose today')


def main():
    tap = Tap()
    try:
        tap.run('a demonstration to work with', prepare)
        if tap.failed:
            tap.end()
        for name, function in (('scan, F12, slip; the fact survives kill -9', scan_f12_slip), ('Enter never records', enter_never_records),
                               ('a second scan is refused while a patient is open', second_scan_is_refused),
                               ('F12 thrice is one dose', twice_in_a_moment), ('an answer, then the dose', answer_then_give),
                               ('a stop has no button', stop_has_no_button), ('the lock keeps the work and shows nothing', lock_keeps_the_work),
                               ('the lock is heard while a dialog is open, and keeps it', lock_behind_a_dialog),
                               ('mistyped, revoked, and a slip for a card', wrong_cards), ('scans on other layouts and with CapsLock', other_layouts),
                               ('a scan while somebody types', scan_while_searching), ('not given, and why', not_given),
                               ('killed between dose and slip', killed_between_dose_and_slip)):
            tap.run(name, function)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.end()


main()
