#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/hazards.md names files, functions and tests: are they there, and is nothing called planned that has come?
set -u
cd "$(dirname "$0")/../.." || exit 1

complain () {
  complaints+="$1"$'\n'
}

result () {
  if [ -z "$complaints" ]; then
    echo "ok $1"
  else
    echo "not ok $1"
    sed '/^$/d; s/^/# /' <<<"$complaints"
  fi
  complaints=
}

complaints=
page=docs/hazards.md
echo 1..3

# "`NAME` (planned)" loses its backticks, so that it is asked about once only.
planned=$(grep -oE '`[^`]+` \(planned\)' $page | grep -oE '`[^`]+`' | tr -d '`' | sort -u)
names=$(sed -E 's/`[^`]+` \(planned\)//g' $page | grep -oE '`[^`]+`' | tr -d '`' | sort -u)
[ "$(wc -l <<<"$names")" -gt 30 ] || complain 'hardly any name was found on the page'

for name in $names; do
  case $name in
  dbk_*) grep -rqE "^([A-Za-z].*[ *])?$name \(" --include='*.h' db app printing ui || complain "$name is no function" ;;
  /*) grep -rqF "\"$name\"" --include='*.c' tests || complain "$name is no test" ;;
  *) [ -e "$name" ] || complain "$name is not there" ;;
  esac
done
result '1 - what stands on the page is in the tree'

for name in $planned; do
  [ ! -e "$name" ] || complain "$name has come: take (planned) away"
done
result '2 - what is planned has not come yet'

numbers=$(grep -oE '^\| H[0-9]+' $page | grep -oE '[0-9]+')
[ "$numbers" = "$(sort -nu <<<"$numbers")" ] || complain 'the numbers are out of order, or one stands twice'
result '3 - each number once'
