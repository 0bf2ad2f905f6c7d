#pragma once
// FlatGeobuf (flatgeobuf.org, version 3) without GDAL, whose libraries take longer to load than a whole map to draw.

#include <filesystem>
#include <optional>

#include "source/read.hpp"

namespace sitmap::source {

// Features in the file's order, those with a part whose envelope touches the box. Nothing when GDAL must look: another
// CRS than WGS 84, a condition, no such layer, dates or binary columns, curves and collections, no FlatGeobuf of
// version 3. InputError when the file is damaged.
std::optional<Table> read_flatgeobuf(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace sitmap::source
