#include "source/flatgeobuf.hpp"

#include <cstring>
#include <fstream>
#include <random>

#include "base/file.hpp"
#include "native.hpp"

namespace sitmap::source {
namespace {

namespace fs = std::filesystem;

// areas: an index, holes, both sides of the date line, a null in every column; points: an index of two levels;
// lines: no index, kinds mixed.
TEST(FlatGeobuf, SameFeaturesAsGdal) {
  for (const auto& [name, columns] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"areas.fgb", {"name", "count", "big", "share", "held", "absent"}}, {"points.fgb", {}}, {"points.fgb", {"w"}}, {"lines.fgb", {}}})
    for (const auto& box : kBoxes) {
      SCOPED_TRACE(name + (box ? " " + std::to_string(box->west) : ""));
      const ReadOptions options = options_of({}, box, columns);
      const auto own = read_flatgeobuf(data_file(name), options);
      ASSERT_TRUE(own.has_value());
      expect_equal(*own, by_gdal(data_file(name), options));
    }
}

TEST(FlatGeobuf, EnvelopesDecide) {
  const auto table = read_flatgeobuf(data_file("areas.fgb"), options_of({}, kBesideTriangle, {"name"}));
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->features.size(), 1U);
  EXPECT_EQ(table->features[0].text("name"), "triangle");
}

TEST(FlatGeobuf, KnownContent) {
  const auto table = read_flatgeobuf(data_file("areas.fgb"), options_of("areas", geom::GeoBox{44, 38, 49, 41}, {"name", "count", "big", "held"}));
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->features.size(), 1U);
  const Feature& feature = table->features[0];
  EXPECT_EQ(feature.text("name"), "\u0531 region");
  EXPECT_EQ(feature.number("count"), 3);
  EXPECT_EQ(feature.get("held"), Value(true));
  const auto& polygons = std::get<geom::MultiPolygon>(feature.geometry).polygons;
  ASSERT_EQ(polygons.size(), 2U);
  EXPECT_EQ(polygons[0].outer.size(), 5U);
  ASSERT_EQ(polygons[0].holes.size(), 1U);
  EXPECT_EQ(polygons[0].holes[0].at(1), (geom::Point{45.4, 39.2}));
}

TEST(FlatGeobuf, LeavesToGdalWhatIsUnusual) {
  EXPECT_FALSE(read_flatgeobuf(data_file("areas.fgb"), options_of("area", {})));
  EXPECT_FALSE(read_flatgeobuf(data_file("areas.fgb"), options_of({}, {})));  // dates
  EXPECT_FALSE(read_flatgeobuf(data_file("metres.fgb"), options_of({}, {})));
  EXPECT_FALSE(read_flatgeobuf(data_file("plain.gpkg"), options_of({}, {})));
  EXPECT_FALSE(read_flatgeobuf(data_file("absent.fgb"), options_of({}, {})));
  EXPECT_EQ(read_features(data_file("areas.fgb")).features.size(), 5U);
  EXPECT_EQ(read_features(data_file("metres.fgb")).features.size(), 3U);
}

// What a mutated file gives is either a table no larger than the file allows, or an InputError.
class BrokenFile {
 public:
  BrokenFile() : path_(fs::path(testing::TempDir()) / "sitmap_broken.fgb") {}
  ~BrokenFile() { fs::remove(path_); }

  bool damaged(const std::string& bytes, const std::optional<geom::GeoBox>& box) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    try {
      const auto table = read_flatgeobuf(path_, options_of({}, box, {"name", "n", "w", "count", "share", "held", "big"}));
      if (!table) return false;
      std::size_t points = 0;
      for (const Feature& feature : table->features) points += geom::vertices(feature.geometry).size();
      EXPECT_LE(16 * points, bytes.size());
      return false;
    } catch (const base::InputError&) {
      return true;
    }
  }

 private:
  fs::path path_;
};

const std::optional<geom::GeoBox> kWorld = geom::GeoBox{-180, -90, 180, 90};

TEST(FlatGeobuf, EveryTruncationIsNamed) {
  const BrokenFile file;
  const std::string whole = base::read_file(data_file("areas.fgb"));
  for (std::size_t size = 8; size < whole.size(); size += 7) {
    EXPECT_TRUE(file.damaged(whole.substr(0, size), kWorld)) << size;
    EXPECT_TRUE(file.damaged(whole.substr(0, size), {})) << size;
  }
}

TEST(FlatGeobuf, MutatedBytesNeverCrash) {
  const BrokenFile file;
  std::mt19937 random(11);
  int damaged = 0;
  for (const char* name : {"areas.fgb", "points.fgb", "lines.fgb"}) {
    const std::string whole = base::read_file(data_file(name));
    for (int i = 0; i < 700; ++i) {
      std::string bytes = whole;
      for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
        const std::size_t range = random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 1500) : bytes.size();
        const std::size_t at = 8 + random() % (range - 12);
        if (random() % 2 == 0) {
          bytes[at] = static_cast<char>(random());
        } else {
          const std::uint32_t values[] = {0, 1, 0x7fffffff, 0xffffffff, 0x80000000, static_cast<std::uint32_t>(random())};
          std::memcpy(&bytes[at], &values[random() % 6], 4);
        }
      }
      damaged += file.damaged(bytes, i % 2 == 0 ? kWorld : std::nullopt) ? 1 : 0;
    }
  }
  EXPECT_GT(damaged, 250);
}

// 300 rows that all point at the first feature.
TEST(FlatGeobuf, SharedFeaturesAreDamage) {
  const BrokenFile file;
  std::string bytes = base::read_file(data_file("points.fgb"));
  std::uint32_t header = 0;
  std::memcpy(&header, bytes.data() + 8, 4);
  const std::size_t leaves = 12 + header + 40 * (1 + 2 + 19);  // 300 rows, 16 children a node
  for (std::size_t row = 0; row < 300; ++row) std::memset(&bytes[leaves + 40 * row + 32], 0, 8);
  EXPECT_TRUE(file.damaged(bytes, kWorld));
}

}  // namespace
}  // namespace sitmap::source
