#pragma once
// Shapes as values. Coordinates are x, y: longitude, latitude in degrees (WGS 84) before projection,
// page pixels (y down) after it; each function says which it takes.

#include <span>
#include <variant>
#include <vector>

namespace sitmap::geom {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(Point a, double f) { return {a.x * f, a.y * f}; }

using Path = std::vector<Point>;  // an open line; a ring repeats its first point at its end

struct Polygon {
  Path outer;
  std::vector<Path> holes;
  bool operator==(const Polygon&) const = default;
};

// A multi-geometry of one kind; a single point, line or polygon has one member.
using Points = std::vector<Point>;
struct MultiPoint {
  Points points;
  bool operator==(const MultiPoint&) const = default;
};
struct MultiLine {
  std::vector<Path> lines;
  bool operator==(const MultiLine&) const = default;
};
struct MultiPolygon {
  std::vector<Polygon> polygons;
  bool operator==(const MultiPolygon&) const = default;
};
using Geometry = std::variant<std::monostate, MultiPoint, MultiLine, MultiPolygon>;  // monostate: empty

bool is_empty(const Geometry& geometry);
inline Geometry point(Point at) { return MultiPoint{{at}}; }

// Axis-aligned, closed. Default-constructed boxes are empty and grow by extend().
struct Box {
  double min_x = 1e300, min_y = 1e300, max_x = -1e300, max_y = -1e300;
  bool empty() const { return min_x > max_x || min_y > max_y; }
  double width() const { return max_x - min_x; }
  double height() const { return max_y - min_y; }
  Point center() const { return {(min_x + max_x) / 2, (min_y + max_y) / 2}; }
  bool contains(Point p) const { return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y; }
  bool intersects(const Box& o) const {
    return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
  }
  Box expanded(double by) const { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
  void extend(Point p) {  // NaN is left out
    if (p.x < min_x) min_x = p.x;
    if (p.x > max_x) max_x = p.x;
    if (p.y < min_y) min_y = p.y;
    if (p.y > max_y) max_y = p.y;
  }
  void extend(const Box& other);
  bool operator==(const Box&) const = default;
};

Box bounds(const Geometry& geometry);
Box bounds(std::span<const Point> points);

// A part of the earth: longitudes and latitudes in degrees. west > east means that it crosses the date line.
struct GeoBox {
  double west = 0, south = 0, east = 0, north = 0;
  bool crosses_date_line() const { return west > east; }
  double lon_span() const { return crosses_date_line() ? east + 360 - west : east - west; }
  Point center() const;  // longitude in (-180, 180]
  bool contains(Point lon_lat) const;
  bool contains(const GeoBox& other) const;
  std::vector<Box> boxes() const;  // one, or two when it crosses the date line; each within ±180
  bool operator==(const GeoBox&) const = default;
};

// The smallest GeoBox holding all the points; the widest gap between longitudes decides the side.
GeoBox geo_bounds(std::span<const Point> lon_lats);
GeoBox geo_bounds(const Geometry& lon_lat);

double normalize_longitude(double lon);  // into [-180, 180)

// All vertices in order.
std::vector<Point> vertices(const Geometry& geometry);

}  // namespace sitmap::geom
