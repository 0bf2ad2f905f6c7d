#include "gazetteer/context.hpp"

#include <algorithm>

#include "gazetteer/kind_words.hpp"
#include "gazetteer/rank.hpp"
#include "geom/operations.hpp"

namespace sitmap::gazetteer {
namespace {

constexpr double kNearTownKm = 40;
constexpr double kEdgeDegrees = 0.03;  // outlines of admin units are some kilometres off

}  // namespace

Context::Context(const Database& database, const NameIndex& index, const std::string& folded) : database_(database) {
  const auto add = [&](const std::string& key, std::optional<Group> group) {
    for (const NameHit& hit : index.exact(key)) {
      if (hit.quality == Quality::Core && !group) continue;
      auto row = database.row(hit.place);
      if (!row || (group && !belongs(*group, row->kind, row->feature_class, row->feature_code))) continue;
      if (hit.quality == Quality::Code && !is_country(*row)) continue;
      meant_.push_back(std::move(*row));
    }
  };
  add(folded, std::nullopt);
  for (const KindReading& reading : strip_kind_words(folded)) add(reading.core, reading.group);
}

bool Context::fits(const Row& row) const {
  return std::any_of(meant_.begin(), meant_.end(), [&](const Row& around) {
    if (around.no == row.no) return true;
    if (is_country(around)) return row.country == around.country;
    const double km = geom::distance_m(around.at, row.at) / 1000;
    if (around.feature_class == "P") return km < kNearTownKm && !is_country(row);
    if (around.extent_km <= 0 || km > around.extent_km + 5) return false;
    return geom::distance(database_.geometry(around.no), row.at) < kEdgeDegrees;
  });
}

}  // namespace sitmap::gazetteer
