#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: a clinic, two dosing points with laptops and one on paper, by dosebookctl: enrolled, granted, dosed, files out of order and twice,
# a laptop put back to an older copy, a lease broken and the double dose that follows. $1 is the program.
set -u
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

d="dosebookctl --record c.dosebook --json"
b="dosebookctl --record b.dosebook --json" e="dosebookctl --record e.dosebook --json"
admin="$d --as admin --pin-file pin.admin" nurse="$d --as nurse.a --pin-file pin.nurse" doctor="$d --as doctor.b --pin-file pin.doc"
van="$b --as out.v --pin-file pin.out" east="$e --as out.v --pin-file pin.out"
set_up () {
  $admin record init --site-name "Clinic 1" --site-code C1 --timezone Asia/Shanghai --policy australia-2003 --admin-name Admin &&
    $admin staff add nurse.a --name 护士甲 --role nurse --new-pin-file pin.nurse &&
    $admin staff add doctor.b --name 医生乙 --role physician --new-pin-file pin.doc &&
    $admin staff add out.v --name 外展丙 --role outreach --new-pin-file pin.out &&
    $admin lot receive --product methadone --ug-per-ml 1000 --lot L1 --expires 2099-12-31 --ml 5000 && $admin lot open L1 --ml 3000 || return
  for number in 0001 0002 0003 0004 0005; do
    printf '{"number":"%s","name":"患者%s","born":"1980-01-01","sex":"m"}' $number $number | $nurse patient register - &&
      $doctor order sign $number --dose-mg 30 --from today || return
  done
}
set_up >out 2>err
verdict "a clinic with five patients" $?
run "info" 0 $d record info
today=$(get "j['today']")

# ---- becoming known ----

run "the van asks" 0 $b site request van.request --code B2 --name "Van" --computer laptop
asked=$(get "j['fingerprint']")
fails "a file before anybody is known" not-found $b site import van.request
run "the clinic enrols it" 0 $admin site enrol van.request van.answer
holds "the fingerprint is the one they read" "j['fingerprint'] == '$asked' and j['code'] == 'B2'"
own=$(get "j['own_fingerprint']")
fails "a nurse enrols nobody" not-allowed $nurse site enrol van.request other.answer
fails "a code is one place's" taken $admin site enrol van.request other.answer
run "the van accepts" 0 $b site accept van.answer
holds "and hears the clinic's fingerprint" "j['fingerprint'] == '$own' and j['clinic'] == 'Clinic 1'"
fails "once" exists $b site accept van.answer
run "the east asks" 0 $e site request east.request --code E3 --name "East"
run "and is enrolled" 0 $admin site enrol east.request east.answer
fails "an answer is for one computer" exists $b site accept east.answer
run "the east accepts" 0 $e site accept east.answer
run "a place on paper" 0 $admin site paper --code P4 --name "Ward"
run "the places" 0 $nurse site list
holds "four of them" "sorted ((s['code'], len (s['computers'])) for s in j['sites']) == [('B2', 1), ('C1', 0), ('E3', 1), ('P4', 0)]"

# ---- granting ----

fails "to a place that is not there" not-found $nurse lease grant 0001 --to Z9
fails "for yesterday" invalid $nurse lease grant 0001 --to B2 --from "$(days_ago 1)"
fails "for two months" invalid $nurse lease grant 0001 --to B2 --until "$(days_ago -60)"
run "three patients for a week" 0 $nurse lease grant 0001 0002 0005 --to B2 --until "$(days_ago -6)"
holds "three leases" "len (j['leases']) == 3"
fails "a day lies at one place" taken $nurse lease grant 0003 0001 --to E3
run "so nothing was granted" 0 $nurse lease list E3
holds "to E3" "j['leases'] == []"
run "the counter stops" 3 $nurse dose give 0001
holds "it lies elsewhere" "codes () == ['guest-elsewhere'] and 'B2' in j['findings'][0]['text']"
run "one for the east" 0 $nurse lease grant 0003 --to E3 --until "$(days_ago -1)"
run "in ten days" 0 $nurse --day "$(days_ago -10)" counter show 0003
holds "nobody knows what became of the days there" "'site-data-old' in codes () and [f['text'] for f in j['findings'] if f['code'] == 'site-data-old'][0].find ('E3') >= 0"
run "in five" 0 $nurse --day "$(days_ago -5)" counter show 0003
holds "that is not asked yet" "'site-data-old' not in codes ()"
run "one on paper" 0 $nurse lease grant 0004 --to P4
run "paper comes back" 0 $nurse lease return 0004
run "and is dosed here" 0 $nurse dose give 0004

# ---- what goes with them ----

fails "drug is not sent to the clinic itself" invalid $nurse lot send L1 --to C1 --ml 1
fails "not more than the safe holds" invalid $nurse lot send L1 --to B2 --ml 2000.001
run "half a litre for the van" 0 $nurse lot send L1 --to B2 --ml 500
run "and for the east" 0 $nurse lot send L1 --to E3 --ml 500
run "where it is" 0 $nurse lot list
holds "on the way" "sorted ((b['site'], b['account'], b['volume_ul']) for b in j['balances'])[:3] == [('B2', 'transit', 500000), ('C1', 'bottle', 2970000), ('C1', 'patient', 30000)]"

# ---- the first stick ----

run "a file for the van" 0 $nurse site export B2 to-van.dosebook-site
fails "not over another" exists $nurse site export B2 to-van.dosebook-site
fails "not for a place on paper" invalid $nurse site export P4 p.dosebook-site
fails "the east cannot open it" not-found $e site inspect to-van.dosebook-site
run "it is looked at" 0 $b site inspect to-van.dosebook-site
holds "by whom, and of which days" "j['by'] == '护士甲' and j['from_day'] <= j['to_day'] == today"
holds "it has news" "j['new'] > 10 and j['from'] == 'C1' and j['missing'] == []"
news=$(get "j['new']")
run "it is taken in" 0 $b site import to-van.dosebook-site
holds "what was looked at" "j['new'] == $news and j['collisions'] == 0 and j['forks'] == 0"
run "again" 0 $van site import to-van.dosebook-site
holds "nothing new" "j['new'] == 0 and j['known_file'] is True"
fails "nobody may look now without a name" not-allowed $b site inspect to-van.dosebook-site
run "a bottle there" 0 $van lot open L1
holds "all that was sent" "j['bottle_ul'] == 500000 and j['safe_ul'] == 0 and j['transit_ul'] == 0"
fails "outreach sends nothing on" not-allowed $van lot send L1 --to E3 --ml 1
run "the van doses" 0 $van dose give 0001
fails "a stranger is not even known" not-found $van dose give 0003
run "verify there" 0 $b record verify
holds "holds" "j['holds'] is True"

# ---- home again, twice, and a lost stick ----

run "the van writes" 0 $van site export lost.dosebook-site
rm lost.dosebook-site
run "and again" 0 $van site export from-van.dosebook-site
run "the clinic looks" 0 $nurse site import --dry-run from-van.dosebook-site
run "the clinic takes it" 0 $nurse site import from-van.dosebook-site
holds "a dose came" "j['doses'] == 1 and j['new'] >= 2 and j['collisions'] == 0"
run "twice" 0 $nurse site import from-van.dosebook-site
holds "and nothing" "j['known_file'] is True and j['new'] == 0"
run "the dose is here" 3 $nurse dose give 0001
holds "already dosed" "'already-dosed' in codes ()"
run "verify here" 0 $d record verify
holds "holds" "j['holds'] is True"

# ---- changed at both ----

run "the van changes a phone" 0 with '{"phone":"00000001111"}' $b --as nurse.a --pin-file pin.nurse patient change 0001 -
run "the clinic too, later" 0 with '{"phone":"00000002222"}' $nurse patient change 0001 -
run "the van writes" 0 $van site export changed.dosebook-site
run "the clinic looks" 0 $nurse site inspect changed.dosebook-site
holds "both are shown" "j['conflicts'] == 1 and [(c['patient'], c['what'], c['here'], c['there'], c['holds']) for c in j['changed_at_both']] == [('0001', 'phone', '00000002222', '00000001111', 'here')]"
fails "what was not changed at both cannot be kept" invalid $nurse site import --keep 0001:name changed.dosebook-site
run "nothing was recorded" 0 $nurse site inspect changed.dosebook-site
holds "nothing" "j['known_file'] is False and j['new'] > 0"
run "the other one is kept" 0 $nurse site import --keep 0001:phone changed.dosebook-site
holds "one" "j['kept'] == 1"
run "it stands" 0 $nurse patient show 0001
holds "the van's" "j['phone'] == '00000001111'"
run "what went to and fro" 0 $nurse site files
holds "the newest first, and by whom" "[(f['direction'], f['site'], f['conflicts'], f['by']) for f in j['files'][:1]] == [('in', 'B2', 1, '护士甲')]"
holds "all of it" "[f['direction'] for f in j['files']].count ('in') == 2 and len ({f['file'] for f in j['files']}) == len (j['files'])"

# ---- a laptop put back to an older copy ----

cp b.dosebook b.copy
run "the van doses another" 0 $van dose give 0002
run "and writes" 0 $van site export second.dosebook-site
run "which arrives" 0 $nurse site import second.dosebook-site
run "the clinic answers" 0 $nurse site export B2 answer.dosebook-site
rm -f b.dosebook-wal b.dosebook-shm
cp b.copy b.dosebook
run "the older laptop sees that it is one" 0 $van counter show 0002
holds "by what is noted outside" "codes () == ['record-older'] and j['findings'][0]['lifted_by'] == 'administrator'"
rm -r state
cp b.copy b.dosebook
run "a whole disk put back knows nothing" 0 $van counter show 0002
run "choosing comes after what is missing" 3 $b --as nurse.a --pin-file pin.nurse site import --keep 0001:phone answer.dosebook-site
holds "which is said" "len (j['missing']) == 1"
run "the older laptop is told that it forgot" 3 $van site import answer.dosebook-site
holds "which fact it lacks" "j['we_forgot'] is True and len (j['missing']) == 1"
run "and doses nobody" 3 $van dose give 0002
holds "until it knows again" "codes () == ['record-older']"
fails "outreach does not decide that" not-allowed $van record trust
run "it asks" 0 $van site export --ask ask.dosebook-site
run "the clinic hears" 0 $nurse site import ask.dosebook-site
run "and sends what it forgot" 0 $nurse site export B2 mend.dosebook-site
run "it knows again" 0 $van site import mend.dosebook-site
run "the dose that it had forgotten" 3 $van dose give 0002
holds "stops a second one" "'already-dosed' in codes ()"

# ---- a lease broken, a double dose ----

run "a file for the east" 0 $nurse site export E3 to-east.dosebook-site
run "taken in" 0 $e site import to-east.dosebook-site
run "a bottle there" 0 $east lot open L1
fails "a nurse does not break a lease" not-allowed $nurse lease break 0003 --reason patient-came --confirmed "电话"
run "a physician does" 0 $doctor lease break 0003 --reason patient-came --confirmed "丙，电话 9:10"
run "the clinic doses" 0 $nurse dose give 0003
run "the east has not heard" 0 $east dose give 0003
run "the east writes" 0 $east site export from-east.dosebook-site
run "the clinic takes it" 0 $nurse site import from-east.dosebook-site
holds "one collision" "j['collisions'] == 1"
run "listed" 0 $nurse collision list
holds "once" "[(c['number'], c['day']) for c in j['collisions']] == [('0003', today)]"
run "tomorrow is stopped" 0 $nurse --day "$(days_ago -1)" counter show 0003
holds "until a physician closes it" "'collision' in codes ()"
fails "a nurse does not" not-allowed $nurse collision close 0003 --finding both-taken
run "a physician does" 0 $doctor collision close 0003 --finding both-taken
run "none is open" 0 $nurse collision list
holds "none" "j['collisions'] == []"

# ---- all know the same ----

run "to the east" 0 $nurse site export E3 last-east.dosebook-site
run "taken in" 0 $east site import last-east.dosebook-site
run "from the van" 0 $van site export last-van.dosebook-site
run "taken in" 0 $nurse site import last-van.dosebook-site
run "to the van" 0 $nurse site export B2 end-van.dosebook-site
run "taken in" 0 $van site import end-van.dosebook-site
run "to the east once more" 0 $nurse site export E3 end-east.dosebook-site
run "taken in" 0 $east site import end-east.dosebook-site
for record in c b e; do
  run "$record holds" 0 dosebookctl --record $record.dosebook --json record verify
  holds "$record holds" "j['holds'] is True"
  facts=$(get "j['facts']")
  same "$record has as many facts" "$facts" "${all:=$facts}"
done

# ---- the drug ----

run "the accounts at the clinic" 0 $nurse lot list
holds "of each place" "sorted ((b['site'], b['volume_ul']) for b in j['balances'] if b['account'] == 'patient') == [('B2', 60000), ('C1', 60000), ('E3', 30000)]"
holds "what was sent arrived" "not [b for b in j['balances'] if b['account'] == 'transit']"
here=$(get "sorted ((b['account'], b['volume_ul']) for b in j['balances'] if b['site'] == 'B2')")
run "the van's own" 0 $van lot list
holds "are the same there" "sorted ((b['account'], b['volume_ul']) for b in j['balances'] if b['site'] == 'B2') == $here"

# ---- a lost laptop ----

run "revoked" 0 $admin site revoke B2 --reason lost
fails "nothing is written for it" invalid $nurse site export B2 none.dosebook-site
run "it went on" 0 $van dose not-given 0001 --reason left
run "and dosed" 0 $van dose give 0005
run "and wrote" 0 $van site export after.dosebook-site
run "its file is read" 0 $nurse site import after.dosebook-site
holds "and not believed" "j['held_back'] > 0 and j['held_back'] == j['new']"
run "the days are taken back" 0 $doctor lease break 0005 --reason laptop-lost --confirmed "站长，电话"
run "the clinic does not dose" 3 $nurse dose give 0005
holds "what it cannot believe it does not forget" "codes () == ['unaccepted-dose'] and j['findings'][0]['lifted_by'] == 'physician'"
fails "a nurse does not believe it" not-allowed $nurse site accept-facts B2
fails "nothing waits of the east" not-found $doctor site accept-facts E3
run "a physician does" 0 $doctor site accept-facts B2
holds "all of it" "j['accepted'] > 0"
run "it is a dose now" 3 $nurse dose give 0005
holds "like any other" "codes () == ['already-dosed'] and j['findings'][0]['text'].find ('B2') >= 0"
fails "once" not-found $doctor site accept-facts B2
run "verify" 0 $d record verify
holds "holds" "j['holds'] is True"

echo "1..$n"
