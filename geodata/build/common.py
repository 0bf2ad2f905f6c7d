"""What every layer's script shares: folders, tables, the coordinate grid, repair, and the writer.

Coordinates lie on a binary grid (multiples of 2^-17 degree, about 0.8 m): doubles on such a
grid have zeros in their low bits, so that the committed zip files are about a third smaller
than with decimal rounding, and equal corners of neighbours stay equal bit for bit.
"""
import csv
import ctypes
import hashlib
import json
import os
import pathlib
import struct
import zlib

from osgeo import gdal, ogr, osr
from shapely.geometry import MultiLineString, MultiPolygon, Polygon, mapping, shape
from shapely.validation import make_valid
import shapely.wkb

gdal.UseExceptions()
ogr.UseExceptions()

BUILD = pathlib.Path(__file__).resolve().parent
GEODATA = BUILD.parent
TABLES = GEODATA / "tables"
BUILT = GEODATA / "built"
CACHE = pathlib.Path(os.environ.get("GEODATA_CACHE", "/tmp/geodata-cache"))
UNPACKED = CACHE / "unpacked"
WORK = CACHE / "work"

CAUCASUS = (36.0, 36.0, 54.0, 45.0)      # the box of the unsimplified layers
GAZETTEER_BOX = (38.0, 37.0, 52.0, 44.0)  # every place in here, whatever its size
GRID = 17                                 # bits behind the point, in degrees
KM = 111.2                                # kilometres a degree of latitude


def table(name):
    """Rows of tables/NAME as dicts; lines that start with '#' are comments."""
    with open(TABLES / name, encoding="utf-8", newline="") as f:
        lines = [line for line in f if line.strip() and not line.startswith("#")]
    return [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(lines)]


def area_km2(g):
    """Area by a sinusoidal projection: exact for the sphere, good to 0.7 % for the ellipsoid."""
    from math import cos, pi, radians
    total = 0.0
    for p in polygons(g):
        for sign, ring in [(1, p.exterior)] + [(-1, r) for r in p.interiors]:
            xs = [(x * cos(radians(y)), y) for x, y in ring.coords]
            total += sign * abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(xs, xs[1:])) / 2)
    return total * (6371.0088 * pi / 180) ** 2


def polygons(g):
    if g is None or g.is_empty:
        return []
    if g.geom_type == "Polygon":
        return [g]
    if hasattr(g, "geoms"):
        return [p for part in g.geoms for p in polygons(part)]
    return []


def lines(g):
    if g is None or g.is_empty:
        return []
    if g.geom_type in ("LineString", "LinearRing"):
        return [g]
    if hasattr(g, "geoms"):
        return [p for part in g.geoms for p in lines(part)]
    return []


def multipolygon(g):
    return MultiPolygon(polygons(g))


def to_grid(v, bits=GRID):
    scale = 1 << bits
    return round(v * scale) / scale


def ring_on_grid(coords, bits):
    out = []
    for c in coords:
        p = (to_grid(c[0], bits), to_grid(c[1], bits))
        if not out or out[-1] != p:
            out.append(p)
    return out


def polygons_on_grid(g, bits=GRID):
    """Rounded to the grid, collapsed rings dropped, repaired once."""
    out = []
    for p in polygons(g):
        shell = ring_on_grid(p.exterior.coords, bits)
        if len(shell) < 4:
            continue
        holes = [h for h in (ring_on_grid(r.coords, bits) for r in p.interiors) if len(h) >= 4]
        out.append(Polygon(shell, holes))
    m = MultiPolygon(out)
    if not m.is_valid:
        m = multipolygon(make_valid(m))
        if any(not p.is_valid for p in m.geoms):
            m = multipolygon(m.buffer(0))
    return m


def lines_on_grid(g, bits=GRID):
    out = [ring_on_grid(part.coords, bits) for part in lines(g)]
    return MultiLineString([c for c in out if len(c) >= 2])


def read_layer(path, sql=None, dialect=None):
    """(properties, shapely geometry) of every feature."""
    ds = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = ds.ExecuteSQL(sql, dialect=dialect) if sql else ds.GetLayer(0)
    out = []
    for f in layer:
        g = f.GetGeometryRef()
        out.append((f.items(), shapely.wkb.loads(bytes(g.ExportToWkb())) if g is not None else None))
    return out


def read_built(name):
    """A layer that an earlier step wrote."""
    return read_layer("/vsizip/" + str(BUILT / f"{name}.fgb.zip") + f"/{name}.fgb")


OGR_TYPE = {"s": ogr.OFTString, "i": ogr.OFTInteger, "l": ogr.OFTInteger64, "f": ogr.OFTReal}
GEOM_TYPE = {"polygon": ogr.wkbMultiPolygon, "line": ogr.wkbMultiLineString, "point": ogr.wkbPoint}


def write_layer(name, kind, columns, rows):
    """Writes built/NAME.fgb.zip. columns: [(name, 's'|'i'|'l'|'f')]; rows: [(dict, geometry)].

    Columns that hold nothing at all are left out; an empty text is written as null.
    """
    WORK.mkdir(parents=True, exist_ok=True)
    BUILT.mkdir(parents=True, exist_ok=True)
    path = WORK / f"{name}.fgb"
    path.unlink(missing_ok=True)
    used = [(c, t) for c, t in columns if any(r.get(c) not in (None, "") for r, _ in rows)]
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    ds = ogr.GetDriverByName("FlatGeobuf").CreateDataSource(str(path))
    layer = ds.CreateLayer(name, srs, GEOM_TYPE[kind], ["SPATIAL_INDEX=YES"])
    for c, t in used:
        layer.CreateField(ogr.FieldDefn(c, OGR_TYPE[t]))
    definition = layer.GetLayerDefn()
    for props, g in rows:
        f = ogr.Feature(definition)
        for i, (c, t) in enumerate(used):
            v = props.get(c)
            if v in (None, ""):
                continue
            if t in ("i", "l"):
                f.SetField(i, int(v))
            elif t == "f":
                f.SetField(i, float(v))
            else:
                f.SetField(i, str(v))
        f.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.wkb.dumps(g, output_dimension=2)))
        layer.CreateFeature(f)
    ds = layer = None
    out = BUILT / f"{name}.fgb.zip"
    pack(path, out)
    print(f"{name}: {len(rows)} rows, {out.stat().st_size / 1e6:.2f} MB zipped", flush=True)


def deflated(data):
    """As small as libdeflate can: some per cent less than zlib's best; the same bytes every time."""
    lib = ctypes.CDLL("libdeflate.so.0")
    lib.libdeflate_alloc_compressor.restype = ctypes.c_void_p
    lib.libdeflate_deflate_compress.restype = ctypes.c_size_t
    lib.libdeflate_deflate_compress.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t,
                                                ctypes.c_char_p, ctypes.c_size_t]
    room = ctypes.create_string_buffer(len(data) + 1024)
    compressor = lib.libdeflate_alloc_compressor(12)
    size = lib.libdeflate_deflate_compress(compressor, data, len(data), room, len(room))
    lib.libdeflate_free_compressor.argtypes = [ctypes.c_void_p]
    lib.libdeflate_free_compressor(compressor)
    if not size:
        raise RuntimeError("libdeflate found no room")
    return room.raw[:size]


def pack(path, out):
    """A zip of one file, dated 1 January 1980 (Python's zipfile can't take what libdeflate made)."""
    data, name = path.read_bytes(), path.name.encode()
    packed = deflated(data)
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(data), len(packed), len(data), len(name), 0)
    local = b"PK\x03\x04" + common + name
    central = (b"PK\x01\x02" + struct.pack("<H", 0x0314) + common +
               struct.pack("<HHHII", 0, 0, 0, (0o100644 << 16), 0) + name)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    part = out.with_name(out.name + ".part")
    part.write_bytes(local + packed + central + end)
    os.replace(part, out)


def sha256(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(1 << 20), b""):
            h.update(block)
    return h.hexdigest()


def write_geojson(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.write('{"type":"FeatureCollection","features":[\n')
        for i, (props, g) in enumerate(rows):
            f.write(",\n" if i else "")
            json.dump({"type": "Feature", "properties": props, "geometry": mapping(g)}, f,
                      ensure_ascii=False, separators=(",", ":"))
        f.write("\n]}\n")


def read_geojson(path):
    with open(path, encoding="utf-8") as f:
        d = json.load(f)
    if d["type"] == "GeometryCollection":
        return []
    return [(x["properties"], shape(x["geometry"])) for x in d["features"] if x["geometry"]]
