#include "geom/date_line.hpp"

#include <cmath>

namespace sitmap::geom {
namespace {

constexpr double kEndOfPlane = 179.99, kPole = 89.9;

bool at_end(Point p) { return std::abs(p.x) >= kEndOfPlane; }

}  // namespace

double longitude_step(const Path& path, std::size_t i) {
  const Point a = path[i - 1], b = path[i];
  const double step = b.x - a.x;
  if (!(std::abs(step) > 180)) return step;
  if (std::abs(a.y) >= kPole && std::abs(b.y) >= kPole) return step;
  const double short_way = std::remainder(step, 360.0);
  if (!at_end(a) || !at_end(b) || std::abs(step) < 359.9) return short_way;
  const std::size_t last = path.size() - 1;
  const bool ring = last >= 2 && path.front() == path.back();
  const bool before = i >= 2 || ring, after = i < last || ring;
  const bool before_at_end = !before || at_end(i >= 2 ? path[i - 2] : path[last - 1]);
  const bool after_at_end = !after || at_end(i < last ? path[i + 1] : path[1]);
  return before_at_end && after_at_end ? step : short_way;
}

}  // namespace sitmap::geom
