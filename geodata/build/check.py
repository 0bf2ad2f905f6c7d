#!/usr/bin/python3
"""Checks geodata/built: sums, columns, validity, overlaps, fit, known points, total size. Needs no packages."""
import json
import sys
import zipfile

from shapely.geometry import Point
from shapely.ops import unary_union
from shapely.strtree import STRtree

import topology
from common import BUILT, GEODATA, area_km2, lines, read_built, sha256

LIMIT_MB = 20
COLUMNS = {
    "country": "iso_a2 iso_a3 name name_hy name_az name_ru name_ka name_fa name_ar continent rank source",
    "border": "status left_a3 right_a3 name valid_from note source rank",
    "disputed_area": "id name claimants shown_in_a3 status note source",
    "admin1": "adm1_code iso_3166_2 iso_a2 iso_a3 name name_hy name_az name_ka name_ru type_en gn_id wikidata rank source",
    "admin1_line": "iso_a3 rank source", "lake": "name rank source", "river": "name scalerank source",
    "urban": "source", "airport": "iata icao name type military source", "marine": "name rank source",
    "place": "geoname_id name name_hy name_az name_ru name_ka name_fa name_ar alternates feature_code country_a2 "
             "admin1_code admin2 population capital rank elevation precision_m source",
}
COLUMNS["country_fine"] = COLUMNS["country_low"] = COLUMNS["country"]
COLUMNS["border_fine"] = "status left_a3 right_a3 source rank"
COLUMNS["border_low"] = COLUMNS["border"]

problems = 0
checks = 0


def check(ok, text):
    global problems, checks
    checks += 1
    if not ok:
        problems += 1
        print("FAILED:", text)


def files():
    rows = [line.split("\t") for line in (BUILT / "checksums.tsv").read_text().splitlines()[1:]]
    check({r[0] for r in rows} == {p.name for p in BUILT.glob("*.fgb.zip")}, "checksums.tsv lists other files than there are")
    for name, sum_, size, _ in rows:
        path = BUILT / name
        check(path.exists() and sha256(path) == sum_ and path.stat().st_size == int(size), f"{name}: other sum or size")
        with zipfile.ZipFile(path) as z:
            check(z.namelist() == [name.removesuffix(".zip")], f"{name}: holds {z.namelist()}")
    total = sum(int(r[2]) for r in rows)
    check(total <= LIMIT_MB * 1e6, f"{total / 1e6:.2f} MB in all")
    print(f"{len(rows)} files, {total / 1e6:.2f} MB")
    return [r[0].removesuffix(".fgb.zip") for r in rows]


def layer(name, known):
    rows = read_built(name)
    check(bool(rows), f"{name}: no rows")
    have = set(rows[0][0])
    check(not set(COLUMNS.get(name, "").split()) - have, f"{name}: lacks {set(COLUMNS.get(name, '').split()) - have}")
    bad = [i for i, (_, g) in enumerate(rows) if not g.is_valid]
    check(not bad, f"{name}: {len(bad)} invalid shapes, the first is {rows[bad[0]][0] if bad else ''}")
    empty = sum(g.is_empty for _, g in rows)
    check(not empty, f"{name}: {empty} empty shapes")
    ids = {s for p, _ in rows for s in (p.get("source") or "?").split(";")}
    check(ids <= known, f"{name}: sources {ids - known} aren't in sources.json")
    return rows


def overlaps(name, rows, key, limit):
    parts = [(p[key], q) for p, g in rows for q in g.geoms]
    tree = STRtree([q for _, q in parts])
    number = {id(q): i for i, (_, q) in enumerate(parts)}
    for i, (k, q) in enumerate(parts):
        for other in tree.query(q):
            j = number[id(other)]
            if j > i and q.relate_pattern(other, "T********"):
                km2 = area_km2(q.intersection(other))
                check(km2 <= limit, f"{name}: {k} and {parts[j][0]} overlap by {km2:.2f} km²")


def borders_on_fills(border, country):
    """Every line between two countries lies on both."""
    owners = topology.segments([(p["iso_a3"] or "XXX", g) for p, g in country])
    for p, g in border:
        if p["left_a3"] == p["right_a3"]:
            continue
        for line in lines(g):
            cs = list(line.coords)
            for a, b in zip(cs, cs[1:]):
                if {p["left_a3"], p["right_a3"]} - owners.get((a, b) if a < b else (b, a), set()):
                    check(False, f"border {p['left_a3']}–{p['right_a3']} leaves the fills near {a}")
                    return
    check(True, "")


def main():
    known = {s["id"] for s in json.loads((GEODATA / "sources.json").read_text(encoding="utf-8"))}
    data = {name: layer(name, known) for name in files()}
    for name in ("country", "country_fine", "country_low"):
        overlaps(name, data[name], "iso_a3", 1.0)
        borders_on_fills([r for r in data[name.replace("country", "border")]], data[name])
    check(len(data["country"]) == 251, f"country: {len(data['country'])} rows, not 250 and Bir Tawil")

    outline = {p["iso_a3"]: g for p, g in data["country_fine"]}
    for a3 in ("ARM", "AZE", "GEO"):
        units = [(p, g) for p, g in data["admin1"] if p["iso_a3"] == a3]
        overlaps(f"admin1 of {a3}", units, "name", 0.05)
        union = unary_union([g.buffer(0) for _, g in units])
        check(area_km2(union.difference(outline[a3])) < 1, f"admin1 of {a3} pokes over the border")
        check(area_km2(outline[a3].difference(union)) < 1, f"admin1 of {a3} falls short of the border")

    def at(name, lon, lat):
        return [p for p, g in data[name] if g.contains(Point(lon, lat))]
    for name, lon, lat, key, value in [
            ("country", 34.1, 45.0, "iso_a3", "UKR"), ("country", 44.5, 40.2, "iso_a3", "ARM"),
            ("country", 46.75, 39.8, "iso_a3", "AZE"), ("country", 41.0, 43.0, "iso_a3", "GEO"),
            ("country", 35.8, 33.0, "iso_a3", "SYR"), ("country", 35.24, 31.78, "iso_a3", "PSE"),
            ("country", -13.0, 24.5, "iso_a3", "ESH"), ("country", 28.4, 9.8, "iso_a3", "SDN"),
            ("admin1", 46.55, 39.637, "iso_3166_2", "AZ-LAC"), ("admin1", 46.0, 39.2, "iso_3166_2", "AM-SU"),
            ("lake", 45.3, 40.35, "name", "Lake Sevan"), ("disputed_area", 34.1, 45.0, "id", "crimea"),
            ("disputed_area", 77.1, 35.4, "id", "kashmir_india")]:
        got = [p[key] for p in at(name, lon, lat)]
        check(got == [value], f"{name} at {lon}, {lat}: {got}, not {value}")
    for name in ("country", "country_fine", "country_low"):
        check(not at(name, 50.6, 41.9), f"{name} covers the Caspian Sea")
    lachin = [g for p, g in data["place"] if p["geoname_id"] == 147625]
    check(lachin and abs(lachin[0].y - 39.637) < 0.002, "place: Lachin is not where it is")
    print(f"{checks - problems} passed, {problems} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
