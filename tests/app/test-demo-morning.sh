#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: tools/demo-morning plays twice on one day. $1 is dosebookctl.
set -u
here=$(dirname "$(readlink -f "$0")")
morning=${DOSEBOOK_SOURCE_ROOT:-$here/../..}/tools/demo-morning
# shellcheck source-path=SCRIPTDIR
. "$here/ctl-room.sh"

run "the first time" 0 "$morning" --ctl dosebookctl --dir "$scratch/demo" --doses 2
for words in "Recorded: " "already" "still to come" "patients stayed away" "The record holds"; do
  grep -qi "$words" out
  verdict "it says: $words" $?
done
same "two doses" "$(grep -c "^Recorded: " out)" 2
record=$(echo "$scratch"/demo/*/demo.dosebook)
slip=$(echo "$scratch"/demo/*/slip-*.pdf) card=$(echo "$scratch"/demo/*/card-*.pdf)
same "slip and card are there" "$(head -c 5 "$slip")$(head -c 5 "$card")" "%PDF-%PDF-"
run "the record" 0 dosebookctl --record "$record" --json record verify
holds "holds" "j['holds'] is True"
doses=$(get "j['doses']")
run "the second time" 0 "$morning" --ctl dosebookctl --dir "$scratch/demo" --doses 1
run "the record goes on" 0 dosebookctl --record "$record" --json record verify
holds "one more" "j['doses'] == $doses + 1"
run "no such option" 2 "$morning" --nonsense
run "no such program" 1 "$morning" --ctl "$scratch/none"

echo "1..$n"
