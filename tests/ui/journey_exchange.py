#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journeys of the files between the clinic and a dosing point, on the exchange page: who is due, a file written and read back, one looked at and
taken in, one that is damaged, one that comes too early. TAP. Usage: journey_exchange.py DOSEBOOK DOSEBOOKCTL; within tests/lib/headless.sh --wm."""
import os, shutil, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demo_counter import CTL, Counter, folder, master, mg, prepare, take
from dosing_point import at, change_phone, done, dose_there, pick, prepare_van, van
from window_driver import Tap, wait


def take_with_order():
    """Whose order does not end."""
    while True:
        number, _, _ = take('give')
        orders = done('order', 'list', number)['orders']
        if any(o['until'] is None for o in orders):
            return number


def phone_of(c, number):
    return c.record.ask('select phone from patient where number = ?', number)[0][0]


def exchange():
    number = prepare_van()
    lot = [l for l in done('lot', 'list')['lots'] if l['safe_ul'] >= 100000][0]
    done('lot', 'send', lot['number'], '--to', 'B2', '--ml', '100')
    done('site', 'export', 'B2', at('early.dosebook-site'))
    subprocess.run([CTL, '--record', van, 'site', 'import', at('early.dosebook-site')], check=True)
    change_phone(number, '13800000001')
    change_phone(number, '13800000002', record=van)
    with Counter('exchange') as c:
        c.window.keys('alt+6')
        c.window.wait_for('B2  Van')
        c.window.wait_for('Due')
        c.window.wait_for('No file of theirs was taken in yet')
        c.window.wait_for('2 patients today')
        c.window.wait_for('Works on paper')
        c.window.press('Write and check…')
        pick(c, at('to-van.dosebook-site'))
        c.window.wait_for('Written and checked')
        c.window.wait_for('last file for them written')
        done('site', 'import', at('to-van.dosebook-site'), record=van)
        dose_there(number, at('from-van.dosebook-site'))
        doses = c.record.n_doses()

        with open(at('from-van.dosebook-site'), 'rb') as f:
            content = bytearray(f.read())
        content[len(content) // 2] ^= 1
        with open(at('damaged.dosebook-site'), 'wb') as f:
            f.write(content)
        c.window.press('Take a file in…')
        pick(c, at('damaged.dosebook-site'))
        c.window.wait_for('Nothing was taken in')
        assert c.record.n_doses() == doses

        c.window.press('Take a file in…')
        pick(c, at('from-van.dosebook-site'))
        c.window.wait_for('From B2 Van')
        c.window.wait_for('Li Na. Signature, sums and chain hold')
        c.window.wait_for('What is new is of')
        assert c.record.n_doses() == doses
        picture = os.environ.get('DBK_JOURNEY_PICTURES')
        if picture:
            c.window.screenshot(os.path.join(picture, 'inspect.png'))
        c.window.wait_for('phone was changed at both places')
        c.window.keys('shift+Tab', 'shift+Tab', 'Home', 'Return')
        time.sleep(0.6)
        c.window.keys('Up', 'Return')
        time.sleep(0.4)
        assert phone_of(c, number) == '13800000001'
        c.window.press('Take in')
        c.window.wait_for('Kept: the one here')
        c.window.wait_for('Taken in: ')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        assert phone_of(c, number) == '13800000001'
        if picture:
            c.window.screenshot(os.path.join(picture, 'taken.png'))
        c.window.keys('Escape')
        c.window.wait_for('Data from today')
        c.window.wait_for('Nobody is due')
        if picture:
            c.window.screenshot(os.path.join(picture, 'places.png'))
        c.window.press('Files so far…')
        c.window.wait_for('Written for B2, Van')
        c.window.wait_for('Taken in from B2, Van')
        c.window.wait_for('1 thing changed at both places')
        if picture:
            c.window.screenshot(os.path.join(picture, 'files.png'))
        c.window.keys('Escape')
        c.window.press('Take a file in…')
        pick(c, at('from-van.dosebook-site'))
        c.window.wait_for('This file was taken in before')
        assert c.record.n_doses() == doses + 1


def scan_slip(c, code):
    """Until it can be said what became of it; what the list below says is the same for each of them."""
    c.window.scan_until(code, lambda: c.window.is_enabled(c.window.button('Unused')))


def slips_come_back():
    """Given with a time, scanned twice, altered, lost, and unused: its day is the clinic's again."""
    numbers = [take_with_order() for _ in range(3)]
    batch = done('slips', 'issue', *numbers, '--to', 'P4', '--lot', [l for l in done('lot', 'list')['lots'] if l['safe_ul'] >= 500000][0]['number'])['batch']
    slips = done('slips', 'show', batch)['slips']
    with Counter('slips') as c:
        doses = c.record.n_doses()
        c.window.keys('alt+6')
        c.window.wait_for('3 slips not back yet')
        c.window.press('Slips back…')
        c.window.wait_for('Scan a slip')
        c.window.wait_for('3 slips not back yet')
        scan_slip(c, slips[0]['code'])
        c.window.type('0001')
        picture = os.environ.get('DBK_JOURNEY_PICTURES')
        if picture:
            c.window.screenshot(os.path.join(picture, 'back.png'))
        c.window.keys('Return')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        c.window.wait_for('2 slips not back yet')
        time.sleep(2)
        c.window.scan_for(slips[0]['code'], 'This slip was scanned before')
        code = slips[1]['code']
        c.window.scan_for(code[:-1] + ('1' if code[-1] == '0' else '0'), 'misread, altered')
        scan_slip(c, code)
        c.window.press('Unused')
        c.window.wait_for('1 slip not back yet')
        wait(lambda: c.record.ask("select count(*) from lease_end where kind = 'returned'")[0][0] == 1, what='the day to come back')
        c.window.press('Lost')
        c.window.wait_for('All slips are back')
        assert c.record.n_doses() == doses + 1


def granted_for_a_week():
    """Those who usually go there are chosen already; for a point on paper the slips come with it."""
    number = take_with_order()
    with Counter('granted') as c:
        picture = os.environ.get('DBK_JOURNEY_PICTURES')
        c.window.keys('alt+6')
        c.window.wait_for('B2  Van')
        c.window.press('Days…')
        c.window.wait_for('Grant for 3 patients')
        c.window.wait_for('7 days')
        if picture:
            c.window.screenshot(os.path.join(picture, 'days.png'))
        c.window.press('Grant for 3 patients')
        wait(lambda: c.record.ask('select count(*) from lease where to_day - from_day = 6')[0][0] == 3, what='three leases of a week')
        c.window.press('Slips…')
        c.window.wait_for('Make slips for 3 patients')
        c.window.press('None')
        c.window.wait_for('Make slips for 0 patients')
        c.window.go_to('entry', 'Number or name')
        c.window.type(number)
        time.sleep(0.6)
        c.window.press('All')
        c.window.press('Make slips for 1 patient…')
        wait(lambda: c.record.ask("select count(*) from pass where kind = 'slip'")[0][0] == 3 + 7, what='seven slips')
        c.window.wait_for('Print')
        if picture:
            time.sleep(1)
            c.window.screenshot(os.path.join(picture, 'slips.png'))


def too_early():
    """A stick that was skipped: the file says what it rests on, and the answer to carry back is written."""
    clinic = at('early.dosebook')
    shutil.copy(master, clinic)
    done('site', 'export', at('first.dosebook-site'), '--full', record=van)
    done('site', 'import', at('first.dosebook-site'), record=clinic)
    done('site', 'export', 'B2', at('back.dosebook-site'), record=clinic)
    done('site', 'import', at('back.dosebook-site'), record=van)
    done('site', 'export', at('later.dosebook-site'), record=van)
    with Counter('too-early') as c:
        facts = c.record.ask('select count(*) from fact')[0][0]
        c.window.keys('alt+6')
        c.window.wait_for('B2  Van')
        c.window.press('Take a file in…')
        pick(c, at('later.dosebook-site'))
        c.window.wait_for('This file goes on after fact')
        picture = os.environ.get('DBK_JOURNEY_PICTURES')
        if picture:
            c.window.screenshot(os.path.join(picture, 'missing.png'))
        assert c.record.ask('select count(*) from fact')[0][0] == facts
        c.window.press('Ask for it…')
        pick(c, at('ask.dosebook-site'))
        c.window.wait_for('Carry it to them')
        assert os.path.getsize(at('ask.dosebook-site')) > 0


def guest():
    """At the point: what it does not need is not there, the age of the clinic's data stands above, and a guest is dosed by a voucher alone."""
    number, _, dose = take('give')
    voucher = done('voucher', 'issue', number, '--to', 'B2')['vouchers'][0]['code']
    with Counter('point', record=van) as c:
        c.window.wait_for('Dosing point: the clinic')
        assert c.window.sees('Exchange') and not c.window.sees('Alt+3') and not c.window.sees('Alt+5')
        c.window.keys('alt+5')
        time.sleep(0.5)
        assert c.window.sees('Scan a card')
        doses = c.record.n_doses()
        c.window.scan_for(voucher[:-1] + ('1' if voucher[-1] == '0' else '0'), 'misread, altered')
        c.window.scan_for(voucher, 'Guest with a voucher')
        c.window.wait_for(mg(dose))
        picture = os.environ.get('DBK_JOURNEY_PICTURES')
        if picture:
            c.window.screenshot(os.path.join(picture, 'guest.png'))
        # Nothing of them is known here: the dose is their first.
        c.window.keys('1')
        time.sleep(0.8)
        c.window.keys('F12')
        wait(lambda: c.record.n_doses() == doses + 1, what='the dose')
        c.window.scan_for(voucher, 'Already had a dose')
        c.window.keys('F12')
        time.sleep(0.5)
        assert c.record.n_doses() == doses + 1


def main():
    tap = Tap()
    prepare()
    tap.run('a file for the van, and one from it', exchange)
    tap.run('a file that comes too early', too_early)
    tap.run('a guest at the point', guest)
    tap.run('slips come back', slips_come_back)
    tap.run('days for a week, and slips', granted_for_a_week)
    tap.end()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()
