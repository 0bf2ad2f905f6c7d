#include "geom/ring.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sitmap::geom {

double signed_area(const Path& ring) {
  if (ring.size() < 3) return 0;
  double twice = 0;
  const Point origin = ring.front();  // relative coordinates keep the digits, and close an open ring
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const Point a = ring[i] - origin, b = ring[i + 1] - origin;
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

bool inside_ring(const Path& ring, Point p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Point a = ring[i], b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

double distance_to_segment(Point p, Point a, Point b) {
  const Point d = b - a;
  const double square = d.x * d.x + d.y * d.y;
  double t = square > 0 ? ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / square : 0;
  t = std::clamp(t, 0.0, 1.0);
  return std::sqrt((p.x - (a.x + d.x * t)) * (p.x - (a.x + d.x * t)) +
                   (p.y - (a.y + d.y * t)) * (p.y - (a.y + d.y * t)));
}

double distance_to_path(const Path& path, Point p) {
  if (path.empty()) return std::numeric_limits<double>::infinity();
  double nearest = distance_to_segment(p, path[0], path[0]);
  for (std::size_t i = 1; i < path.size(); ++i)
    nearest = std::min(nearest, distance_to_segment(p, path[i - 1], path[i]));
  return nearest;
}

}  // namespace sitmap::geom
