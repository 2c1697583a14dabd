#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: a trial's 37,304 doses are brought in, and their figures come out. $1 is the program. The file is not part of the project: it is
# looked for beside it and at $DOSEBOOK_TRIAL_DATA (the file, or its folder).
set -u
here=$(dirname "$(readlink -f "$0")")

table=
for place in "${DOSEBOOK_TRIAL_DATA:-}" "${DOSEBOOK_SOURCE_ROOT:-$here/../..}/../shared/data"; do
  for file in "$place" "$place/trial-doses.csv"; do
    if [ -n "$place" ] && [ -z "$table" ] && [ -f "$file" ]; then table=$(readlink -f "$file"); fi
  done
done
if [ -z "$table" ]; then
  echo "1..0 # SKIP trial-doses.csv is neither in ../shared/data nor at \$DOSEBOOK_TRIAL_DATA"
  exit 0
fi
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

d="dosebookctl --record c.dosebook --json"
admin="$d --as admin --pin-file pin.admin"
run "init" 0 $admin record init --site-name "Trial" --site-code TR --timezone Asia/Shanghai --policy australia-2003 --admin-name Admin
run "the file" 0 $admin import doses "$table" --register
holds "all of it" "(j['rows'], j['patients'], j['imported'], j['already'], j['registered']) == (37304, 260, 37304, 0, 260)"
run "the file again" 0 $admin import doses "$table" --register
holds "nothing of it" "(j['rows'], j['patients'], j['imported'], j['already'], j['registered']) == (37304, 260, 0, 37304, 0)"
run "info" 0 $d record info
holds "3,008,336 mg" "(j['patients'], j['dosed_patients'], j['doses'], j['given_ug']) == (260, 260, 37304, 3008336000)"
today=$(get "j['today']")
run "returns" 0 $d returns --policy australia-2003
holds "by missed days" "[j['by_missed'][str (m)] for m in (1, 2, 3, 4)] == [1457, 319, 90, 23]"
holds "5 and more" "sum (n for m, n in j['by_missed'].items () if int (m) >= 5) == 68"
holds "by action" "j['by_action'] == {'as-ordered': 1776, 'half': 90, 'lower-of-half-and-40mg': 23, 'new-induction': 68}"
holds "in all" "j['returns'] == 1957 == sum (j['by_missed'].values ())"

# The figures of the file itself, by somebody who has not read the program.
cat >figures.py <<'END'
import collections, csv, datetime, json, sys
days = collections.defaultdict(dict)
for row in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig')):
    days[row['patient']][datetime.date.fromisoformat(row['date'])] = round(float(row['given_mg']) * 1000)
number = max(days, key=lambda p: (len(days[p]), p))
mine = days[number]
at = sorted(mine)[len(mine) // 2]
away = []
for p in days:
    before = [x for x in days[p] if x < at]
    if before and at not in days[p] and (at - max(before)).days > 1:
        away.append([p, (at - max(before)).days - 1, str(max(before))])
print(json.dumps({'number': number, 'dosed': len(mine), 'ug': sum(mine.values()), 'first': str(min(mine)), 'last': str(max(mine)),
                  'missed': (max(mine) - min(mine)).days + 1 - len(mine), 'at': str(at), 'at_ug': mine[at], 'away': sorted(away)}))
END
python3 figures.py "$table" >figures
figure () { python3 -c 'import json, sys; print (json.load (open ("figures"))[sys.argv[1]])' "$1"; }
number=$(figure number) at=$(figure at)
run "history" 0 $admin history "$number" --from "$(figure first)" --to "$(figure last)"
holds "history says" "(lambda f: (j['first_day'], j['days_dosed'], j['days_missed'], j['total_ug'], len (j['doses'])) == (f['first'], f['dosed'], f['missed'], f['ug'], f['dosed'])) (json.load (open ('figures')))"
run "missed, on a day then" 0 $admin --day "$at" missed
holds "missed says" "sorted ([p['number'], p['missed_days'], p['last_day']] for p in j['patients']) == json.load (open ('figures'))['away']"
run "that day" 0 $admin --day "$at" today
holds "that day, all who came" "j['dosed'] > 0 and any (p['number'] == '$number' and p['state'] == 'dosed' for p in j['patients'])"
run "a card" 0 $admin card issue "$number"
run "a card's paper" 0 $admin card print "$number" --pdf card.pdf
run "a slip of then" 0 $admin --day "$at" slip print "$number" --media 80mm --pdf slip.pdf
same "PDFs both" "$(head -c 5 card.pdf)$(head -c 5 slip.pdf)" "%PDF-%PDF-"
run "verify" 0 $d record verify
holds "the record holds" "j['holds'] is True and j['doses'] == 37304"

echo "1..$n"
