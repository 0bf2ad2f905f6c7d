#include "geom/geojson.hpp"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

namespace sitmap::geom {
namespace {

using namespace std::string_literals;

const Geometry kLake = MultiPolygon{{{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{{1, 0.5}, {2, 0.5}, {2, 1}, {1, 0.5}}}},
                                     {{{9, 9}, {10, 9}, {10, 10}, {9, 9}}, {}}}};

TEST(GeoJson, WritesShortNumbersAndSingleKinds) {
  EXPECT_EQ(to_geojson(point({44.5, 40.123456789})), R"({"type":"Point","coordinates":[44.5,40.12346]})");
  EXPECT_EQ(to_geojson(point({-0.0000001, 1e-9}), 3), R"({"type":"Point","coordinates":[0,0]})");
  EXPECT_EQ(to_geojson(point({100, 20}), 0), R"({"type":"Point","coordinates":[100,20]})");
  EXPECT_EQ(to_geojson(MultiLine{{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}}}),
            R"({"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]})");
  EXPECT_EQ(to_geojson({}), "null");
}

TEST(GeoJson, ComesBack) {
  for (const Geometry& geometry :
       {kLake, Geometry(MultiLine{{{{0, 0}, {1, 1}}}}), Geometry(MultiPoint{{{1, 2}, {3, 4}}}), Geometry{}})
    EXPECT_EQ(from_geojson(to_geojson(geometry)), geometry);
}

TEST(GeoJson, ReadsHeightsAndUnclosedRings) {
  EXPECT_EQ(from_geojson(R"({"type":"Point","coordinates":[1,2,300]})"), point({1, 2}));
  const Geometry open = from_geojson(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]})");
  EXPECT_EQ(std::get<MultiPolygon>(open).polygons[0].outer.size(), 4u);
  EXPECT_TRUE(is_empty(from_geojson(R"({"type":"MultiPolygon","coordinates":[]})")));
}

TEST(GeoJson, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "not JSON"},
      {"[]", "'type'"},
      {R"({"type":"Feature","geometry":null})", "'Feature'"},
      {R"({"type":"GeometryCollection","geometries":[]})", "'GeometryCollection'"},
      {R"({"type":"Point"})", "'coordinates'"},
      {R"({"type":"Point","coordinates":[1]})", "position"},
      {R"({"type":"Point","coordinates":["1","2"]})", "position"},
      {R"({"type":"Point","coordinates":[1e999,2]})", ""},
      {R"({"type":"LineString","coordinates":[[1,2]]})", "two positions"},
      {R"({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})", "four positions"},
      {R"({"type":"Polygon","coordinates":[[0,0],[1,1]]})", ""},
      {R"({"type":5,"coordinates":[]})", "'type'"},
  };
  for (const auto& [text, part] : cases) {
    try {
      from_geojson(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << text << ": " << error.what();
    }
  }
  EXPECT_THROW(from_geojson(std::string(200000, '[')), std::invalid_argument);
}

TEST(Wkb, ComesBack) {
  for (const Geometry& geometry :
       {kLake, Geometry(MultiPolygon{{std::get<MultiPolygon>(kLake).polygons[0]}}), point({1, 2}),
        Geometry(MultiPoint{{{1, 2}, {3, 4}}}), Geometry(MultiLine{{{{0, 0}, {1, 1}}, {{5, 5}, {6, 6}}}}), Geometry{}})
    EXPECT_EQ(from_wkb(to_wkb(geometry)), geometry);
  EXPECT_EQ(to_wkb(point({1, 2})), "\x01\x01\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40"s);
}

TEST(Wkb, ReadsBigEndianAndExtraDimensions) {
  EXPECT_EQ(from_wkb("\0\0\0\0\x01\x3f\xf0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0"s), point({1, 2}));
  const std::string two = "\0\0\0\0\0\0\0\x40"s, one = "\0\0\0\0\0\0\xf0\x3f"s;
  EXPECT_EQ(from_wkb("\x01\xe9\x03\0\0"s + one + two + one), point({1, 2}));              // ISO Z
  EXPECT_EQ(from_wkb("\x01\xb9\x0b\0\0"s + one + two + one + one), point({1, 2}));        // ISO ZM
  EXPECT_EQ(from_wkb("\x01\x01\0\0\xa0\xe6\x10\0\0"s + one + two + one), point({1, 2}));  // EWKB Z with SRID
}

TEST(Wkb, BrokenBytesNeverCrash) {
  const std::string good = to_wkb(kLake);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_THROW(from_wkb(std::string_view(good).substr(0, size)), std::invalid_argument);
  EXPECT_THROW(from_wkb(good + "x"), std::invalid_argument);
  std::mt19937 random(3);
  for (int round = 0; round < 5000; ++round) {
    std::string bad = good;
    for (int i = 0; i < 3; ++i) bad[random() % bad.size()] = static_cast<char>(random());
    try {
      from_wkb(bad);
    } catch (const std::invalid_argument&) {
    }
  }
  EXPECT_THROW(from_wkb("\x01\x06\0\0\0\xff\xff\xff\xff"s), std::invalid_argument);
}

}  // namespace
}  // namespace sitmap::geom
