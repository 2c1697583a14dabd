# SPDX-License-Identifier: GPL-3.0-or-later
"""A dosing point beside the demonstration clinic, by commands: for journeys about what travels between the two."""
import json, os, subprocess, time

from demo_counter import CTL, ctl, folder, master, take

van = os.path.join(folder, 'van.dosebook')


def done(*arguments, record=master, login='nurse.demo', code=0):
    said, out = ctl(*arguments, record=record, login=login)
    assert said == code, (arguments, said, out)
    return out


def at(path):
    return os.path.join(folder, path)


def prepare_van():
    """Enrolled, with two patients of the demonstration and drug for them."""
    subprocess.run([CTL, '--record', van, 'site', 'request', at('van.request'), '--code', 'B2', '--name', 'Van'], check=True, capture_output=True)
    done('site', 'enrol', at('van.request'), at('van.answer'), login='admin.demo')
    subprocess.run([CTL, '--record', van, 'site', 'accept', at('van.answer')], check=True, capture_output=True)
    done('site', 'paper', '--code', 'P4', '--name', 'Ward', login='admin.demo')
    number, _, _ = take('give')
    other, _, _ = take('give')
    done('lease', 'grant', number, other, '--to', 'B2')
    return number


def change_phone(number, phone, record=master):
    with open(at('phone.json'), 'w') as f:
        json.dump({'phone': phone}, f)
    done('patient', 'change', number, at('phone.json'), record=record)


def dose_there(number, path):
    lots = done('lot', 'list', record=van)['lots']
    done('lot', 'open', lots[0]['number'], record=van)
    done('dose', 'give', number, record=van)
    done('site', 'export', path, record=van)


def pick(c, path):
    """In the file chooser: a slash opens the field for a path; of a name that is proposed nothing stays."""
    time.sleep(1)
    c.window.keys('ctrl+a')
    c.window.type(path)
    time.sleep(0.5)
    c.window.keys('Return')
