#include "label/body.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace sitmap::label {
namespace {

constexpr double kTouch = 1e-9;  // pixels: rounding must not make neighbours overlap

std::array<geom::Point, 4> corners(const Body& body) {
  const geom::Point right{body.half_width * body.cos, body.half_width * body.sin};
  const geom::Point down{-body.half_height * body.sin, body.half_height * body.cos};
  const geom::Point c = body.center;
  return {c - right - down, c + right - down, c + right + down, c - right + down};
}

// Half the extent of a body along a unit vector.
double reach_along(const Body& body, double x, double y, double grown) {
  return (body.half_width + grown) * std::abs(x * body.cos + y * body.sin) +
         (body.half_height + grown) * std::abs(y * body.cos - x * body.sin);
}

bool apart_along(const Body& a, const Body& b, double x, double y, double grown) {
  const double distance = std::abs((b.center.x - a.center.x) * x + (b.center.y - a.center.y) * y);
  return distance >= reach_along(a, x, y, grown) + reach_along(b, x, y, grown) - kTouch;
}

// Sutherland–Hodgman: keeps what lies on the inner side of a·p <= limit.
std::vector<geom::Point> cut(const std::vector<geom::Point>& ring, geom::Point normal, double limit) {
  std::vector<geom::Point> kept;
  kept.reserve(ring.size() + 1);
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geom::Point p = ring[i], q = ring[(i + 1) % ring.size()];
    const double dp = p.x * normal.x + p.y * normal.y - limit, dq = q.x * normal.x + q.y * normal.y - limit;
    if (dp <= 0) kept.push_back(p);
    if ((dp < 0 && dq > 0) || (dp > 0 && dq < 0)) kept.push_back(p + (q - p) * (dp / (dp - dq)));
  }
  return kept;
}

}  // namespace

Body make_body(const Rect& rect) {
  Body body{rect.center, rect.half_width, rect.half_height, 1, 0, {}};
  if (rect.rotation != 0) {
    body.cos = std::cos(rect.rotation);
    body.sin = std::sin(rect.rotation);
  }
  const double x = body.half_width * std::abs(body.cos) + body.half_height * std::abs(body.sin);
  const double y = body.half_width * std::abs(body.sin) + body.half_height * std::abs(body.cos);
  body.box = {rect.center.x - x, rect.center.y - y, rect.center.x + x, rect.center.y + y};
  return body;
}

bool overlap(const Body& a, const Body& b, double padding) {
  const double grown = padding / 2;
  if (apart_along(a, b, a.cos, a.sin, grown) || apart_along(a, b, -a.sin, a.cos, grown)) return false;
  if (a.sin == 0 && b.sin == 0) return true;
  return !apart_along(a, b, b.cos, b.sin, grown) && !apart_along(a, b, -b.sin, b.cos, grown);
}

double covered_share(const Body& cover, const Body& covered) {
  if (!overlap(cover, covered, 0)) return 0;
  const double whole = 4 * covered.half_width * covered.half_height;
  if (whole <= 0) return 1;
  if (cover.sin == 0 && covered.sin == 0) {
    const double w = std::min(cover.box.max_x, covered.box.max_x) - std::max(cover.box.min_x, covered.box.min_x);
    const double h = std::min(cover.box.max_y, covered.box.max_y) - std::max(cover.box.min_y, covered.box.min_y);
    return std::clamp(w * h / whole, 0.0, 1.0);
  }
  const auto start = corners(covered);
  std::vector<geom::Point> ring(start.begin(), start.end());
  const geom::Point across{cover.cos, cover.sin}, down{-cover.sin, cover.cos};
  for (const auto& [axis, half] : {std::pair{across, cover.half_width}, std::pair{down, cover.half_height}}) {
    const double middle = cover.center.x * axis.x + cover.center.y * axis.y;
    ring = cut(ring, axis, middle + half);
    ring = cut(ring, axis * -1, half - middle);
  }
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geom::Point p = ring[i] - covered.center, q = ring[(i + 1) % ring.size()] - covered.center;
    twice += p.x * q.y - q.x * p.y;
  }
  return std::clamp(std::abs(twice) / 2 / whole, 0.0, 1.0);
}

bool overlap(const Rect& a, const Rect& b) { return overlap(make_body(a), make_body(b), 0); }

geom::Box bounds(const Rect& rect) { return make_body(rect).box; }

}  // namespace sitmap::label
