#include "events/table.hpp"

#include "support.hpp"

namespace sitmap::events {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadEvents, ColumnsOfTheFactsFile) {
  const auto [events, problems] = read(
      "id,start,end,place,kind,title,measure,value,claimed_by,about,article\n"
      "a,2022-09-13,,Gegharkunik,shelling,Bombardment,killed,4,Governor,Armenian soldiers,A3\n");
  ASSERT_EQ(events.events.size(), 1u);
  const Event& event = events.events[0];
  EXPECT_EQ(event.id, "a");
  EXPECT_EQ(time::to_edtf(event.when), "2022-09-13");
  EXPECT_EQ(event.kind, "shelling");
  EXPECT_EQ(event.title, "Bombardment");
  EXPECT_EQ(event.claim.measure, "killed");
  EXPECT_EQ(event.claim.value, 4);
  EXPECT_EQ(event.claim.claimed_by, "Governor");
  EXPECT_EQ(event.claim.about, "Armenian soldiers");
  EXPECT_EQ(event.source, "A3");
  EXPECT_EQ(event.where.line, 2);
  ASSERT_EQ(event.sites.size(), 1u);
  EXPECT_EQ(event.sites[0].precision, Precision::Area);
  EXPECT_EQ(event.sites[0].written, "Gegharkunik");
  EXPECT_THAT(events.places, ElementsAre("Gegharkunik"));
  expect_complete(events);
}

TEST(ReadEvents, ColumnsOfAcled) {
  const auto [events, problems] = read(
      "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,location,latitude,longitude,geo_precision,source,notes,fatalities\n"
      "AZE1,27 September 2020,Battles,Armed clash,Armed Forces of Azerbaijan,Artsakh Defence Army,Talish,40.3767,46.7311,1,Panorama,Fighting,3\n"
      "AZE2,2020-09-28,Battles,,,,Somewhere,40.1,46.7,3,Panorama,Vague,0\n");
  ASSERT_EQ(events.events.size(), 2u);
  const Event& event = events.events[0];
  EXPECT_EQ(event.id, "AZE1");
  EXPECT_EQ(time::to_edtf(event.when), "2020-09-27");
  EXPECT_EQ(event.kind, "Battles");
  EXPECT_EQ(event.claim.measure, "killed");
  EXPECT_EQ(event.claim.value, 3);
  EXPECT_THAT(event.actors, ElementsAre("Armed Forces of Azerbaijan", "Artsakh Defence Army"));
  EXPECT_EQ(event.sites[0].precision, Precision::Point);
  EXPECT_EQ(event.sites[0].at, (geom::Point{46.7311, 40.3767}));
  EXPECT_EQ(event.title, "Fighting");
  EXPECT_EQ(event.extra[0], std::pair(std::string("sub_event_type"), std::string("Armed clash")));
  EXPECT_EQ(events.events[1].sites[0].precision, Precision::Vague);
}

TEST(ReadEvents, ColumnsOfUcdp) {
  const auto [events, problems] = read(
      "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,geom_wkt,date_start,date_end,best,high,low,source_article\n"
      "1,1,Government of Azerbaijan,Republic of Artsakh,6,Azerbaijan,40.5,47.5,POINT (47.5 40.5),2020-10-01 00:00:00.000,2020-10-05 00:00:00.000,12,15,10,Reuters\n");
  ASSERT_EQ(events.events.size(), 1u);
  const Event& event = events.events[0];
  EXPECT_EQ(time::to_edtf(event.when), "2020-10-01/2020-10-05");
  EXPECT_EQ(event.claim.measure, "killed");
  EXPECT_EQ(event.claim.value, 12);
  EXPECT_EQ(event.sites[0].precision, Precision::Vague);
  EXPECT_EQ(event.source, "Reuters");
}

TEST(ReadEvents, CoordinatesWinOverNames) {
  const auto [events, problems] = read("date,place,lon,lat,precision_m\n2022-09-13,Jermook,45.67,39.84,500\n2022-09-13,Jermook,45.67,39.84,8000\n");
  ASSERT_EQ(events.events.size(), 2u);
  EXPECT_EQ(events.events[0].sites[0].written, "Jermook");
  EXPECT_FALSE(events.events[0].sites[0].place);
  EXPECT_EQ(events.events[0].sites[0].precision, Precision::Point);
  EXPECT_EQ(events.events[1].sites[0].precision, Precision::Vague);
  EXPECT_EQ(events.events[0].id, "row-1");
  EXPECT_TRUE(events.places.empty());
}

TEST(ReadEvents, SeveralPlacesInARow) {
  const auto [events, problems] = read("date,place\n2022-09-13,Jermuk; Sotk ;Goris\n2022-09-13,\"\"\"Jermuk\"\";Nosuchplacehere\"\n");
  ASSERT_EQ(events.events.size(), 2u);
  EXPECT_EQ(events.events[0].sites.size(), 3u);
  EXPECT_EQ(events.events[1].sites.size(), 1u);
  ASSERT_EQ(events.left_out.size(), 1u);
  EXPECT_TRUE(events.left_out[0].event_kept);
  EXPECT_EQ(events.left_out[0].reason, "unknown place 'Nosuchplacehere'");
  expect_complete(events);
}

TEST(ReadEvents, UnknownAndAmbiguousPlacesAreLeftOutWithAdvice) {
  const auto [events, problems] = read("id,date,place\na,2022-09-13,Jermook\nb,2022-09-13,Jermuk\n");
  ASSERT_EQ(events.left_out.size(), 1u);
  EXPECT_EQ(events.left_out[0].id, "a");
  EXPECT_EQ(events.left_out[0].reason, "unknown place 'Jermook'");
  EXPECT_THAT(events.left_out[0].hint, HasSubstr("geonames:174884"));
  EXPECT_EQ(events.left_out[0].where.line, 2);
  EXPECT_EQ(events.left_out[0].where.column, 14);
  EXPECT_EQ(events.left_out[0].where.line_text, "a,2022-09-13,Jermook");
  expect_complete(events);
}

TEST(ReadEvents, PinsSettleAPlace) {
  TableOptions options;
  options.pins = {{"Jermook", "geonames:174884"}, {"Elsewhere", "geonames:0"}};
  const auto [events, problems] = read("date,place\n2022-09-13,Jermook\n2022-09-13,Elsewhere\n2022-09-13,geonames:174884\n", options);
  ASSERT_EQ(events.events.size(), 2u);
  EXPECT_EQ(events.events[0].sites[0].place->name, "Jermuk");
  EXPECT_EQ(events.events[1].sites[0].place->name, "Jermuk");
  EXPECT_THAT(events.left_out[0].reason, HasSubstr("pinned to 'geonames:0'"));
}

TEST(ReadEvents, DatedPlacesFollowTheEventsDay) {
  const auto [events, problems] = read("date,place\n2021-05-01,Lachin corridor\n2023-04-23,Lachin corridor\n");
  ASSERT_EQ(events.events.size(), 2u);
  EXPECT_EQ(events.events[0].sites[0].place->id, "sitmap:lachin_corridor_2020");
  EXPECT_EQ(events.events[1].sites[0].place->id, "sitmap:lachin_corridor_2022");
  EXPECT_EQ(events.events[0].sites[0].precision, Precision::Line);
  EXPECT_THAT(events.places, ElementsAre("Lachin corridor"));
}

TEST(ReadEvents, BrokenRowsAreListedNotFatal) {
  const auto [events, problems] = read(
      "id,date,lon,lat\n"
      "good,2022-09-13,45.6,39.8\n"
      "short,2022-09-13\n"
      "swapped,2022-09-13,39.8,95\n"
      "comma,2022-09-13,\"45,6\",39.8\n"
      "date,13.09.2022,45.6,39.8\n"
      "both,31.02.2022,45.6,139.8\n"
      "nowhere,2022-09-13,,\n"
      "bad utf8 \xff,2022-09-13,45.6,39.8\n");
  EXPECT_EQ(events.events.size(), 1u);
  EXPECT_EQ(events.rows, 8u);
  std::vector<std::string> reasons;
  for (const LeftOut& entry : events.left_out) reasons.push_back(entry.reason);
  EXPECT_THAT(reasons, ElementsAre("the row has 2 cells, the header 4 columns", "latitude 95 is outside ±90",
                                   "longitude '45,6' has a decimal comma", "'13.09.2022' is not an ISO date",
                                   "'31.02.2022' is not an ISO date; latitude 139.8 is outside ±90", "there is no place",
                                   "the row is not valid UTF-8"));
  EXPECT_EQ(events.left_out[1].where.column, 25);
  EXPECT_EQ(events.left_out[1].hint, "are lat and lon swapped?");
  expect_complete(events);
}

TEST(ReadEvents, OutsideTheRange) {
  TableOptions options;
  options.range = time::parse_edtf("2022-09-12/2022-09-15").interval;
  const auto [events, problems] = read("id,date,lon,lat\nin,2022-09,45,40\nout,2021,45,40\nedge,2022-09-15,45,40\n", options);
  EXPECT_EQ(events.events.size(), 2u);
  ASSERT_EQ(events.left_out.size(), 1u);
  EXPECT_EQ(events.left_out[0].reason, "outside the time range");
  EXPECT_EQ(events.left_out[0].hint, "the map shows 2022-09-12/2022-09-15");
  expect_complete(events);
}

TEST(ReadEvents, WarnsOfWhatCostsNoEvent) {
  const auto [events, problems] = read(
      "id,date,lon,lat,value,precision_m\na,2022-09-13,45,40,many,\na,2022-09-13,45,40,20-30,far\nb,2022-09-13,0,0,>100,\n");
  ASSERT_EQ(events.events.size(), 3u);
  std::vector<std::string> names;
  for (const auto& problem : problems.all()) names.push_back(problem.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("unreadable-value", "unreadable-value", "duplicate-id", "null-island"));
  EXPECT_FALSE(events.events[0].claim.value);
  EXPECT_EQ(events.events[1].claim.value, 20);
  EXPECT_EQ(events.events[1].claim.value_max, 30);
  EXPECT_EQ(events.events[2].claim.value, 100);
  EXPECT_EQ(events.events[2].extra.back().second, ">100");
}

TEST(ReadEvents, OverridesOfColumns) {
  TableOptions options;
  options.columns = {{"start", "Datum"}, {"place", "Ort"}};
  const auto [events, problems] = read("Datum,Ort,date\n2022-09-13,Jermuk,x\n", options);
  ASSERT_EQ(events.events.size(), 1u);
  options.columns = {{"start", "Datumm"}, {"palce", "Ort"}};
  try {
    read("Datum,Ort\n2022-09-13,Jermuk\n", options);
    FAIL();
  } catch (const base::InputError& error) {
    ASSERT_EQ(error.problems().size(), 2u);
    EXPECT_EQ(error.problems()[0].hint, "did you mean 'place'?");
    EXPECT_EQ(error.problems()[1].hint, "did you mean 'Datum'?");
  }
}

TEST(ReadEvents, AnUnusableHeaderIsAnError) {
  EXPECT_THROW(read("a,b\n1,2\n"), base::InputError);
  EXPECT_THROW(read("date,b\n2022,2\n"), base::InputError);
  EXPECT_THROW(read(""), base::InputError);
  EXPECT_THROW(read("date,date,lon,lat\n"), base::InputError);
  base::Problems problems;
  EXPECT_THROW(read_events("/nowhere/events.csv", real(), {}, problems), base::IoError);
}

TEST(ReadEvents, AHeaderAloneIsATableWithoutRows) {
  const auto [events, problems] = read("date,place\n");
  EXPECT_EQ(events.rows, 0u);
  EXPECT_TRUE(events.events.empty());
}

TEST(ReadEvents, GeoJsonWithItsOwnGeometry) {
  const auto [events, problems] = read(R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"date": "2022-09-13", "title": "a", "actor": ["x", "y"]},
     "geometry": {"type": "LineString", "coordinates": [[45, 40], [46, 40], [47, 40]]}},
    {"type": "Feature", "properties": {"date": "2022-09-13"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}},
    {"type": "Feature", "properties": {"date": "2022-09-13"}, "geometry": {"type": "Point", "coordinates": ["x", 4]}},
    {"type": "Feature", "properties": {"date": "2022-09-13"}, "geometry": {"type": "Point", "coordinates": [450000, 4400000]}},
    {"type": "Feature", "properties": {"date": "2022-09-13"}, "geometry": null}
  ]})", {}, "events.geojson");
  ASSERT_EQ(events.events.size(), 2u);
  EXPECT_EQ(events.events[0].sites[0].precision, Precision::Line);
  EXPECT_EQ(events.events[0].sites[0].at, (geom::Point{46, 40}));
  EXPECT_THAT(events.events[0].actors, ElementsAre("x", "y"));
  EXPECT_EQ(events.events[1].sites[0].precision, Precision::Area);
  EXPECT_NEAR(events.events[1].sites[0].at.x, 2, 0.1);
  ASSERT_EQ(events.left_out.size(), 3u);
  EXPECT_EQ(events.left_out[0].where.line, 5);
  EXPECT_THAT(events.left_out[1].reason, HasSubstr("no degrees"));
  EXPECT_EQ(events.left_out[2].reason, "there is no place");
  expect_complete(events);
}

TEST(ReadEvents, OtherCoordinateReferencesGoThroughGdal) {
  const auto [events, problems] = read(R"({"type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "features": [
    {"type": "Feature", "properties": {"date": "2022-09-13", "fatalities": 3},
     "geometry": {"type": "Point", "coordinates": [5009377.0857, 4865942.2795]}}]})", {}, "events.geojson");
  ASSERT_EQ(events.events.size(), 1u);
  EXPECT_NEAR(events.events[0].sites[0].at.x, 45, 1e-6);
  EXPECT_NEAR(events.events[0].sites[0].at.y, 40, 1e-6);
  EXPECT_EQ(events.events[0].claim.value, 3);
  EXPECT_EQ(time::to_edtf(events.events[0].when), "2022-09-13");
}

TEST(ReadEvents, TheFactsFile) {
  const std::filesystem::path source = SITMAP_SOURCE_DIR;
  base::Problems problems;
  TableOptions options;
  const Events events = read_events(source / "samples/data/reported-events.csv", real(), options, problems);
  EXPECT_EQ(events.rows, 39u);
  for (const LeftOut& entry : events.left_out) ADD_FAILURE() << entry.id << ": " << entry.reason << " (" << entry.hint << ")";
  EXPECT_EQ(events.events.size(), events.rows);
  EXPECT_TRUE(problems.empty());
  for (const Event& event : events.events) {
    ASSERT_EQ(event.sites.size(), 1u);
    const Site& site = event.sites[0];
    const std::map<std::string, Precision> expected{{"Armenia-Azerbaijan border", Precision::Line}, {"Lachin corridor", Precision::Line},
                                                    {"Nagorno-Karabakh", Precision::Area}, {"Gegharkunik", Precision::Area},
                                                    {"Azerbaijan", Precision::Area}, {"Jermuk", Precision::Point},
                                                    {"districts surrounding Nagorno-Karabakh", Precision::Area}};
    const auto it = expected.find(site.written);
    EXPECT_EQ(site.precision, it == expected.end() ? Precision::Point : it->second) << event.id;
  }
}

}  // namespace
}  // namespace sitmap::events
