#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: a record between two processes, backups, and files that are none. $1 is the program.
set -u
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

# ---- a clinic ----

d="dosebookctl --record c.dosebook --json"
admin="$d --as admin --pin-file pin.admin" nurse="$d --as nurse.a --pin-file pin.nurse" doctor="$d --as doctor.b --pin-file pin.doc"
run "init" 0 $admin record init --site-name "Clinic 1" --site-code C1 --timezone Asia/Shanghai --policy australia-2003 --admin-name Admin
run "a nurse" 0 $admin staff add nurse.a --name 护士甲 --role nurse --new-pin-file pin.nurse
run "a physician" 0 $admin staff add doctor.b --name 医生乙 --role physician --new-pin-file pin.doc
run "a delivery" 0 $admin lot receive --product "methadone oral solution" --ug-per-ml 1000 --lot L1 --expires 2099-12-31 --ml 5000
run "a bottle" 0 $admin lot open L1

# ---- two at once ----

rounds=12
{ echo number,name; for ((i = 0; i < rounds; i++)); do printf '9%03d,R%d\n' $i $i; done; } >racers.csv
run "racers" 0 $admin import patients racers.csv
wins=0
for ((i = 0; i < rounds; i++)); do
  number=$(printf '9%03d' $i)
  $doctor order sign "$number" --dose-mg 20 >out 2>err || echo "# no order for $number"
  $nurse dose give "$number" >race.1 2>err.1 & first=$!
  $nurse dose give "$number" >race.2 2>err.2 & other=$!
  a=0 b=0
  wait $first || a=$?
  wait $other || b=$?
  if [ $((a + b)) = 3 ] && [ $((a * b)) = 0 ] && grep -q already-dosed race.1 race.2; then
    wins=$((wins + 1))
  else
    echo "# $number: exit $a and $b"
    cat race.1 race.2 err.1 err.2 | sed 's/^/# /'
  fi
done
same "of two at once exactly one gives" $wins $rounds
run "the record says so" 0 $nurse dose list
holds "one dose each" "sorted (d['number'] if 'number' in d else d['dose_id'] for d in j['doses']) and sum (d['dose_ug'] == 20000 for d in j['doses']) == $rounds"

# ---- open elsewhere ----

mkfifo slow
$nurse patient register - <slow >held.out 2>held.err & holder=$!
exec 9>slow
python3 - c.dosebook.lock <<'END'
import fcntl, sys, time
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    with open(sys.argv[1]) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(0)
    time.sleep(0.02)
sys.exit("nobody took the record")
END
verdict "a command that waits for its input holds the record" $?
fails "open elsewhere" busy $nurse dose give 9001
grep -q "process $holder" err
verdict "open elsewhere: by whom" $?
run "reading goes on" 0 $d record info
echo '{"number":"8000","name":"Slow"}' >&9
exec 9>&-
code=0
wait $holder || code=$?
same "and the other one goes on" $code 0

# ---- making, keeping, putting back ----

sum () { sha256sum <"$1"; }
before=$(sum c.dosebook)
fails "init twice" exists $admin record init --site-name "Clinic 1" --site-code C1 --timezone Asia/Shanghai --policy australia-2003 --admin-name Admin
same "init twice changes nothing" "$(sum c.dosebook)" "$before"
init () { dosebookctl --record x.dosebook --json --as admin --pin-file pin.admin record init --site-name X --timezone Asia/Shanghai --policy australia-2003 --admin-name A --site-code X "$@"; }
fails "no such zone" invalid init --timezone Mars/Olympus
fails "no such policy at the beginning" invalid init --policy nowhere
fails "a code that is none" invalid init --site-code "C 1"
test ! -e x.dosebook && test ! -e x.dosebook-wal
verdict "what failed leaves no record" $?
run "backup" 0 $admin record backup b.dosebook
fails "not over another" exists $admin record backup b.dosebook
fails "a nurse makes none" not-allowed $nurse record backup other.dosebook
run "after the backup" 0 $admin staff add later --name Later --role nurse --new-pin-file pin.later
fails "restore with a wrong PIN" wrong-pin $d --as admin --pin-file pin.nurse record restore b.dosebook
fails "restore by a nurse" not-allowed $nurse record restore b.dosebook
run "restore by nobody" 2 $d record restore b.dosebook
run "restore" 0 $admin record restore b.dosebook
holds "what was there is kept" "j['kept'] and j['record'] == 'c.dosebook'"
kept=$(get "j['kept']")
test -s "$kept"
verdict "it is there" $?
run "the copy holds" 0 $d record verify
run "as it was" 0 $admin staff list
holds "without what came later" "'later' not in [s['login'] for s in j['staff']]"
run "and it goes on" 0 $nurse today
run "on a new computer" 0 dosebookctl --record new.dosebook --json record restore b.dosebook
run "it holds there" 0 dosebookctl --record new.dosebook --json record verify
head -c 20000 b.dosebook >half.dosebook
before=$(sum c.dosebook)
code=0
$admin record restore half.dosebook >out 2>err || code=$?
same "half a copy is refused" "$code $(sum c.dosebook)" "1 $before"

# ---- files that are none ----

cp b.dosebook future.dosebook
python3 -c 'import sqlite3; c = sqlite3.connect ("future.dosebook"); c.execute ("PRAGMA user_version = 999"); c.commit (); c.close ()'
before=$(sum future.dosebook)
fails "of a newer program" too-new dosebookctl --record future.dosebook --json record info
fails "of a newer program, to write" too-new dosebookctl --record future.dosebook --json --as admin --pin-file pin.admin today
same "of a newer program: untouched" "$(sum future.dosebook)" "$before"
fails "restored neither" too-new dosebookctl --record other.dosebook --json record restore future.dosebook
echo "This is a letter to somebody." >letter.dosebook
fails "a letter" not-ours dosebookctl --record letter.dosebook --json record info
python3 -c 'import sqlite3; c = sqlite3.connect ("foreign.db"); c.execute ("CREATE TABLE t (x)"); c.commit (); c.close ()'
fails "another program's file" not-ours dosebookctl --record foreign.db --json --as admin --pin-file pin.admin today
fails "no record" not-found dosebookctl --record none.dosebook --json record info
test ! -e none.dosebook
verdict "and none is made" $?
cp b.dosebook damaged.dosebook
python3 - <<'END'
with open("damaged.dosebook", "r+b") as f:
    size = f.seek(0, 2)
    f.seek(4096 * 3)
    f.write(b"\x5a" * (size // 2))
END
before=$(sum damaged.dosebook)
run "a damaged record" 1 dosebookctl --record damaged.dosebook --json record verify
holds "said to be damaged" "j.get ('holds') is False or j['error']['code'] == 'corrupt'"
same "looked at, not touched" "$(sum damaged.dosebook)" "$before"
python3 - <<'END'
import sqlite3
c = sqlite3.connect("new.dosebook")
c.execute("UPDATE dose SET dose_ug = dose_ug + 1000 WHERE id = (SELECT min (id) FROM dose)")
c.commit()
END
run "changed behind its back" 1 dosebookctl --record new.dosebook --json record verify
holds "says so" "j['holds'] is False and j['problem']"

# ---- where it lies ----

export DOSEBOOK_RECORD=$scratch/c.dosebook
run "by the environment" 0 dosebookctl --json record info
holds "the same record" "j['site_code'] == 'C1'"
unset DOSEBOOK_RECORD
run "a demonstration" 0 dosebookctl --record demo.dosebook --json record demo --patients 12 --days 9 --pins pins
run "its nurse" 0 dosebookctl --record demo.dosebook --json --as nurse.demo --pin-file pins/pin.nurse today
fails "not over another" exists dosebookctl --record demo.dosebook --json record demo --patients 3 --days 3
run "a demonstration of nobody" 2 dosebookctl --record d2.dosebook --json record demo --patients 0

echo "1..$n"
