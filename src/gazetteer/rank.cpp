#include "gazetteer/rank.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geom/operations.hpp"

namespace sitmap::gazetteer {
namespace {

double log_population(const Row& row) { return std::log10(static_cast<double>(std::max<std::int64_t>(row.population, 1))); }

bool is_capital(const Row& row) { return row.feature_code == "PPLC"; }
bool is_unit(const Row& row) { return row.feature_class == "A" && !is_country(row); }

// The figures are chosen so that a country of its own outweighs all towns of its name, a national capital outweighs a
// province, and Georgia the country and Georgia the US state (6 million in its towns) stay within 3 : 1 of each other.
double prominence(const Row& row) {
  constexpr std::array<double, 9> kByRank = {3.0, 3.0, 2.5, 2.0, 1.6, 1.3, 1.0, 0.7, 0.3};
  if (is_country(row)) return row.population > 0 && row.population < 200'000 ? 2.8 : 3.1;
  if (is_capital(row)) return row.population < 100'000 ? 2.6 : 3.3;
  if (is_unit(row)) {
    if (row.feature_code == "ADM1" && row.population > 0) return std::max(1.2, 0.5 * log_population(row) - 0.55);
    return row.feature_code == "ADM1" ? 2.0 : 1.2;
  }
  if (row.feature_class == "P") {
    const double by_rank = kByRank[static_cast<std::size_t>(std::clamp(row.rank, 0, 8))];
    if (row.population <= 0) return std::min(by_rank, 1.3);
    double points = std::max(0.2, 0.8 * log_population(row) - 2.4);
    if (row.feature_code.starts_with("PPLA")) points += row.population >= 100'000 ? 0.4 : 0.15;
    if (row.feature_code == "PPLX" || row.feature_code == "PPLH" || row.feature_code == "PPLW") points -= 0.5;
    return points;
  }
  if (row.feature_class == "S") return std::min(1.0, kByRank[static_cast<std::size_t>(std::clamp(row.rank, 0, 8))]);
  const double water = row.feature_class == "H" ? 1.0 : 0;  // the bare name of a river is rarely the river
  return kByRank[static_cast<std::size_t>(std::clamp(row.rank, 0, 8))] - water;
}

constexpr double kKnownAnywhere = 1.6;  // a city of 100,000

double name_points(Quality quality) {
  switch (quality) {
    case Quality::Primary: return 0;
    case Quality::Tagged: return -0.1;
    case Quality::Former: return -0.5;
    case Quality::Alternate: return -0.9;
    case Quality::Variant: return -0.3;
    case Quality::Core: return -0.2;
    case Quality::Code: return -1.5;
  }
  return -1.5;
}

double distance_km(const Row& row, geom::Point p) {
  return std::max(0.0, geom::distance_m(row.at, p) / 1000 - row.extent_km);
}

// Kilometres from the box, 0 inside.
double distance_km(const Row& row, const geom::GeoBox& box) {
  if (box.contains(row.at)) return 0;
  double best = 1e9;
  for (const geom::Box& part : box.boxes()) {
    const geom::Point nearest{std::clamp(row.at.x, part.min_x, part.max_x), std::clamp(row.at.y, part.min_y, part.max_y)};
    best = std::min(best, distance_km(row, nearest));
  }
  return best;
}

void add_hints(Candidate& c, const Hints& hints) {
  if (!hints.countries.empty() &&
      std::find(hints.countries.begin(), hints.countries.end(), c.row.country) != hints.countries.end()) {
    c.points += 1.5;
    c.why.push_back("in the country asked for");
  }
  bool near = !hints.area && hints.neighbours.empty();
  if (hints.area) {
    const double km = distance_km(c.row, *hints.area);
    const geom::Point low{hints.area->west, hints.area->south}, high{hints.area->east, hints.area->north};
    near = km < 500;
    if (km == 0) {
      c.points += 1.5;
      c.why.push_back("in the map's area");
    } else if (km < std::max(100.0, geom::distance_m(low, high) / 1000)) {
      c.points += 0.7;
      c.why.push_back("near the map's area");
    }
  }
  if (!hints.neighbours.empty()) {
    double km = 1e9;
    for (const geom::Point p : hints.neighbours) km = std::min(km, distance_km(c.row, p));
    const double bonus = km < 60 ? 1.2 : km < 200 ? 0.9 : km < 600 ? 0.4 : 0;
    c.points += bonus;
    near = near || km < 600;
    if (bonus > 0) c.why.push_back(fmt::format("{:.0f} km from another place of the table", km));
  }
  c.far_off = !near && prominence(c.row) < kKnownAnywhere;
  if (c.row.valid && hints.on && !c.row.valid->contains(*hints.on)) {
    c.points -= 2;
    c.why.push_back("not on " + time::to_iso(*hints.on));
  } else if (c.row.valid && !hints.on && c.row.valid->last) {
    c.points -= 0.8;
    c.why.push_back("until " + time::to_iso(*c.row.valid->last));
  }
}

constexpr double kTownUnitKm = 20;  // a unit no larger is the town itself ("Stepanakert (municipality)")

// The name of a town and of the unit around it: the town is meant, as long as it is the unit's seat or a large city;
// the name of a country and of places in it: the country is meant.
void settle_namesakes(std::vector<Candidate>& candidates) {
  for (const Candidate& town : candidates) {
    if (town.row.feature_class != "P") continue;
    const bool seat = town.row.feature_code.starts_with("PPLA") || is_capital(town.row) || town.row.population >= 100'000;
    for (Candidate& unit : candidates) {
      if (!is_unit(unit.row) || unit.row.country != town.row.country || unit.row.extent_km <= 0) continue;
      if (unit.asked_kind && !town.asked_kind) continue;
      if (geom::distance_m(unit.row.at, town.row.at) / 1000 > unit.row.extent_km) continue;
      if (!seat && unit.row.extent_km > kTownUnitKm) continue;
      unit.points = std::min(unit.points, town.points - 1.3);
    }
  }
  for (const Candidate& country : candidates) {
    if (!is_country(country.row)) continue;
    for (Candidate& inside : candidates)
      if (!is_country(inside.row) && inside.row.country == country.row.country && inside.asked_kind == country.asked_kind)
        inside.points = std::min(inside.points, country.points - 1.5);
  }
}

// Another dated state of the place ("Lachin corridor" until 2022 and since), or the same place from another source.
bool same_place(const Row& a, const Row& b) {
  const double km = geom::distance_m(a.at, b.at) / 1000;
  if (a.kind == b.kind && a.name == b.name && (a.valid || b.valid))
    return km < 50 + std::max(a.extent_km, b.extent_km);
  if (a.country != b.country || is_country(a) != is_country(b)) return false;
  const bool both_areas = a.extent_km > 0 && b.extent_km > 0;
  if (a.feature_class != b.feature_class && !both_areas) return false;
  if (a.feature_class == "P") return km < 5;
  const double larger = std::max(a.extent_km, b.extent_km), smaller = std::min(a.extent_km, b.extent_km);
  return km < std::max(3.0, larger / 2) && (smaller == 0 || larger < 2 * smaller);
}

}  // namespace

bool is_country(const Row& row) { return row.feature_class == "A" && row.feature_code.starts_with("PCL"); }

void rank(std::vector<Candidate>& candidates, const Hints& hints) {
  for (Candidate& c : candidates) {
    c.why.clear();
    c.why.push_back(c.distance > 0 ? fmt::format("{} letters differ", c.distance)
                    : c.quality == Quality::Former    ? "former name"
                    : c.quality == Quality::Alternate ? "alternate spelling"
                    : c.quality == Quality::Code      ? "code"
                                                      : "exact name");
    c.points = prominence(c.row) + name_points(c.quality) - 1.5 * static_cast<double>(c.distance);
    if (c.row.curated) c.points += 1.0;
    if (c.verbatim) c.points += 0.7;
    if (c.asked_kind) {
      c.points += 1.5;
      c.why.push_back("of the kind asked for");
    }
    if (c.asked_context) {
      c.points += 2;
      c.why.push_back("in the country or unit asked for");
    }
    if (is_country(c.row)) c.why.push_back("country");
    if (is_capital(c.row)) c.why.push_back("capital");
    add_hints(c, hints);
  }
  settle_namesakes(candidates);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    const auto start = [](const Row& r) { return r.valid && r.valid->first ? r.valid->first->number : INT32_MIN; };
    if (a.points != b.points) return a.points > b.points;
    if (start(a.row) != start(b.row)) return start(a.row) > start(b.row);  // the later state first
    return a.row.id < b.row.id;
  });
  if (candidates.empty()) return;
  const double top = candidates.front().points;
  double others = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    candidates[i].same_as_best = same_place(candidates.front().row, candidates[i].row);
    if (!candidates[i].same_as_best) others += std::pow(10, candidates[i].points - top);
  }
  for (Candidate& c : candidates) {
    const double odds = std::pow(10, c.points - top);
    c.share = c.same_as_best ? odds / (1 + others + odds) : odds / (1 + others);
  }
}

double score_of(const Candidate& candidate) {
  double score = candidate.share;
  if (candidate.quality == Quality::Alternate || candidate.quality == Quality::Variant) score *= 0.95;
  else if (candidate.quality == Quality::Former) score *= 0.97;
  else if (candidate.quality == Quality::Code) score *= 0.9;
  if (candidate.distance > 0)
    score *= 0.5 * (1 - static_cast<double>(candidate.distance) / static_cast<double>(std::max<std::size_t>(candidate.key.size(), 1)));
  return std::round(score * 1000) / 1000;
}

}  // namespace sitmap::gazetteer
