#include "gazetteer/report.hpp"

#include <gtest/gtest.h>

#include "document/node.hpp"
#include "document/read.hpp"

namespace sitmap::gazetteer {
namespace {

Scored goris() {
  Scored scored;
  scored.place.id = "geonames:174895";
  scored.place.name = "Goris";
  scored.place.kind = "town";
  scored.place.country = "AM";
  scored.place.admin = {"Armenia", "Syunik"};
  scored.place.at = {46.34042, 39.51034};
  scored.place.precision_m = 1000;
  scored.place.geometry = geom::point(scored.place.at);
  scored.place.source = "geonames-cities500";
  scored.score = 0.938;
  return scored;
}

std::vector<Match> matches() {
  Match matched, unknown;
  matched.query = "Goris";
  matched.status = Status::Matched;
  matched.best = goris();
  unknown.query = "Gorus\xff\n\"x\"";
  unknown.candidates = {goris()};
  unknown.advice = "did you mean 'Goris, Armenia'?";
  return {matched, unknown};
}

TEST(Report, JsonHasTheAgreedFields) {
  const std::string text = to_json(matches());
  const document::Node root = document::parse_json(text, "report");
  ASSERT_EQ(root.size(), 2u);
  const document::Node first = root.at(0), second = root.at(1);
  std::vector<std::string> keys;
  for (const document::Member& member : first.members()) keys.emplace_back(member.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"query", "status", "score", "id", "name", "kind", "country", "admin", "lat", "lon",
                                            "precision_m", "geometry", "source", "candidates"}));
  EXPECT_EQ(first.find("status")->as_string(), "matched");
  EXPECT_EQ(first.find("lat")->as_number(), 39.51034);
  EXPECT_EQ(first.find("geometry")->find("type")->as_string(), "Point");
  EXPECT_EQ(first.find("admin")->size(), 2u);
  EXPECT_EQ(second.find("status")->as_string(), "unknown");
  for (const char* key : {"id", "name", "kind", "country", "admin", "lat", "lon", "precision_m", "geometry", "source"})
    EXPECT_TRUE(second.find(key)->is_null()) << key;
  ASSERT_EQ(second.find("candidates")->size(), 1u);
  EXPECT_EQ(second.find("candidates")->at(0).find("id")->as_string(), "geonames:174895");
}

TEST(Report, GeoJsonIsAFeatureCollection) {
  const document::Node root = document::parse_json(to_geojson(matches()), "report");
  EXPECT_EQ(root.find("type")->as_string(), "FeatureCollection");
  ASSERT_EQ(root.find("features")->size(), 2u);
  const document::Node first = root.find("features")->at(0);
  EXPECT_EQ(first.find("id")->as_string(), "geonames:174895");
  EXPECT_EQ(first.find("properties")->find("name")->as_string(), "Goris");
  EXPECT_TRUE(root.find("features")->at(1).find("geometry")->is_null());
}

TEST(Report, TableIsAlignedAndSaysWhatToDo) {
  EXPECT_EQ(to_table(matches()),
            "QUERY       STATUS       SCORE  NAME   KIND  IN               LAT, LON          WITHIN  ID\n"
            "Goris       matched      0.94   Goris  town  Armenia, Syunik  39.5103, 46.3404  1000 m  geonames:174895\n"
            "Gorus\xff \"x\"  unknown\n"
            "  did you mean 'Goris, Armenia'?\n"
            "              candidate  0.94   Goris  town  Armenia, Syunik  39.5103, 46.3404  1000 m  geonames:174895\n");
  EXPECT_EQ(to_json({}), "[]\n");
}

}  // namespace
}  // namespace sitmap::gazetteer
