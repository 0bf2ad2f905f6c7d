#pragma once
// Which column of a table holds what.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "source/feature.hpp"

namespace sitmap::events {

struct Columns {
  std::map<std::string, std::size_t, std::less<>> of;  // standard name → column
  std::vector<std::size_t> actors;                     // all columns of actors
  std::vector<std::size_t> others;                     // columns without a standard name
  std::string measure;                                 // what `value` counts, when its column's name says so

  std::optional<std::size_t> find(std::string_view standard) const;
};

// Overrides: standard name → column. InputError when one names a column that isn't there or a meaning that is not known.
Columns event_columns(const source::Schema& schema, const std::map<std::string, std::string>& overrides,
                      const std::string& file);

}  // namespace sitmap::events
