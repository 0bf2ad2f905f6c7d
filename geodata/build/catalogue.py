"""catalogue.json: which file serves which layer where; built/checksums.tsv."""
import json

from osgeo import gdal

from common import BUILT, CAUCASUS, GEODATA, sha256

LAYERS = {
    "country": [{"file": "country_low.fgb", "above_m_per_px": 1500},
                {"file": "country_fine.fgb", "within": list(map(int, CAUCASUS)), "below_m_per_px": 400},
                {"file": "country.fgb"}],
    "border": [{"file": "border_low.fgb", "above_m_per_px": 1500},
               {"file": "border_fine.fgb", "within": list(map(int, CAUCASUS)), "below_m_per_px": 400},
               {"file": "border.fgb"}],
    "disputed_area": [{"file": "disputed_area.fgb"}],
    "admin1": [{"file": "admin1.fgb"}],
    "admin1_line": [{"file": "admin1_line.fgb"}],
    "lake": [{"file": "lake.fgb"}],
    "river": [{"file": "river.fgb"}],
    "urban": [{"file": "urban.fgb"}],
    "airport": [{"file": "airport.fgb"}],
    "marine": [{"file": "marine.fgb"}],
    "place": [{"file": "place.fgb"}],
}


def read_sources(name):
    """The number of rows and the ids of their sources, without reading shapes."""
    data = gdal.OpenEx(f"/vsizip/{BUILT}/{name}.fgb.zip/{name}.fgb", gdal.OF_VECTOR)
    layer = data.GetLayer(0)
    others = [layer.GetLayerDefn().GetFieldDefn(i).GetName() for i in range(layer.GetLayerDefn().GetFieldCount())]
    layer.SetIgnoredFields(["OGR_GEOMETRY", *(c for c in others if c != "source")])
    ids, rows = set(), 0
    for feature in layer:
        rows += 1
        ids.update(s for s in (feature.GetField("source") or "").split(";") if s)
    return rows, ids


def build():
    rows, sources = {}, {}
    for path in sorted(BUILT.glob("*.fgb.zip")):
        name = path.name.removesuffix(".fgb.zip")
        rows[name], sources[name] = read_sources(name)
    order = [s["id"] for s in json.loads((GEODATA / "sources.json").read_text(encoding="utf-8"))]
    layers = {}
    for layer, files in LAYERS.items():
        out = []
        for f in files:
            name = f["file"].removesuffix(".fgb")
            if name not in rows:
                continue
            unknown = sources[name] - set(order)
            if unknown:
                raise SystemExit(f"{name}: sources missing from sources.json: {sorted(unknown)}")
            out.append({**f, "rows": rows[name], "sources": sorted(sources[name], key=order.index)})
        layers[layer] = out
    text = ",\n".join(f'    {json.dumps(k)}: [\n' + ",\n".join(f"      {json.dumps(f)}" for f in v) + "\n    ]"
                      for k, v in layers.items())
    (GEODATA / "catalogue.json").write_text('{\n  "layers": {\n' + text + "\n  }\n}\n", encoding="utf-8")
    # the conflict set has files of its own in geodata/conflict
    with open(BUILT / "checksums.tsv", "w", encoding="utf-8") as f:
        f.write("file\tsha256\tbytes\trows\n")
        for name in sorted(rows):
            path = BUILT / f"{name}.fgb.zip"
            f.write(f"{path.name}\t{sha256(path)}\t{path.stat().st_size}\t{rows[name]}\n")
    total = sum(p.stat().st_size for p in BUILT.glob("*.fgb.zip"))
    print(f"  {len(rows)} files, {total / 1e6:.2f} MB")
