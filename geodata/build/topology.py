"""Lines that neighbours share, found from equal segments, so that lines and fills coincide."""
from collections import defaultdict

from shapely.geometry import LineString

from common import polygons


def segments(rows):
    """{segment: set of keys} for rows of (key, polygon geometry)."""
    owners = defaultdict(set)
    for key, g in rows:
        for p in polygons(g):
            for ring in [p.exterior, *p.interiors]:
                cs = [(c[0], c[1]) for c in ring.coords]
                for a, b in zip(cs, cs[1:]):
                    owners[(a, b) if a < b else (b, a)].add(key)
    return owners


def left_owner_segments(rows):
    """{directed segment: key whose inside lies to the left of it}."""
    from shapely.geometry.polygon import orient
    left = {}
    for key, g in rows:
        for p in polygons(g):
            p = orient(p, 1.0)   # outer rings anticlockwise: inside is left; holes the other way
            for ring in [p.exterior, *p.interiors]:
                cs = [(c[0], c[1]) for c in ring.coords]
                for a, b in zip(cs, cs[1:]):
                    left[(a, b)] = key
    return left


def chain(segs):
    """Joins segments into the longest lines that don't branch; the order is deterministic."""
    nodes = defaultdict(list)
    for a, b in segs:
        nodes[a].append(b)
        nodes[b].append(a)
    used = set()
    out = []

    def walk(a, b):
        line = [a, b]
        used.add((a, b) if a < b else (b, a))
        while len(nodes[line[-1]]) == 2:
            nxt = [n for n in nodes[line[-1]] if ((n, line[-1]) if n < line[-1] else (line[-1], n)) not in used]
            if not nxt:
                break
            n = nxt[0]
            used.add((n, line[-1]) if n < line[-1] else (line[-1], n))
            line.append(n)
        return line

    for a in sorted(nodes):
        if len(nodes[a]) != 2:
            for b in sorted(nodes[a]):
                if ((a, b) if a < b else (b, a)) not in used:
                    out.append(LineString(walk(a, b)))
    for a, b in sorted(segs):
        if (a, b) not in used:       # closed rings
            out.append(LineString(walk(a, b)))
    return out
