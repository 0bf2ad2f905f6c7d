#include "events/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace sitmap::events {
namespace {

struct Standard {
  std::string_view name;
  std::vector<std::string_view> synonyms;  // first come, first served
};

// Our own names, those of everyday tables, of ACLED and of UCDP GED.
const std::vector<Standard>& standards() {
  static const std::vector<Standard> kAll{
      {"id", {"id", "event_id", "event_id_cnty"}},
      {"start", {"start", "date", "begin", "from", "event_date", "date_start", "start_date"}},
      {"end", {"end", "to", "until", "date_end", "end_date"}},
      {"place", {"place", "places", "location", "where", "where_coordinates", "name"}},
      {"lon", {"lon", "longitude", "lng", "long", "x"}},
      {"lat", {"lat", "latitude", "y"}},
      {"wkt", {"wkt", "geom_wkt", "geometry", "geom", "the_geom"}},
      {"precision_m", {"precision_m"}},
      {"geo_precision", {"geo_precision"}},  // ACLED
      {"where_prec", {"where_prec"}},        // UCDP GED
      {"kind", {"kind", "event_type", "type"}},
      {"title", {"title", "headline", "description", "notes", "source_headline"}},
      {"measure", {"measure"}},
      {"value", {"value", "count", "fatalities", "best", "number"}},
      {"claimed_by", {"claimed_by", "source_party", "according_to"}},
      {"about", {"about", "party", "side"}},
      {"as_of", {"as_of"}},
      {"source", {"source", "article", "source_article", "url"}},
  };
  return kAll;
}

constexpr std::array<std::string_view, 6> kActors{"actor", "actors", "actor1", "actor2", "side_a", "side_b"};

std::optional<std::size_t> index_of(const source::Schema& schema, std::string_view name) {
  const std::string wanted = base::ascii_lower(base::trim(name));
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (base::ascii_lower(schema.names()[i]) == wanted) return i;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> Columns::find(std::string_view standard) const {
  const auto at = of.find(standard);
  return at == of.end() ? std::nullopt : std::optional(at->second);
}

Columns event_columns(const source::Schema& schema, const std::map<std::string, std::string>& overrides,
                      const std::string& file) {
  Columns columns;
  base::Problems problems;
  std::vector<bool> used(schema.size(), false);
  std::vector<std::string> known;
  for (const Standard& standard : standards()) known.emplace_back(standard.name);
  known.emplace_back("actor");

  for (const auto& [meaning, column] : overrides) {
    if (std::find(known.begin(), known.end(), meaning) == known.end()) {
      problems.error({file, 0, 0, {}}, fmt::format("'{}' is no column that events have", meaning), base::suggestion(meaning, known));
      continue;
    }
    const auto index = index_of(schema, column);
    if (!index) {
      problems.error({file, 0, 0, {}}, fmt::format("there is no column '{}' for '{}'", column, meaning),
                     base::suggestion(column, schema.names()));
      continue;
    }
    used[*index] = true;
    if (meaning == "actor") columns.actors.push_back(*index);
    else columns.of[meaning] = *index;
  }
  problems.throw_if_errors();

  for (const Standard& standard : standards()) {
    if (columns.find(standard.name)) continue;
    for (const std::string_view synonym : standard.synonyms) {
      const auto index = index_of(schema, synonym);
      if (!index || used[*index]) continue;
      used[*index] = true;
      columns.of.emplace(standard.name, *index);
      break;
    }
  }
  if (columns.actors.empty()) {
    for (const std::string_view name : kActors) {
      const auto index = index_of(schema, name);
      if (!index || used[*index]) continue;
      used[*index] = true;
      columns.actors.push_back(*index);
    }
  }
  if (const auto value = columns.find("value")) {
    const std::string name = base::ascii_lower(schema.names()[*value]);
    if (name == "fatalities" || name == "best") columns.measure = "killed";
  }
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (!used[i]) columns.others.push_back(i);
  return columns;
}

}  // namespace sitmap::events
