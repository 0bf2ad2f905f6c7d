#include "events/place_finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace sitmap::events {
namespace {

constexpr std::size_t kMostNeighbours = 200;

bool has_dates(const gazetteer::Match& match) {
  return (match.best && match.best->place.valid) ||
         std::any_of(match.candidates.begin(), match.candidates.end(), [](const auto& scored) { return scored.place.valid.has_value(); });
}

std::string describe(const gazetteer::Place& place) {
  std::string text = fmt::format("{} ({}", place.name, place.kind);
  for (auto unit = place.admin.rbegin(); unit != place.admin.rend(); ++unit)
    if (*unit != place.name) text += ", " + *unit;
  if (place.admin.empty() && !place.country.empty()) text += ", " + place.country;
  return text + fmt::format("): {}", place.id);
}

Complaint complaint_about(const gazetteer::Match& match) {
  constexpr std::size_t kMost = 4;
  std::string candidates;
  for (std::size_t i = 0; i < match.candidates.size() && i < kMost; ++i)
    candidates += (i > 0 ? "; " : "") + describe(match.candidates[i].place);
  if (match.status == gazetteer::Status::Ambiguous) {
    std::string hint = match.advice;
    if (!candidates.empty()) hint += fmt::format("{}pin one of {}", hint.empty() ? "" : ", or ", candidates);
    return {fmt::format("ambiguous place '{}'", match.query), hint};
  }
  std::string hint;
  if (!candidates.empty()) hint = fmt::format("did you mean {}?", candidates);
  else hint = match.advice.empty() ? "give its lon and lat, or pin it to a gazetteer id" : match.advice;
  return {fmt::format("unknown place '{}'", match.query), hint};
}

}  // namespace

PlaceFinder::PlaceFinder(const gazetteer::Gazetteer& gazetteer, gazetteer::Hints hints, std::map<std::string, std::string> pins)
    : gazetteer_(gazetteer), hints_(std::move(hints)), pins_(std::move(pins)) {}

void PlaceFinder::expect(const std::string& name, std::optional<time::Day> on) {
  auto& days = expected_[name];
  if (days.empty()) names_.push_back(name);
  if (std::find(days.begin(), days.end(), on) == days.end()) days.push_back(on);
}

void PlaceFinder::expect(geom::Point neighbour) { points_.push_back(neighbour); }

gazetteer::Match PlaceFinder::ask(const std::string& name, std::optional<time::Day> on) const {
  gazetteer::Hints hints = hints_;
  if (on) hints.on = on;
  return gazetteer_.locate(name, hints);
}

PlaceFinder::Found PlaceFinder::pinned(const std::string& name, const std::string& id) {
  auto place = gazetteer_.by_id(id);
  if (!place) {
    pin_complaints_[name] = {fmt::format("place '{}' is pinned to '{}', which the gazetteer doesn't have", name, id),
                             "see 'sitmap locate' for the ids of places"};
    return {nullptr, pin_complaints_[name]};
  }
  return {&(pinned_[name] = *std::move(place)), {}};
}

void PlaceFinder::locate() {
  std::vector<geom::Point> neighbours = hints_.neighbours;
  const auto add_neighbour = [&](geom::Point at) {
    if (neighbours.size() < kMostNeighbours && std::find(neighbours.begin(), neighbours.end(), at) == neighbours.end())
      neighbours.push_back(at);
  };
  for (const std::string& name : names_) {
    if (const auto pin = pins_.find(name); pin != pins_.end()) {
      if (const Found found = pinned(name, pin->second); found.place) add_neighbour(found.place->at);
      continue;
    }
    if (name.find(':') != std::string::npos && name.find(' ') == std::string::npos && gazetteer_.by_id(name)) {
      add_neighbour(pinned(name, name).place->at);  // the cell holds an id
      continue;
    }
    gazetteer::Match match = ask(name, std::nullopt);
    if (has_dates(match))
      for (const auto& day : expected_[name])
        if (day) dated_[{name, day}] = ask(name, day);
    if (match.status == gazetteer::Status::Matched) add_neighbour(match.best->place.at);
    undated_[name] = std::move(match);
  }
  for (const geom::Point at : points_) add_neighbour(at);
  if (neighbours.size() == hints_.neighbours.size()) return;

  hints_.neighbours = neighbours;
  for (auto& [name, match] : undated_)
    if (match.status == gazetteer::Status::Ambiguous) match = ask(name, std::nullopt);
  for (auto& [key, match] : dated_)
    if (match.status == gazetteer::Status::Ambiguous) match = ask(key.first, key.second);
}

PlaceFinder::Found PlaceFinder::find(const std::string& name, std::optional<time::Day> on) const {
  if (const auto place = pinned_.find(name); place != pinned_.end()) return {&place->second, {}};
  if (const auto complaint = pin_complaints_.find(name); complaint != pin_complaints_.end()) return {nullptr, complaint->second};
  const auto undated = undated_.find(name);
  if (undated == undated_.end()) return {nullptr, {fmt::format("unknown place '{}'", name), {}}};
  const auto dated = dated_.find({name, on});
  const gazetteer::Match* match = dated != dated_.end() ? &dated->second : &undated->second;
  if (match->status != gazetteer::Status::Matched && undated->second.status == gazetteer::Status::Matched)
    match = &undated->second;
  if (match->status == gazetteer::Status::Matched && match->best) return {&match->best->place, {}};
  return {nullptr, complaint_about(*match)};
}

std::vector<std::string> split_places(std::string_view cell) {
  std::vector<std::string> places;
  for (const std::string& part : base::split(cell, ';')) {
    std::string_view name = base::trim(part);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = base::trim(name.substr(1, name.size() - 2));
    if (!name.empty()) places.emplace_back(name);
  }
  return places;
}

}  // namespace sitmap::events
