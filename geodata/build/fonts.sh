#!/bin/sh
# Copies the private font set of the styles from the package fonts-noto-core (unpacked by fetch.sh).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
from=${GEODATA_CACHE:-/tmp/geodata-cache}/unpacked/fonts-noto-core/usr/share
to=$here/../../styles/fonts
mkdir -p "$to"

for style in Regular Italic Bold BoldItalic; do
    cp "$from/fonts/truetype/noto/NotoSans-$style.ttf" "$to/"
done
for script in Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao \
              Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai; do
    cp "$from/fonts/truetype/noto/NotoSans$script-Regular.ttf" "$from/fonts/truetype/noto/NotoSans$script-Bold.ttf" "$to/"
done
for script in Syriac Tifinagh Symbols Symbols2; do
    cp "$from/fonts/truetype/noto/NotoSans$script-Regular.ttf" "$to/"
done
chmod 644 "$to"/*.ttf
cp "$from/doc/fonts-noto-core/copyright" "$to/LICENSE.txt"
(cd "$to" && sha256sum ./*.ttf | sed 's, \./, ,' > checksums.txt)
