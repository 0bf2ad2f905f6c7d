#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "gazetteer/builder/entries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geom/operations.hpp"

namespace sitmap::gazetteer::builder {
namespace {

double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

double extent_km(const Place& place) {
  double most = 0;
  for (const geom::Point p : geom::vertices(place.geometry)) most = std::max(most, geom::distance_m(place.at, p));
  return std::round(most / 100) / 10;
}

// Areas that answer which of them a point lies in.
class Areas {
 public:
  explicit Areas(std::vector<Entry>& entries) : entries_(entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const geom::Box box = geom::bounds(entries[i].place.geometry);
      boxes_.push_back(box);
      if (box.empty()) continue;
      for (int x = cell(box.min_x); x <= cell(box.max_x); ++x)
        for (int y = cell(box.min_y); y <= cell(box.max_y); ++y) cells_[{x, y}].push_back(i);
    }
  }
  Entry* at(geom::Point p, const std::string& country = {}) const {
    const auto found = cells_.find({cell(p.x), cell(p.y)});
    if (found == cells_.end()) return nullptr;
    for (const std::size_t i : found->second) {
      if (!country.empty() && entries_[i].place.country != country) continue;
      if (boxes_[i].contains(p) && geom::contains(entries_[i].place.geometry, p)) return &entries_[i];
    }
    return nullptr;
  }

 private:
  static int cell(double degrees) { return static_cast<int>(std::floor(degrees / 2)); }
  std::vector<Entry>& entries_;
  std::vector<geom::Box> boxes_;
  std::map<std::pair<int, int>, std::vector<std::size_t>> cells_;
};

void set_point(Entry& entry) {
  Place& place = entry.place;
  if (!entry.curated && !geom::is_empty(place.geometry)) place.at = point_of(place.geometry);
  place.at = {rounded(place.at.x), rounded(place.at.y)};
  if (const auto* points = std::get_if<geom::MultiPoint>(&place.geometry); points != nullptr && points->points.size() <= 1)
    place.geometry = {};
  entry.extent_km = extent_km(place);
}

}  // namespace

void add_name(Entry& entry, std::string text, std::string language, NameKind kind, std::optional<time::Interval> valid) {
  for (char& c : text)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  if (text.empty()) return;
  for (Name& name : entry.place.names) {
    if (name.text != text) continue;
    if (name.language == language || language.empty() || language == "und") return;
    if (name.language.empty() || name.language == "und") {
      name.language = std::move(language);
      name.kind = kind;
      name.valid = valid;
      return;
    }
  }
  entry.place.names.push_back({.text = std::move(text), .language = std::move(language), .kind = kind, .valid = valid});
}

std::vector<Key> keys_of(const Entry& entry) {
  std::map<std::string, Quality> best;
  const auto add = [&](std::string_view text, Quality quality) {
    for (Key& key : gazetteer::keys_of(text, quality)) {
      const auto [at, added] = best.try_emplace(std::move(key.text), key.quality);
      if (!added) at->second = std::min(at->second, key.quality);
    }
  };
  add(entry.place.name, Quality::Primary);
  for (const Name& name : entry.place.names)
    add(name.text, name.kind == NameKind::Former ? Quality::Former
                   : name.language.empty()       ? Quality::Alternate
                                                 : Quality::Tagged);
  for (const std::string& code : entry.codes) add(code, Quality::Code);
  std::vector<Key> keys;
  for (auto& [text, quality] : best)
    if (text.size() <= 120) keys.push_back({text, quality});
  return keys;
}

geom::Point point_of(const geom::Geometry& geometry) {
  if (const auto* areas = std::get_if<geom::MultiPolygon>(&geometry)) {
    const geom::Polygon* largest = nullptr;
    double most = -1;
    for (const geom::Polygon& polygon : areas->polygons)
      if (const double area = geom::area(geom::MultiPolygon{{polygon}}); area > most) {
        most = area;
        largest = &polygon;
      }
    if (largest == nullptr) return {};
    const double size = std::sqrt(std::max(most, 1e-12));
    const auto simple = geom::simplify(geom::MultiPolygon{{*largest}}, size / 200);
    const auto* coarse = std::get_if<geom::MultiPolygon>(&simple);
    const geom::Polygon& used = coarse != nullptr && !coarse->polygons.empty() ? coarse->polygons.front() : *largest;
    if (const auto inner = geom::pole_of_inaccessibility(used, size / 50)) return inner->at;
    return geom::centroid(geometry);
  }
  if (const auto* lines = std::get_if<geom::MultiLine>(&geometry)) {
    const geom::Path* longest = nullptr;
    double most = -1;
    for (const geom::Path& line : lines->lines)
      if (const double length = geom::length(line); length > most) {
        most = length;
        longest = &line;
      }
    return longest == nullptr ? geom::Point{} : geom::at_length(*longest, most / 2).first;
  }
  return geom::centroid(geometry);
}

std::vector<Entry> finish(Collection collection) {
  for (auto* list : {&collection.countries, &collection.units, &collection.borders, &collection.others})
    for (Entry& entry : *list) set_point(entry);
  const Areas countries(collection.countries), units(collection.units);
  std::map<std::string, std::vector<Entry*>> by_code;
  std::map<std::string, Entry*> by_country;
  for (Entry& country : collection.countries) by_country[country.place.country] = &country;
  for (Entry& unit : collection.units)
    if (!unit.unit_code.empty()) by_code[unit.unit_code].push_back(&unit);

  Votes votes;
  for (Entry& entry : collection.others) {
    Place& place = entry.place;
    const bool wide = entry.extent_km > 300 && place.feature_class != "L";  // seas and great rivers are in no country
    if (place.country.empty() && place.kind != "border" && place.kind != "position" && !wide)
      if (const Entry* country = countries.at(place.at)) place.country = country->place.country;
    // Codes of units differ between the sources' editions (France before 2016): the outline decides where it can.
    Entry* unit = nullptr;
    if (place.feature_class == "P" || place.feature_class == "S" || place.feature_class == "T")
      unit = units.at(place.at, place.country);
    if (const auto coded = by_code.find(entry.unit_code);
        unit == nullptr && coded != by_code.end() && coded->second.size() == 1)
      unit = coded->second.front();
    if (unit != nullptr && place.feature_class == "P") unit->place.population += place.population;
    if (unit != nullptr && place.country == "GB" && !entry.unit_code.empty()) ++votes[unit][entry.unit_code];
    if (unit != nullptr && place.admin.empty()) place.admin = {unit->place.name};
    if (const auto country = by_country.find(place.country); country != by_country.end() && place.feature_class == "P")
      country->second->place.population += place.population;
  }
  for (Entry& nation : nations(votes)) {
    set_point(nation);
    collection.others.push_back(std::move(nation));
  }
  std::vector<Entry> all;
  for (auto* list : {&collection.countries, &collection.units, &collection.borders, &collection.others})
    std::move(list->begin(), list->end(), std::back_inserter(all));
  std::map<std::string, std::string> country_names;
  for (const Entry& entry : all)
    if (!entry.a3.empty()) country_names.try_emplace(entry.place.country, entry.place.name);
  for (Entry& entry : all) {
    Place& place = entry.place;
    if (!entry.a3.empty()) {
      place.admin.clear();
      continue;
    }
    if (place.feature_class == "A") {  // the table names a unit among those above itself
      std::set<std::string> own{fold(place.name)};
      for (const Name& name : place.names) own.insert(fold(name.text));
      std::erase_if(place.admin, [&](const std::string& above) { return own.contains(fold(above)); });
    }
    if (const auto country = country_names.find(place.country); country != country_names.end())
      place.admin.insert(place.admin.begin(), country->second);
  }
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.place.id < b.place.id; });
  return all;
}

}  // namespace sitmap::gazetteer::builder
