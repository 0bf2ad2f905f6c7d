#include "projection/pipeline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geom/date_line.hpp"
#include "geom/operations.hpp"
#include "geom/ring.hpp"

namespace sitmap::projection {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kThinPx = 0.3;         // vertices nearer together than about this are one
constexpr double kResampleDeg = 0.2;    // shorter segments are straight enough
constexpr double kAlwaysSplitDeg = 10;  // longer ones may bend both ways and fool a look at the middle
constexpr int kDeepest = 12;
constexpr double kMostLon = 1080;  // longitudes beyond are no longitudes

// Edges that planar data have where the plane ends.
constexpr double kDateLine = 179.999, kPole = 89.99;

bool usable(geom::Point p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::abs(p.x) <= kMostLon; }

bool artificial(geom::Point a, geom::Point b) {
  const bool date_line = std::abs(a.x) >= kDateLine && std::abs(b.x) >= kDateLine && std::abs(a.x - b.x) < 1;
  return date_line || (std::abs(a.y) >= kPole && std::abs(b.y) >= kPole);
}

// What has to be known of a path before it is touched.
struct Scan {
  geom::Box box;
  bool jumps = false;  // a step over the date line
  bool clean = true;   // finite throughout
};

Scan scan(const geom::Path& path) {
  Scan out;
  // The usual case in one straight pass: nothing odd, no long step.
  double low_x = 1e300, low_y = 1e300, high_x = -1e300, high_y = -1e300, longest = 0;
  bool odd = false;
  double last = path.empty() ? 0 : path.front().x;
  for (const geom::Point& p : path) {
    odd |= !(std::abs(p.x) <= kMostLon) | !(std::abs(p.y) <= 1e300);
    low_x = p.x < low_x ? p.x : low_x;
    high_x = p.x > high_x ? p.x : high_x;
    low_y = p.y < low_y ? p.y : low_y;
    high_y = p.y > high_y ? p.y : high_y;
    const double step = std::abs(p.x - last);
    longest = step > longest ? step : longest;
    last = p.x;
  }
  out.box = {low_x, low_y, high_x, high_y};
  if (!odd && longest <= 180) return out;

  out.box = {};
  for (std::size_t i = 0; i < path.size(); ++i) {
    const geom::Point p = path[i];
    if (!usable(p)) {
      out.clean = false;
      continue;
    }
    out.box.extend(p);
    if (i > 0 && std::abs(p.x - path[i - 1].x) > 180 && std::abs(geom::longitude_step(path, i)) <= 180)
      out.jumps = true;
  }
  return out;
}

// The turns of 360° that bring [low, high] into the window.
struct Turns {
  int first, last;
};
Turns turns(double low, double high, const geom::Box& window) {
  return {static_cast<int>(std::ceil((window.min_x - high) / 360)),
          static_cast<int>(std::floor((window.max_x - low) / 360))};
}

}  // namespace

Pipeline::Pipeline(const View& view, double margin_px, double tolerance_px)
    : view_(view),
      window_(view.window(margin_px)),
      domain_(view.projection_.domain()),
      session_(view.projection_.engine()),
      clip_(geom::Box{0, 0, view.page_.width, view.page_.height}.expanded(std::max(margin_px, 0.0))),
      tolerance_(std::max(tolerance_px, 0.0)),
      cos_bearing_(std::cos(view.bearing_rad_)),
      sin_bearing_(std::sin(view.bearing_rad_)) {}

void Pipeline::to_page(std::span<geom::Point> lon_lats) const {
  session_.forward(lon_lats);
  const geom::Point center = view_.center_metres_, px = view_.center_px_;
  const double scale = view_.px_per_metre_;
  for (geom::Point& p : lon_lats) {
    const geom::Point d = p - center;
    p = {px.x + (d.x * cos_bearing_ - d.y * sin_bearing_) * scale,
         px.y - (d.x * sin_bearing_ + d.y * cos_bearing_) * scale};
  }
}

// Points between a and b (neither included) until the middle of every piece is where the straight line has it.
template <class Emit>
void Pipeline::refine(geom::Point a, geom::Point b, geom::Point page_a, geom::Point page_b, int depth,
                      const Emit& emit) const {
  const double size = std::max(std::abs(b.x - a.x), std::abs(b.y - a.y));
  if (size <= kResampleDeg || depth >= kDeepest) return;
  // Far beside the page nothing needs to be true.
  const double reach = std::abs(page_b.x - page_a.x) + std::abs(page_b.y - page_a.y);
  if (size <= kAlwaysSplitDeg && !clip_.expanded(reach).contains(page_a)) return;
  const geom::Point middle = a + (b - a) * 0.5;
  geom::Point page = middle;
  to_page(std::span(&page, 1));
  if (std::isnan(page.x)) return;
  if (size <= kAlwaysSplitDeg && geom::distance_to_segment(page, page_a, page_b) <= std::max(tolerance_, 0.05)) return;
  refine(a, middle, page_a, page, depth + 1, emit);
  emit(page);
  refine(middle, b, page, page_b, depth + 1, emit);
}

geom::Path Pipeline::unwrapped(const geom::Path& path, bool ring) const {
  geom::Path clean;
  std::ranges::copy_if(path, std::back_inserter(clean), usable);
  if (ring && !clean.empty() && clean.front() != clean.back()) clean.push_back(clean.front());
  geom::Path out;
  out.reserve(clean.size() + 4);
  for (std::size_t i = 0; i < clean.size(); ++i)
    out.push_back({i == 0 ? clean[0].x : out.back().x + geom::longitude_step(clean, i), clean[i].y});
  if (!ring || out.size() < 3) return out;
  if (std::abs(out.back().x - out.front().x) > 180) {  // around the earth: closed over the pole that is nearer
    double sum = 0;
    for (const geom::Point& p : out) sum += p.y;
    const double pole = sum < 0 ? -90 : 90;
    const double start = out.front().x, end = out.back().x;
    out.push_back({end, pole});
    out.push_back({start, pole});
    out.push_back(out.front());
  } else {
    out.back() = out.front();
  }
  return out;
}

// The ring turned, without the inner vertices of runs that stay beyond one side of the window.
geom::Ring Pipeline::near_window(const geom::Path& path, double turn, Edges edges) const {
  const geom::Box& box = window_->lon_lat;
  const auto side = [&](double x, double y) {
    return (x < box.min_x ? 1u : 0u) | (x > box.max_x ? 2u : 0u) | (y < box.min_y ? 4u : 0u) |
           (y > box.max_y ? 8u : 0u);
  };
  geom::Ring out;
  const std::size_t n = path.size() > 1 && path.front() == path.back() ? path.size() - 1 : path.size();
  unsigned before_last = 0, last = 0;  // sides of the two vertices kept last
  for (std::size_t i = 0; i < n; ++i) {
    const geom::Point p = path[i];
    if (!usable(p)) continue;
    geom::RingVertex v{p.x + turn, p.y, 0};
    if (edges == Edges::MarkArtificial && artificial(p, path[i + 1 < path.size() ? i + 1 : 0]))
      v.flags = geom::kArtificialEdge;
    const unsigned here = side(v.x, v.y);
    if (out.size() >= 2 && (before_last & last & here) != 0) {
      out.back() = v;
      last = here;
      continue;
    }
    out.push_back(v);
    before_last = last;
    last = here;
  }
  return out;
}

// Of vertices that follow each other in one cell of a grid finer than the page's pixels, one stays: the same one in
// whichever direction they come, so that neighbours keep their common boundary.
void Pipeline::thin(geom::Ring& ring) const {
  const double cell_x = window_->lon_cell * kThinPx, cell_y = window_->lat_cell * kThinPx;
  if (!(cell_x > 0 && cell_y > 0) || ring.size() < 3) return;
  const double per_x = 1 / cell_x, per_y = 1 / cell_y;
  std::size_t kept = 0;
  double last_x = kNan, last_y = kNan;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const double x = std::floor(ring[i].x * per_x), y = std::floor(ring[i].y * per_y);
    if (x == last_x && y == last_y) {
      geom::RingVertex& stays = ring[kept - 1];
      const std::uint8_t flags = ring[i].flags;
      if (ring[i].x < stays.x || (ring[i].x == stays.x && ring[i].y < stays.y)) stays = ring[i];
      stays.flags = flags;
      continue;
    }
    last_x = x;
    last_y = y;
    ring[kept++] = ring[i];
  }
  ring.resize(kept);
}

geom::Path Pipeline::thin(const geom::Path& line) const {
  const double cell_x = window_->lon_cell * kThinPx, cell_y = window_->lat_cell * kThinPx;
  if (!(cell_x > 0 && cell_y > 0) || line.size() < 3) return line;
  const double per_x = 1 / cell_x, per_y = 1 / cell_y;
  geom::Path out{line.front()};
  double last_x = kNan, last_y = kNan;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    const double x = std::floor(line[i].x * per_x), y = std::floor(line[i].y * per_y);
    if (x == last_x && y == last_y) {
      geom::Point& stays = out.back();
      if (line[i].x < stays.x || (line[i].x == stays.x && line[i].y < stays.y)) stays = line[i];
      continue;
    }
    last_x = x;
    last_y = y;
    out.push_back(line[i]);
  }
  out.push_back(line.back());
  return out;
}

geom::Ring Pipeline::project_ring(const geom::Ring& lon_lat) const {
  std::vector<geom::Point> page;
  page.reserve(lon_lat.size());
  for (const geom::RingVertex& v : lon_lat) page.push_back({v.x, v.y});
  to_page(page);
  geom::Ring out;
  out.reserve(page.size() + 16);
  for (std::size_t i = 0; i < page.size(); ++i) {
    const std::size_t next = i + 1 < page.size() ? i + 1 : 0;
    const std::uint8_t flags = lon_lat[i].flags;
    if (std::isnan(page[i].x)) continue;
    out.push_back({page[i].x, page[i].y, flags});
    if ((flags & geom::kStraightEdge) != 0 || std::isnan(page[next].x)) continue;
    refine({lon_lat[i].x, lon_lat[i].y}, {lon_lat[next].x, lon_lat[next].y}, page[i], page[next], 0,
           [&](geom::Point p) {
             out.push_back({p.x, p.y, flags});
           });
  }
  return out;
}

void Pipeline::add_page_ring(geom::Ring ring, std::vector<PageRing>& out) {
  geom::clip_ring(ring, window_->lon_lat, scratch_);
  thin(ring);
  if (!window_->needs_horizon) {
    if (ring.size() < 3) return;
    PageRing page{project_ring(ring), false};
    geom::clip_ring(page.ring, clip_, scratch_);
    if (page.ring.size() >= 3) out.push_back(std::move(page));
    return;
  }
  if (ring.size() < 3) return;
  geom::Point probe = window_->probe;
  const double west = window_->lon_lat.min_x;
  probe.x = west + std::fmod(probe.x - west + 720, 360.0);
  const bool inside_before = geom::inside_ring(geom::to_path(ring), probe);
  bool any_inside = false;
  const geom::Ring cut = at_horizon(ring, any_inside);
  if (!any_inside) {  // all or nothing: nothing but all
    if (inside_before) out.push_back({{}, true});
    return;
  }
  PageRing page{project_ring(cut), false};
  to_page(std::span(&probe, 1));
  page.inverted = geom::inside_ring(geom::to_path(page.ring), probe) != inside_before;
  geom::clip_ring(page.ring, clip_, scratch_);
  if (page.ring.size() < 3) page.ring.clear();
  if (!page.ring.empty() || page.inverted) out.push_back(std::move(page));
}

std::vector<Pipeline::PageRing> Pipeline::page_rings(const geom::Path& path, Edges edges) {
  std::vector<PageRing> out;
  const geom::Box& window = window_->lon_lat;
  Scan seen = scan(path);
  const geom::Path* source = &path;
  geom::Path changed;
  if (seen.jumps) {
    changed = unwrapped(path, true);
    source = &changed;
    seen = scan(changed);
  }
  if (seen.box.empty() || seen.box.max_y < window.min_y || seen.box.min_y > window.max_y) return out;
  const Turns range = turns(seen.box.min_x, seen.box.max_x, window);
  for (int turn = range.first; turn <= range.last; ++turn)
    add_page_ring(near_window(*source, 360.0 * turn, edges), out);
  return out;
}

geom::Geometry Pipeline::points(const geom::MultiPoint& points) {
  geom::MultiPoint out;
  std::vector<geom::Point> page;
  for (const geom::Point& p : points.points)
    if (usable(p) && domain_.contains(p)) page.push_back(p);
  to_page(page);
  std::ranges::copy_if(page, std::back_inserter(out.points), [&](geom::Point p) { return clip_.contains(p); });
  if (out.points.empty()) return {};
  return out;
}

geom::Path Pipeline::project_line(std::span<const geom::Point> lon_lat, std::span<const geom::Point> page) const {
  geom::Path out;
  for (std::size_t i = 0; i < page.size(); ++i) {
    out.push_back(page[i]);
    if (i + 1 < page.size())
      refine(lon_lat[i], lon_lat[i + 1], page[i], page[i + 1], 0, [&](geom::Point p) { out.push_back(p); });
  }
  return out;
}

geom::Geometry Pipeline::lines(const geom::MultiLine& lines) {
  geom::MultiLine out;
  for (const geom::Path& given : lines.lines) {
    Scan seen = scan(given);
    geom::Path changed;
    if (seen.jumps || !seen.clean) {
      changed = unwrapped(given, false);
      seen = scan(changed);
    }
    const geom::Path& path = changed.empty() ? given : changed;
    if (path.size() < 2 || seen.box.empty()) continue;
    const geom::Box& window = window_->lon_lat;
    if (seen.box.max_y < window.min_y || seen.box.min_y > window.max_y) continue;
    const Turns range = turns(seen.box.min_x, seen.box.max_x, window);
    for (int turn = range.first; turn <= range.last; ++turn) {
      geom::Path turned = path;
      if (turn != 0)
        for (geom::Point& p : turned) p.x += 360.0 * turn;
      std::vector<geom::Path> parts;
      geom::clip_line(turned, window, parts);
      if (window_->needs_horizon) {
        std::vector<geom::Path> visible;
        for (const geom::Path& part : parts) std::ranges::move(visible_parts(part), std::back_inserter(visible));
        parts = std::move(visible);
      }
      for (const geom::Path& part : parts) {
        const geom::Path thinned = thin(part);
        std::vector<geom::Point> page = thinned;
        to_page(page);
        for (std::size_t from = 0; from < page.size();) {
          if (std::isnan(page[from].x)) {
            ++from;
            continue;
          }
          std::size_t to = from;
          while (to < page.size() && !std::isnan(page[to].x)) ++to;
          const auto size = to - from;
          std::vector<geom::Path> clipped;
          geom::clip_line(project_line(std::span(thinned).subspan(from, size), std::span(page).subspan(from, size)),
                          clip_, clipped);
          for (const geom::Path& line : clipped) out.lines.push_back(geom::simplify(line, tolerance_));
          from = to;
        }
      }
    }
  }
  if (out.lines.empty()) return {};
  return out;
}

geom::Geometry Pipeline::polygons(const geom::MultiPolygon& area) {
  geom::MultiPolygon out;
  for (const geom::Polygon& polygon : area.polygons) {
    std::vector<PageRing> outer = page_rings(polygon.outer, Edges::All);
    if (outer.empty()) continue;
    std::vector<PageRing> holes;
    for (const geom::Path& hole : polygon.holes)
      std::ranges::move(page_rings(hole, Edges::All), std::back_inserter(holes));
    // A ring turned inside out is the whole disk less what it encloses.
    const auto members = [&](PageRing& ring) {
      std::vector<geom::Path> paths;
      if (ring.inverted) paths.push_back(geom::to_path(horizon_disk().ring));
      if (!ring.ring.empty()) paths.push_back(geom::to_path(ring.ring));
      std::erase_if(paths, [](const geom::Path& path) { return path.empty(); });
      return paths;
    };
    for (std::size_t i = 0; i < outer.size(); ++i) {
      std::vector<geom::Path> paths = members(outer[i]);
      if (paths.empty()) continue;
      geom::Polygon made{std::move(paths.front()), {}};
      std::move(paths.begin() + 1, paths.end(), std::back_inserter(made.holes));
      const geom::Box box = geom::bounds(made.outer);
      for (PageRing& hole : holes)
        for (geom::Path& path : members(hole))
          if (outer.size() == 1 ||
              (box.intersects(geom::bounds(path)) && geom::inside_ring(made.outer, path[path.size() / 2])))
            made.holes.push_back(std::move(path));
      out.polygons.push_back(std::move(made));
    }
  }
  if (out.polygons.empty()) return {};
  return geom::simplify(out, tolerance_);
}

geom::Geometry Pipeline::outlines(const geom::MultiPolygon& area) {
  geom::MultiLine out;
  const auto add = [&](const geom::Path& path) {
    for (const PageRing& page : page_rings(path, Edges::MarkArtificial)) {
      const geom::Ring& ring = page.ring;
      if (ring.size() < 3) continue;
      const auto cut = [&](std::size_t i) { return (ring[i % ring.size()].flags & geom::kArtificialEdge) != 0; };
      std::size_t start = 0;
      while (start < ring.size() && !cut(start)) ++start;
      if (start == ring.size()) {
        geom::Geometry whole =
            geom::simplify(geom::Geometry(geom::MultiPolygon{{{geom::to_path(ring), {}}}}), tolerance_);
        if (auto* left = std::get_if<geom::MultiPolygon>(&whole))
          for (geom::Polygon& polygon : left->polygons) out.lines.push_back(std::move(polygon.outer));
        continue;
      }
      geom::Path line;
      for (std::size_t i = start + 1; i <= start + ring.size(); ++i) {
        line.push_back({ring[i % ring.size()].x, ring[i % ring.size()].y});
        if (!cut(i)) continue;
        if (line.size() > 1) out.lines.push_back(geom::simplify(line, tolerance_));
        line.clear();
      }
    }
  };
  for (const geom::Polygon& polygon : area.polygons) {
    add(polygon.outer);
    for (const geom::Path& hole : polygon.holes) add(hole);
  }
  if (out.lines.empty()) return {};
  return out;
}

geom::Geometry View::project(const geom::Geometry& lon_lat, double margin_px, double tolerance_px) const {
  if (std::holds_alternative<std::monostate>(lon_lat) || window_->nothing) return {};
  Pipeline pipeline(*this, margin_px, tolerance_px);
  if (const auto* points = std::get_if<geom::MultiPoint>(&lon_lat)) return pipeline.points(*points);
  if (const auto* lines = std::get_if<geom::MultiLine>(&lon_lat)) return pipeline.lines(*lines);
  return pipeline.polygons(std::get<geom::MultiPolygon>(lon_lat));
}

geom::Geometry View::project_outline(const geom::Geometry& polygons, double margin_px, double tolerance_px) const {
  const auto* area = std::get_if<geom::MultiPolygon>(&polygons);
  if (!area || window_->nothing) return {};
  return Pipeline(*this, margin_px, tolerance_px).outlines(*area);
}

}  // namespace sitmap::projection
