#!/bin/sh
# systemd understands the unit, and finds little that it exposes.
set -eu
unit="$1/tools/systemd/brygga.service"
if ! command -v systemd-analyze >/dev/null; then
    echo "skipped: no systemd-analyze here"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The program need not be installed for the test, nor its user be there.
sed -e 's|^ExecStart\(Pre\)\?=[^ ]*/brygga |ExecStart\1=/bin/true |' -e 's|^User=.*|User=daemon|' -e 's|^Group=.*|Group=daemon|' "$unit" >"$work/brygga.service"
grep -q '^ExecStart=/bin/true run --config' "$work/brygga.service"
said=$(systemd-analyze verify --man=no --recursive-errors=no "$work/brygga.service" 2>&1) || { echo "$said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
# What systemd's figure does not tell: a reload during the start ends the program as if it were asked to.
grep -q '^Restart=always' "$unit"
# Of 100, where 0 exposes nothing.
systemd-analyze security --offline=true --no-pager --threshold=15 "$work/brygga.service" | tail -1
