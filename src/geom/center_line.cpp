// A name's curve along an area: cross sections at right angles to the area's principal axis, the chain of
// neighbouring inside intervals with the most room, and a low-order polynomial through their middles.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "geom/operations.hpp"
#include "geom/ring.hpp"

namespace sitmap::geom {
namespace {

constexpr int kSections = 25;
constexpr std::size_t kMostIntervals = 8;
constexpr double kLeastInside = 0.4;  // of the chain's length

struct Interval {
  double low, high;
  double width() const { return high - low; }
  double middle() const { return (low + high) / 2; }
};

struct Station {
  double x, y, width;
};

struct Rotation {
  Point origin;
  double cosine = 1, sine = 0;
  Point to_axis(Point p) const {
    const Point d = p - origin;
    return {d.x * cosine + d.y * sine, d.y * cosine - d.x * sine};
  }
  Point back(Point p) const { return origin + Point{p.x * cosine - p.y * sine, p.x * sine + p.y * cosine}; }
};

// Second moments of area around the centroid give the principal axis.
Rotation principal_axis(const Polygon& polygon) {
  Rotation out;
  out.origin = centroid(MultiPolygon{{polygon}});
  double xx = 0, yy = 0, xy = 0;
  const auto add = [&](const Path& ring, double sign) {
    const double turn = signed_area(ring) < 0 ? -sign : sign;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point a = ring[i] - out.origin, b = ring[i + 1] - out.origin;
      const double cross = (a.x * b.y - b.x * a.y) * turn;
      xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x);
      yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y);
      xy += cross * (2 * a.x * a.y + a.x * b.y + b.x * a.y + 2 * b.x * b.y) / 2;
    }
  };
  add(polygon.outer, 1);
  for (const Path& hole : polygon.holes) add(hole, -1);
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  out.cosine = std::cos(angle);
  out.sine = std::sin(angle);
  return out;
}

Path rotated(const Path& path, const Rotation& rotation) {
  Path out;
  out.reserve(path.size());
  for (const Point& p : path) out.push_back(rotation.to_axis(p));
  return out;
}

std::vector<Interval> cross_section(const Polygon& polygon, double x) {
  std::vector<double> crossings;
  const auto add = [&](const Path& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point a = ring[i], b = ring[i + 1];
      if ((a.x > x) != (b.x > x)) crossings.push_back(a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x));
    }
  };
  add(polygon.outer);
  std::ranges::for_each(polygon.holes, add);
  std::ranges::sort(crossings);
  std::vector<Interval> out;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) out.push_back({crossings[i], crossings[i + 1]});
  std::ranges::stable_sort(out, [](const Interval& a, const Interval& b) { return a.width() > b.width(); });
  if (out.size() > kMostIntervals) out.resize(kMostIntervals);
  return out;
}

// The chain of overlapping intervals in neighbouring sections with the largest sum of widths.
std::vector<Station> widest_chain(const Polygon& polygon, const Box& box) {
  struct Link {
    Interval interval;
    double sum;
    int before;
  };
  std::array<std::vector<Link>, kSections> links;
  double best = 0;
  int best_section = -1, best_link = -1;
  const auto section_x = [&](int i) { return box.min_x + box.width() * (i + 0.5) / kSections; };
  for (int i = 0; i < kSections; ++i) {
    for (const Interval& interval : cross_section(polygon, section_x(i))) {
      Link link{interval, interval.width(), -1};
      if (i > 0)
        for (std::size_t j = 0; j < links[static_cast<std::size_t>(i - 1)].size(); ++j) {
          const Link& other = links[static_cast<std::size_t>(i - 1)][j];
          const bool overlap = other.interval.low < interval.high && interval.low < other.interval.high;
          if (overlap && other.sum + interval.width() > link.sum) {
            link.sum = other.sum + interval.width();
            link.before = static_cast<int>(j);
          }
        }
      links[static_cast<std::size_t>(i)].push_back(link);
      if (link.sum > best) {
        best = link.sum;
        best_section = i;
        best_link = static_cast<int>(links[static_cast<std::size_t>(i)].size()) - 1;
      }
    }
  }
  std::vector<Station> chain;
  for (int i = best_section, j = best_link; i >= 0 && j >= 0; --i) {
    const Link& link = links[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    chain.push_back({section_x(i), link.interval.middle(), link.interval.width()});
    j = link.before;
  }
  std::ranges::reverse(chain);
  return chain;
}

// Weighted least squares, y = Σ c_k t^k with t in [-1, 1] over the chain; Gauss with pivots on the normal equations.
std::array<double, 4> fit(const std::vector<Station>& chain, int degree) {
  const double from = chain.front().x, to = chain.back().x;
  const int n = degree + 1;
  double m[4][5] = {};
  for (const Station& station : chain) {
    const double t = to > from ? 2 * (station.x - from) / (to - from) - 1 : 0;
    double power[7] = {1};
    for (int k = 1; k < 7; ++k) power[k] = power[k - 1] * t;
    for (int r = 0; r < n; ++r) {
      for (int c = 0; c < n; ++c) m[r][c] += station.width * power[r + c];
      m[r][4] += station.width * power[r] * station.y;
    }
  }
  for (int column = 0; column < n; ++column) {
    int pivot = column;
    for (int r = column + 1; r < n; ++r)
      if (std::abs(m[r][column]) > std::abs(m[pivot][column])) pivot = r;
    if (std::abs(m[pivot][column]) < 1e-12) continue;
    std::swap(m[column], m[pivot]);
    for (int r = 0; r < n; ++r) {
      if (r == column) continue;
      const double factor = m[r][column] / m[column][column];
      for (int c = column; c < 5; ++c) m[r][c] -= factor * m[column][c];
    }
  }
  std::array<double, 4> out{};
  for (int k = 0; k < n; ++k)
    if (std::abs(m[k][k]) >= 1e-12) out[static_cast<std::size_t>(k)] = m[k][4] / m[k][k];
  return out;
}

Path curve(const std::vector<Station>& chain, int degree) {
  const std::array<double, 4> c = fit(chain, degree);
  Path out;
  for (int i = 0; i <= 2 * kSections; ++i) {
    const double t = static_cast<double>(i) / kSections - 1;
    out.push_back({chain.front().x + (chain.back().x - chain.front().x) * (t + 1) / 2,
                   c[0] + t * (c[1] + t * (c[2] + t * c[3]))});
  }
  return out;
}

// The longest run of points inside.
Path inside_run(const Path& line, const Polygon& polygon) {
  const Geometry area = MultiPolygon{{polygon}};
  Path best, run;
  for (const Point& p : line) {
    if (contains(area, p)) {
      run.push_back(p);
      continue;
    }
    if (run.size() > best.size()) best = run;
    run.clear();
  }
  return run.size() > best.size() ? run : best;
}

double sharpest_bend_deg(const Path& line) {
  double most = 0;
  for (std::size_t i = 2; i < line.size(); ++i) {
    const Point a = line[i - 1] - line[i - 2], b = line[i] - line[i - 1];
    most = std::max(most, std::abs(std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)));
  }
  return most * 180 / std::numbers::pi;
}

}  // namespace

std::optional<Path> center_line(const Polygon& polygon, double max_bend_deg) {
  const Box box = bounds(polygon.outer);
  const double size = std::hypot(box.width(), box.height());
  if (polygon.outer.size() < 4 || !(size > 0) || !std::isfinite(size)) return std::nullopt;
  const Geometry reduced = simplify(Geometry(MultiPolygon{{polygon}}), size / 1000);
  const auto* simple = std::get_if<MultiPolygon>(&reduced);
  if (!simple || simple->polygons.empty()) return std::nullopt;

  const Rotation rotation = principal_axis(simple->polygons.front());
  Polygon turned{rotated(simple->polygons.front().outer, rotation), {}};
  for (const Path& hole : simple->polygons.front().holes) turned.holes.push_back(rotated(hole, rotation));
  const std::vector<Station> chain = widest_chain(turned, bounds(turned.outer));
  if (chain.size() < 4) return std::nullopt;

  for (const int degree : {3, 2, 1}) {
    Path line = inside_run(curve(chain, degree), turned);
    if (line.size() < 4 || sharpest_bend_deg(line) > max_bend_deg) continue;
    if (line.back().x - line.front().x < kLeastInside * (chain.back().x - chain.front().x)) continue;
    for (Point& p : line) p = rotation.back(p);
    // Reads from left to right; upright lines from the bottom of the page (y down) up.
    const Point way = line.back() - line.front();
    const bool upright = std::abs(way.x) < std::abs(way.y) * 1e-6;
    if (upright ? way.y > 0 : way.x < 0) std::ranges::reverse(line);
    return line;
  }
  return std::nullopt;
}

}  // namespace sitmap::geom
