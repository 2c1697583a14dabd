#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A print system of its own for tests, with printers that are folders:
#
#     private-cupsd.sh DIR start                 starts cupsd in DIR, makes the printer "slips" and writes DIR/env
#     private-cupsd.sh DIR add NAME [URI [PPD]]  one more printer; without URI it is a folder like "slips", without PPD it gets
#                                                what was sent, byte for byte; roll.ppd beside this file puts it on pages
#     private-cupsd.sh DIR stop                  ends it; what was printed stays in DIR
#     private-cupsd.sh --run COMMAND…            start in a folder of its own, the command, stop, remove the folder
#
# DIR/env is for the shell: CUPS_SERVER is a socket in DIR (no network port is opened), CUPS_SERVERROOT keeps the client away
# from the machine's own settings, DBK_CUPSD_DIR is DIR. After stop, start goes on with the same printers and jobs.
#
# A printer NAME is the folder DIR/printers/NAME: each job that comes out of it is the file job-NUMBER.bin there, byte for
# byte. While a file "empty" or "offline" lies in it, it waits and says so; "slow" makes it wait without a word; with "fail"
# the job fails with a jam and the queue stops.
#
# Works for root and for others. Nothing outside DIR is read for settings or written, and only the process in DIR/pid is ended.
# Where cupsd is not installed, --run says so in TAP and succeeds; the others exit 77.
set -eu

PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
self=$here/$(basename "$0")

usage () {
  echo "usage: private-cupsd.sh DIR start|stop, DIR add NAME [URI [PPD]], or --run COMMAND…" >&2
  exit 2
}

missing () {
  for program in cupsd lpadmin; do
    command -v $program >/dev/null || { echo "$program is not installed (packages cups-daemon, cups-client)"; return 0; }
  done
  return 1
}

write_backend () {
  cat >"$dir/bin/backend/capture" <<'END'
#!/bin/sh
# The printer that is a folder: capture:/folder
[ $# -gt 0 ] || { echo 'direct capture "Folder" "a printer that is a folder"'; exit 0; }
folder=${DEVICE_URI#capture:}
# A signal, or the folder's end, ends the waiting too.
wait_while () {
  while [ -e "$folder/$1" ]; do sleep 0.05; done
}
wait_while slow
if [ -e "$folder/offline" ]; then
  echo "STATE: +offline-report" >&2
  echo "INFO: The printer is off line." >&2
  wait_while offline
  echo "STATE: -offline-report" >&2
fi
if [ -e "$folder/empty" ]; then
  echo "STATE: +media-empty-error" >&2
  wait_while empty
  echo "STATE: -media-empty-error" >&2
fi
if [ -e "$folder/fail" ]; then
  echo "STATE: +media-jam-error" >&2
  echo "ERROR: cutter jam" >&2
  exit 1
fi
cat ${6:+"$6"} >"$folder/.job-$1"
# A driver that fails sends nothing, and nothing is no paper.
if [ -s "$folder/.job-$1" ]; then mv "$folder/.job-$1" "$folder/job-$1.bin"; else rm "$folder/.job-$1"; fi
END
  # Not for the world to execute: cupsd then runs it as whoever started cupsd, who owns the folder.
  chmod 744 "$dir/bin/backend/capture"
}

write_files_conf () {
  if [ "$(id -u)" = 0 ]; then
    user=lp group=lp admin=root
  else
    user=$(id -un) group=$(id -gn) admin=$(id -gn)
  fi
  cat >"$dir/etc/cups-files.conf" <<END
ServerRoot $dir/etc
ServerBin $dir/bin
DataDir /usr/share/cups
CacheDir $dir/cache
StateDir $dir/run
RequestRoot $dir/spool
TempDir $dir/spool/tmp
ServerKeychain $dir/etc/ssl
AccessLog $dir/log/access_log
ErrorLog $dir/log/error_log
PageLog $dir/log/page_log
Printcap $dir/run/printcap
User $user
Group $group
SystemGroup $admin
FatalErrors config
SyncOnClose No
END
}

write_conf () {
  cat >"$dir/etc/cupsd.conf" <<END
Listen $dir/cups.sock
LogLevel info
MaxLogSize 0
Browsing Off
WebInterface No
DefaultAuthType None
DefaultEncryption Never
ErrorPolicy stop-printer
JobKillDelay 1
PreserveJobHistory Yes
PreserveJobFiles No
IdleExitTimeout 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
END
}

prepare () {
  mkdir -p "$dir/etc/ppd" "$dir/etc/ssl" "$dir/spool/tmp" "$dir/cache" "$dir/run/certs" "$dir/log" "$dir/bin/backend" \
    "$dir/printers"
  # The filters of root's cupsd run as somebody else.
  chmod go+x "$dir"
  for room in filter notifier daemon cgi-bin monitor driver; do
    ln -sfn /usr/lib/cups/$room "$dir/bin/$room"
  done
  # A copy, for the same reason as the mode of the capture back end.
  install -m 744 /usr/lib/cups/backend/ipp "$dir/bin/backend/ipp"
  write_backend
  write_files_conf
  write_conf
  printf "CUPS_SERVER='%s'\nCUPS_SERVERROOT='%s'\nDBK_CUPSD_DIR='%s'\nexport CUPS_SERVER CUPS_SERVERROOT DBK_CUPSD_DIR\n" \
    "$dir/cups.sock" "$dir/etc" "$dir" >"$dir/env"
}

# Whether the process of DIR/pid is the cupsd of DIR; a number that somebody else has by now is left alone.
is_running () {
  [ -s "$dir/pid" ] && tr '\0' ' ' <"/proc/$(cat "$dir/pid")/cmdline" 2>/dev/null | grep -qF -- "-c $dir/etc/cupsd.conf"
}

start () {
  if is_running; then
    echo "private-cupsd.sh: there is one in $dir already" >&2
    exit 1
  fi
  prepare
  rm -f "$dir/cups.sock"
  cupsd -f -c "$dir/etc/cupsd.conf" -s "$dir/etc/cups-files.conf" </dev/null >"$dir/log/said" 2>&1 3>&- 4>&- &
  echo $! >"$dir/pid"
  tries=0
  while [ ! -S "$dir/cups.sock" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 200 ] || ! kill -0 "$(cat "$dir/pid")" 2>/dev/null; then
      echo "private-cupsd.sh: cupsd did not start" >&2
      cat "$dir/log/said" "$dir/log/error_log" >&2 2>/dev/null || :
      exit 1
    fi
    sleep 0.05
  done
  [ -d "$dir/printers/slips" ] || add slips '' ''
}

# $1 name, $2 address, $3 description of the printer
add () {
  mkdir -p "$dir/printers/$1"
  ( . "$dir/env"
    uri=${2:-capture:$dir/printers/$1}
    if [ -n "$3" ]; then set -- "$1" -P "$3"; else set -- "$1" -m raw; fi
    lpadmin -p "$1" -E -v "$uri" "$2" "$3" -o printer-error-policy=stop-printer ) 2>"$dir/log/lpadmin" || {
    cat "$dir/log/lpadmin" >&2
    exit 1
  }
}

# The daemon ends the printers that wait for their paper; the job is there again after the next start.
stop () {
  if is_running; then
    pid=$(cat "$dir/pid")
    kill "$pid" 2>/dev/null || :
    tries=0
    while [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; do
      tries=$((tries + 1))
      if [ $tries -gt 100 ]; then
        # Then nobody ends the printers but these.
        rm -f "$dir"/printers/*/empty "$dir"/printers/*/offline "$dir"/printers/*/slow
        kill -9 "$pid" 2>/dev/null || :
      fi
      sleep 0.05
    done
  fi
  rm -f "$dir/pid"
}

if [ "${1-}" = --run ]; then
  shift
  [ $# -gt 0 ] || usage
  if why=$(missing); then
    echo "1..0 # SKIP $why"
    exit 0
  fi
  dir=$(mktemp -d "${TMPDIR:-/tmp}/cupsd-XXXXXX")
  command=
  trap 'stop; rm -rf "$dir"' EXIT
  trap '[ -z "$command" ] || kill "$command" 2>/dev/null || :; exit 143' HUP INT TERM
  "$self" "$dir" start
  . "$dir/env"
  DBK_PRIVATE_CUPSD=$self
  export DBK_PRIVATE_CUPSD
  "$@" &
  command=$!
  code=0
  wait "$command" || code=$?
  exit $code
fi

[ $# -ge 2 ] || usage
if why=$(missing); then
  echo "skipped: $why"
  exit 77
fi
mkdir -p "$1"
dir=$(cd "$1" && pwd)
if [ ${#dir} -gt 90 ]; then
  echo "private-cupsd.sh: $dir is too long a name for a socket in it" >&2
  exit 1
fi
case $2 in
start) start ;;
add) [ $# -ge 3 ] || usage; add "$3" "${4-}" "${5-}" ;;
stop) stop ;;
*) usage ;;
esac
