"""The work that every program does: one frame, one style, the same events. The text of it is in README.md."""
import csv
import datetime as dt
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = os.path.join(ROOT, "build", "benchmark-data")

WIDTH, HEIGHT = 1920, 1080
PROJECTION = "+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47 +datum=WGS84"
BOX = (-512000, -288000, 512000, 288000)  # metres; 533.33 to a pixel

COLORS = {"battle": "#c0392b", "shelling": "#e67e22", "airstrike": "#8e44ad",
          "violence": "#2c3e50", "protest": "#2980b9", "agreement": "#27ae60"}
FIRST, FRAMES, FADE = dt.date(2020, 9, 27), 45, 14
TICKS, FPS = 5, 25  # every frame is held five pictures of the film
ENCODER = ["-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p"]

TITLE = {"w1": "Clashes in the South Caucasus, 27 September – 10 November 2020", "w2": "Clashes in the South Caucasus"}
TITLE_AT, DATE_AT = (40, 60), (40, 1020)  # pixels: left end, middle of the line


def day_of(frame):
    return FIRST + dt.timedelta(days=frame)


def date_text(frame):
    day = day_of(frame)
    return f"{day.day} {day:%B %Y}"


def events():
    with open(os.path.join(DATA, "events_small.csv"), newline="") as file:
        return list(csv.DictReader(file))


def radius(event):
    return 4 + 3 * math.sqrt(int(event["fatalities"]))


def circles(rows, frame=None):
    """(lon, lat, colour, radius, a) of what a frame shows; without a frame, of everything."""
    for row in rows:
        age = 0 if frame is None else (day_of(frame) - dt.date.fromisoformat(row["date"])).days
        if 0 <= age < FADE:
            yield row["lon"], row["lat"], COLORS[row["type"]], radius(row), 1 - age / FADE
