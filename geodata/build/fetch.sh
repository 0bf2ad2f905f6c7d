#!/bin/sh
# Downloads the packages of packages.tsv by name and version into $GEODATA_CACHE, checks their sums and unpacks
# what the build needs. Uses apt-get and npm as this machine has them set up; needs about 2 GB.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${GEODATA_CACHE:-/tmp/geodata-cache}
mkdir -p "$cache/packages" "$cache/unpacked" "$cache/work" "$cache/node"
cd "$cache/packages"

tail -n +2 "$here/packages.tsv" | while IFS="$(printf '\t')" read -r kind name version file sum; do
    if [ ! -f "$file" ]; then
        case $kind in
            deb) apt-get download "$name=$version"
                 got=$(ls "${name}"_*.deb | head -n 1)
                 [ "$got" = "$file" ] || mv "$got" "$file" ;;
            npm) npm pack --silent "$name@$version" > /dev/null ;;
        esac
    fi
    echo "$sum  $file" | sha256sum --check --quiet || { echo "fetch.sh: $file is not the file that was built from" >&2; exit 1; }
    folder=$cache/unpacked/$(basename "$name")
    [ -d "$folder" ] && continue
    mkdir "$folder.part"
    case $kind:$name in
        deb:flightgear-data-base)   # 1.3 GB: only what is needed
            dpkg-deb --fsys-tarfile "$file" | tar -x -C "$folder.part" \
                ./usr/share/games/flightgear/Geodata ./usr/share/games/flightgear/Navaids/poi.dat.gz ;;
        deb:*) dpkg-deb -x "$file" "$folder.part" ;;
        npm:*) tar -xzf "$file" -C "$folder.part" --strip-components=1 ;;
    esac
    mv "$folder.part" "$folder"
done

# mapshaper simplifies polygons together, so that neighbours keep their shared lines
cp "$here/package.json" "$here/package-lock.json" "$cache/node/"
[ -x "$cache/node/node_modules/mapshaper/bin/mapshaper" ] || (cd "$cache/node" && npm install --no-save --omit=optional --ignore-scripts --silent)
