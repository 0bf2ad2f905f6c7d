"""Natural Earth's disputed, claim and control lines, from two packages."""
from collections import defaultdict
from math import hypot

from shapely.geometry import LineString
from shapely.ops import linemerge, unary_union

from common import UNPACKED, lines, read_layer

NE_QGIS = UNPACKED / "qgis-common/usr/share/qgis/resources/data/world_map.gpkg"
NE_BOUNDARIES = UNPACKED / "libmagics++-data/usr/share/magics/10m/ne_10m_admin_0_boundary_lines_land.shp"
HISTORIC = ("Former USSR oblast in 1991", "Ceasefire Line 1994")   # these belong to geodata/conflict


def load():
    """[(name, left, right, LineString)]; historic lines of the Caucasus are left out."""
    out = []
    for p, g in read_layer(NE_QGIS, "SELECT * FROM disputed_borders"):
        if p["name"] not in HISTORIC:
            out += [(p["name"], p["adm0_a3_l"], p["adm0_a3_r"], part) for part in lines(g)]
    wanted = ("Disputed", "Line of control", "Indefinite", "Indeterminant", "ForgetMagics")
    for p, g in read_layer(NE_BOUNDARIES):
        if p["featurecla"].startswith(wanted):
            out += [(p["featurecla"].replace(" (please verify)", ""), p["adm0_a3_l"], p["adm0_a3_r"], part)
                    for part in lines(g)]
    return out


def cutters():
    """The lines merged and drawn out, fit to cut polygons with: they end up to 9 km off OpenStreetMap's borders."""
    return drawn_out(lines(linemerge(unary_union([line for *_, line in load()]))), reach=0.12, gap=0.03)


def drawn_out(merged, reach, gap):
    """Lines with their loose ends drawn out: to another loose end within gap degrees, else straight on for reach."""
    ends = defaultdict(int)
    for line in merged:
        for c in (line.coords[0], line.coords[-1]):
            ends[c[:2]] += 1
    loose = sorted(c for c, n in ends.items() if n == 1)
    out = []
    for line in merged:
        cs = [c[:2] for c in line.coords]
        out.append(LineString([*_beyond(cs, ends, loose, reach, gap), *cs,
                               *_beyond(cs[::-1], ends, loose, reach, gap)[::-1]]))
    return out


def _beyond(cs, ends, loose, reach, gap):
    """What to put before the first point of cs: nothing, another loose end, or a point straight on."""
    a = cs[0]
    if ends[a] != 1:
        return []
    near = [c for c in loose if c != a and hypot(c[0] - a[0], c[1] - a[1]) < gap and c != cs[-1]]
    if near:
        return [min(near, key=lambda c: hypot(c[0] - a[0], c[1] - a[1]))]
    # the direction over the last two kilometres, not over the last, maybe tiny, segment
    b = next((c for c in cs[1:] if hypot(c[0] - a[0], c[1] - a[1]) > 0.02), cs[-1])
    d = hypot(a[0] - b[0], a[1] - b[1]) or 1.0
    return [(a[0] + (a[0] - b[0]) / d * reach, a[1] + (a[1] - b[1]) / d * reach)]
