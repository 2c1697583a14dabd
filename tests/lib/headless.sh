#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command on a display, a session bus and in folders of its own:
#
#     headless.sh [--wm] [--tap] COMMAND [ARGUMENT…]
#
#   --wm    with a window manager and a compositor (dialogs in their place, popovers with their shadow)
#   --tap   where there is no Xvfb, say so in TAP and succeed; without it, exit 77
#
# DBK_SCREEN is the screen, 1366x768x24 unless told. Nothing but the command writes to standard output. What the command
# keeps goes to folders that are gone afterwards; nothing of the person's own desktop is read or touched.
set -eu

case ${1-} in
--inside-bus)
  shift
  stop () {
    for pid in $compositor $manager $server; do
      kill "$pid" 2>/dev/null || :
      wait "$pid" 2>/dev/null || :
    done
  }
  # Waits until the file is there, at most 10 seconds. $1 file, $2 who makes it, $3 its process.
  wait_for () {
    tries=0
    while [ ! -s "$1" ]; do
      tries=$((tries + 1))
      if [ $tries -gt 200 ] || ! kill -0 "$3" 2>/dev/null; then
        echo "headless.sh: $2 did not start" >&2
        exit 1
      fi
      sleep 0.05
    done
  }
  manager= compositor= command=
  echo $$ >"$XDG_RUNTIME_DIR/inside"
  Xvfb -displayfd 3 -screen 0 "${DBK_SCREEN:-1366x768x24}" -nolisten tcp -noreset \
    3>"$XDG_RUNTIME_DIR/display" >/dev/null 2>"$XDG_RUNTIME_DIR/xvfb.log" &
  server=$!
  trap 'stop' EXIT
  trap '[ -z "$command" ] || kill "$command" 2>/dev/null || :; exit 143' HUP INT TERM
  wait_for "$XDG_RUNTIME_DIR/display" Xvfb $server
  DISPLAY=:$(cat "$XDG_RUNTIME_DIR/display")
  export DISPLAY
  if [ "$HEADLESS_WM" = yes ]; then
    openbox --sm-disable --startup "sh -c 'echo up >\"$XDG_RUNTIME_DIR/openbox\"'" >/dev/null 2>&1 &
    manager=$!
    wait_for "$XDG_RUNTIME_DIR/openbox" openbox $manager
    xcompmgr >/dev/null 2>&1 &
    compositor=$!
  fi
  unset HEADLESS_WM
  # In the background, so that a signal to this script reaches it at once; its standard input is kept.
  exec 4<&0
  "$@" <&4 4<&- &
  command=$!
  exec 4<&-
  code=0
  wait "$command" || code=$?
  exit $code
  ;;
esac

HEADLESS_WM=no tap=no
while :; do
  case ${1-} in
  --wm) HEADLESS_WM=yes ;;
  --tap) tap=yes ;;
  --) shift; break ;;
  -*) echo "headless.sh: unknown option $1" >&2; exit 2 ;;
  '') echo "usage: headless.sh [--wm] [--tap] COMMAND [ARGUMENT…]" >&2; exit 2 ;;
  *) break ;;
  esac
  shift
done
export HEADLESS_WM

if ! command -v Xvfb >/dev/null; then
  if [ $tap = yes ]; then
    echo "1..0 # SKIP Xvfb is not installed (package xvfb)"
    exit 0
  fi
  echo "skipped: Xvfb is not installed (package xvfb)"
  exit 77
fi

private=$(mktemp -d "${TMPDIR:-/tmp}/headless-XXXXXX")
bus=
trap 'rm -rf "$private"' EXIT
# dbus-run-session dies of a signal without passing it on, so it is the script inside that is told.
trap '[ ! -s "$private/run/inside" ] || { kill "$(cat "$private/run/inside")" 2>/dev/null || :; wait "$bus" || :; }; exit 143' HUP INT TERM
mkdir -m 700 "$private/run"
mkdir -p "$private/config/gtk-4.0" "$private/data" "$private/state" "$private/cache"
# A blinking cursor or a fading page would make every picture and every wait a matter of luck.
printf '[Settings]\ngtk-cursor-blink=false\ngtk-enable-animations=false\n' >"$private/config/gtk-4.0/settings.ini"
XDG_RUNTIME_DIR=$private/run XDG_CONFIG_HOME=$private/config XDG_DATA_HOME=$private/data
XDG_STATE_HOME=$private/state XDG_CACHE_HOME=$private/cache
: "${GDK_BACKEND:=x11}" "${GSK_RENDERER:=cairo}" "${GDK_DEBUG:=gl-disable}" "${GSETTINGS_BACKEND:=memory}" "${LC_ALL:=C.UTF-8}"
export XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
export GDK_BACKEND GSK_RENDERER GDK_DEBUG GSETTINGS_BACKEND LC_ALL
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_CURRENT_DESKTOP
exec 4<&0
dbus-run-session -- "$0" --inside-bus "$@" <&4 4<&- &
bus=$!
exec 4<&-
code=0
wait "$bus" || code=$?
exit $code
