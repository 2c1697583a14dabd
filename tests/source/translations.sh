#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: every language of po/LINGUAS has every string of po/POTFILES, and nothing in it is malformed.
set -eu

root=${DOSEBOOK_SOURCE_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/translations-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
n=0

# $1 name, then a command whose output says what is wrong.
check () {
  name=$1
  shift
  n=$((n + 1))
  if "$@" >"$scratch/said" 2>&1 && [ ! -s "$scratch/said" ]; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    sed 's/^/# /' "$scratch/said"
  fi
}

extract () {
  grep -v '^#' "$root/po/POTFILES" >"$scratch/files"
  xgettext --from-code=UTF-8 --directory="$root" --files-from="$scratch/files" --output="$scratch/all.pot" \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 \
    --keyword=g_dpgettext2:2c,3
}

without_header () {
  awk 'BEGIN { RS = "" } !/(^|\n)msgid ""\nmsgstr/'
}

# What has no translation, or one that was only guessed.
missing () {
  msgmerge --quiet --no-fuzzy-matching "$root/po/$1.po" "$scratch/all.pot" -o "$scratch/$1.po"
  msgattrib --no-obsolete --untranslated --no-wrap "$scratch/$1.po" | without_header
  msgattrib --no-obsolete --only-fuzzy --no-wrap "$root/po/$1.po" | without_header
}

# As merged above, so that it carries the marks of the source: the formats of numbers and the keys are those of the English.
well_formed () {
  msgfmt --check-format --check-accelerators=_ -o /dev/null "$scratch/$1.po"
}

check extract extract
for language in $(grep -v '^#' "$root/po/LINGUAS"); do
  check "$language-complete" missing "$language"
  check "$language-well-formed" well_formed "$language"
done
echo "1..$n"
