// M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated elimination of points", 1993.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

struct Candidate {
  double area;
  std::uint32_t vertex;
  Point at;
  // The heap's greatest is taken first: the smallest area, of equal ones the leftmost point. The order says nothing of
  // a path's direction, so that two areas' common boundary is simplified alike from either side.
  bool operator<(const Candidate& o) const {
    if (area != o.area) return area > o.area;
    return at.x != o.at.x ? at.x > o.at.x : at.y > o.at.y;
  }
};

class Eliminator {
 public:
  // `path` without a repeated end when closed. Only vertices below the threshold ever enter the heap.
  Eliminator(std::span<const Point> path, double threshold, bool closed)
      : path_(path), threshold_(threshold), closed_(closed), n_(static_cast<std::uint32_t>(path.size())) {}

  Path run(std::size_t keep_at_least) {
    previous_.resize(n_);
    next_.resize(n_);
    area_.assign(n_, -1);
    for (std::uint32_t i = 0; i < n_; ++i) {
      previous_[i] = i == 0 ? n_ - 1 : i - 1;
      next_[i] = i + 1 == n_ ? 0 : i + 1;
    }
    for (std::uint32_t i = 0; i < n_; ++i) {
      area_[i] = area_of(i);
      if (area_[i] < threshold_) heap_.push_back({area_[i], i, path_[i]});
    }
    std::make_heap(heap_.begin(), heap_.end());

    std::size_t left = n_;
    while (!heap_.empty() && left > keep_at_least) {
      std::pop_heap(heap_.begin(), heap_.end());
      const Candidate candidate = heap_.back();
      heap_.pop_back();
      if (area_[candidate.vertex] != candidate.area) continue;  // outdated
      area_[candidate.vertex] = -1;
      const std::uint32_t before = previous_[candidate.vertex], after = next_[candidate.vertex];
      next_[before] = after;
      previous_[after] = before;
      --left;
      refresh(before);
      refresh(after);
    }

    Path out;
    out.reserve(left + 1);
    for (std::uint32_t i = 0; i < n_; ++i)
      if (area_[i] != -1) out.push_back(path_[i]);
    return out;
  }

 private:
  double area_of(std::uint32_t i) const {
    if (!closed_ && (i == 0 || i + 1 == n_)) return 1e300;
    const Point a = path_[previous_[i]], b = path_[i], c = path_[next_[i]];
    const double twice =
        (a.x - b.x) * (c.y - b.y) - (c.x - b.x) * (a.y - b.y);  // to the bit the same with a, c swapped
    const double area = std::abs(twice) / 2;
    return std::isfinite(area) ? area : 0;
  }

  void refresh(std::uint32_t i) {
    const double area = area_of(i);
    if (area == area_[i]) return;
    area_[i] = area;
    if (area >= threshold_) return;
    heap_.push_back({area, i, path_[i]});
    std::push_heap(heap_.begin(), heap_.end());
  }

  std::span<const Point> path_;
  double threshold_;
  bool closed_;
  std::uint32_t n_;
  std::vector<std::uint32_t> previous_, next_;
  std::vector<double> area_;  // -1: removed
  std::vector<Candidate> heap_;
};

Path simplify_ring(const Path& ring, double tolerance) {
  if (ring.size() < 4) return {};
  const Box box = bounds(ring);
  if (box.width() < tolerance && box.height() < tolerance) return {};
  const bool repeated = ring.front() == ring.back();
  const std::span<const Point> open(ring.data(), ring.size() - (repeated ? 1 : 0));
  if (open.size() < 3) return {};
  Path out = Eliminator(open, tolerance * tolerance, true).run(3);
  out.push_back(out.front());
  return out;
}

}  // namespace

Path simplify(const Path& path, double tolerance) {
  if (path.size() < 3 || !(tolerance > 0)) return path;
  return Eliminator(path, tolerance * tolerance, false).run(2);
}

Geometry simplify(const Geometry& geometry, double tolerance) {
  if (!(tolerance > 0)) return geometry;
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    MultiLine out;
    for (const Path& line : lines->lines) out.lines.push_back(simplify(line, tolerance));
    return out;
  }
  if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    MultiPolygon out;
    for (const Polygon& polygon : area->polygons) {
      Polygon simple{simplify_ring(polygon.outer, tolerance), {}};
      if (simple.outer.empty()) continue;
      for (const Path& hole : polygon.holes)
        if (Path ring = simplify_ring(hole, tolerance); !ring.empty()) simple.holes.push_back(std::move(ring));
      out.polygons.push_back(std::move(simple));
    }
    if (out.polygons.empty()) return {};
    return out;
  }
  return geometry;
}

}  // namespace sitmap::geom
