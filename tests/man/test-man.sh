#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual and the completion: they are well made, and say what the command says of itself.
#
#     test-man.sh MAN-FOLDER COMPLETION DOSEBOOKCTL
set -u
# Also where somebody's own shell has other ideas.
unset DOSEBOOK_RECORD
man=$1 completion=$2 ctl=$3
n=0

# result NAME COMPLAINTS: a test that passes if there are none
result () {
  n=$((n + 1))
  if [ -z "$2" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    sed 's/^/# /' <<<"$2"
  fi
}

skip () {
  n=$((n + 1))
  echo "ok $n - $1 # SKIP $2"
}

render () {
  groff -man -Tutf8 -ww "$1"
}

echo 1..10

if command -v groff >/dev/null; then
  for page in dosebook dosebookctl; do
    result "$page.1 renders without a warning" "$(render "$man/$page.1" 2>&1 >/dev/null)"
    said=$(render "$man/$page.1" 2>/dev/null)
    result "$page.1 says what it is" "$(grep -q "^ *$page - " <<<"$said" || echo 'there is no line "name - what it is"')"
  done
else
  for page in dosebook dosebookctl; do
    skip "$page.1 renders without a warning" 'groff is not installed; tools/install-packages test installs it'
    skip "$page.1 says what it is" 'groff is not installed; tools/install-packages test installs it'
  done
fi

result 'the completion is bash' "$(bash -n "$completion" 2>&1)"
. "$completion"

# offer WORD…: what is offered in place of the last word, in one line
offer () {
  COMP_WORDS=(dosebookctl "$@")
  COMP_CWORD=$#
  _dosebookctl 2>&1
  echo "${COMPREPLY[*]}"
}

# "words => what is offered in place of the last one"; . is one that has not been begun
complaints=
while IFS= read -r line; do
  read -r -a words <<<"${line%% =>*}"
  wanted=${line##*=>}
  [ "${words[-1]}" = . ] && words[-1]=
  offered=$(offer "${words[@]}")
  [ "$offered" = "${wanted# }" ] || complaints+="${line%% =>*}: \"$offered\", not \"${wanted# }\""$'\n'
done <<'END'
re => record returns
d => dose
dose . => give not-given reverse list
dose n => not-given
--record x --as nurse --pin-file y dose g => give
--json staff a => add
dose --as nurse g => give
dose give . =>
dose give 0421 --un => --unwell
today --w =>
missed --w => --with-returned
card print 0421 --media . => card card-sheet
slip print 0421 --media . => 58mm 80mm a5 a4
card revoke x --reason l => lost left
record init --policy a => australia-2003
--day y => yesterday
--ver => --version
order list 0421 --reason . =>
staff add --name dose --role p => physician pharmacist
END
result 'the completion offers what belongs there' "$complaints"

# The verbs as --help lists them: "record init", "today".
verbs=$("$ctl" --help | sed -nE 's/^  ([a-z]+)( ([a-z-]+))?( .*|$)/\1 \3/p' | sed 's/ *$//')
manual=$(sed 's/\\-/-/g; s/\\f[A-Z]//g; s/"//g' "$man/dosebookctl.1")
in_manual='' offered='' options_in_manual='' options_offered=''
[ "$(wc -l <<<"$verbs")" -gt 30 ] || in_manual="--help lists only: $verbs"
while read -r noun verb; do
  name=$noun${verb:+ $verb}
  grep -qE "^\.BI? $name( |$)" <<<"$manual" || in_manual+="$name"$'\n'
  if [ -n "$verb" ]; then
    [[ " $(offer "$noun" '') " = *" $verb "* ]] || offered+="$name"$'\n'
  else
    [[ " $(offer '') " = *" $noun "* ]] || offered+="$name"$'\n'
  fi
  options=$("$ctl" $name --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -e '--[a-z-]+')
  section=$(awk -v name="$name" '/^\.(TP|SH)/ { inside = 0 } $0 ~ "^\\.BI? " name "( |$)" { inside = 1 } inside' <<<"$manual")
  general=$(awk '/^\.SH/ { inside = ($0 == ".SH OPTIONS") } inside' <<<"$manual")
  for option in $options; do
    grep -qF -- "$option" <<<"$section$general" || options_in_manual+="$name $option"$'\n'
    [[ " $(offer $name -- ) " = *" $option "* ]] || options_offered+="$name $option"$'\n'
  done
  for option in $(_dosebookctl_options "$noun $verb"); do
    grep -qxF -- "$option" <<<"$options" || options_offered+="$name $option is offered and is none"$'\n'
  done
done <<<"$verbs"
result 'every verb is in the manual' "$in_manual"
result 'every verb is offered' "$offered"
result 'every option is in the manual' "$options_in_manual"
result 'every option is offered' "$options_offered"
