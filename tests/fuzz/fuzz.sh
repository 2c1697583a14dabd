#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# TAP: a target for a minute, from the committed seeds. $1 is the program, $2 the folder with its seeds, $3 the seconds.
set -u
target=$1 seeds=$2 seconds=$3
scratch=$(mktemp -d "${TMPDIR:-/tmp}/fuzz-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/new"
echo 1..1
if XDG_STATE_HOME=$scratch/state "$target" -max_total_time="$seconds" -rss_limit_mb=4096 -print_final_stats=1 \
  -artifact_prefix="$scratch/" "$scratch/new" "$seeds" >"$scratch/log" 2>&1; then
  grep -E '^stat::number_of_executed_units|^stat::new_units_added' "$scratch/log" | sed 's/^/# /'
  echo "ok 1 - $(basename "$target")"
else
  tail -n 60 "$scratch/log" | sed 's/^/# /'
  for input in "$scratch"/crash-* "$scratch"/leak-* "$scratch"/oom-* "$scratch"/timeout-*; do
    [ -e "$input" ] && echo "# $(basename "$input"): $(base64 -w 0 "$input")"
  done
  echo "not ok 1 - $(basename "$target")"
fi
