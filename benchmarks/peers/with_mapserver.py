#!/usr/bin/python3
"""The work with MapServer 8. with_mapserver.py w1 FILE.png|svg|pdf, or w2 FOLDER.

Writes a mapfile and a table of the circles (MapServer has no arithmetic on dates) into the target's folder and calls
map2img for each picture, two at a time.
"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from work import BOX, DATA, DATE_AT, FRAMES, HEIGHT, TITLE, TITLE_AT, WIDTH, circles, date_text, events

DRIVERS = {"png": "AGG/PNG", "svg": "CAIRO/SVG", "pdf": "CAIRO/PDF"}
LAMBERT = '"proj=lcc" "lat_1=38.5" "lat_2=41.5" "lat_0=40" "lon_0=47" "datum=WGS84" "units=m"'
FONTS = {"bold": "NotoSans-Bold", "italic": "NotoSans-Italic", "armenian": "NotoSansArmenian-Bold", "georgian": "NotoSansGeorgian-Bold"}
POINT = 0.75  # MapServer's sizes are points of 96 to the inch; here 72 are asked for


def table(path, name, fields):
    """A CSV file as OGR sees it: points from lon and lat, and the types of its fields."""
    columns = "".join(f'<Field name="{field}" type="{kind}"/>' for field, kind in fields.items())
    with open(path[:-4] + ".vrt", "w") as file:
        file.write(f'<OGRVRTDataSource><OGRVRTLayer name="{name}"><SrcDataSource>{path}</SrcDataSource>'
                   f"<SrcLayer>{os.path.basename(path)[:-4]}</SrcLayer><GeometryType>wkbPoint</GeometryType>"
                   f'<GeometryField encoding="PointFromColumns" x="lon" y="lat"/>{columns}</OGRVRTLayer></OGRVRTDataSource>')
    return path[:-4] + ".vrt"


def layer(name, kind, source, table_name, body):
    return f"""LAYER NAME "{name}" TYPE {kind} STATUS ON CONNECTIONTYPE OGR CONNECTION "{source}" DATA "{table_name}"
  PROJECTION "init=epsg:4326" END {body} END\n"""


def label(font, size, color, halo, rest):
    return f"""LABEL FONT "{font}" TYPE TRUETYPE ENCODING "UTF-8" SIZE {size * POINT} COLOR "{color}" OUTLINECOLOR "#ffffff"
  OUTLINEWIDTH {2 * halo} {rest} END"""


def text(name, at, size, words):
    style = label("bold,armenian,georgian", size, "#222222", 3, "POSITION CR FORCE TRUE")
    return f'LAYER NAME "{name}" TYPE POINT STATUS ON TRANSFORM UL FEATURE POINTS {at[0]} {at[1]} END TEXT "{words}" END CLASS {style} END END\n'


def city_class(size, condition=""):
    style = label("bold,armenian,georgian", size, "#222222", 2, "POSITION AUTO OFFSET 5 3 PRIORITY 10 PARTIALS FALSE")
    return f'CLASS {condition} STYLE SYMBOL "circle" SIZE 7 COLOR "#333333" OUTLINECOLOR "#ffffff" END {style} END '


def write_mapfile(folder, name, kind, rows, frame, texts):
    # The extent is that of the pixels' centres.
    half = (BOX[2] - BOX[0]) / WIDTH / 2
    extent = " ".join(str(value) for value in (BOX[0] + half, BOX[1] + half, BOX[2] - half, BOX[3] - half))
    world = os.path.join(DATA, "world_map.gpkg")
    circle_table = os.path.join(folder, f"circles_{name}.csv")
    with open(circle_table, "w") as file:
        file.write("lon,lat,color,d,a\n")
        for lon, lat, color, radius, a in circles(rows, frame):
            file.write(f"{lon},{lat},{color},{2 * radius:.2f},{75 * a:.0f}\n")
    parts = [
        f'MAP NAME "work" SIZE {WIDTH} {HEIGHT} EXTENT {extent} UNITS METERS IMAGECOLOR "#cfdde6" FONTSET "{folder}/fonts.txt"\n'
        f'RESOLUTION 72 DEFRESOLUTION 72 PROJECTION {LAMBERT} END IMAGETYPE "out"\n'
        f'OUTPUTFORMAT NAME "out" DRIVER "{DRIVERS[kind]}" IMAGEMODE RGB EXTENSION "{kind}" END\n'
        'SYMBOL NAME "circle" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END\n',
        layer("land", "POLYGON", world, "countries",
              'CLASSITEM "NAME" CLASS EXPRESSION {Armenia,Azerbaijan} STYLE COLOR "#fbf8f1" END END CLASS STYLE COLOR "#eeeae0" END END'),
        layer("admin1", "LINE", world, "states_provinces", 'CLASS STYLE COLOR "#c9c2b4" WIDTH 0.8 LINEJOIN ROUND END END'),
        layer("borders", "LINE", world, "countries", 'CLASS STYLE COLOR "#7a7266" WIDTH 2 LINEJOIN ROUND END END'),
        layer("disputed", "LINE", world, "disputed_borders", 'CLASS STYLE COLOR "#7a7266" WIDTH 2 PATTERN 7 4 END END END'),
        layer("circles", "POINT", table(circle_table, "circles", {"color": "String", "d": "Real", "a": "Integer"}), "circles",
              'CLASS STYLE SYMBOL "circle" SIZE [d] COLOR [color] OUTLINECOLOR "#ffffff" OUTLINEWIDTH 1 OPACITY [a] END END'),
        layer("admin1_names", "POLYGON", world, "states_provinces",
              'LABELITEM "name" CLASS ' + label("italic", 13, "#8b8474", 1.5, "POSITION CC PRIORITY 3 PARTIALS FALSE MINDISTANCE 60") + " END"),
        layer("cities", "POINT", os.path.join(folder, "cities.vrt"), "cities",
              'LABELITEM "name" ' + city_class(20, "EXPRESSION ([rank] <= 2)") + city_class(16)),
    ]
    parts += [text(f"text{i}", *each) for i, each in enumerate(texts)]
    path = os.path.join(folder, f"{name}.map")
    with open(path, "w") as file:
        file.write("".join(parts) + "END\n")
    return path


def prepare(folder):
    with open(os.path.join(folder, "fonts.txt"), "w") as file:
        for name, font in FONTS.items():
            file.write(f"{name} /usr/share/fonts/truetype/noto/{font}.ttf\n")
    cities = os.path.join(folder, "cities.csv")
    if not os.path.exists(cities):
        os.symlink(os.path.join(DATA, "cities.csv"), cities)
    table(cities, "cities", {"name": "String", "rank": "Integer"})


def draw(mapfile, picture):
    subprocess.run(["map2img", "-m", mapfile, "-o", picture], check=True)


if __name__ == "__main__":
    what, target = sys.argv[1], os.path.realpath(sys.argv[2])
    rows = events()
    if what == "w1":
        folder, kind = os.path.dirname(target), target[-3:]
        prepare(folder)
        draw(write_mapfile(folder, "w1", kind, rows, None, [(TITLE_AT, 36, TITLE["w1"])]), target)
    else:
        prepare(target)

        def one(frame):
            texts = [(TITLE_AT, 36, TITLE["w2"]), (DATE_AT, 44, date_text(frame))]
            draw(write_mapfile(target, f"f{frame:04d}", "png", rows, frame, texts), os.path.join(target, f"f{frame:04d}.png"))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, range(FRAMES)))
