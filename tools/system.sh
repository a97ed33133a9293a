#!/bin/sh
# Installs the system libraries that WeasyPrint needs (Pango and HarfBuzz), or says which to install where it may not.
set -eu
needed="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
missing=""
for lib in $needed; do
    dpkg-query -W -f '${Status}' "$lib" 2>/dev/null | grep -q 'ok installed' || missing="$missing $lib"
done
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null || { echo "Please install: $needed (or your system's names for them)" >&2; exit 1; }
run=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please run as root: apt-get install --no-install-recommends$missing" >&2; exit 1; }
    run="sudo"
fi
echo "Installing$missing"
$run apt-get update -qq
$run apt-get install -y -qq --no-install-recommends $missing >/dev/null
