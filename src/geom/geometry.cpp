#include "geom/geometry.hpp"

#include <algorithm>

namespace sitmap::geom {

bool is_empty(const Geometry& geometry) {
  const auto no_path = [](const Path& path) { return path.empty(); };
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) return points->points.empty();
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) return std::ranges::all_of(lines->lines, no_path);
  if (const auto* area = std::get_if<MultiPolygon>(&geometry))
    return std::ranges::all_of(area->polygons, [](const Polygon& polygon) { return polygon.outer.empty(); });
  return true;
}

std::vector<Point> vertices(const Geometry& geometry) {
  std::vector<Point> out;
  const auto add = [&](const std::vector<Point>& part) { out.insert(out.end(), part.begin(), part.end()); };
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    add(points->points);
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    for (const Path& line : lines->lines) add(line);
  } else if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    for (const Polygon& polygon : area->polygons) {
      add(polygon.outer);
      for (const Path& hole : polygon.holes) add(hole);
    }
  }
  return out;
}

}  // namespace sitmap::geom
