#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: dosebookctl as a script would use it through a day. $1 is the program.
set -u
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

# ---- the script of the manual, word for word ----

d="dosebookctl --record c.dosebook --json"
run "init" 0 $d --as admin --pin-file pin.admin record init --site-name "Clinic 1" --site-code C1 --timezone Asia/Shanghai --policy australia-2003 --admin-name Admin
holds "init says" "j['record'] == 'c.dosebook' and j['site_code'] == 'C1' and j['policy'] == 'australia-2003'"
same "a PIN that was made is its owner's" "$(stat -c %a pin.admin)" 600
run "a nurse" 0 $d --as admin --pin-file pin.admin staff add nurse.a --name 护士甲 --role nurse --new-pin-file pin.nurse
holds "a nurse is one" "j['login'] == 'nurse.a' and j['role'] == 'nurse'"
run "a physician" 0 $d --as admin --pin-file pin.admin staff add doctor.b --name 医生乙 --role physician --new-pin-file pin.doc
run "a delivery" 0 $d --as admin --pin-file pin.admin lot receive --product "methadone oral solution" --ug-per-ml 1000 --lot L1 --expires 2099-12-31 --ml 5000
holds "a delivery is in the safe" "j['number'] == 'L1' and j['received_ul'] == 5000000"
run "a bottle" 0 $d --as admin --pin-file pin.admin lot open L1
holds "a bottle is open" "j['open'] is True and j['bottle_ul'] == 5000000 and j['safe_ul'] == 0 and j['ug_per_ml'] == 1000"
run "a patient" 0 with '{"number":"0421","name":"患者丙","born":"1980-01-01","sex":"m","phone":"00000004471"}' $d --as nurse.a --pin-file pin.nurse patient register -
holds "a patient has the number" "j['number'] == '0421' and j['similar_names'] == 0"
run "an order" 0 $d --as doctor.b --pin-file pin.doc order sign 0421 --dose-mg 30 --from today
holds "an order is signed" "j['order'] and j['dose_ug'] == 30000 and j['to'] is None and j['findings'] == []"
run "a card" 0 $d --as nurse.a --pin-file pin.nurse card issue 0421
holds "a card has a code" "re.fullmatch ('M1[0-9A-Z]{18}', j['code'])"
card=$(get "j['code']")
run "the counter" 0 $d --as nurse.a --pin-file pin.nurse counter show 0421
holds "the counter says give" "(j['verdict'], j['dose_ug'], j['volume_ul'], j['findings']) == ('give', 30000, 30000, [])"
run "a dose" 0 $d --as nurse.a --pin-file pin.nurse dose give 0421
holds "a dose is a fact" "re.fullmatch ('[0-9a-f]{64}', j['dose']) and j['dose_ug'] == 30000 and j['volume_ul'] == 30000 and j['number'] == '0421'"
fact=$(get "j['dose']") slip=$(get "j['slip']")
run "the dose again" 3 $d --as nurse.a --pin-file pin.nurse dose give 0421
holds "already dosed" "codes () == ['already-dosed'] and j['findings'][0]['level'] == 'stop' and j['findings'][0]['lifted_by'] == 'nobody' and '30' in j['findings'][0]['text']"
run "a slip" 0 $d --as nurse.a --pin-file pin.nurse slip print 0421 --media 80mm --pdf slip.pdf
holds "a slip is on that paper" "j['pdf'] == 'slip.pdf' and j['media'] == '80mm' and j['reprint'] == 0"
same "a slip is a PDF" "$(head -c 5 slip.pdf)" "%PDF-"
run "a card's paper" 0 $d --as nurse.a --pin-file pin.nurse card print 0421 --pdf card.pdf
same "a card is a PDF" "$(head -c 5 card.pdf)" "%PDF-"
run "verify" 0 $d record verify
holds "the record holds" "j['holds'] is True and j['problem'] is None and j['doses'] == 1 and j['facts'] > 10"

# ---- shorter from here on ----

admin="$d --as admin --pin-file pin.admin" nurse="$d --as nurse.a --pin-file pin.nurse" doctor="$d --as doctor.b --pin-file pin.doc"
run "info" 0 $d record info
holds "info says" "(j['site_name'], j['site_code'], j['timezone'], j['policy'], j['patients'], j['doses'], j['given_ug']) == ('Clinic 1', 'C1', 'Asia/Shanghai', 'australia-2003', 1, 1, 30000)"
today=$(get "j['today']")

# ---- help and usage ----

dosebookctl --help >out 2>err
verdict "overview" $?
sed -n 's/^  \([a-z][a-z-]*\)\( [a-z][a-z-]*\)\{0,1\} .*/\1\2/p' out >verbs
for verb in "record init" "record demo" "record verify" "record backup" "record restore" "record info" "staff add" "staff list" "staff end" \
            "patient register" "patient show" "patient find" "patient list" "patient change" "card issue" "card revoke" "card print" \
            "order sign" "order list" "order end" "hold place" "hold lift" "absence plan" "absence list" "absence withdraw" "closure add" "closure list" "closure withdraw" "lot receive" "lot open" "lot list" "counter show" "dose give" \
            "dose not-given" "dose reverse" "dose list" today missed history returns "slip print" "import patients" "import doses" \
            "printer list" "printer status"; do
  grep -qx "$verb" verbs || { echo "# no $verb"; false; }
  verdict "the overview has $verb" $?
done
while read -r verb; do
  dosebookctl $verb --help >out 2>err </dev/null && grep -q -- --record out
  verdict "help for $verb" $?
done <verbs
dosebookctl --version >out 2>err && grep -q "^dosebookctl [0-9]" out
verdict "version" $?
for usage in "nonsense" "record" "record dance" "dose" "counter show" "counter show 0421 0422" "counter show 0421 --wrong" "today now" \
             "--json --day 30 today" "--record" "patient find 王" "slip print 0421" "dose not-given 0421" "dose reverse $slip --reason mistake" \
             "order sign 0421" "dose give 0421 --answer missed" "dose give 0421 --answer missed=maybe" "dose give 0421 --answer nothing=told" \
             "--day 2026-02-30 today" "lot receive --lot L2" "card revoke $card" "hold place 0421" "absence plan 0421" "closure add today" "dose give 0421 --paper-time 25:00"; do
  code=0
  $nurse $usage >out 2>err || code=$?
  ask holds "j['error']['code'] == 'usage'"
  same "usage: $usage" "$code $answer" "2 yes"
done
run "nobody acts" 2 $d today
run "nothing at all" 2 dosebookctl

# ---- who may ----

fails "a wrong PIN" wrong-pin $d --as nurse.a --pin-file pin.doc today
fails "nobody of that name" wrong-pin $d --as nurse.z --pin-file pin.nurse today
fails "a nurse signs no order" not-allowed $nurse order sign 0421 --dose-mg 30
fails "a physician gives no dose" not-allowed $doctor dose give 0421
fails "an administrator gives no dose" not-allowed $admin dose give 0421
fails "a nurse names nobody" not-allowed $nurse staff add x.y --name X --role nurse --new-pin-file pin.x
test ! -e pin.x
verdict "and no PIN is left behind" $?
fails "a login twice" taken $admin staff add nurse.a --name Again --role nurse --new-pin-file pin.nurse
fails "a role that is none" invalid $admin staff add x.y --name X --role boss --new-pin-file pin.nurse
run "another nurse" 0 $admin staff add nurse.l --name 护士丁 --role nurse --new-pin-file pin.l
for i in 1 2 3 4 5; do fails "try $i" wrong-pin $d --as nurse.l --pin-file pin.doc today; done
fails "locked out, with the right PIN too" locked-out $d --as nurse.l --pin-file pin.l today
run "the others are not" 0 $nurse today
run "a new PIN" 0 $admin staff pin nurse.l --new-pin-file pin.l2
run "opens it again" 0 $d --as nurse.l --pin-file pin.l2 today
run "who works here" 0 $admin staff list
holds "who works here, as a list" "sorted (s['login'] for s in j['staff']) == ['admin', 'doctor.b', 'nurse.a', 'nurse.l'] and not any (s['ended'] for s in j['staff'])"
run "somebody leaves" 0 $admin staff end nurse.l
fails "who has left" wrong-pin $d --as nurse.l --pin-file pin.l2 today
fails "the last administrator stays" invalid $admin staff end admin

# ---- patients, cards, orders ----

json='{"number":"0421","name":"患者戊"}'
fails "a number twice" taken with "$json" $nurse patient register -
for json in '{"number":"04-22","name":"A"}' '{"number":"0422"}' '{"name":"A"}' '{"number":"0422","name":null}' '{"number":422,"name":"A"}' '[]' '{}' \
            '{"number":"0422","name":"A","born":"2026-02-30"}' '{"number":"0422","name":"A","sex":"x"}' '{"number":"0422","name":"A","colour":"red"}'; do
  fails "no patient: $json" invalid with "$json" $nurse patient register -
done
json='{"number":'
run "no JSON at all" 1 with "$json" $nurse patient register -
json='{"phone":null,"allergies":"latex"}'
run "a change" 0 with "$json" $nurse patient change 0421 -
run "the patient now" 0 $nurse patient show "$card"
holds "the patient now, changed" "(j['number'], j['name'], j['born'], j['phone'], j['allergies'], j['sex']) == ('0421', '患者丙', '1980-01-01', None, 'latex', 'm')"
json='患者'
run "found by name" 0 with "$json" $nurse patient find -
holds "found" "[p['number'] for p in j['patients']] == ['0421']"
run "found by number" 0 $nurse patient find 042
fails "nobody has it" not-found $nurse counter show 9999
run "by card" 0 $nurse counter show "$card"
holds "by card, the same patient" "j['number'] == '0421' and j['verdict'] == 'stop'"
case $card in *7?) wrong=${card:0:18}8${card:19} ;; *) wrong=${card:0:18}7${card:19} ;; esac
fails "a mistyped card" mistyped-code $nurse counter show "$wrong"
fails "a slip as a card" slip-not-card $nurse dose give "$slip"
for first in "400 3" "0.0001 1" "60ml 1" "-5 1"; do
  run "order of ${first% *}" "${first#* }" $doctor order sign 0421 --dose-mg="${first% *}" --from today
done
fails "millilitres in the dose" unit $doctor order sign 0421 --dose-mg 60ml
json='{"number":"0500","name":"李四"}'
run "a second patient" 0 with "$json" $nurse patient register -
run "above what is safe at first" 4 $doctor order sign 0500 --dose-mg 35
holds "asked to retype" "j['order'] is None and codes () == ['first-dose-warn'] and j['findings'][0]['level'] == 'answer'"
run "retyped" 0 $doctor order sign 0500 --dose-mg ３５ --retype-mg 35
holds "signed" "j['order'] and j['dose_ug'] == 35000"
run "a first dose above it is asked about" 4 $nurse dose give 0500
holds "the question" "codes () == ['first-dose'] and j['findings'][0]['choices'] == ['explained', 'ask-doctor'] and j['findings'][0]['lifted_by'] == 'answer'"
run "an answer that does not allow" 3 $nurse dose give 0500 --answer first-dose=ask-doctor
run "the answer" 0 $nurse dose give 0500 --answer first-dose=explained
holds "given" "j['dose_ug'] == 35000"
second=$(get "j['dose']")
run "far too much" 3 $doctor order sign 0500 --dose-mg 350 --retype-mg 350
holds "blocked" "j['order'] is None and 'ceiling-block' in codes ()"
run "orders" 0 $doctor order list 0500
holds "one order" "len (j['orders']) == 1 and j['orders'][0]['in_force'] and j['orders'][0]['signed_by'] == '医生乙'"

# ---- the day ----

fails "second person needed" second-person $nurse dose reverse "$second" --reason mistake --liquid waste
fails "not oneself" second-person $nurse dose reverse "$second" --reason mistake --liquid waste --witness nurse.a --witness-pin-file pin.nurse
run "reversed with two" 0 $nurse dose reverse "$second" --reason mistake --liquid waste --witness doctor.b --witness-pin-file pin.doc
fails "reversed once" invalid $nurse dose reverse "$second" --reason mistake --liquid bottle
run "reversed alone, at once" 0 $nurse dose reverse "$slip" --reason wrong-amount --liquid bottle
run "unwell" 4 $nurse dose give 0421 --unwell
holds "unwell is asked about" "codes () == ['unwell']"
run "and given again" 0 $nurse dose give "$card"
run "not given" 0 $nurse dose not-given 0500 --reason refused
fails "no such reason" invalid $nurse dose not-given 0500 --reason lazy
run "doses of today" 0 $nurse dose list
holds "three doses, two reversed" "len (j['doses']) == 3 and [d['reversed'] for d in j['doses']].count (True) == 2 and all (d['lot'] == 'L1' and d['given_by'] == '护士甲' for d in j['doses'])"
run "lots" 0 $nurse lot list
holds "drug is conserved" "(lambda l: (l['bottle_ul'], l['given_ul'], l['waste_ul']) == (5000000 - 30000 - 35000, 30000, 35000)) (j['lots'][0])"
run "today" 0 $nurse today
holds "today says" "(j['day'], j['expected'], j['dosed'], j['not_given'], j['to_come'], j['given_ug']) == (today, 2, 1, 1, 0, 30000)"
run "a dose for tomorrow" 3 $nurse --day "$(days_ago -1)" dose give 0500
holds "wrong day" "'wrong-day' in codes ()"
run "a hold" 0 $nurse hold place 0500 --reason intoxicated
run "held" 3 $nurse dose give 0500
holds "stop flag" "'stop-flag' in codes ()"
fails "a nurse does not lift it" not-allowed $nurse hold lift 0500
run "a physician does" 0 $doctor hold lift 0500
fails "once" not-found $doctor hold lift 0500
run "a planned absence" 0 $nurse absence plan 0500 --from "$(days_ago -3)" --to "$(days_ago -5)" --reason travel
holds "the days" "(j['from'], j['to'], j['reason'], j['dosed_there']) == ('$(days_ago -3)', '$(days_ago -5)', 'travel', False)"
run "one day of it" 0 $doctor absence plan 0500 --reason hospital --dosed-there
run "the absences" 0 $nurse absence list 0500
holds "both" "sorted ((a['from'], a['to'], a['dosed_there']) for a in j['absences']) == [(today, today, True), ('$(days_ago -3)', '$(days_ago -5)', False)]"
run "one was a mistake" 0 $nurse absence withdraw 0500 "$(days_ago -3)"
holds "one" "j['withdrawn'] == 1"
fails "once" not-found $nurse absence withdraw 0500 "$(days_ago -3)"
run "the other one" 0 $nurse absence list 0500
holds "stays" "[(a['from'], a['dosed_there']) for a in j['absences']] == [(today, True)]"
fails "an absence that ends before it begins" invalid $nurse absence plan 0500 --from "$(days_ago -3)" --to "$(days_ago -2)" --reason travel
fails "an absence of two years" invalid $nurse absence plan 0500 --to "$(days_ago -730)" --reason travel
fails "a guest elsewhere is a hold" invalid $nurse absence plan 0500 --reason guest-elsewhere
fails "an absence of nobody" not-found $nurse absence plan 9999 --reason travel
fails "an administrator plans no absence" not-allowed $admin absence plan 0500 --reason travel
run "a closure" 0 $admin closure add --from "$(days_ago -8)" --reason holiday
holds "one day" "(j['from'], j['to'], j['reason']) == ('$(days_ago -8)', '$(days_ago -8)', 'holiday')"
fails "a nurse does not close the clinic" not-allowed $nurse closure add --reason holiday
fails "a closure for travel" invalid $admin closure add --reason travel
run "the closures" 0 $nurse closure list
holds "the one" "[c['reason'] for c in j['closures']] == ['holiday']"
fails "a nurse does not open it" not-allowed $nurse closure withdraw "$(days_ago -8)"
run "it was a mistake" 0 $admin closure withdraw "$(days_ago -8)"
run "the closures now" 0 $nurse closure list
holds "none" "j['closures'] == []"
run "ended" 0 $doctor order end 0500
run "no order now" 3 $nurse dose give 0500
run "another card" 0 $nurse card issue 0421 --revoke-others lost
new_card=$(get "j['code']")
run "the lost card" 3 $nurse dose give "$card"
holds "revoked" "'card-revoked' in codes ()"
run "revoke" 0 $nurse card revoke "$new_card" --reason other
fails "no card to print" not-found $nurse card print 0421 --pdf none.pdf
fails "no dose, no slip" not-found $nurse slip print 0500 --pdf none.pdf
fails "no such paper" failed $nurse slip print 0421 --media letter --pdf none.pdf
test ! -e none.pdf
verdict "and no file" $?
run "the slip once more" 0 $nurse slip print 0421 --media 58mm --pdf slip.pdf
run "a reprint" 0 $nurse slip print 0421 --media a5 --pdf slip.pdf
holds "marked" "j['reprint'] == 1"
run "the morning's sheet" 0 $nurse sheet print --pdf sheet.pdf
code=0
$nurse printer list >out 2>err || code=$?
[ $code -le 1 ] && python3 -c 'import json; json.load (open ("out"))'
verdict "printers, or why not" $?
run "people are told too" 0 dosebookctl --record c.dosebook --as nurse.a --pin-file pin.nurse today
grep -q "1 dosed" out
verdict "in words" $?

# ---- earlier doses, and who stayed away ----

{ echo patient,date,given_mg; for i in 3 4 5; do echo "0600,$(days_ago $i),60"; done; for i in 5 6; do echo "0700,$(days_ago $i),50"; done; } >doses.csv
fails_import () { run "$1" 1 $admin import doses "$2"; holds "$1: line and reason" "$3"; }
fails_import "unknown numbers" doses.csv "[p['line'] for p in j['problems']] == [2, 5] and '0600' in j['problems'][0]['reason']"
run "registered with it" 0 $admin import doses doses.csv --register
holds "imported" "(j['rows'], j['patients'], j['imported'], j['already']) == (5, 2, 5, 0)"
run "the same again" 0 $admin import doses doses.csv --register
holds "already" "(j['rows'], j['patients'], j['imported'], j['already']) == (5, 2, 0, 5)"
printf '\357\273\277patient,date,given_mg\r\n0600,%s,60 ml\r\n0600,never,60\r\n0600,%s,60\r\n' "$(days_ago 9)" "$(days_ago 8)" >bad.csv
fails_import "bad rows" bad.csv "[p['line'] for p in j['problems']] == [2, 3] and j['imported'] == 0"
printf 'patient,date\n0600,%s\n' "$(days_ago 9)" >short.csv
fails "a column is missing" invalid $admin import doses short.csv
fails "no such file" failed $admin import doses none.csv
fails "a nurse imports nothing" not-allowed $nurse import doses doses.csv
run "missed" 0 $nurse --day "$today" missed
holds "missed says" "[(p['number'], p['missed_days'], p['last_day'], p['action']) for p in j['patients']] == [('0700', 4, day (-5), 'lower-of-half-and-40mg'), ('0600', 2, day (-3), 'as-ordered')]"
holds "missed says why" "all ('missed' in p['why'].lower () and 'australia-2003' in p['why'] for p in j['patients'])"
run "history" 0 $nurse history 0600
holds "history says" "(j['number'], j['days_dosed'], j['days_missed'], j['total_ug'], len (j['doses'])) == ('0600', 3, 2, 180000, 3)"
run "history of some days" 0 $nurse history 0600 --from "$(days_ago 4)" --to "$(days_ago 4)"
holds "of one day" "j['days_dosed'] == 1 and j['doses'][0]['day'] == day (-4)"
run "an order after two missed days" 0 $doctor order sign 0600 --dose-mg 60
run "is asked about" 4 $nurse dose give 0600
holds "missed, to be answered" "codes () == ['missed'] and j['findings'][0]['choices'][0] == 'none-seen'"
run "answered" 0 $nurse dose give 0600 --answer missed=none-seen
run "returns" 0 $d returns --policy australia-2003
holds "one return after two days" "j['policy'] == 'australia-2003' and j['by_missed'] == {'2': 1} and j['by_action'] == {'as-ordered': 1} and j['returns'] == 1"
fails "no such policy" invalid $d returns --policy nowhere
printf 'number,name,sex\n0801,王五,m\n0802,赵六,f\n' >people.csv
run "people" 0 $admin import patients people.csv
holds "people are imported" "(j['rows'], j['imported'], j['already']) == (2, 2, 0)"
run "everybody" 0 $nurse patient list
holds "six" "[p['number'] for p in j['patients']] == ['0421', '0500', '0600', '0700', '0801', '0802']"
run "a day on paper" 3 $nurse --day "$(days_ago 1)" dose give 0801 --paper-time 09:00
fails "a time that has not come" invalid $nurse --day "$(days_ago -1)" dose give 0801 --paper-time 09:00

# ---- the sheet of the morning, and what was written on it ----

run "an order for one of them" 0 $doctor order sign 0801 --dose-mg 30
run "today's sheet" 0 $nurse sheet print --pdf sheet.pdf
if command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
  pdftoppm -r 300 -mono sheet.pdf page
  rows=$(zbarimg --nodbus -q --raw page*.pbm 2>/dev/null | grep ^R1)
  [ -n "$rows" ]
  verdict "the sheet has codes" $?
  for row in $rows; do
    run "row $row" 0 $nurse counter show "$row"
    ask value "j['number']"
    [ "$answer" != 0801 ] || ours=$row
  done
  run "a row without its time" 2 $nurse dose give "$ours"
  run "a row with its time" 0 $nurse dose give "$ours" --paper-time 00:00
  holds "for the patient of the row" "j['number'] == '0801' and j['day'] == day (0) and 'T00:00' in j['given']"
  run "the same row again" 3 $nurse dose give "$ours" --paper-time 00:00
  fails "a row of nobody's sheet" card-unknown $nurse dose give R10000000000000000"$(python3 - <<'END'
a = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
v = 0
for c in 'R1' + 16 * '0':
    v = (v * 32 + a.index(c)) % 1021
print(a[v // 32] + a[v % 32])
END
)" --paper-time 00:00
else
  n=$((n + 1))
  echo "ok $n - the codes of the sheet # SKIP zbarimg or pdftoppm is not installed"
fi

echo "1..$n"
