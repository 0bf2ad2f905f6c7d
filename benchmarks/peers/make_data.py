#!/usr/bin/env python3
"""Makes the inputs in build/benchmark-data: the same bytes every time.

events_small.csv  60 events of 45 days      cities.csv       20 cities, four of them in two scripts
world_map.gpkg    Natural Earth 1:10m, from Debian's package qgis-common
"""
import csv
import datetime as dt
import math
import os
import random
import shutil
import subprocess
import tempfile

from work import DATA, FIRST, FRAMES

SEED, EVENTS = 20200927, 60
TYPES, WEIGHTS = ["battle", "shelling", "airstrike", "violence", "protest", "agreement"], [34, 30, 14, 12, 7, 3]
FOCI = [(46.75, 39.82, .25), (46.93, 39.99, .20), (46.93, 40.34, .18), (47.15, 39.60, .20), (46.78, 39.62, .15),
        (47.33, 39.45, .15), (46.36, 40.68, .12), (45.90, 40.90, .25), (46.41, 39.21, .20), (47.03, 39.40, .15)]
CITIES = """Baku,49.89201,40.37767,1
Yerevan Երևան,44.51361,40.18111,1
Tbilisi თბილისი,44.83368,41.69411,1
Tabriz,46.2919,38.08,2
Ganja,46.36056,40.68278,2
Stepanakert / Xankəndi,46.7528,39.8177,2
Gyumri,43.84528,40.7942,3
Sumqayıt,49.66861,40.58972,3
Nakhchivan,45.41222,39.20889,3
Ardabīl,48.2933,38.2498,3
Lankaran,48.85062,38.75428,3
Mingəçevir,47.05953,40.76395,3
Kapan,46.40576,39.20755,4
Goris,46.34168,39.51111,4
Ağdam,46.92736,39.99096,4
Fizuli,47.14529,39.60094,4
Tərtər,46.93161,40.34201,4
Horadiz,47.33496,39.45015,4
Bərdə,47.12619,40.37577,4
Shusha / Շուշի,46.75,39.76,4
"""


def clamp(value, low, high):
    return min(high, max(low, value))


def event(rng, day):
    """Most lie around ten foci. The order of the calls is part of the data: each draws from the same stream."""
    if rng.random() < .85:
        x, y, spread = FOCI[rng.randrange(len(FOCI))]
        lon, lat = rng.gauss(x, spread), rng.gauss(y, spread * .8)
    else:
        lon, lat = rng.uniform(45, 48), rng.uniform(38.7, 41)
    kind = rng.choices(TYPES, WEIGHTS)[0]
    peaceful = kind in ("protest", "agreement")
    dead = 0 if peaceful else min(300, int(math.exp(rng.gauss(.9, 1.2))))
    return [day.isoformat(), f"{clamp(lon, 45., 48.):.5f}", f"{clamp(lat, 38.7, 41.):.5f}", kind, dead]


def write(name, header, rows):
    with open(os.path.join(DATA, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def fetch_world():
    target = os.path.join(DATA, "world_map.gpkg")
    if os.path.exists(target):
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", "qgis-common"], cwd=folder, check=True)
        subprocess.run(["dpkg", "-x", os.listdir(folder)[0], "x"], cwd=folder, check=True)
        shutil.move(os.path.join(folder, "x/usr/share/qgis/resources/data/world_map.gpkg"), target)


if __name__ == "__main__":
    os.makedirs(DATA, exist_ok=True)
    rng = random.Random(SEED)
    write("events_small.csv", ["date", "lon", "lat", "type", "fatalities"],
          sorted(event(rng, FIRST + dt.timedelta(days=i % FRAMES)) for i in range(EVENTS)))
    with open(os.path.join(DATA, "cities.csv"), "w") as file:
        file.write("name,lon,lat,rank\n" + CITIES)
    fetch_world()
