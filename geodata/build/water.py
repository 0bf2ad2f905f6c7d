"""lake, river, urban: Natural Earth; names from a table of ours."""
import os

from shapely.geometry import Point
from shapely.validation import make_valid

from common import (UNPACKED, area_km2, lines_on_grid, multipolygon, polygons_on_grid, read_layer, table, write_layer)
from places import LANGUAGES

SHAPES = UNPACKED / "flightgear-data-base/usr/share/games/flightgear/Geodata"
RIVERS = UNPACKED / "libmagics++-data/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
NAME_COLUMNS = [("name", "s"), *((f"name_{x}", "s") for x in LANGUAGES)]


def lakes():
    os.environ["SHAPE_RESTORE_SHX"] = "YES"
    named = table("lakes.csv")
    out = []
    for _, g in read_layer(SHAPES / "ne_10m_lakes.shp"):
        g = polygons_on_grid(make_valid(g), 12)
        if g.is_empty:
            continue
        km2 = area_km2(g)
        row = {"area_km2": float(f"{km2:.3g}"), "source": "ne-lakes-flightgear",
               "rank": 1 + sum(km2 < x for x in (20000, 4000, 1000, 300, 100))}
        out.append((row, g))
    for r in named:
        p = Point(float(r["lon"]), float(r["lat"]))
        hit = [row for row, g in out if g.contains(p)]
        if not hit:
            print("  !! no lake at", r["name"])
        for row in hit:
            row.update({k: v for k, v in r.items() if k.startswith("name") and v})
            row["source"] = "ne-lakes-flightgear;sitmap-tables"
    write_layer("lake", "polygon", [*NAME_COLUMNS, ("area_km2", "f"), ("rank", "i"), ("source", "s")], out)


def rivers():
    fixes = {}
    for r in table("rivers.csv"):
        fixes.setdefault(r["ne_name"], []).append(r)
    out = []
    for p, g in read_layer(RIVERS):
        name = (p["name"] or "").strip()
        row = {"name": " ".join(name.split()), "name_alt": p["name_alt"], "scalerank": int(p["scalerank"]),
               "kind": "lake_centerline" if "Lake" in p["featurecla"] else
                       "canal" if "Canal" in p["featurecla"] else "river",
               "river_id": p["rivernum"], "source": "ne-rivers-magics"}
        for f in fixes.get(name, []):
            if not f["river_id"] or int(f["river_id"]) == p["rivernum"]:
                row.update({k: v for k, v in f.items() if k.startswith("name") and v})
                row["source"] += ";sitmap-tables"
                if "?" not in name and name != f["name"] and name != "Kr":
                    row["name_alt"] = " ".join(name.split())
        g = lines_on_grid(g.simplify(0.0015), 12)
        if not g.is_empty:
            out.append((row, g))
    left = sorted({p["name"] for p, _ in out if p["name"] and ("?" in p["name"] or "\ufffd" in p["name"])})
    print("  damaged river names left:", len(left), left[:400])
    write_layer("river", "line", [*NAME_COLUMNS, ("name_alt", "s"), ("scalerank", "i"), ("kind", "s"),
                                  ("river_id", "l"), ("source", "s")], out)


def urban():
    os.environ["SHAPE_RESTORE_SHX"] = "YES"
    out = []
    for _, g in read_layer(SHAPES / "ne_10m_urban_areas.shp"):
        g = multipolygon(make_valid(make_valid(g).simplify(0.004)))
        g = polygons_on_grid(g, 11)
        km2 = area_km2(g)
        if not g.is_empty and km2 >= 10:
            out.append(({"area_km2": float(f"{km2:.2g}"), "source": "ne-urban-flightgear"}, g))
    write_layer("urban", "polygon", [("area_km2", "f"), ("source", "s")], out)


def build():
    lakes()
    rivers()
    urban()
