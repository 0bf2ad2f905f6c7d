// V. Agafonkin, "A new algorithm for finding a visual center of a polygon" (Mapbox polylabel), 2016.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>

#include "geom/operations.hpp"
#include "geom/ring.hpp"

namespace sitmap::geom {
namespace {

constexpr int kMostCells = 20000;

struct Cell {
  Point center;
  double half;
  double distance;  // to the boundary, negative outside
  double possible;  // the greatest distance anywhere in the cell
  bool operator<(const Cell& o) const {
    if (possible != o.possible) return possible < o.possible;
    return center.x != o.center.x ? center.x < o.center.x : center.y < o.center.y;
  }
};

double signed_distance(const Polygon& polygon, Point p) {
  bool inside = inside_ring(polygon.outer, p);
  double nearest = distance_to_path(polygon.outer, p);
  for (const Path& hole : polygon.holes) {
    if (hole.empty()) continue;
    if (inside_ring(hole, p)) inside = !inside;
    nearest = std::min(nearest, distance_to_path(hole, p));
  }
  return inside ? nearest : -nearest;
}

Cell make_cell(const Polygon& polygon, Point center, double half) {
  const double distance = signed_distance(polygon, center);
  return {center, half, distance, distance + half * std::numbers::sqrt2};
}

}  // namespace

std::optional<InnerPoint> pole_of_inaccessibility(const Polygon& polygon, double precision) {
  const Box box = bounds(polygon.outer);
  if (polygon.outer.size() < 4 || box.empty() || !(box.width() > 0) || !(box.height() > 0) ||
      !std::isfinite(box.width()) || !std::isfinite(box.height()))
    return std::nullopt;
  const double side = std::min(box.width(), box.height());
  if (!(precision > side * 1e-6)) precision = side * 1e-3;

  // Detail below the precision only costs time.
  const Geometry simple =
      polygon.outer.size() > 500 ? simplify(Geometry(MultiPolygon{{polygon}}), precision / 2) : Geometry{};
  const auto* reduced = std::get_if<MultiPolygon>(&simple);
  const Polygon& shape = reduced && !reduced->polygons.empty() ? reduced->polygons.front() : polygon;

  std::priority_queue<Cell> queue;
  const double cell = std::max(side, std::max(box.width(), box.height()) / 64);
  for (double x = box.min_x; x < box.max_x; x += cell)
    for (double y = box.min_y; y < box.max_y; y += cell)
      queue.push(make_cell(shape, {x + cell / 2, y + cell / 2}, cell / 2));

  Cell best = make_cell(shape, centroid(MultiPolygon{{shape}}), 0);
  if (const Cell middle = make_cell(shape, box.center(), 0); middle.distance > best.distance) best = middle;
  for (int seen = 0; !queue.empty() && seen < kMostCells; ++seen) {
    const Cell top = queue.top();
    queue.pop();
    if (top.distance > best.distance) best = top;
    if (top.possible - best.distance <= precision) break;
    const double half = top.half / 2;
    for (const double dx : {-half, half})
      for (const double dy : {-half, half}) queue.push(make_cell(shape, top.center + Point{dx, dy}, half));
  }
  if (!(best.distance > 0)) return std::nullopt;
  return InnerPoint{best.center, best.distance};
}

}  // namespace sitmap::geom
