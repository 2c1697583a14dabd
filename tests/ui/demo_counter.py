# SPDX-License-Identifier: GPL-3.0-or-later
"""A demonstration clinic for journeys in the real window: its people by what the counter says of them, and windows with copies of its
record."""
import json, os, shutil, subprocess, sys, tempfile, time

from window_driver import Record, Window, wait

PROGRAM, CTL = sys.argv[1], sys.argv[2]
LOGIN, PIN = 'nurse.demo', '135790'
folder = tempfile.mkdtemp(prefix='journey-')
master = os.path.join(folder, 'master.dosebook')
pin_file = os.path.join(folder, 'pin')


def ctl(*arguments, record=master, login=LOGIN):
    # Each copy of the record has a memory of its own, or the others would be called older ones.
    done = subprocess.run([CTL, '--record', record, '--json', '--as', login, '--pin-file', pin_file, *arguments], capture_output=True, text=True,
                          env=dict(os.environ, XDG_STATE_HOME=record + '.state'))
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def prepare():
    with open(pin_file, 'w') as f:
        f.write(PIN + '\n')
    code, _ = ctl('record', 'demo', '--patients', '120', '--days', '70')
    assert code == 0, 'the demonstration record was not made'
    people.extend((row['number'], row['name']) for row in ctl('patient', 'list')[1]['patients'])


people, by_case = [], {}


def take(*case):
    """A patient nobody has taken yet, for whom the counter says just that. Nobody is judged who is not needed: each takes a tenth of a second."""
    while not by_case.get(case):
        assert people, f'the demonstration has nobody more for {case}; it has {sorted(by_case)}'
        number, name = people.pop(0)
        verdict = ctl('counter', 'show', number)[1]
        codes = sorted(f['code'] for f in verdict['findings'])
        by_case.setdefault((verdict['verdict'], *codes), []).append((number, name, verdict['dose_ug']))
    return by_case[case].pop(0)


def mg(ug):
    return f'{ug // 1000} mg'


class Counter:
    """A window with a copy of the record, signed in and ready."""

    def __init__(self, name, settings=None, record=None, login=LOGIN, pin=PIN):
        self.login, self.pin = login, pin
        # Physicians begin with the orders.
        self.first = 'Orders' if login == 'doctor.demo' else 'Scan a card'
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder, exist_ok=True)
        self.path = record or os.path.join(self.folder, 'c.dosebook')
        if record is None:
            shutil.copy(master, self.path)
        self.record = Record(self.path)
        self.window = Window(PROGRAM, self.folder, ['--record', self.path], settings)

    def __enter__(self):
        try:
            self.window.start()
            self.window.sign_in(self.login, self.pin)
            self.window.wait_for(self.first)
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            picture = os.environ.get('DBK_JOURNEY_PICTURES')
            if picture:
                self.window.screenshot(os.path.join(picture, os.path.basename(self.folder) + '.png'))
        if self.window.process.poll() is None:
            self.window.kill()
        elif kind is None and self.window.process.returncode not in (0, -9):
            raise AssertionError(f'the program ended with {self.window.process.returncode}')
        if kind is None and self.window.complaints():
            raise AssertionError('\n'.join(self.window.complaints()))

    def open(self, number, name):
        self.window.scan_for(self.record.card(number), name)
        # The key counts only after the banner has stood for a moment.
        time.sleep(0.5)


def call_physician(c):
    c.window.press('Physician…')
    wait(lambda: c.window.find('text', 'Login'), what='the PIN dialog')
    time.sleep(0.4)
    c.window.type('doctor.demo')
    c.window.keys('Return')
    c.window.type(PIN)
    c.window.keys('Return')
    c.window.wait_for('What is in force')


def choose(c, n):
    """The n-th entry of a list that has the keyboard."""
    c.window.keys(*['Down'] * n, 'Return')


def find_file(c, number):
    """The patient's file, from wherever one is."""
    c.window.keys('alt+4')
    wait(lambda: c.window.find('entry', 'Find a patient'), what='the search')
    time.sleep(0.3)
    c.window.type(number)
    wait(lambda: c.window.sees(number), what='the patient in the list')
    time.sleep(0.5)
    c.window.keys('Return')
    c.window.press('Orders', 'page tab')
