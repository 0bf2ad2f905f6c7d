#pragma once
// CSV (RFC 4180) with positions: rows that don't fit their header are named, not guessed at.

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "source/feature.hpp"

namespace sitmap::source {

struct CsvRow {
  int line = 0;                    // of the row's first character, from 1
  std::vector<std::string> cells;  // as many as the header has
};

struct Csv {
  std::string file;
  std::vector<std::string> header;
  std::vector<CsvRow> rows;
  std::vector<std::string> lines;  // the text of the rows' first lines, parallel to rows
};

// Comma, semicolon or tab is chosen by the header line. A UTF-8 byte order mark is skipped. Broken rows (too many or
// too few cells, a quote that doesn't end, invalid UTF-8) go to `problems` as errors and are left out; empty lines are
// skipped. InputError when there is no header, or it names a column twice.
Csv parse_csv(std::string_view text, std::string file, base::Problems& problems);

// Rows as features: cells become numbers when the whole column is numeric (no leading zeros), empty cells null.
// Geometry from lon/lat, longitude/latitude, lng/lat or x/y columns, case ignored.
Table to_table(const Csv& csv);

}  // namespace sitmap::source
