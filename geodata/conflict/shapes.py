"""Shapes for build.py: fit one data set's areas to another's outline, cut without gaps."""

import math
import warnings

from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, box
from shapely.geometry.polygon import orient
from shapely.ops import linemerge, polygonize, split, transform, unary_union, voronoi_diagram
from shapely.strtree import STRtree

DECIMALS = 5


def chain(parts, tolerance=0.006):
    """Join lines end to end, in the order and direction that leaves the smallest steps."""
    parts = [list(part.coords) for part in parts]
    joined = parts.pop(0)
    while parts:
        def step(candidate):
            index, reverse, at_end = candidate
            ends = parts[index][::-1] if reverse else parts[index]
            return Point(joined[-1]).distance(Point(ends[0])) if at_end else \
                Point(joined[0]).distance(Point(ends[-1]))
        best = min(((i, r, e) for i in range(len(parts)) for r in (0, 1) for e in (0, 1)), key=step)
        if step(best) > tolerance:
            raise ValueError(f"lines are {step(best):.4f}° apart")
        index, reverse, at_end = best
        part = parts.pop(index)
        part = part[::-1] if reverse else part
        joined = joined + part[1:] if at_end else part[:-1] + joined
    return joined


def lines_of(shape):
    """The lines of a line, a ring or a collection, joined where they meet."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.length > 0]
    if len(parts) == 1:
        return [LineString(parts[0].coords)]
    merged = linemerge(parts)
    return list(getattr(merged, "geoms", [merged]))


def area_of(shape):
    """A shape without the points and lines that cutting left in it."""
    return unary_union(polygons_of(shape))


def polygons_of(shape):
    if shape.is_empty:
        return []
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def allocate(ground, areas, step):
    """Share out `ground` among `areas` (dict): what an area covers is its own, the rest goes to
    the nearest area's boundary. Later areas give way to earlier ones."""
    left, own = ground, {}
    for key, area in areas.items():
        own[key] = area_of(left.intersection(area))
        left = area_of(left.difference(area))
    reach = left.buffer(0.1)
    seeds = {key: [p for line in lines_of(area.boundary) for p in points_along(line, step)
                   if reach.contains(Point(p))] for key, area in areas.items()}
    for key, cell in nearest(seeds, ground).items():
        own[key] = unary_union([own[key], area_of(left.intersection(cell))])
    return own


def nearest(seeds, ground):
    """Voronoi cells of the seed points (dict of lists), one area per key, in a local metric."""
    squeeze = math.cos(math.radians(ground.centroid.y))
    owner = {}
    for key, points in seeds.items():
        for x, y in points:
            owner.setdefault((round(x * squeeze, 9), y), key)
    flat = transform(lambda x, y: (x * squeeze, y), ground)
    points = [Point(p) for p in sorted(owner)]
    frame = box(*flat.buffer(2).bounds)
    cells = voronoi_diagram(MultiPoint(points), envelope=frame)
    parts = {key: [] for key in seeds}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")       # shapely 1.8 announces that 2.0 returns indexes
        tree = STRtree(points)
    for cell in cells.geoms:
        inside = [p for p in tree.query(cell) if cell.contains(p)]
        parts[owner[(inside[0].x, inside[0].y)]].append(cell)
    return {key: transform(lambda x, y: (x / squeeze, y), unary_union(group))
            for key, group in parts.items() if group}


def points_along(line, step):
    count = max(1, math.ceil(line.length / step))
    return [line.interpolate(i / count, normalized=True).coords[0] for i in range(count)]


def strip(line, half_width_m):
    """Everything within half_width_m of a line; metres by the latitude of its middle."""
    latitude = line.centroid.y
    squeeze = math.cos(math.radians(latitude))
    degrees = half_width_m / 111_132.0
    flat = transform(lambda x, y: (x * squeeze, y), line).buffer(degrees, resolution=4, cap_style=2,
                                                                   join_style=1)
    return transform(lambda x, y: (x / squeeze, y), flat)


def square_km(shape):
    squeeze = math.cos(math.radians(shape.centroid.y))
    return shape.area * squeeze * 111.132 ** 2


def rounded(shape):
    return transform(lambda x, y: (tuple(round(v, DECIMALS) for v in x),
                                   tuple(round(v, DECIMALS) for v in y)), shape)


def partition(pieces, smallest_km2=0.02):
    """Make areas that meet share their edges to the last digit.

    All edges are noded together at DECIMALS places and the faces are built anew, so that a vertex
    of one is a vertex of its neighbour. A face smaller than smallest_km2 joins the neighbour it
    shares most of its edge with.
    """
    edges = unary_union([rounded(piece).boundary for piece in pieces.values()])
    for _ in range(20):
        again = unary_union([rounded(line) for line in lines_of_all(edges)])
        if again.equals_exact(edges, 0):
            break
        edges = again
    faces = list(polygonize(edges))
    owner = []
    for face in faces:
        inside = face.representative_point()
        owner.append(next((key for key, piece in pieces.items() if piece.contains(inside)), None))
    merge_small(faces, owner, smallest_km2)
    result = {}
    for key in pieces:
        group = [face for face, own in zip(faces, owner) if own == key]
        result[key] = tidy(unary_union(group))
    return result


def merge_small(faces, owner, smallest_km2):
    for index in sorted(range(len(faces)), key=lambda i: faces[i].area):
        alone = square_km(faces[index]) < smallest_km2
        if owner[index] is None and not alone:
            continue
        shares = {}
        for other, face in enumerate(faces):
            if other != index and owner[other] is not None and face.intersects(faces[index]):
                length = faces[index].boundary.intersection(face.boundary).length
                if length > 0:
                    shares[owner[other]] = shares.get(owner[other], 0) + length
        same = owner[index] in shares
        if alone and shares and not same:
            owner[index] = max(sorted(shares), key=shares.get)


def lines_of_all(shape):
    return [line for line in getattr(shape, "geoms", [shape]) if line.length > 0]


def tidy(shape):
    parts = [orient(part) for part in polygons_of(shape)]
    parts.sort(key=lambda part: -part.area)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def divide(area, line):
    return polygons_of(split(area, LineString(line)))

