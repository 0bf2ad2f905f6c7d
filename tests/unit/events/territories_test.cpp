#include "events/control.hpp"
#include "support.hpp"

namespace sitmap::events {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct ReadTerritories {
  Territories territories;
  base::Problems problems;
};
ReadTerritories read_control(const std::string& text, const std::string& name = "control.geojson") {
  const Folder folder;
  ReadTerritories out;
  out.territories = read_territories(folder.file(name, text), real(), caucasus(), out.problems);
  return out;
}

constexpr const char* kSquare = R"("geometry": {"type": "Polygon", "coordinates": [[[45, 39], [46, 39], [46, 40], [45, 40], [45, 39]]]})";

std::string collection(const std::string& features) {
  return R"({"type": "FeatureCollection", "sources": ["osm"], "features": [)" + features + "]}";
}
std::string square(const std::string& properties) {
  return R"({"type": "Feature", "properties": {)" + properties + "}, " + kSquare + "}";
}

TEST(ReadTerritories, ColumnsAndSynonyms) {
  const auto [t, problems] = read_control(collection(
      square(R"("id": "a", "actor": "x", "status": "Controlled", "from": "2020-11-10", "to": "2020-11-19", "source": "s", "note": "n", "precision_m": 2500)") + "," +
      square(R"("holder": "y", "status": "claimed", "valid_from": null, "names": [{"text": "Ա", "lang": "hy"}, {"text": "A", "lang": "en"}])")));
  ASSERT_EQ(t.all.size(), 2u);
  EXPECT_EQ(t.all[0].status, "controlled");
  EXPECT_EQ(time::to_edtf(t.all[0].valid), "2020-11-10/2020-11-19");
  EXPECT_EQ(t.all[0].precision_m, 2500);
  EXPECT_EQ(t.all[1].name, "A");
  EXPECT_EQ(t.all[1].feature.text("name_hy"), "Ա");
  EXPECT_FALSE(t.all[1].valid.first);
  EXPECT_FALSE(t.all[1].valid.last);
  EXPECT_THAT(t.sources, ElementsAre("osm"));
  ASSERT_EQ(problems.all().size(), 1u);  // one column serves all rows: 'actor' it is, so the second has none
  EXPECT_EQ(problems.all()[0].name, "no-actor");
}

TEST(ReadTerritories, AnEmptyEndIsOpen) {
  const auto [t, problems] = read_control(collection(square(R"("actor": "x", "from": "2020-11-10", "to": "")") + "," +
                                                     square(R"("actor": "x", "from": "2020-11-10/2020-12")") + "," +
                                                     square(R"("actor": "x", "to": "2020-12")")));
  ASSERT_EQ(t.all.size(), 3u);
  EXPECT_EQ(time::to_edtf(t.all[0].valid), "2020-11-10/..");
  EXPECT_EQ(time::to_edtf(t.all[1].valid), "2020-11-10/2020-12");
  EXPECT_FALSE(t.all[2].valid.first);
  EXPECT_EQ(t.all[2].status, "controlled");
}

TEST(ReadTerritories, WhatIsWrongIsListed) {
  const auto [t, problems] = read_control(collection(
      square(R"("id": "dates", "actor": "x", "from": "2020-12-01", "to": "2020-11-01")") + ",\n" +
      square(R"("id": "dmy", "actor": "x", "from": "01.12.2020")") + ",\n" +
      R"({"type": "Feature", "properties": {"id": "shapeless", "actor": "x"}, "geometry": null})" + ",\n" +
      R"({"type": "Feature", "properties": {"id": "odd", "actor": "x"}, "geometry": {"type": "Circle"}},
 7)" + ",\n" +
      square(R"("id": "status", "actor": "x", "status": "controled")")));
  EXPECT_EQ(t.all.size(), 1u);
  ASSERT_EQ(t.left_out.size(), 5u);
  EXPECT_EQ(t.left_out[0].reason, "it ends (2020-11-01) before it starts (2020-12-01)");
  ASSERT_EQ(problems.all().size(), 1u);
  EXPECT_EQ(problems.all()[0].message, "'status': unknown status 'controled'");
  EXPECT_EQ(problems.all()[0].hint, "did you mean 'controlled'?");
}

TEST(ReadTerritories, LinesMayHaveAnyKind) {
  const auto [t, problems] = read_control(collection(
      R"({"type": "Feature", "properties": {"id": "l", "kind": "trench", "from": "2020"}, "geometry": {"type": "LineString", "coordinates": [[45, 40], [46, 40]]}})"));
  ASSERT_EQ(t.all.size(), 1u);
  EXPECT_EQ(t.all[0].status, "trench");
  EXPECT_TRUE(problems.empty());
}

TEST(ReadTerritories, PlacesInsteadOfAShape) {
  const auto [t, problems] = read_control(
      "id,actor,status,from,to,place\n"
      "a,armenia,controlled,2020,,Gegharkunik; Syunik\n"
      "b,armenia,controlled,2020,,Jermuk\n"
      "c,russia,peacekept,2021-01-01,,Lachin corridor\n"
      "d,armenia,controlled,2020,,Nosuchplacehere\n", "control.csv");
  ASSERT_EQ(t.all.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<geom::MultiPolygon>(t.all[0].geometry));
  EXPECT_TRUE(std::holds_alternative<geom::MultiLine>(t.all[1].geometry));
  ASSERT_EQ(t.left_out.size(), 2u);
  EXPECT_EQ(t.left_out[0].reason, "place 'Jermuk' has neither an area nor a line");
  EXPECT_EQ(t.left_out[1].reason, "unknown place 'Nosuchplacehere'");
  EXPECT_EQ(t.left_out[1].where.line, 5);
}

TEST(ReadActors, NamesAndColours) {
  const Folder folder;
  const auto actors = read_actors(folder.file("actors.json", R"({"actors": [
    {"id": "a", "names": {"en": "A", "hy": "Ա"}, "color": "#2a7f9e"}, {"id": "b", "name": "B"}, {"id": "c"}]})"));
  ASSERT_EQ(actors.size(), 3u);
  EXPECT_EQ(actors[0].name_in({"hy-AM", "en"}), "Ա");
  EXPECT_EQ(actors[0].name_in({"ru"}), "A");
  EXPECT_EQ(actors[1].name_in({"ru"}), "B");
  EXPECT_EQ(actors[2].name_in({"ru"}), "c");
  EXPECT_EQ(actors[0].color, "#2a7f9e");
}

TEST(ReadActors, AllProblemsAtOnce) {
  const Folder folder;
  try {
    read_actors(folder.file("actors.json", R"([{"id": "a", "color": "blue"}, {"id": "a"}, {"names": 3}, 5])"));
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_EQ(error.problems().size(), 4u);
    EXPECT_EQ(error.problems()[0].where.line, 1);
  }
  EXPECT_THROW(read_actors(folder.file("none.json", R"({"x": 1})")), base::InputError);
}

TEST(ReadActors, OfTheEmbeddedSet) {
  const auto actors = read_actors(std::filesystem::path(SITMAP_SOURCE_DIR) / "geodata/conflict/actors.json");
  EXPECT_EQ(actors.size(), 4u);
}

}  // namespace
}  // namespace sitmap::events
