#!/usr/bin/python3
"""Check the set: dates, actors, shapes, and that control covers its ground once on every date.

    check.py

Prints every problem; exits 1 if there is one. Needs python3-shapely.
"""
import csv
import datetime
import json
import os
import re
import sys
from collections import Counter

from shapely.geometry import Point, shape
from shapely.ops import unary_union

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "..", "tables")
STATUSES = {"controlled", "claimed", "contested", "peacekept"}
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
NAME_KINDS = {"official", "local", "former", "exonym", "transliteration"}
HEADER = ("id,name,kind,feature_class,feature_code,country,admin,lat,lon,precision_m,geometry,names,"
          "valid_from,valid_to,source,note").split(",")

problems = []


def main():
    files = {name: load(os.path.join(HERE, name + ".geojson")) for name in ("areas", "lines", "control")}
    files["places"] = load(os.path.join(TABLES, "places.geojson"))
    for name, features in files.items():
        for feature in features:
            check_feature(name, feature)
    check_sources()
    check_dates(files)
    check_control(files)
    check_districts(files["areas"])
    check_border(files["areas"])
    if os.path.exists(os.path.join(TABLES, "places.csv")):
        check_places(files["places"])
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "conflict set: all checks passed")
    return 1 if problems else 0


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["features"]


def wrong(where, what):
    problems.append(f"{where}: {what}")


def check_feature(file, feature):
    properties, geometry = feature["properties"], shape(feature["geometry"])
    where = f"{file}.geojson#{properties.get('id')}"
    for key in ("id", "source", "precision_m"):
        if not properties.get(key):
            wrong(where, f"no {key}")
    if not geometry.is_valid or geometry.is_empty:
        wrong(where, "shape is not valid")
    if any(len(n.partition(".")[2]) > 5 for n in re.findall(r"-?\d+\.\d+", json.dumps(feature["geometry"]))):
        wrong(where, "more than 5 decimals")
    for polygon in getattr(geometry, "geoms", [geometry]):
        if polygon.geom_type == "Polygon" and not (polygon.exterior.is_ccw and
                                                   not any(hole.is_ccw for hole in polygon.interiors)):
            wrong(where, "ring runs the wrong way (RFC 7946, 3.1.6)")


def check_sources():
    with open(os.path.join(HERE, "..", "sources.json"), encoding="utf-8") as file:
        known = re.findall(r'"id": *"([^"]+)"', file.read())
    for name in ("areas", "lines", "control"):
        with open(os.path.join(HERE, name + ".geojson"), encoding="utf-8") as file:
            for source in json.load(file)["sources"]:
                if source not in known:
                    wrong(f"{name}.geojson", f"source {source} is not in sources.json")


def check_dates(files):
    actors = {actor["id"] for actor in json.load(open(os.path.join(HERE, "actors.json")))["actors"]}
    for name in ("areas", "lines", "control"):
        ids = Counter(feature["properties"]["id"] for feature in files[name])
        for id_, count in ids.items():
            if count > 1:
                wrong(f"{name}.geojson#{id_}", "id is there twice")
        for feature in files[name]:
            properties = feature["properties"]
            where = f"{name}.geojson#{properties['id']}"
            start, end = ("from", "to") if name == "control" else ("valid_from", "valid_to")
            for key in (start, end):
                if properties.get(key) and not DATE.match(properties[key]):
                    wrong(where, f"{key} is no date: {properties[key]}")
            if properties.get(start) and properties.get(end) and properties[start] > properties[end]:
                wrong(where, f"{start} is after {end}")
            if name == "control":
                if properties["status"] not in STATUSES:
                    wrong(where, f"unknown status {properties['status']}")
                for actor in [properties["actor"], properties.get("opponent")] + (properties["also"] or []):
                    if actor and actor not in actors:
                        wrong(where, f"unknown actor {actor}")


def check_control(files):
    """On every date: no overlap, no gap, edges shared to the last digit."""
    inside = next(shape(f["geometry"]) for f in files["areas"] if f["properties"]["id"] == "inside_1994_line")
    control = [(f["properties"], shape(f["geometry"])) for f in files["control"]]
    dates = sorted({p["from"] for p, _ in control} | {p["to"] for p, _ in control if p["to"]} |
                   {day_after(p["to"]) for p, _ in control if p["to"]})
    for date in dates:
        now = [(p["id"], g) for p, g in control if p["from"] <= date and (p["to"] is None or date <= p["to"])]
        for index, (id_, geometry) in enumerate(now):
            for other, other_geometry in now[index + 1:]:
                if geometry.intersection(other_geometry).area > 0:
                    wrong(f"control.geojson on {date}", f"{id_} and {other} overlap")
        union = unary_union([g for _, g in now])
        if not union.equals(inside):
            wrong(f"control.geojson on {date}",
                  f"differs from inside_1994_line by {union.symmetric_difference(inside).area:.2e} square degrees")
        edges = Counter(edge for _, g in now for edge in edges_of(g))
        outer = set(edges_of(inside))
        odd = [edge for edge, count in edges.items() if count != (1 if edge in outer else 2)]
        if odd:
            wrong(f"control.geojson on {date}", f"{len(odd)} edges are not shared, first {sorted(map(sorted, odd))[0]}")


def day_after(date):
    return str(datetime.date.fromisoformat(date) + datetime.timedelta(days=1))


def edges_of(geometry):
    for polygon in getattr(geometry, "geoms", [geometry]):
        for ring in [polygon.exterior, *polygon.interiors]:
            for edge in zip(ring.coords, ring.coords[1:]):
                yield frozenset(edge)


def check_districts(areas):
    parts = {f["properties"]["id"]: shape(f["geometry"]) for f in areas}
    listed = next(f["properties"]["parts"] for f in areas if f["properties"]["id"] == "surrounding_districts")
    whole = listed + ["nk_oblast"]
    for index, one in enumerate(whole):
        for other in whole[index + 1:]:
            if parts[one].intersection(parts[other]).area > 0:
                wrong("areas.geojson", f"{one} and {other} overlap")
    if not unary_union([parts[p] for p in listed]).equals(parts["surrounding_districts"]):
        wrong("areas.geojson", "surrounding_districts is not the union of its parts")


def check_border(areas):
    """Vertices near OpenStreetMap's border must be vertices of it."""
    countries = load(os.path.join(HERE, "input", "borders.geojson"))
    polygon = next(max(shape(f["geometry"]).geoms, key=lambda p: p.area) for f in countries
                   if f["properties"]["a3"] == "AZE")
    border = polygon.exterior
    for feature in areas:
        geometry = shape(feature["geometry"])
        beyond = geometry.difference(polygon.buffer(1e-5)).area
        if beyond > 0:
            wrong(f"areas.geojson#{feature['properties']['id']}", f"reaches {beyond:.1e} square degrees over the border")
        for part in getattr(geometry, "geoms", [geometry]):
            for vertex in part.exterior.coords:
                if 2e-5 < border.distance(Point(vertex)) < 1e-4:
                    wrong(f"areas.geojson#{feature['properties']['id']}", f"{vertex} is beside the border, not on it")


def check_places(features):
    shapes = {f["properties"]["id"] for f in features}
    with open(os.path.join(TABLES, "places.csv"), encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != HEADER:
            wrong("places.csv:1", "header differs")
        seen = set()
        for row in rows:
            where = f"places.csv:{rows.line_num} ({row['id']})"
            if row["id"] in seen:
                wrong(where, "id is there twice")
            seen.add(row["id"])
            check_place(where, row, shapes)


def check_place(where, row, shapes):
    if None in row or None in row.values():
        return wrong(where, "wrong number of columns")
    for key in ("id", "name", "kind", "feature_class", "precision_m", "names", "source"):
        if not row[key]:
            wrong(where, f"{key} is empty")
    geometry = row["geometry"]
    if geometry.startswith("places.geojson#"):
        if geometry.partition("#")[2] not in shapes:
            wrong(where, f"{geometry} is not there")
    elif geometry and not re.match(r"^(border:[A-Z]{3},[A-Z]{3}|country:[A-Z]{3})$", geometry):
        wrong(where, f"unknown geometry {geometry}")
    if not geometry and not (row["lat"] and row["lon"]):
        wrong(where, "neither geometry nor lat/lon")
    if row["lat"] and not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180):
        wrong(where, "lat/lon out of range")
    try:
        names = json.loads(row["names"])
    except ValueError as error:
        return wrong(where, f"names: {error}")
    for name in names:
        if set(name) != {"text", "lang", "script", "kind", "from", "to"} or name["kind"] not in NAME_KINDS:
            wrong(where, f"name {name} has wrong keys or kind")


if __name__ == "__main__":
    sys.exit(main())
