#!/usr/bin/python3
"""The work with Mapnik 3.1. with_mapnik.py w1 FILE.png|svg|pdf, or w2 FOLDER [--film FILE.mp4].

A still is drawn by AGG (PNG) or Cairo. The frames come from two processes; each paints the base map and the labels
once and lays the circles of the day between them: as fast as we could make Mapnik go.
"""
import os
import subprocess
import sys

import mapnik
from mapnik import Box2d, Datasource, Image, Layer, Map

from work import BOX, DATA, DATE_AT, ENCODER, FRAMES, FPS, HEIGHT, PROJECTION, TICKS, TITLE, TITLE_AT, WIDTH, circles, date_text, events

DEGREES = "+proj=longlat +datum=WGS84 +no_defs"
SIDES = "E,W,N,S,NE,SE,NW,SW"

STYLES = f"""
<FontSet name="bold"><Font face-name="Noto Sans Bold"/><Font face-name="Noto Sans Armenian Bold"/><Font face-name="Noto Sans Georgian Bold"/></FontSet>
<FontSet name="italic"><Font face-name="Noto Sans Italic"/></FontSet>
<Style name="land"><Rule><Filter>[NAME]='Armenia' or [NAME]='Azerbaijan'</Filter><PolygonSymbolizer fill="#fbf8f1"/></Rule>
  <Rule><ElseFilter/><PolygonSymbolizer fill="#eeeae0"/></Rule></Style>
<Style name="admin1"><Rule><LineSymbolizer stroke="#c9c2b4" stroke-width="0.8" stroke-linejoin="round"/></Rule></Style>
<Style name="borders"><Rule><LineSymbolizer stroke="#7a7266" stroke-width="2" stroke-linejoin="round"/></Rule></Style>
<Style name="disputed"><Rule><LineSymbolizer stroke="#7a7266" stroke-width="2" stroke-dasharray="7,4"/></Rule></Style>
<Style name="circles"><Rule><MarkersSymbolizer marker-type="ellipse" width="2*[r]" height="2*[r]" fill="[color]" fill-opacity="0.75*[a]"
  stroke="#ffffff" stroke-width="1" stroke-opacity="[a]" allow-overlap="true" ignore-placement="true"/></Rule></Style>
<Style name="cities">
  <Rule><MarkersSymbolizer marker-type="ellipse" width="7" height="7" fill="#333333" stroke="#ffffff" stroke-width="1" allow-overlap="true"/></Rule>
  <Rule><Filter>[rank] &lt;= 2</Filter><TextSymbolizer fontset-name="bold" size="20" fill="#222222" halo-fill="#ffffff" halo-radius="2"
    dx="7" dy="7" placement-type="simple" placements="{SIDES},20,18,16">[name]</TextSymbolizer></Rule>
  <Rule><Filter>[rank] &gt; 2</Filter><TextSymbolizer fontset-name="bold" size="16" fill="#222222" halo-fill="#ffffff" halo-radius="2"
    dx="7" dy="7" placement-type="simple" placements="{SIDES},16,14">[name]</TextSymbolizer></Rule></Style>
<Style name="admin1_names"><Rule><TextSymbolizer fontset-name="italic" size="13" fill="#8b8474" halo-fill="rgba(255,255,255,0.8)"
  halo-radius="1.5" placement="interior" wrap-width="90">[name]</TextSymbolizer></Rule></Style>
<Style name="texts"><Rule><TextSymbolizer fontset-name="bold" size="[size]" fill="#222222" halo-fill="#ffffff" halo-radius="3"
  horizontal-alignment="right" vertical-alignment="middle" allow-overlap="true">[text]</TextSymbolizer></Rule></Style>
"""


def layer(name, style, source, projection=DEGREES):
    out = Layer(name, projection)
    out.datasource = source
    out.styles.append(style)
    return out


def world(style, table):
    return layer(style, style, Datasource(type="ogr", file=os.path.join(DATA, "world_map.gpkg"), layer=table))


def base_layers():
    return [world("land", "countries"), world("admin1", "states_provinces"), world("borders", "countries"),
            world("disputed", "disputed_borders")]


def label_layers():
    return [layer("cities", "cities", Datasource(type="csv", file=os.path.join(DATA, "cities.csv"))),
            world("admin1_names", "states_provinces")]


def inline(style, header, rows, projection=DEGREES):
    return layer(style, style, Datasource(type="csv", inline="\n".join([header, *rows])), projection)


def circle_layer(rows, frame=None):
    lines = [f"{lon},{lat},{color},{radius:.3f},{a:.4f}" for lon, lat, color, radius, a in circles(rows, frame)]
    return inline("circles", "lon,lat,color,r,a", lines or ["0,0,#000000,0,0"])


def text_layer(texts):
    pixel = (BOX[2] - BOX[0]) / WIDTH
    lines = [f'{BOX[0] + x * pixel},{BOX[3] - y * pixel},{size},"{text}"' for (x, y), size, text in texts]
    return inline("texts", "x,y,size,text", lines, PROJECTION)


def make_map(layers=(), background=None):
    out = Map(WIDTH, HEIGHT, PROJECTION)
    mapnik.load_map_from_string(out, f'<Map srs="{PROJECTION}" buffer-size="64">{STYLES}</Map>')
    if background:
        out.background = mapnik.Color(background)
    out.layers.extend(layers)
    out.zoom_to_box(Box2d(*BOX))
    return out


def still(path):
    page = make_map([*base_layers(), circle_layer(events()), *label_layers(), text_layer([(TITLE_AT, 36, TITLE["w1"])])], "#cfdde6")
    if path.endswith(".png"):
        image = Image(WIDTH, HEIGHT)
        mapnik.render(page, image)
        image.save(path, "png32")
    else:
        mapnik.render_to_file(page, path, path[-3:])


def draw_share(folder, share, shares):
    rows = events()
    below, above = Image(WIDTH, HEIGHT), Image(WIDTH, HEIGHT)
    mapnik.render(make_map(base_layers(), "#cfdde6"), below)
    mapnik.render(make_map(label_layers()), above)
    page = make_map()
    for frame in range(share, FRAMES, shares):
        image = Image(WIDTH, HEIGHT)
        image.composite(below)
        page.layers[:] = [circle_layer(rows, frame)]
        mapnik.render(page, image)
        image.composite(above)
        page.layers[:] = [text_layer([(TITLE_AT, 36, TITLE["w2"]), (DATE_AT, 44, date_text(frame))])]
        mapnik.render(page, image)
        image.save(os.path.join(folder, f"f{frame:04d}.png"), "png32")


def frames(folder, processes=2):
    children = []
    for share in range(processes):
        child = os.fork()
        if child == 0:
            draw_share(folder, share, processes)
            os._exit(0)
        children.append(child)
    for child in children:
        if os.waitpid(child, 0)[1] != 0:
            sys.exit("a process of Mapnik's failed")


if __name__ == "__main__":
    mapnik.register_fonts("/usr/share/fonts/truetype/noto")
    what, target = sys.argv[1:3]
    if what == "w1":
        still(target)
    else:
        frames(target)
    if "--film" in sys.argv:
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-framerate", str(FPS // TICKS), "-i", os.path.join(target, "f%04d.png"),
                        "-r", str(FPS), *ENCODER, sys.argv[sys.argv.index("--film") + 1]], check=True)
