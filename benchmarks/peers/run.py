#!/usr/bin/env python3
"""Measures sitmap beside Mapnik and MapServer and prints the tables of docs/benchmarks.md.

  run.py [-n RUNS] [--keep FOLDER] [w1] [vector] [w2] [film]

Whole processes, in turn: sitmap, the yardstick, the next program, and again. Every figure is the median of its runs;
a ratio is the median of the ratios within one turn, so that a change of the machine's load meets both sides.
CPU seconds are user + system of a process and all its children; memory is the peak of the largest process.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from work import DATA, ENCODER, FPS, FRAMES, HEIGHT, HERE, ROOT, TICKS, WIDTH, day_of

SITMAP = os.environ.get("SITMAP", os.path.join(ROOT, "build", "release", "bin", "sitmap"))
PYTHON = "/usr/bin/python3"  # Debian's, which has the peers' modules
STAGES = ["reading", "composing", "labels", "drawing", "encoding"]


class Run:
    """One process from start to end, in a folder of its own."""

    def __init__(self, command, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        command = [word.replace("{out}", folder) for word in command]
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
        self.cpu = used.ru_utime + used.ru_stime
        self.peak = used.ru_maxrss / 1024  # of the process or its largest child, MiB
        self.stages = dict(line.split("=") for line in output.splitlines() if line.split("=")[0] in STAGES)


def sitmap(work, output):
    return [SITMAP, "render", f"{work}.map.yaml", "--progress", "none", "--times", "-o", "{out}/" + output]


def mapnik(work, output, *more):
    return [PYTHON, "with_mapnik.py", work, "{out}/" + output, *more]


def mapserver(work, output):
    return [PYTHON, "with_mapserver.py", work, "{out}/" + output]


def encode_only(raw):
    return ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{WIDTH}x{HEIGHT}",
            "-framerate", str(FPS // TICKS), "-i", raw, "-r", str(FPS), *ENCODER, "-threads", "2", "{out}/film.mp4"]


def raw_frames(folder):
    """sitmap's 45 frames as raw BGRA in a file: what an encoder gets."""
    Run(sitmap("w2", "{date}.png"), folder)
    with open(os.path.join(folder, "frames.bgra"), "wb") as out:
        for frame in range(FRAMES):
            subprocess.run(["ffmpeg", "-v", "error", "-i", os.path.join(folder, f"{day_of(frame).isoformat()}.png"),
                            "-f", "rawvideo", "-pix_fmt", "bgra", "-"], stdout=out, check=True)
    return out.name


def pictures_in(folder):
    return sum(entry.stat().st_size > 10_000 for entry in os.scandir(folder) if entry.name.endswith((".png", ".svg", ".pdf", ".mp4")))


def measure(title, programs, runs, folder, pictures=1):
    """programs: name -> command; sitmap first, then the yardstick. Each makes that many pictures, or more."""
    taken = {name: [] for name in programs}
    for turn in range(runs + 1):  # the first one warms the caches and is not counted
        for name, command in programs.items():
            out = os.path.join(folder, title.split(",")[0].replace(" ", "-"), name.split(" (")[0].replace(" ", "-"))
            run = Run(command, out)
            if pictures_in(out) < pictures:
                sys.exit(f"{name} made fewer than {pictures} pictures in {out}")
            if turn > 0:
                taken[name].append(run)
    median = {name: {key: statistics.median(getattr(run, key) for run in all_runs) for key in ("wall", "cpu", "peak")}
              for name, all_runs in taken.items()}
    first = next(iter(programs))
    print(f"### {title}\n\n| program | wall s | CPU s | peak MiB | sitmap's wall / its | sitmap's CPU / its |\n|---|---|---|---|---|---|")
    for name, runs_of in taken.items():
        ratios = ["", ""]
        if name != first:
            ratios = [f"{statistics.median(getattr(a, key) / getattr(b, key) for a, b in zip(taken[first], runs_of)):.2f}" for key in ("wall", "cpu")]
        print(f"| {name} | {median[name]['wall']:.3f} | {median[name]['cpu']:.3f} | {median[name]['peak']:.0f} | {ratios[0]} | {ratios[1]} |")
    stages = [statistics.median(float(run.stages.get(stage, 0)) for run in taken[first]) for stage in STAGES]
    print("\nsitmap's time: " + ", ".join(f"{stage} {seconds * 1000:.0f} ms" for stage, seconds in zip(STAGES, stages)) + "\n", flush=True)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("-n", type=int, default=7, help="turns (7)")
    words.add_argument("--keep", help="keep the pictures in this folder")
    words.add_argument("what", nargs="*", help="w1, vector, w2, film; all when left out")
    given = words.parse_args()
    what = given.what or ["w1", "vector", "w2", "film"]
    for needed in (SITMAP, os.path.join(DATA, "world_map.gpkg")):
        if not os.path.exists(needed):
            sys.exit(f"{needed} is missing: run scripts/build release and {os.path.relpath(HERE)}/setup first")
    folder = os.path.realpath(given.keep or tempfile.mkdtemp(prefix="sitmap-peers-"))
    os.makedirs(folder, exist_ok=True)
    try:
        if "w1" in what:
            measure("W1, the still as PNG", {"sitmap": sitmap("w1", "w1.png"), "MapServer": mapserver("w1", "w1.png"),
                                             "Mapnik (AGG)": mapnik("w1", "w1.png")}, given.n, folder)
        for kind in ("svg", "pdf") if "vector" in what else ():
            measure(f"W1 {kind}, the still as {kind.upper()}",
                    {"sitmap": sitmap("w1", f"w1.{kind}"), "MapServer": mapserver("w1", f"w1.{kind}"),
                     "Mapnik (Cairo)": mapnik("w1", f"w1.{kind}")}, given.n, folder)
        if "w2" in what:
            measure("W2, the 45 frames as PNG", {"sitmap": sitmap("w2", "{date}.png"), "Mapnik, cached, 2 processes": mapnik("w2", ""),
                                                 "MapServer, 2 processes": mapserver("w2", "")}, max(1, given.n // 2), folder, FRAMES)
        if "film" in what:
            raw = raw_frames(os.path.join(folder, "raw"))
            measure("W2 film, MP4", {"sitmap": sitmap("w2", "film.mp4"), "encode only (ffmpeg)": encode_only(raw),
                                     "Mapnik and ffmpeg": mapnik("w2", "", "--film", "{out}/film.mp4")}, max(1, given.n // 2), folder)
    finally:
        if not given.keep:
            shutil.rmtree(folder)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} at the end; medians of {given.n} turns (films and frames {max(1, given.n // 2)}).")


if __name__ == "__main__":
    main()
