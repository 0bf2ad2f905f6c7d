#pragma once
// Vector data: CSV, plain FlatGeobuf and plain GeoPackage by readers of our own, the rest through GDAL/OGR, loaded when
// the first such file comes. Only listed drivers open; nothing reaches the network unless the path is a PostgreSQL
// connection ("PG:…"). Thread-safe: each call opens its own data set.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "geom/geometry.hpp"
#include "source/feature.hpp"

namespace sitmap::source {

struct ReadOptions {
  std::string layer;                          // empty: the only or first layer
  std::optional<geom::GeoBox> box;            // only features with a part whose envelope touches it (or the part itself); may cross ±180
  std::vector<std::string> columns;           // empty: all; unknown names are ignored
  std::string where;                          // OGR SQL WHERE clause; empty: all
};

// Reads features, transformed to WGS 84 longitude/latitude when the source says another CRS. Tables without geometry
// (CSV) get one from columns lon/lat, longitude/latitude, x/y, or WKT when present. Throws InputError/IoError that
// name the file, the layer and near names.
Table read_features(const std::filesystem::path& path, const ReadOptions& options = {});

std::vector<std::string> layer_names(const std::filesystem::path& path);

// Loads GDAL.
std::string gdal_version();

}  // namespace sitmap::source
