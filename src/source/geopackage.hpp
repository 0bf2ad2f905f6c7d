#pragma once
// GeoPackage (OGC 12-128r18) without GDAL, whose libraries take longer to load than a whole map to draw.

#include <filesystem>
#include <optional>

#include "source/read.hpp"

namespace sitmap::source {

// Features by ascending id, those with a part whose envelope touches the box. Nothing when GDAL must look: another CRS
// than EPSG:4326, a condition, no such layer or several to choose from, a view, binary columns, curves and collections,
// a database that a writer has open or that isn't a GeoPackage. InputError when SQLite finds a page damaged.
std::optional<Table> read_geopackage(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace sitmap::source
