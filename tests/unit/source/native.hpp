#pragma once
// The project's own readers against GDAL's answer, and against broken files.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "source/read.hpp"

namespace sitmap::source {

inline std::filesystem::path data_file(const std::string& name) {
  return std::filesystem::path(SITMAP_SOURCE_DIR) / "tests/unit/source/data" / name;
}

inline ReadOptions options_of(std::string layer, std::optional<geom::GeoBox> box, std::vector<std::string> columns = {}) {
  return {.layer = std::move(layer), .box = box, .columns = std::move(columns), .where = {}};
}

// A condition is left to GDAL, so one that always holds gives its answer.
inline Table by_gdal(const std::filesystem::path& path, ReadOptions options) {
  options.where = "1 = 1";
  Table table = read_features(path, options);
  std::ranges::sort(table.features, {}, &Feature::id);
  return table;
}

// Same ids, columns, values and geometry.
inline void expect_equal(const Table& own, const Table& gdal) {
  EXPECT_EQ(own.schema->names(), gdal.schema->names());
  ASSERT_EQ(own.features.size(), gdal.features.size());
  for (std::size_t i = 0; i < own.features.size(); ++i) {
    EXPECT_EQ(own.features[i].id, gdal.features[i].id);
    EXPECT_EQ(own.features[i].values, gdal.features[i].values) << "feature " << own.features[i].id;
    EXPECT_TRUE(own.features[i].geometry == gdal.features[i].geometry) << "feature " << own.features[i].id;
  }
}

// No box, a part, all, across the date line, a single position, and none of the file.
inline const std::vector<std::optional<geom::GeoBox>> kBoxes = {
    std::nullopt, geom::GeoBox{44, 38, 50, 42}, geom::GeoBox{-180, -90, 180, 90}, geom::GeoBox{175, 40, -175, 70},
    geom::GeoBox{46, 40, 46, 40}, geom::GeoBox{0.1, 89, 0.2, 89.5}};

// In the envelope of the triangle of areas but not in the triangle: GDAL leaves it out, our readers don't cut.
inline const geom::GeoBox kBesideTriangle{19, 19, 20, 20};

}  // namespace sitmap::source
