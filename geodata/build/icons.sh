#!/bin/sh
# Copies the icons of icons.tsv from the packages maki and temaki (unpacked by fetch.sh).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
from=${GEODATA_CACHE:-/tmp/geodata-cache}/unpacked
to=$here/../../styles/icons
mkdir -p "$to"
tail -n +2 "$here/icons.tsv" | while IFS="$(printf '\t')" read -r name set file; do
    cp "$from/$set/icons/$file.svg" "$to/$name.svg"
done
chmod 644 "$to"/*.svg
cp "$from/maki/LICENSE.txt" "$to/LICENSE.txt"
