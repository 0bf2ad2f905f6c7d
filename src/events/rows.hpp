#pragma once
// The rows of a table or feature file, each with its place in the file.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "source/feature.hpp"

namespace sitmap::events {

struct Rows {
  source::Table table;
  std::vector<base::Location> where;  // parallel to table.features; line 0: not known (binary formats)
  std::vector<LeftOut> broken;        // rows that can't be read
};

// CSV and TSV (cells stay text), GeoJSON read directly, all else through GDAL. Of GeoJSON, lists of texts become one
// text joined by "; ", and `names` (a list of {"text", "lang"} or an object language → text) becomes the columns
// name, name_en, name_hy …; members "sources" and "attribution" of the collection become the table's sources.
// InputError, IoError when the file as a whole can't be read.
Rows read_rows(const std::filesystem::path& file, const std::string& layer);

// Where in its line a CSV cell begins: a column in code points, 0 when it can't be told.
int cell_column(const base::Location& row, std::size_t cell, std::size_t cells);

// The columns that were asked for, under any of their names. Case is ignored.
std::optional<std::size_t> find_column(const source::Schema& schema, std::span<const std::string_view> names);

}  // namespace sitmap::events
