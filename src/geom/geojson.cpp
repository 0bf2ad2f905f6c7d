#include "geom/geojson.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sitmap::geom {
namespace {

using Json = nlohmann::json;

class Writer {
 public:
  explicit Writer(int decimals) : decimals_(std::clamp(decimals, 0, 15)) {}

  void position(Point p) {
    out_ += '[';
    number(p.x);
    out_ += ',';
    number(p.y);
    out_ += ']';
  }
  void line(const Path& path) {
    list(path, [&](Point p) { position(p); });
  }
  void polygon(const Polygon& polygon) {
    out_ += '[';
    line(polygon.outer);
    for (const Path& hole : polygon.holes) {
      out_ += ',';
      line(hole);
    }
    out_ += ']';
  }
  template <class Items, class Write>
  void list(const Items& items, Write write) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      write(items[i]);
    }
    out_ += ']';
  }
  template <class Items, class Write>
  std::string shape(const char* kind, const Items& items, Write write) {
    const bool single = items.size() == 1;
    out_ = std::string(R"({"type":")") + (single ? "" : "Multi") + kind + R"(","coordinates":)";
    if (single) {
      write(items[0]);
    } else {
      list(items, write);
    }
    out_ += '}';
    return std::move(out_);
  }

 private:
  void number(double value) {
    if (!std::isfinite(value)) value = 0;
    char text[400];
    char* end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals_).ptr;
    if (decimals_ > 0) {
      while (end[-1] == '0') --end;
      if (end[-1] == '.') --end;
    }
    const std::string_view digits(text, static_cast<std::size_t>(end - text));
    out_ += digits == "-0" ? "0" : digits;
  }

  int decimals_;
  std::string out_;
};

[[noreturn]] void reject(const std::string& reason) { throw std::invalid_argument(reason); }

const Json& array(const Json& json, const char* what) {
  if (!json.is_array()) reject(std::string(what) + " must be an array");
  return json;
}

Point read_position(const Json& json) {
  if (!json.is_array() || json.size() < 2 || !json[0].is_number() || !json[1].is_number())
    reject("a position must be an array of at least two numbers");
  const Point p{json[0].get<double>(), json[1].get<double>()};
  if (!std::isfinite(p.x) || !std::isfinite(p.y)) reject("a coordinate is out of range");
  return p;
}

Path read_line(const Json& json) {
  Path path;
  for (const Json& item : array(json, "coordinates of a line")) path.push_back(read_position(item));
  if (path.size() == 1) reject("a line needs at least two positions");
  return path;
}

Polygon read_polygon(const Json& json) {
  Polygon polygon;
  bool first = true;
  for (const Json& item : array(json, "coordinates of a polygon")) {
    Path ring;
    for (const Json& position : array(item, "a ring")) ring.push_back(read_position(position));
    if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
    if (ring.size() < 4) reject("a ring needs at least four positions");
    (first ? polygon.outer : polygon.holes.emplace_back()) = std::move(ring);
    first = false;
  }
  return polygon;
}

template <class Multi, class Member>
Geometry multi(std::vector<Member> Multi::*list, const Json& coordinates, bool many, Member (*read)(const Json&)) {
  Multi out;
  if (!many) {
    if (!coordinates.empty()) (out.*list).push_back(read(coordinates));
  } else {
    for (const Json& item : array(coordinates, "coordinates")) (out.*list).push_back(read(item));
  }
  if ((out.*list).empty()) return {};
  return out;
}

}  // namespace

std::string to_geojson(const Geometry& geometry, int decimals) {
  if (is_empty(geometry)) return "null";
  Writer writer(decimals);
  if (const auto* points = std::get_if<MultiPoint>(&geometry))
    return writer.shape("Point", points->points, [&](Point p) { writer.position(p); });
  if (const auto* lines = std::get_if<MultiLine>(&geometry))
    return writer.shape("LineString", lines->lines, [&](const Path& line) { writer.line(line); });
  return writer.shape("Polygon", std::get<MultiPolygon>(geometry).polygons,
                      [&](const Polygon& polygon) { writer.polygon(polygon); });
}

Geometry from_geojson(std::string_view text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::exception& error) {
    reject(std::string("not JSON: ") + error.what());
  }
  if (json.is_null()) return {};
  if (!json.is_object() || !json.contains("type") || !json["type"].is_string())
    reject("a GeoJSON geometry must be an object with a 'type'");
  const std::string type = json["type"].get<std::string>();
  const bool many = type.starts_with("Multi");
  const std::string kind = many ? type.substr(5) : type;
  if (kind != "Point" && kind != "LineString" && kind != "Polygon")
    reject("'" + type + "' is not a geometry that can be drawn (Point, LineString, Polygon and their Multi forms are)");
  if (!json.contains("coordinates")) reject("a GeoJSON geometry needs 'coordinates'");
  const Json& coordinates = json["coordinates"];
  array(coordinates, "coordinates");
  if (kind == "Point") return multi(&MultiPoint::points, coordinates, many, &read_position);
  if (kind == "LineString") return multi(&MultiLine::lines, coordinates, many, &read_line);
  return multi(&MultiPolygon::polygons, coordinates, many, &read_polygon);
}

}  // namespace sitmap::geom
