# SPDX-License-Identifier: GPL-3.0-or-later
# For the tests of dosebookctl: sourced with the program as $1. A folder of its own, and checks that are lines of TAP.
# shellcheck shell=bash

program=$(readlink -f "${1:?usage: $0 DOSEBOOKCTL}")
if ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP python3 is not installed"
  exit 0
fi
scratch=$(mktemp -d "${TMPDIR:-/tmp}/test-ctl-XXXXXX")
trap 'exec 9>&- 2>/dev/null; rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
# A sanitizer that unwinds every allocation exactly takes ten times as long. Where fonts are loaded it must, to know their leaks: there
# leaks are looked for by test-paper, not here. And a long table is not measured again for each of its fields.
cat >"$scratch/bin/dosebookctl" <<END
#!/bin/sh
less=
case " \$* " in *" print "*) less=:detect_leaks=0 ;; *" import "*) less=:strict_string_checks=0 ;; esac
ASAN_OPTIONS=\${ASAN_OPTIONS:-}:fast_unwind_on_malloc=1\$less exec "$program" "\$@"
END
chmod +x "$scratch/bin/dosebookctl"
PATH=$scratch/bin:$PATH
export XDG_DATA_HOME=$scratch/data XDG_STATE_HOME=$scratch/state CUPS_SERVER=$scratch/no-cups.sock
unset DOSEBOOK_RECORD
cd "$scratch" || exit 1
n=0 today=

# One reader of documents for all checks: a line "KIND TODAY EXPRESSION" gets a line back.
cat >judge.py <<'END'
import datetime, json, re, sys
for line in sys.stdin:
    kind, today, expression = line.rstrip('\n').split(' ', 2)
    def day(n): return str(datetime.date.fromisoformat(today) + datetime.timedelta(n))
    try:
        j = json.load(open('out')) if kind != 'day' else None
        def codes(): return [f['code'] for f in j['findings']]
        value = eval(expression)
        answer = value if kind != 'holds' else 'yes' if value else 'not so: %s in %s' % (expression, json.dumps(j, ensure_ascii=False))
    except Exception as e:
        answer = '%s: %s' % (type(e).__name__, e)
    print(answer, flush=True)
END
coproc JUDGE { exec python3 judge.py; }

# ask KIND EXPRESSION: into $answer
ask () {
  printf '%s %s %s\n' "$1" "${today:-2026-01-01}" "$2" >&"${JUDGE[1]}"
  IFS= read -r answer <&"${JUDGE[0]}"
}

# verdict NAME STATUS: one line of TAP; what was said goes below a failure
verdict () {
  n=$((n + 1))
  if [ "$2" = 0 ]; then
    echo "ok $n - $1"
    return
  fi
  echo "not ok $n - $1"
  sed 's/^/# out: /' out
  sed 's/^/# err: /' err
}

# run NAME STATUS COMMAND…: the command ends so, and with --json says one document
run () {
  local name=$1 wanted=$2 code=0
  shift 2
  "$@" >out 2>err || code=$?
  if [ $code != "$wanted" ]; then
    echo "# exit $code instead of $wanted: $*"
    verdict "$name" 1
    return
  fi
  case " $* " in
  *" --json "*) holds "$name" True ;;
  *) verdict "$name" 0 ;;
  esac
}

# holds NAME EXPRESSION: of the last document, j; today and day (n) are the clinic's
holds () {
  ask holds "$2"
  [ "$answer" = yes ]
  local so=$?
  [ $so = 0 ] || echo "# $answer"
  verdict "$1" $so
}

# fails NAME CODE COMMAND…: exit 1 with that word, and a sentence for people
fails () {
  local name=$1 word=$2 code=0
  shift 2
  "$@" >out 2>err || code=$?
  ask holds "j['error']['code'] == '$word' and len (j['error']['message']) > 5"
  [ "$code $answer" = "1 yes" ] && [ -s err ]
  local so=$?
  [ $so = 0 ] || echo "# exit $code, $answer"
  verdict "$name: $word" $so
}

# get EXPRESSION: of the last document
get () {
  ask get "$1"
  echo "$answer"
}

# days_ago N: ISO
days_ago () {
  ask day "day (-($1))"
  echo "$answer"
}

same () {
  [ "$2" = "$3" ]
  local so=$?
  [ $so = 0 ] || echo "# $2 instead of $3"
  verdict "$1" $so
}

# with TEXT COMMAND…: the text is its standard input
with () {
  local text=$1
  shift
  printf '%s' "$text" | "$@"
}
