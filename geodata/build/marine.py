"""marine: points for the names of seas, from a table of ours."""
from shapely.geometry import Point

from common import table, to_grid, write_layer
from places import LANGUAGES


def build():
    out = []
    for r in table("marine.csv"):
        row = {k: v for k, v in r.items() if k.startswith("name") and v}
        row.update(kind=r["kind"], rank=r["rank"], source="sitmap-tables")
        out.append((row, Point(to_grid(float(r["lon"]), 12), to_grid(float(r["lat"]), 12))))
    write_layer("marine", "point", [("name", "s"), *((f"name_{x}", "s") for x in LANGUAGES), ("kind", "s"),
                                    ("rank", "i"), ("source", "s")], out)
