#include <algorithm>
#include <cmath>

#include "geom/clip_ring.hpp"
#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

bool finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

// One side: keeps what `value` (a coordinate, negated for upper sides) puts at or above `limit`.
template <class Value, class Cut>
void clip_side(Ring& ring, Ring& out, double limit, Value value, Cut cut) {
  out.clear();
  const std::size_t n = ring.size();
  if (n == 0) return;
  bool in = value(ring[0]) >= limit;
  for (std::size_t i = 0; i < n; ++i) {
    const RingVertex& here = ring[i];
    const RingVertex& next = i + 1 < n ? ring[i + 1] : ring[0];
    const bool next_in = value(next) >= limit;
    if (in) out.push_back(here);
    if (in != next_in) {
      RingVertex at = cut(here, next);
      at.flags = in ? kArtificialEdge : here.flags;
      out.push_back(at);
    }
    in = next_in;
  }
  ring.swap(out);
}

// The crossing is worked out from the lower end, so that an edge shared by two rings is cut at the same point.
RingVertex cut_x(const RingVertex& a, const RingVertex& b, double x) {
  const auto& [low, high] = a.x < b.x ? std::pair{a, b} : std::pair{b, a};
  return {x, low.y + (high.y - low.y) * ((x - low.x) / (high.x - low.x)), 0};
}

RingVertex cut_y(const RingVertex& a, const RingVertex& b, double y) {
  const auto& [low, high] = a.y < b.y ? std::pair{a, b} : std::pair{b, a};
  return {low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y)), y, 0};
}

// The part [t0, t1] of a segment inside the box; false when there is none.
bool clip_segment(Point a, Point b, const Box& box, double& t0, double& t1) {
  t0 = 0;
  t1 = 1;
  const double p[4] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
  const double q[4] = {a.x - box.min_x, box.max_x - a.x, a.y - box.min_y, box.max_y - a.y};
  for (int side = 0; side < 4; ++side) {
    if (p[side] == 0) {
      if (q[side] < 0) return false;
      continue;
    }
    const double t = q[side] / p[side];
    if (p[side] < 0) {
      t0 = std::max(t0, t);
    } else {
      t1 = std::min(t1, t);
    }
    if (t0 > t1) return false;
  }
  return true;
}

Path clip_polygon_ring(const Path& path, const Box& box, Ring& scratch) {
  Ring ring = to_ring(path);
  clip_ring(ring, box, scratch);
  return to_path(ring);
}

}  // namespace

Ring to_ring(const Path& path) {
  Ring ring;
  ring.reserve(path.size());
  for (const Point& p : path)
    if (finite(p)) ring.push_back({p.x, p.y, 0});
  while (ring.size() > 1 && ring.front().x == ring.back().x && ring.front().y == ring.back().y) ring.pop_back();
  return ring;
}

Path to_path(const Ring& ring) {
  Path path;
  if (ring.size() < 3) return path;
  path.reserve(ring.size() + 1);
  for (const RingVertex& v : ring) path.push_back({v.x, v.y});
  path.push_back(path.front());
  return path;
}

Box bounds(const Ring& ring) {
  Box box;
  for (const RingVertex& v : ring) box.extend(Point{v.x, v.y});
  return box;
}

void clip_ring(Ring& ring, const Box& box, Ring& scratch) {
  const Box extent = bounds(ring);
  if (!extent.intersects(box)) {
    ring.clear();
    return;
  }
  if (extent.min_x < box.min_x)
    clip_side(
        ring, scratch, box.min_x, [](const RingVertex& v) { return v.x; },
        [&](const RingVertex& a, const RingVertex& b) { return cut_x(a, b, box.min_x); });
  if (extent.max_x > box.max_x)
    clip_side(
        ring, scratch, -box.max_x, [](const RingVertex& v) { return -v.x; },
        [&](const RingVertex& a, const RingVertex& b) { return cut_x(a, b, box.max_x); });
  if (extent.min_y < box.min_y)
    clip_side(
        ring, scratch, box.min_y, [](const RingVertex& v) { return v.y; },
        [&](const RingVertex& a, const RingVertex& b) { return cut_y(a, b, box.min_y); });
  if (extent.max_y > box.max_y)
    clip_side(
        ring, scratch, -box.max_y, [](const RingVertex& v) { return -v.y; },
        [&](const RingVertex& a, const RingVertex& b) { return cut_y(a, b, box.max_y); });
}

void clip_line(const Path& line, const Box& box, std::vector<Path>& out) {
  Path part;
  const auto finish = [&] {
    if (part.size() > 1) out.push_back(part);
    part.clear();
  };
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point a = line[i - 1], b = line[i];
    double t0 = 0, t1 = 1;
    const bool known = finite(a) && finite(b);
    if (known && box.contains(a) && box.contains(b)) {
      if (part.empty()) part.push_back(a);
      part.push_back(b);
      continue;
    }
    if (!known || !clip_segment(a, b, box, t0, t1)) {
      finish();
      continue;
    }
    const auto at = [&](double t) {  // on the box to the last digit
      const Point p = t <= 0 ? a : t >= 1 ? b : a + (b - a) * t;
      return Point{std::clamp(p.x, box.min_x, box.max_x), std::clamp(p.y, box.min_y, box.max_y)};
    };
    if (t0 > 0) finish();
    if (part.empty()) part.push_back(at(t0));
    if (t1 > t0) part.push_back(at(t1));
    if (t1 < 1) finish();
  }
  finish();
}

Geometry clip(const Geometry& geometry, const Box& box) {
  if (box.empty()) return {};
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    MultiPoint kept;
    std::ranges::copy_if(points->points, std::back_inserter(kept.points), [&](Point p) { return box.contains(p); });
    if (kept.points.empty()) return {};
    return kept;
  }
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    MultiLine kept;
    for (const Path& line : lines->lines) clip_line(line, box, kept.lines);
    if (kept.lines.empty()) return {};
    return kept;
  }
  if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    MultiPolygon kept;
    Ring scratch;
    for (const Polygon& polygon : area->polygons) {
      Polygon part{clip_polygon_ring(polygon.outer, box, scratch), {}};
      if (part.outer.empty()) continue;
      for (const Path& hole : polygon.holes)
        if (Path ring = clip_polygon_ring(hole, box, scratch); !ring.empty()) part.holes.push_back(std::move(ring));
      kept.polygons.push_back(std::move(part));
    }
    if (kept.polygons.empty()) return {};
    return kept;
  }
  return {};
}

}  // namespace sitmap::geom
