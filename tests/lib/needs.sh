#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program of the system with its arguments; where it is not installed, says so and is skipped (77).
set -eu

if ! command -v "$1" >/dev/null; then
  echo "skipped: $1 is not installed; tools/install-packages test installs it"
  exit 77
fi
exec "$@"
