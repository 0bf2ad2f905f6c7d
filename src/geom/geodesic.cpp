#include <algorithm>
#include <cmath>
#include <numbers>

#include "geom/date_line.hpp"
#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

constexpr double kRad = std::numbers::pi / 180;

// Chamberlain and Duquette, "Some Algorithms for Polygons on a Sphere", JPL 2007.
double ring_area_m2(const Path& ring) {
  double sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    sum += longitude_step(ring, i) * kRad * (2 + std::sin(ring[i - 1].y * kRad) + std::sin(ring[i].y * kRad));
  return std::abs(sum) * kEarthRadiusM * kEarthRadiusM / 2;
}

}  // namespace

double distance_m(Point a, Point b) {
  const double s_lat = std::sin((b.y - a.y) * kRad / 2), s_lon = std::sin((b.x - a.x) * kRad / 2);
  const double h = s_lat * s_lat + std::cos(a.y * kRad) * std::cos(b.y * kRad) * s_lon * s_lon;
  return 2 * kEarthRadiusM * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

double bearing_deg(Point from, Point to) {
  if (std::abs(from.y) >= 90) {  // from a pole the way is the meridian
    const double turn = std::fmod((from.y > 0 ? 180 - (to.x - from.x) : to.x - from.x), 360.0);
    return turn < 0 ? turn + 360 : turn;
  }
  const double d_lon = (to.x - from.x) * kRad, lat_a = from.y * kRad, lat_b = to.y * kRad;
  const double angle =
      std::atan2(std::sin(d_lon) * std::cos(lat_b),
                 std::cos(lat_a) * std::sin(lat_b) - std::sin(lat_a) * std::cos(lat_b) * std::cos(d_lon));
  const double degrees = std::fmod(angle / kRad + 360, 360.0);
  return degrees >= 360 ? 0 : degrees;
}

Point destination(Point lon_lat, double bearing_deg, double distance_m) {
  // At a pole itself no longitude survives the rounding: a centimetre beside it all do.
  const double lat = std::clamp(lon_lat.y, -90 + 1e-7, 90 - 1e-7) * kRad;
  const double arc = distance_m / kEarthRadiusM, bearing = bearing_deg * kRad;
  const double sin_lat = std::sin(lat) * std::cos(arc) + std::cos(lat) * std::sin(arc) * std::cos(bearing);
  const double lon =
      std::atan2(std::sin(bearing) * std::sin(arc) * std::cos(lat), std::cos(arc) - std::sin(lat) * sin_lat);
  return {normalize_longitude(lon_lat.x + lon / kRad), std::asin(std::clamp(sin_lat, -1.0, 1.0)) / kRad};
}

Geometry geodesic_circle(Point lon_lat, double radius_m, int segments) {
  if (!(radius_m > 0) || !std::isfinite(lon_lat.x) || !std::isfinite(lon_lat.y)) return {};
  segments = std::max(segments, 8);
  Path ring;
  ring.reserve(static_cast<std::size_t>(segments) + 4);
  for (int i = 0; i < segments; ++i) {
    Point p = destination(lon_lat, 360.0 * i / segments, radius_m);
    if (!ring.empty()) p.x = ring.back().x + std::remainder(p.x - ring.back().x, 360.0);
    ring.push_back(p);
  }
  const double turn = ring.back().x + std::remainder(ring.front().x - ring.back().x, 360.0) - ring.front().x;
  if (std::abs(turn) > 180) {  // around a pole: close along it
    const double pole = lon_lat.y > 0 ? 90 : -90;
    const Point start = ring.front();
    ring.push_back({start.x + turn, start.y});
    ring.push_back({start.x + turn, pole});
    ring.push_back({start.x, pole});
  }
  ring.push_back(ring.front());
  return MultiPolygon{{{std::move(ring), {}}}};
}

double area_m2(const Geometry& lon_lat) {
  const auto* area = std::get_if<MultiPolygon>(&lon_lat);
  if (!area) return 0;
  double sum = 0;
  for (const Polygon& polygon : area->polygons) {
    double one = ring_area_m2(polygon.outer);
    for (const Path& hole : polygon.holes) one -= ring_area_m2(hole);
    sum += std::max(0.0, one);
  }
  return sum;
}

}  // namespace sitmap::geom
