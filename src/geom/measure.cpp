#include <algorithm>
#include <cmath>
#include <limits>

#include "geom/operations.hpp"
#include "geom/ring.hpp"

namespace sitmap::geom {
namespace {

// Sum of area-weighted centroids of a ring, with its unsigned area.
void add_ring(const Path& ring, double sign, Point& sum, double& weight) {
  if (ring.size() < 3) return;
  const Point origin = ring.front();
  double twice = 0, x = 0, y = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i] - origin, b = ring[(i + 1) % ring.size()] - origin;
    const double cross = a.x * b.y - b.x * a.y;
    twice += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  }
  if (twice == 0) return;
  const double size = std::abs(twice) / 2 * sign;
  sum = sum + Point{origin.x + x / (3 * twice), origin.y + y / (3 * twice)} * size;
  weight += size;
}

}  // namespace

double length(std::span<const Point> line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

double area(const Geometry& geometry) {
  const auto* area = std::get_if<MultiPolygon>(&geometry);
  if (!area) return 0;
  double sum = 0;
  for (const Polygon& polygon : area->polygons) {
    double one = std::abs(signed_area(polygon.outer));
    for (const Path& hole : polygon.holes) one -= std::abs(signed_area(hole));
    sum += std::max(0.0, one);
  }
  return sum;
}

Point centroid(const Geometry& geometry) {
  Point sum;
  double weight = 0;
  if (const auto* area = std::get_if<MultiPolygon>(&geometry))
    for (const Polygon& polygon : area->polygons) {
      add_ring(polygon.outer, 1, sum, weight);
      for (const Path& hole : polygon.holes) add_ring(hole, -1, sum, weight);
    }
  if (weight > 0) return sum * (1 / weight);

  // Lines, and areas without any: by length.
  sum = {};
  weight = 0;
  const auto add_line = [&](const Path& line) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      const double size = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
      sum = sum + (line[i] + line[i - 1]) * (size / 2);
      weight += size;
    }
  };
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) std::ranges::for_each(lines->lines, add_line);
  if (const auto* area = std::get_if<MultiPolygon>(&geometry))
    for (const Polygon& polygon : area->polygons) add_line(polygon.outer);
  if (weight > 0) return sum * (1 / weight);

  const std::vector<Point> all = vertices(geometry);
  sum = {};
  for (const Point& p : all) sum = sum + p;
  return all.empty() ? Point{} : sum * (1.0 / static_cast<double>(all.size()));
}

bool contains(const Geometry& polygons, Point p) {
  const auto* area = std::get_if<MultiPolygon>(&polygons);
  if (!area) return false;
  bool inside = false;
  for (const Polygon& polygon : area->polygons) {
    if (polygon.outer.empty() || !bounds(polygon.outer).contains(p)) continue;
    bool in_this = inside_ring(polygon.outer, p);
    for (const Path& hole : polygon.holes)
      if (!hole.empty() && inside_ring(hole, p)) in_this = !in_this;
    inside = inside != in_this;
  }
  return inside;
}

double distance(const Geometry& geometry, Point p) {
  double nearest = std::numeric_limits<double>::infinity();
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    for (const Point& q : points->points) nearest = std::min(nearest, std::hypot(p.x - q.x, p.y - q.y));
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    for (const Path& line : lines->lines) nearest = std::min(nearest, distance_to_path(line, p));
  } else if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    if (contains(geometry, p)) return 0;
    for (const Polygon& polygon : area->polygons) {
      nearest = std::min(nearest, distance_to_path(polygon.outer, p));
      for (const Path& hole : polygon.holes) nearest = std::min(nearest, distance_to_path(hole, p));
    }
  }
  return nearest;
}

}  // namespace sitmap::geom
