#include "source/read.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/file.hpp"

namespace sitmap::source {
namespace {

namespace fs = std::filesystem;

struct TemporaryFile {
  fs::path path;
  TemporaryFile(const std::string& name, const std::string& text) : path(fs::path(testing::TempDir()) / name) {
    std::ofstream(path, std::ios::binary) << text;
  }
  ~TemporaryFile() { fs::remove(path); }
};

const char* const kGeoJson = R"({"type":"FeatureCollection","features":[
 {"type":"Feature","id":4,"properties":{"name":"Jermuk","n":3,"ok":true,"nothing":null},"geometry":{"type":"Point","coordinates":[45.67,39.84]}},
 {"type":"Feature","properties":{"name":"far"},"geometry":{"type":"Point","coordinates":[-170,10]}},
 {"type":"Feature","properties":{"name":"box"},"geometry":{"type":"Polygon","coordinates":[[[45,39],[46,39],[46,40],[45,40],[45,39]]]}}]})";

TEST(ReadFeatures, GeoJsonWithTypesAndGeometry) {
  const TemporaryFile file("sitmap_read.geojson", kGeoJson);
  const Table table = read_features(file.path);
  ASSERT_EQ(table.features.size(), 3U);
  EXPECT_EQ(table.features[0].text("name"), "Jermuk");
  EXPECT_EQ(table.features[0].number("n"), 3);
  EXPECT_EQ(table.features[0].get("ok"), Value(true));
  EXPECT_EQ(std::get<geom::MultiPolygon>(table.features[2].geometry).polygons.at(0).outer.size(), 5U);
}

TEST(ReadFeatures, BoxAcrossTheDateLine) {
  const TemporaryFile file("sitmap_dateline.geojson", kGeoJson);
  const Table table = read_features(file.path, {.layer = {}, .box = geom::GeoBox{170, 0, -160, 20}, .columns = {}, .where = {}});
  ASSERT_EQ(table.features.size(), 1U);
  EXPECT_EQ(table.features[0].text("name"), "far");
}

TEST(ReadFeatures, OnlyTheColumnsAskedFor) {
  const TemporaryFile file("sitmap_columns.geojson", kGeoJson);
  const Table table = read_features(file.path, {.layer = {}, .box = {}, .columns = {"name", "absent"}, .where = {}});
  EXPECT_EQ(table.schema->names(), std::vector<std::string>{"name"});
}

TEST(ReadFeatures, MessagesNameFileLayerAndHint) {
  const TemporaryFile file("sitmap_layers.geojson", kGeoJson);
  const auto message_of = [](const auto& call) {
    try {
      call();
    } catch (const base::InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_NE(message_of([&] { read_features(file.path, {.layer = "sitmap_layer", .box = {}, .columns = {}, .where = {}}); })
                .find("did you mean 'sitmap_layers'?"),
            std::string::npos);
  EXPECT_NE(message_of([] { read_features("/nonexistent/a.geojson"); }).find("no such file"), std::string::npos);
  EXPECT_NE(message_of([] { read_features("/vsicurl/http://x/y.geojson"); }).find("not a file of this machine"),
            std::string::npos);
  const TemporaryFile broken("sitmap_broken.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{]}");
  EXPECT_NE(message_of([&] { read_features(broken.path); }).find("cannot read"), std::string::npos);
}

TEST(ReadFeatures, VirtualFormatsDontOpen) {
  const TemporaryFile file("sitmap.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"passwd\"><SrcDataSource>/etc/passwd"
                                         "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  EXPECT_THROW(read_features(file.path), base::InputError);
}

}  // namespace
}  // namespace sitmap::source
