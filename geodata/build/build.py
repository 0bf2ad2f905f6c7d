#!/usr/bin/python3
"""Makes geodata/built from the packages that fetch.sh brought. See ../README.md.

    GEODATA_CACHE=DIR geodata/build/build.py [--all-places] [STEP ...]

Steps, in order: country admin1 water airport place marine catalogue. Without a step, all of them.
"""
import sys

import admin1
import airports
import catalogue
import countries
import marine
import places
import water


def main():
    small_too = "--all-places" in sys.argv
    wanted = [a for a in sys.argv[1:] if not a.startswith("--")]
    steps = {"country": countries.build, "admin1": admin1.build, "water": water.build, "airport": airports.build,
             "place": lambda: places.build(small_too), "marine": marine.build, "catalogue": catalogue.build}
    unknown = [w for w in wanted if w not in steps]
    if unknown:
        sys.exit(f"unknown step {unknown[0]}; steps are {' '.join(steps)}")
    for name, step in steps.items():
        if not wanted or name in wanted:
            print(name, flush=True)
            step()


if __name__ == "__main__":
    main()
