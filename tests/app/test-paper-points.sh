#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: slips for a point on paper, issued, brought back and refused, and a guest at a point with a laptop who has a voucher, by dosebookctl.
# $1 is the program.
set -u
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

d="dosebookctl --record c.dosebook --json" b="dosebookctl --record b.dosebook --json"
admin="$d --as admin --pin-file pin.admin" nurse="$d --as nurse.a --pin-file pin.nurse" doctor="$d --as doctor.b --pin-file pin.doc"
van="$b --as out.v --pin-file pin.out"
set_up () {
  $admin record init --site-name "Clinic 1" --site-code C1 --timezone UTC --policy australia-2003 --admin-name Admin &&
    $admin staff add nurse.a --name 护士甲 --role nurse --new-pin-file pin.nurse &&
    $admin staff add doctor.b --name 医生乙 --role physician --new-pin-file pin.doc &&
    $admin staff add out.v --name 外展丙 --role outreach --new-pin-file pin.out &&
    $admin lot receive --product methadone --ug-per-ml 5000 --lot L1 --expires 2099-12-31 --ml 5000 && $admin lot open L1 --ml 3000 || return
  for number in 0001 0002 0003 0004 0005; do
    printf '{"number":"%s","name":"患者%s","born":"1980-01-01","sex":"m"}' $number $number | $nurse patient register - &&
      $doctor order sign $number --dose-mg 30 --from today || return
  done
  $admin site paper --code P4 --name "Ward" && $admin site paper --code P5 --name "Post" &&
    $b site request van.request --code B2 --name "Van" --computer laptop && $admin site enrol van.request van.answer && $b site accept van.answer
}
set_up >out 2>err
verdict "a clinic with five patients, two points on paper and a van" $?
run "info" 0 $d record info
today=$(get "j['today']")
tomorrow=$(days_ago -1) last=$(days_ago -2)

# ---- issuing ----

fails "not to a point with a computer" invalid $nurse slips issue 0001 --to B2 --lot L1
fails "not to the clinic" invalid $nurse slips issue 0001 --to C1 --lot L1
fails "not of a lot that is not there" not-found $nurse slips issue 0001 --to P4 --lot L9
fails "not for yesterday" invalid $nurse slips issue 0001 --to P4 --lot L1 --from "$(days_ago 1)"
fails "a physician sends no drug" not-allowed $doctor slips issue 0001 --to P4 --lot L1
run "a hold on one" 0 $doctor hold place 0003 --reason lab --from "$tomorrow"
fails "who is on hold on one of the days" invalid $nurse slips issue 0001 0003 --to P4 --lot L1 --until "$last"
holds "is named" "'0003' in j['error']['message'].replace (' ', '') and '$(date -d "$tomorrow" +%-d-%b-%Y)' in j['error']['message']"
run "an order ends" 0 $doctor order end 0004 --last-day "$tomorrow"
fails "who has no order on one of the days" invalid $nurse slips issue 0004 --to P4 --lot L1 --until "$last"
run "all or nothing" 0 $nurse slips list
holds "nothing" "j['batches'] == []"
run "slips for two patients and three days" 0 $nurse slips issue 0002 0001 --to P4 --lot L1 --until "$last"
batch=$(get "j['batch']")
holds "in walking order" "[(s['day'], s['number']) for s in j['slips']] == [(day (i), n) for i in range (3) for n in ('0001', '0002')]"
holds "mg and mL" "all (s['dose_ug'] == 30000 and s['volume_ul'] == 6000 and s['lot'] == 'L1' and s['outcome'] == 'open' for s in j['slips'])"
holds "each with a code of its own" "len ({s['code'] for s in j['slips']}) == 6 and all (len (s['code']) == 194 for s in j['slips'])"
code () { get "[s['code'] for s in j['slips'] if s['number'] == '$1' and s['day'] == '$2'][0]"; }
id () { get "[s['slip'] for s in j['slips'] if s['number'] == '$1' and s['day'] == '$2'][0]"; }
a0=$(code 0001 "$today") a1=$(code 0001 "$tomorrow") a2=$(code 0001 "$last")
b0=$(code 0002 "$today") b0_id=$(id 0002 "$today") b1=$(code 0002 "$tomorrow") b1_id=$(id 0002 "$tomorrow") b2=$(code 0002 "$last")
run "the drug" 0 $nurse lot list
holds "goes along" "('P4', 'transit', 36000) in [(x['site'], x['account'], x['volume_ul']) for x in j['balances']]"
run "the counter stops" 3 $nurse dose give 0001
holds "their day lies at the point" "codes () == ['guest-elsewhere'] and 'P4' in j['findings'][0]['text']"
fails "a day is granted once" taken $nurse slips issue 0001 --to P5 --lot L1
run "one more for another point" 0 $nurse slips issue 0005 --to P5 --lot L1
other=$(get "j['slips'][0]['code']")
run "the batches" 0 $nurse slips list P4
holds "one" "[(x['batch'], x['site'], x['slips'], x['open'], x['volume_ul'], x['lot']) for x in j['batches']] == [('$batch', 'P4', 6, 6, 36000, 'L1')]"

# ---- on paper ----

for media in 58mm 80mm a5 a4; do
  run "on $media" 0 $nurse slips print "$batch" --media $media --pdf slips-$media.pdf --language zh
done
holds "marked as printed before" "j['reprint'] == 3"
holds "a cover, a list, six slips four to a sheet" "j['pages'] == 4"
fails "of no batch" not-found $nurse slips print "$b0_id" --pdf none.pdf

# ---- coming back ----

fails "altered" invalid $nurse slips take "${a0%?}$([ "${a0: -1}" = 0 ] && echo 1 || echo 0)" --given 00:00
fails "half read" invalid $nurse slips take "${a0:0:100}" --given 00:00
fails "for another point" invalid $nurse slips take "$other" --from-site P4 --given 00:00
holds "is said" "'another' in j['error']['message']"
fails "a day that has not come" invalid $nurse slips take "$a1" --given 08:00
fails "not by a physician" not-allowed $doctor slips take "$a0" --given 00:00
fails "a reason is coded" invalid $nurse slips take "$b0" --not-given because
run "what became of it" 2 $nurse slips take "$a0"
run "given" 0 $nurse slips take "$a0" --from-site P4 --given 00:00
holds "is said of it" "[(s['number'], s['outcome']) for s in j['slips']] == [('0001', 'given')]"
fails "twice" invalid $nurse slips take "$a0" --given 00:00
holds "is said" "'before' in j['error']['message']"
run "the dose" 3 $nurse dose give 0001
holds "is one" "'already-dosed' in codes ()"
run "not given" 0 $nurse slips take "$b0_id" --not-given did-not-come
run "lost" 0 $nurse slips take "$b1_id" --lost
fails "lost once" invalid $nurse slips take "$b1_id" --lost
run "what is open" 0 $nurse slips open P4
holds "three" "len (j['slips']) == 3"
fails "unused is scanned" invalid $nurse slips take "$(get "j['slips'][0]['slip']")" --unused
run "a lost one is found" 0 $nurse slips take "$b1" --unused
run "unused" 0 $nurse slips take "$b2" --unused
run "unused" 0 $nurse slips take "$a2" --unused
run "the days come back" 0 $nurse slips return "$batch"
holds "of both" "j['leases'] == 2"
run "and once" 0 $nurse slips return "$batch"
holds "only" "j['leases'] == 0"
run "what is granted" 0 $nurse lease list P4
holds "until when" "sorted ((l['number'], l['last_day']) for l in j['leases']) == [('0001', '$tomorrow'), ('0002', '$today')]"
run "the drug" 0 $nurse lot list
holds "given there" "('P4', 'patient', 6000) in [(x['site'], x['account'], x['volume_ul']) for x in j['balances']]"
fails "the last is open and for tomorrow" invalid $nurse slips take "$a1" --not-given did-not-come
run "open" 0 $nurse slips open
holds "with the other point's" "len (j['slips']) == 2"

# ---- paper tells what has happened: a double dose is recorded and found ----

run "a physician takes a day back" 0 $doctor lease break 0005 --reason patient-came --confirmed "电话"
run "and the clinic doses" 0 $nurse dose give 0005
run "the slip comes all the same" 0 $nurse slips take "$other" --given 00:00
run "two doses" 0 $nurse collision list
holds "once" "[(c['number'], c['day']) for c in j['collisions']] == [('0005', today)]"
run "verify" 0 $d record verify
holds "holds" "j['holds'] is True"

# ---- a guest with a voucher ----

fails "not for a point on paper" invalid $nurse voucher issue 0004 --to P4
fails "not on hold" invalid $nurse voucher issue 0003 --to B2 --from "$tomorrow"
run "drug for the van" 0 $nurse lot send L1 --to B2 --ml 100
run "a file for the van" 0 $nurse site export B2 to-van.dosebook-site
run "taken in" 0 $b site import to-van.dosebook-site
run "a bottle there" 0 $van lot open L1
fails "a stranger" not-found $van dose give 0004
run "a voucher" 0 $nurse voucher issue 0004 --to B2 --until "$tomorrow"
voucher=$(get "j['vouchers'][0]['code']")
holds "with its dose" "j['vouchers'][0]['dose_ug'] == 30000 and j['vouchers'][0]['until'] == '$tomorrow'"
run "on paper" 0 $nurse voucher print "$(get "j['vouchers'][0]['slip']")" --pdf voucher.pdf
run "the counter stops" 3 $nurse dose give 0004
fails "it is no card here" invalid $nurse dose give "$voucher"
fails "altered" invalid $van dose give "${voucher%?}$([ "${voucher: -1}" = 0 ] && echo 1 || echo 0)"
fails "a slip is none" slip-not-card $van dose give "$b2"
run "the guest is shown" 0 $van counter show "$voucher"
holds "with number and dose" "j['number'] == '0004' and j['dose_ug'] == 30000 and 'guest-elsewhere' not in codes ()"
run "and dosed" 0 $van dose give "$voucher"
run "once" 3 $van dose give "$voucher"
holds "a day" "codes () == ['already-dosed']"
run "today there" 0 $van today
holds "shows the guest" "[(r['number'], r['state']) for r in j['patients']] == [('0004', 'dosed')]"
run "the van writes" 0 $van site export from-van.dosebook-site
run "the clinic takes it" 0 $nurse site import from-van.dosebook-site
holds "a dose came" "j['doses'] == 1 and j['collisions'] == 0"
run "it is a dose here" 3 $nurse dose give 0004
holds "like any other" "'already-dosed' in codes ()"
run "a physician takes tomorrow back" 0 $doctor lease break 0004 --from "$tomorrow" --reason patient-came --confirmed "电话"
run "a file for the van" 0 $nurse site export B2 second.dosebook-site
run "taken in" 0 $van site import second.dosebook-site
run "verify there" 0 $b record verify
holds "holds" "j['holds'] is True"
run "verify" 0 $d record verify
holds "holds" "j['holds'] is True"

echo "1..$n"
