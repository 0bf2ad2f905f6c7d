"""A quick picture of built layers, to look at: plot.py OUT.png W S E N LAYER..."""
import sys
import zlib
from math import cos, radians

from osgeo import gdal, ogr, osr

from common import BUILT

SRS = osr.SpatialReference()
SRS.ImportFromEPSG(4326)
SRS.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
FILL = {"country": None, "country_fine": None, "country_low": None, "admin1": (236, 232, 222), "disputed_area": (250, 190, 150), "lake": (160, 200, 235),
        "urban": (200, 190, 190)}
LINE = {"admin1_line": (150, 120, 160), "river": (90, 140, 220), "border": (40, 40, 40), "border_fine": (40, 40, 40),
        "border_low": (40, 40, 40)}
STATUS = {"international": (40, 40, 40), "disputed": (220, 30, 30), "line_of_control": (230, 0, 230),
          "ceasefire": (255, 120, 0), "breakaway": (0, 130, 0), "claim": (0, 80, 220)}


def main(out, w, s, e, n, *layers, width=1100):
    w, s, e, n = map(float, (w, s, e, n))
    height = int(width * (n - s) / ((e - w) * cos(radians((n + s) / 2))))
    ds = gdal.GetDriverByName("MEM").Create("", width, height, 3)
    ds.SetGeoTransform([w, (e - w) / width, 0, n, 0, -(n - s) / height])
    ds.SetProjection("EPSG:4326")
    for b, v in zip((1, 2, 3), (200, 222, 240)):
        ds.GetRasterBand(b).Fill(v)
    mem = ogr.GetDriverByName("Memory").CreateDataSource("m")

    def burn(features, colour):
        layer = mem.CreateLayer("x", SRS)
        for g in features:
            f = ogr.Feature(layer.GetLayerDefn())
            f.SetGeometry(g)
            layer.CreateFeature(f)
        gdal.RasterizeLayer(ds, [1, 2, 3], layer, burn_values=list(colour), options=["ALL_TOUCHED=FALSE"])
        mem.DeleteLayer(0)

    for name in layers:
        v = gdal.OpenEx(f"/vsizip/{BUILT}/{name}.fgb.zip/{name}.fgb", gdal.OF_VECTOR)
        layer = v.GetLayer(0)
        layer.SetSpatialFilterRect(w, s, e, n)
        for f in layer:
            g = f.GetGeometryRef()
            items = f.items()
            if name in FILL:
                c = FILL[name]
                if c is None or name == "admin1":
                    h = zlib.crc32((items.get("adm1_code") or items.get("iso_a3") or "?").encode())
                    c = tuple(190 + (h >> k) % 60 for k in (0, 7, 14))
                burn([g.Clone()], c)
            elif name in LINE:
                burn([g.Clone()], STATUS.get(items.get("status"), LINE[name]))
            else:
                r = (e - w) / width * 2
                burn([g.Buffer(r)], (120, 0, 0))
    gdal.GetDriverByName("PNG").CreateCopy(out, ds)


if __name__ == "__main__":
    main(*sys.argv[1:])
