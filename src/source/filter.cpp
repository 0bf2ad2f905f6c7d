#include "source/filter.hpp"

#include <algorithm>
#include <cmath>

namespace sitmap::source {

bool finite_coordinates(const geom::Geometry& geometry) {
  const auto finite = [](const geom::Path& path) {
    return std::ranges::all_of(path, [](geom::Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
  };
  if (const auto* points = std::get_if<geom::MultiPoint>(&geometry)) return finite(points->points);
  if (const auto* lines = std::get_if<geom::MultiLine>(&geometry)) return std::ranges::all_of(lines->lines, finite);
  if (const auto* area = std::get_if<geom::MultiPolygon>(&geometry))
    return std::ranges::all_of(area->polygons, [&](const geom::Polygon& polygon) {
      return finite(polygon.outer) && std::ranges::all_of(polygon.holes, finite);
    });
  return true;
}

bool touches(const geom::Geometry& geometry, std::span<const geom::Box> boxes) {
  const auto near = [&](const geom::Box& own) {
    return std::ranges::any_of(boxes, [&](const geom::Box& box) { return own.intersects(box); });
  };
  if (const auto* points = std::get_if<geom::MultiPoint>(&geometry))
    return std::ranges::any_of(points->points, [&](geom::Point p) { return near({p.x, p.y, p.x, p.y}); });
  if (const auto* lines = std::get_if<geom::MultiLine>(&geometry))
    return std::ranges::any_of(lines->lines, [&](const geom::Path& line) { return near(geom::bounds(line)); });
  if (const auto* area = std::get_if<geom::MultiPolygon>(&geometry))
    return std::ranges::any_of(area->polygons, [&](const geom::Polygon& polygon) { return near(geom::bounds(polygon.outer)); });
  return false;
}

}  // namespace sitmap::source
