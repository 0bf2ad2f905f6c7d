#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "geom/operations.hpp"
#include "geom/ring.hpp"

namespace sitmap::geom {
namespace {

struct Segment {
  Point a, b;
};

template <class Use>
void each_ring(const Geometry& geometry, Use use) {
  const auto* area = std::get_if<MultiPolygon>(&geometry);
  if (!area) return;
  for (const Polygon& polygon : area->polygons) {
    use(polygon.outer);
    for (const Path& hole : polygon.holes) use(hole);
  }
}

// The segments of a boundary in the cells of a grid that they touch.
class SegmentGrid {
 public:
  SegmentGrid(std::vector<Segment> segments, const Box& box, double reach) : segments_(std::move(segments)), box_(box) {
    const double side = std::max(box.width(), box.height());
    cell_ = std::max({reach, side / std::clamp(std::sqrt(static_cast<double>(segments_.size())), 1.0, 1000.0), 1e-12});
    columns_ = static_cast<std::size_t>(box.width() / cell_) + 1;
    rows_ = static_cast<std::size_t>(box.height() / cell_) + 1;
    cells_.resize(columns_ * rows_);
    for (std::uint32_t i = 0; i < segments_.size(); ++i) {
      Box extent;
      extent.extend(segments_[i].a);
      extent.extend(segments_[i].b);
      each_cell(extent, [&](std::vector<std::uint32_t>& cell) { cell.push_back(i); });
    }
  }

  bool near(Point p, double reach) {
    if (!box_.expanded(reach).contains(p)) return false;
    bool found = false;
    each_cell(Box{p.x, p.y, p.x, p.y}.expanded(reach), [&](const std::vector<std::uint32_t>& cell) {
      for (std::size_t i = 0; i < cell.size() && !found; ++i)
        found = distance_to_segment(p, segments_[cell[i]].a, segments_[cell[i]].b) <= reach;
    });
    return found;
  }

 private:
  template <class Use>
  void each_cell(const Box& extent, Use use) {
    const auto index = [&](double value, double origin, std::size_t count) {
      return static_cast<std::size_t>(
          std::clamp(std::floor((value - origin) / cell_), 0.0, static_cast<double>(count - 1)));
    };
    const std::size_t left = index(extent.min_x, box_.min_x, columns_),
                      right = index(extent.max_x, box_.min_x, columns_);
    const std::size_t top = index(extent.max_y, box_.min_y, rows_);
    for (std::size_t row = index(extent.min_y, box_.min_y, rows_); row <= top; ++row)
      for (std::size_t column = left; column <= right; ++column) use(cells_[row * columns_ + column]);
  }

  std::vector<Segment> segments_;
  Box box_;
  double cell_ = 1;
  std::size_t columns_ = 1, rows_ = 1;
  std::vector<std::vector<std::uint32_t>> cells_;
};

// The runs of a ring's vertices and steps (none longer than `step`) that are near the grid's segments.
void add_runs(const Path& ring, SegmentGrid& other, const Box& where, double tolerance, std::vector<Path>& out) {
  const std::size_t first = out.size();
  Path run;
  bool from_start = false;
  const auto finish = [&] {
    if (length(run) > tolerance) out.push_back(run);
    run.clear();
  };
  const auto visit = [&](Point p, bool vertex) {
    if (!other.near(p, tolerance)) {
      finish();
      return;
    }
    // Points between vertices are needed at the ends of a run only.
    if (!vertex && run.size() > 1 && run.back() != p) {
      const Point a = run[run.size() - 2], b = run.back();
      const double cross = (b.x - a.x) * (p.y - a.y) - (p.x - a.x) * (b.y - a.y);
      if (std::abs(cross) <= 1e-12 * std::max(1.0, std::hypot(p.x - a.x, p.y - a.y))) run.pop_back();
    }
    run.push_back(p);
  };
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (i > 0) {
      const Point a = ring[i - 1], b = ring[i];
      Box extent;
      extent.extend(a);
      extent.extend(b);
      if (extent.intersects(where)) {
        const double size = std::hypot(b.x - a.x, b.y - a.y);
        const int steps = static_cast<int>(std::min(std::ceil(size / tolerance), 2000.0));
        for (int s = 1; s < steps; ++s) visit(a + (b - a) * (static_cast<double>(s) / steps), false);
      }
    }
    visit(ring[i], true);
    if (i == 0) from_start = !run.empty();
  }
  const bool to_end = !run.empty();
  finish();
  // A run over the ring's start is one line.
  if (from_start && to_end && out.size() >= first + 2) {
    Path joined = std::move(out.back());
    out.pop_back();
    joined.insert(joined.end(), out[first].begin() + 1, out[first].end());
    out[first] = std::move(joined);
  }
}

}  // namespace

Geometry shared_boundary(const Geometry& a, const Geometry& b, double tolerance) {
  if (!(tolerance > 0)) return {};
  const Box where = bounds(b).expanded(tolerance);
  if (is_empty(a) || is_empty(b) || !where.intersects(bounds(a))) return {};
  const Box common = bounds(a).expanded(2 * tolerance);
  std::vector<Segment> segments;
  Box extent;
  each_ring(b, [&](const Path& ring) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      Box box;
      box.extend(ring[i - 1]);
      box.extend(ring[i]);
      if (!box.intersects(common)) continue;
      extent.extend(box);
      segments.push_back({ring[i - 1], ring[i]});
    }
  });
  if (segments.empty() || !std::isfinite(extent.width()) || !std::isfinite(extent.height())) return {};
  SegmentGrid grid(std::move(segments), extent, tolerance);
  MultiLine shared;
  each_ring(a, [&](const Path& ring) { add_runs(ring, grid, where, tolerance, shared.lines); });
  if (shared.lines.empty()) return {};
  return shared;
}

}  // namespace sitmap::geom
