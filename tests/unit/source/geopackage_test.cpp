#include "source/geopackage.hpp"

#include <fstream>
#include <random>

#include "base/file.hpp"
#include "native.hpp"

namespace sitmap::source {
namespace {

namespace fs = std::filesystem;

TEST(GeoPackage, SameFeaturesAsGdal) {
  for (const char* layer : {"areas", "lines"})
    for (const auto& box : kBoxes) {
      SCOPED_TRACE(std::string(layer) + (box ? " " + std::to_string(box->west) : ""));
      const ReadOptions options = options_of(layer, box);
      const auto own = read_geopackage(data_file("plain.gpkg"), options);
      ASSERT_TRUE(own.has_value());
      expect_equal(*own, by_gdal(data_file("plain.gpkg"), options));
    }
}

TEST(GeoPackage, EnvelopesDecide) {
  const auto table = read_geopackage(data_file("plain.gpkg"), options_of("areas", kBesideTriangle, {"name"}));
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->features.size(), 1U);
  EXPECT_EQ(table->features[0].text("name"), "triangle");
}

TEST(GeoPackage, OnlyTheColumnsAskedFor) {
  const auto table = read_geopackage(data_file("plain.gpkg"), options_of("areas", geom::GeoBox{44, 38, 49, 41}, {"day", "held", "absent"}));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->schema->names(), (std::vector<std::string>{"held", "day"}));
  ASSERT_EQ(table->features.size(), 1U);
  EXPECT_EQ(table->features[0].values, (std::vector<Value>{true, std::string("2020-09-27")}));
}

TEST(GeoPackage, LeavesToGdalWhatIsUnusual) {
  EXPECT_FALSE(read_geopackage(data_file("plain.gpkg"), options_of({}, {})));  // three layers
  EXPECT_FALSE(read_geopackage(data_file("plain.gpkg"), options_of("metres", {})));
  EXPECT_FALSE(read_geopackage(data_file("plain.gpkg"), options_of("area", {})));
  EXPECT_FALSE(read_geopackage(data_file("areas.fgb"), options_of({}, {})));
  EXPECT_FALSE(read_geopackage(data_file("absent.gpkg"), options_of({}, {})));
  EXPECT_EQ(read_features(data_file("plain.gpkg"), options_of("metres", {})).features.size(), 3U);
}

struct TemporaryFile {
  fs::path path = fs::path(testing::TempDir()) / "sitmap_broken #1?.gpkg";
  void write(const std::string& bytes) const { std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes; }
  ~TemporaryFile() { fs::remove(path); }
};

TEST(GeoPackage, PathsMayHoldAnyCharacter) {
  const TemporaryFile file;
  file.write(base::read_file(data_file("plain.gpkg")));
  const auto table = read_geopackage(file.path, options_of("areas", {}));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->features.size(), 5U);
}

TEST(GeoPackage, MutatedAndTruncatedFilesNeverCrash) {
  const TemporaryFile file;
  const std::string whole = base::read_file(data_file("plain.gpkg"));
  std::mt19937 random(5);
  int refused = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = whole;
    for (unsigned changes = 1 + random() % 40; changes > 0; --changes) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (i % 5 == 0) bytes.resize(random() % bytes.size());
    file.write(bytes);
    try {
      refused += read_geopackage(file.path, options_of(i % 2 == 0 ? "areas" : "lines", kBoxes[static_cast<std::size_t>(i) % 4])) ? 0 : 1;
    } catch (const base::InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace sitmap::source
