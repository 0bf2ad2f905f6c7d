#include "source/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace sitmap::source {
namespace {

char separator_of(std::string_view header_line) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto count = std::count(header_line.begin(), header_line.end(), candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

std::string_view line_at(std::string_view text, std::size_t start) {
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// One record from `at` on; leaves `at` behind its line end. False: a quote doesn't end.
bool read_record(std::string_view text, std::size_t& at, int& line, char separator, std::vector<std::string>& cells) {
  cells.assign(1, {});
  bool quoted = false, was_quoted = false;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (at < text.size() && text[at] == '"') {
        cells.back() += '"';
        ++at;
      } else {
        quoted = false;
      }
      continue;
    }
    if (c == '"' && cells.back().empty() && !was_quoted) {
      quoted = was_quoted = true;
    } else if (c == separator) {
      cells.emplace_back();
      was_quoted = false;
    } else if (c == '\n') {
      return true;
    } else if (c != '\r' || (at < text.size() && text[at] != '\n')) {
      cells.back() += c;
    }
  }
  return !quoted;
}

bool is_blank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return base::trim(cell).empty(); });
}

std::optional<double> plain_number(std::string_view cell) {
  cell = base::trim(cell);
  const std::string_view digits = cell.starts_with('-') ? cell.substr(1) : cell;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return std::nullopt;  // a code such as 007
  const auto value = base::parse_double(cell);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (base::ascii_lower(header[i]) == name) return i;
  return std::nullopt;
}

}  // namespace

Csv parse_csv(std::string_view text, std::string file, base::Problems& problems) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Csv csv;
  csv.file = std::move(file);
  if (base::trim(text).empty())
    throw base::InputError({csv.file, 1, 1, {}}, "the table is empty", "its first line must name the columns");

  std::size_t at = 0;
  int line = 1;
  const std::string_view header_line = line_at(text, 0);
  const char separator = separator_of(header_line);
  if (!read_record(text, at, line, separator, csv.header) || !base::valid_utf8(header_line))
    throw base::InputError({csv.file, 1, 1, {}}, "the header line is not readable as UTF-8 CSV",
                           "save the table as CSV, UTF-8");
  std::set<std::string> seen;
  for (std::string& name : csv.header) {
    name = std::string(base::trim(name));
    if (!name.empty() && !seen.insert(base::ascii_lower(name)).second)
      throw base::InputError({csv.file, 1, 0, std::string(header_line)}, fmt::format("two columns are named '{}'", name),
                             "rename or remove one of them");
  }

  std::vector<std::string> cells;
  while (at < text.size()) {
    const int row_line = line;
    const std::string_view row_text = line_at(text, at);
    const bool complete = read_record(text, at, line, separator, cells);
    if (is_blank(cells) && complete) continue;
    const base::Location where{csv.file, row_line, 0, base::valid_utf8(row_text) ? std::string(row_text) : std::string()};
    if (!complete) {
      problems.error(where, "a quoted cell that starts here doesn't end", "close the quote, or double it inside a cell");
    } else if (cells.size() != csv.header.size()) {
      problems.error(where, fmt::format("the row has {} cells, the header {} columns", cells.size(), csv.header.size()),
                     "quote cells that hold a separator, and keep empty cells");
    } else if (!std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return base::valid_utf8(cell); })) {
      problems.error(where, "the row is not valid UTF-8", "save the table as CSV, UTF-8");
    } else {
      csv.rows.push_back({row_line, cells});
      csv.lines.emplace_back(row_text);
    }
  }
  return csv;
}

Table to_table(const Csv& csv) {
  Table table;
  table.schema = std::make_shared<Schema>(csv.header);
  const std::size_t columns = csv.header.size();
  std::vector<bool> numeric(columns, true);
  for (const CsvRow& row : csv.rows)
    for (std::size_t i = 0; i < columns; ++i)
      if (numeric[i] && !base::trim(row.cells[i]).empty() && !plain_number(row.cells[i])) numeric[i] = false;

  auto x = column(csv.header, {"lon", "longitude", "lng", "long", "x"});
  auto y = column(csv.header, {"lat", "latitude", "y"});
  std::int64_t id = 0;
  for (const CsvRow& row : csv.rows) {
    Feature feature;
    feature.id = ++id;
    feature.schema = table.schema;
    for (std::size_t i = 0; i < columns; ++i) {
      const std::string& cell = row.cells[i];
      if (base::trim(cell).empty())
        feature.values.emplace_back();
      else if (numeric[i])
        feature.values.emplace_back(*plain_number(cell));
      else
        feature.values.emplace_back(cell);
    }
    if (x && y) {
      const auto lon = plain_number(row.cells[*x]), lat = plain_number(row.cells[*y]);
      if (lon && lat && std::abs(*lon) <= 360 && std::abs(*lat) <= 90) feature.geometry = geom::point({*lon, *lat});
    }
    table.features.push_back(std::move(feature));
  }
  return table;
}

}  // namespace sitmap::source
