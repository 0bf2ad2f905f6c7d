#include <algorithm>
#include <cmath>

#include "geom/date_line.hpp"
#include "geom/geometry.hpp"

namespace sitmap::geom {
namespace {

// An arc of longitudes [from, to], from in [-180, 180), to - from <= 360.
struct Arc {
  double from, to;
};

// Gaps narrower than this are no reason to call a belt around the earth open.
constexpr double kClosedGapDeg = 0.01;

// The complement of the widest gap between the arcs; of equal gaps the one at the date line.
GeoBox around(std::vector<Arc> arcs, double south, double north) {
  if (arcs.empty()) return {};
  std::sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) { return a.from < b.from; });
  double reach = -1e300;
  for (const Arc& arc : arcs) reach = std::max(reach, arc.to - 360);
  double widest = -1, west = -180;
  for (const Arc& arc : arcs) {
    if (arc.from - reach > widest) {
      widest = arc.from - reach;
      west = arc.from;
    }
    reach = std::max(reach, arc.to);
  }
  if (widest < kClosedGapDeg) return {-180, south, 180, north};
  const double span = 360 - widest;
  double east = normalize_longitude(west + span);
  if (west + span > 180 - 1e-9 && west + span < 180 + 1e-9) east = span > 0 ? 180 : west;
  return {west, south, east, north};
}

bool usable(Point p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::abs(p.x) < 1e6; }

void add_arc(std::vector<Arc>& arcs, double low, double high) {
  if (high - low >= 360 - kClosedGapDeg) {
    arcs.push_back({-180, 180});
    return;
  }
  const double from = normalize_longitude(low);
  arcs.push_back({from, from + (high - low)});
}

// The longitudes of a path in one run.
void add_path(std::vector<Arc>& arcs, const Path& given, double& south, double& north) {
  Path clean;
  if (!std::ranges::all_of(given, usable)) std::ranges::copy_if(given, std::back_inserter(clean), usable);
  const Path& path = clean.empty() ? given : clean;
  if (path.empty() || !usable(path.front())) return;
  double at = path.front().x, low = at, high = at;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) at += longitude_step(path, i);
    low = std::min(low, at);
    high = std::max(high, at);
    south = std::min(south, path[i].y);
    north = std::max(north, path[i].y);
  }
  add_arc(arcs, low, high);
}

}  // namespace

void Box::extend(const Box& other) {
  if (other.empty()) return;
  extend(Point{other.min_x, other.min_y});
  extend(Point{other.max_x, other.max_y});
}

Box bounds(std::span<const Point> points) {
  Box box;
  for (const Point& p : points) box.extend(p);
  return box;
}

Box bounds(const Geometry& geometry) {
  Box box;
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    box = bounds(points->points);
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    for (const Path& line : lines->lines) box.extend(bounds(line));
  } else if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    for (const Polygon& polygon : area->polygons) box.extend(bounds(polygon.outer));
  }
  return box;
}

Point GeoBox::center() const {
  double lon = normalize_longitude(west + lon_span() / 2);
  if (lon == -180) lon = 180;
  return {lon, (south + north) / 2};
}

bool GeoBox::contains(Point lon_lat) const {
  if (!(lon_lat.y >= south && lon_lat.y <= north)) return false;
  if (lon_span() >= 360) return true;
  double from_west = std::fmod(lon_lat.x - west, 360.0);
  if (from_west < 0) from_west += 360;
  return from_west <= lon_span() || from_west >= 360 - 1e-12;
}

bool GeoBox::contains(const GeoBox& other) const {
  if (other.south < south || other.north > north) return false;
  if (lon_span() >= 360) return true;
  double from_west = std::fmod(other.west - west, 360.0);
  if (from_west < 0) from_west += 360;
  if (from_west >= 360 - 1e-12) from_west = 0;
  return from_west + other.lon_span() <= lon_span() + 1e-12;
}

std::vector<Box> GeoBox::boxes() const {
  if (!crosses_date_line()) return {{west, south, east, north}};
  return {{west, south, 180, north}, {-180, south, east, north}};
}

GeoBox geo_bounds(std::span<const Point> lon_lats) {
  std::vector<Arc> arcs;
  arcs.reserve(lon_lats.size());
  double south = 90, north = -90;
  for (const Point& p : lon_lats) {
    if (!usable(p)) continue;
    south = std::min(south, p.y);
    north = std::max(north, p.y);
    add_arc(arcs, p.x, p.x);
  }
  return around(std::move(arcs), south, north);
}

GeoBox geo_bounds(const Geometry& lon_lat) {
  std::vector<Arc> arcs;
  double south = 90, north = -90;
  if (const auto* points = std::get_if<MultiPoint>(&lon_lat)) return geo_bounds(points->points);
  if (const auto* lines = std::get_if<MultiLine>(&lon_lat))
    for (const Path& line : lines->lines) add_path(arcs, line, south, north);
  if (const auto* area = std::get_if<MultiPolygon>(&lon_lat))
    for (const Polygon& polygon : area->polygons) add_path(arcs, polygon.outer, south, north);
  return around(std::move(arcs), south, north);
}

double normalize_longitude(double lon) {
  if (lon >= -180 && lon < 180) return lon;
  double turned = std::fmod(lon + 180, 360.0);
  if (turned < 0) turned += 360;
  return turned >= 360 ? -180 : turned - 180;
}

}  // namespace sitmap::geom
