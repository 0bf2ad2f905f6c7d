#include "gazetteer/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "geom/geojson.hpp"

namespace sitmap::gazetteer {
namespace {

using Json = nlohmann::ordered_json;

Json geometry_of(const Place& place) {
  if (geom::is_empty(place.geometry)) return nullptr;
  return Json::parse(geom::to_geojson(place.geometry));
}

Json number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

enum class Geometry { With, Without };

void add_place(Json& out, const Scored* scored, Geometry geometry) {
  if (scored == nullptr) {
    for (const char* key : {"id", "name", "kind", "country", "admin", "lat", "lon", "precision_m"}) out[key] = nullptr;
    if (geometry == Geometry::With) out["geometry"] = nullptr;
    out["source"] = nullptr;
    return;
  }
  const Place& place = scored->place;
  out["id"] = place.id;
  out["name"] = place.name;
  out["kind"] = place.kind;
  out["country"] = text_or_null(place.country);
  out["admin"] = place.admin;
  out["lat"] = place.at.y;
  out["lon"] = place.at.x;
  out["precision_m"] = place.precision_m > 0 ? number(place.precision_m) : Json(nullptr);
  if (geometry == Geometry::With) out["geometry"] = geometry_of(place);
  out["source"] = place.source;
}

Json object_of(const Match& match, Geometry geometry) {
  const Scored* best = match.best ? &*match.best : nullptr;
  Json out;
  out["query"] = match.query;
  out["status"] = std::string(name_of(match.status));
  out["score"] = best != nullptr ? best->score : match.candidates.empty() ? 0.0 : match.candidates.front().score;
  add_place(out, best, geometry);
  out["candidates"] = Json::array();
  for (const Scored& candidate : match.candidates) {
    Json entry;
    entry["score"] = candidate.score;
    add_place(entry, &candidate, geometry);
    out["candidates"].push_back(std::move(entry));
  }
  return out;
}

std::string compact(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// A member a line, except that geometries and candidates stand on one line each: coordinates fill no screens.
std::string print(const Json& objects, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string out = "[";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    out += fmt::format("{}\n{}  {{", i == 0 ? "" : ",", margin);
    bool first = true;
    for (const auto& [key, value] : objects[i].items()) {
      out += fmt::format("{}\n{}    {}: ", first ? "" : ",", margin, compact(key));
      first = false;
      if (key != "candidates" || value.empty()) {
        out += compact(value);
        continue;
      }
      for (std::size_t c = 0; c < value.size(); ++c)
        out += fmt::format("{}\n{}      {}", c == 0 ? "[" : ",", margin, compact(value[c]));
      out += fmt::format("\n{}    ]", margin);
    }
    out += fmt::format("\n{}  }}", margin);
  }
  return out + (objects.empty() ? "" : "\n" + margin) + "]";
}


std::string shortened(std::string_view text, int most) {
  std::string out;
  for (const char c : base::code_point_prefix(text, most)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  if (out.size() < text.size()) out += "…";
  return out;
}

std::string above(const Place& place) { return base::join(place.admin, ", "); }

using Cells = std::array<std::string, 9>;

Cells cells_of(std::string query, std::string_view status, const Scored& scored) {
  const Place& p = scored.place;
  return {std::move(query), std::string(status), fmt::format("{:.2f}", scored.score), p.name, p.kind,
          above(p), fmt::format("{:.4f}, {:.4f}", p.at.y, p.at.x),
          p.precision_m > 0 ? fmt::format("{:.0f} m", p.precision_m) : "", p.id};
}

}  // namespace

std::string_view name_of(Status status) {
  switch (status) {
    case Status::Matched: return "matched";
    case Status::Ambiguous: return "ambiguous";
    case Status::Unknown: return "unknown";
  }
  return "unknown";
}

std::string to_json(std::span<const Match> matches) {
  Json out = Json::array();
  for (const Match& match : matches) out.push_back(object_of(match, Geometry::With));
  return print(out, 0) + "\n";
}

std::string to_geojson(std::span<const Match> matches) {
  Json features = Json::array();
  for (const Match& match : matches) {
    Json feature;
    feature["type"] = "Feature";
    if (match.best) feature["id"] = match.best->place.id;
    feature["geometry"] = match.best ? geometry_of(match.best->place) : Json(nullptr);
    feature["properties"] = object_of(match, Geometry::Without);
    features.push_back(std::move(feature));
  }
  return "{\n  \"type\": \"FeatureCollection\",\n  \"features\": " + print(features, 2) + "\n}\n";
}

std::string to_table(std::span<const Match> matches) {
  struct Line {
    Cells cells;
    std::string advice;
  };
  std::vector<Line> lines = {
      {{"QUERY", "STATUS", "SCORE", "NAME", "KIND", "IN", "LAT, LON", "WITHIN", "ID"}, {}}};
  for (const Match& match : matches) {
    const std::string query = shortened(match.query, 40);
    if (match.best) {
      lines.push_back({cells_of(query, name_of(match.status), *match.best), {}});
      continue;
    }
    Line line;
    line.cells[0] = query;
    line.cells[1] = name_of(match.status);
    line.advice = match.advice;
    lines.push_back(std::move(line));
    for (const Scored& candidate : match.candidates) lines.push_back({cells_of("", "  candidate", candidate), {}});
  }
  std::array<std::size_t, std::tuple_size_v<Cells>> widths{};
  for (const Line& line : lines)
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], base::display_width(line.cells[i]));
  std::string out;
  for (const Line& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      row += line.cells[i];
      if (i + 1 < widths.size()) row.append(widths[i] - base::display_width(line.cells[i]) + 2, ' ');
    }
    row.erase(row.find_last_not_of(' ') + 1);
    if (!line.advice.empty()) row += "\n  " + line.advice;
    out += row + "\n";
  }
  return out;
}

}  // namespace sitmap::gazetteer
