#include "draw/stroker.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace sitmap::draw {
namespace {

using geom::Point;
using geom::Path;

constexpr double kTolerance = 0.05;  // device pixels between an arc and its chords
constexpr double kStep = 0.15;       // device pixels: nearer points change nothing that can be seen
constexpr double kFarthest = 1e6;
constexpr double kMostDashes = 50000;

double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double length(Point a) { return std::sqrt(dot(a, a)); }

// Angle between chords of an arc.
double arc_step(double radius) {
  return radius <= kTolerance ? 2.0 : std::min(1.2, 2 * std::acos(std::max(-1.0, 1 - kTolerance / radius)));
}

// Finite points in device pixels, without those too near to the one before.
void device_points(const scene::Subpath& subpath, double scale, Path& out) {
  out.clear();
  const std::size_t count = subpath.points.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Point p = subpath.points[i] * scale;
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
    const Point q{std::clamp(p.x, -kFarthest, kFarthest), std::clamp(p.y, -kFarthest, kFarthest)};
    if (!out.empty()) {
      const Point d = q - out.back();
      const double d2 = dot(d, d);
      if (d2 == 0 || (i + 1 < count && d2 < kStep * kStep)) continue;
    }
    out.push_back(q);
  }
}

class Stroker {
 public:
  Stroker(Coverage& coverage, const Pen& pen) : coverage_(coverage), pen_(pen) {}

  void polyline(const Path& points, bool closed) {
    const std::size_t count = points.size();
    if (count == 0) return;
    if (count == 1) {
      dot_at(points[0], {1, 0});
      return;
    }
    segments_.clear();
    for (std::size_t i = 0; i + (closed ? 0 : 1) < count; ++i) {
      const Point from = points[i], to = points[i + 1 < count ? i + 1 : 0], d = to - from;
      const double l = length(d);
      if (l > 1e-9) segments_.push_back({from, to, d * (1 / l), l});
    }
    if (segments_.empty()) {
      dot_at(points[0], {1, 0});
      return;
    }
    const Segment &first = segments_.front(), &last = segments_.back();
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      sides(segments_[i]);
      if (i + 1 < segments_.size()) joint(segments_[i], segments_[i + 1]);
    }
    if (closed) {
      joint(last, first);
      return;
    }
    close(first.from, first, -1);
    cap(first.from, first.direction * -1);
    close(last.to, last, 1);
    cap(last.to, last.direction);
  }

  // A dash of no length.
  void dot_at(Point p, Point direction) {
    if (pen_.cap == scene::Cap::Round)
      add_disc(coverage_, p, pen_.half);
    else if (pen_.cap == scene::Cap::Square)
      segment(p - direction * pen_.half, p + direction * pen_.half, direction);
  }

 private:
  struct Segment {
    Point from, to, direction;
    double length = 0;
  };

  Point side(Point direction) const { return {-direction.y * pen_.half, direction.x * pen_.half}; }

  void segment(Point a, Point b, Point direction) {
    const Point n = side(direction);
    const Point quad[4] = {a + n, a - n, b - n, b + n};
    coverage_.convex(quad, 4);
  }

  // A segment's rectangle in parts, in the direction convex() takes: its two long sides, and its ends.
  void sides(const Segment& s) {
    const Point n = side(s.direction);
    coverage_.edge(s.from - n, s.to - n);
    coverage_.edge(s.to + n, s.from + n);
  }
  void close(Point at, const Segment& s, double end) {
    const Point n = side(s.direction) * end;
    coverage_.edge(at - n, at + n);
  }

  // Where a segment ends and the next begins. As a rule the sides are just linked: outside the turn that is a bevel,
  // inside it takes away what both cover. When the inner corner would reach beyond the segments, both get their ends.
  void joint(const Segment& in, const Segment& out) {
    const double turn = cross(in.direction, out.direction), straight = dot(in.direction, out.direction);
    const Point at = in.to;
    if (straight > 0 && pen_.half * std::abs(turn) <= 0.5 * std::min(in.length, out.length)) {
      const Point a = side(in.direction), b = side(out.direction);
      coverage_.edge(at - a, at - b);
      coverage_.edge(at + b, at + a);
      // Beyond the bevel by up to half × (1 / cos(θ/2) − cos(θ/2)).
      if (pen_.join != scene::Join::Bevel && turn * turn * pen_.half > 0.2) join(at, in.direction, out.direction, Corner::BeyondBevel);
      return;
    }
    close(at, in, 1);
    close(at, out, -1);
    join(at, in.direction, out.direction, Corner::Whole);
  }

  // From `from` round `middle` to `to`, less than half a turn, as a fan.
  void fan(Point middle, Point from, Point to, bool from_middle = true) {
    const double angle = std::atan2(cross(from, to), dot(from, to));
    const int steps = std::max(1, static_cast<int>(std::ceil(std::abs(angle) / arc_step(pen_.half))));
    fan_.clear();
    if (from_middle) fan_.push_back(middle);
    fan_.push_back(middle + from);
    const double c = std::cos(angle / steps), s = std::sin(angle / steps);
    Point v = from;
    for (int i = 1; i < steps; ++i) {
      v = {v.x * c - v.y * s, v.x * s + v.y * c};
      fan_.push_back(middle + v);
    }
    fan_.push_back(middle + to);
    coverage_.convex(fan_.data(), static_cast<int>(fan_.size()));
  }

  enum class Corner { Whole, BeyondBevel };
  void join(Point at, Point in, Point out, Corner corner) {
    const double turn = cross(in, out), straight = dot(in, out);
    const double outer = turn > 0 ? -1 : 1;  // the side away from the turn
    const Point a = side(in) * outer, b = side(out) * outer;
    if (pen_.join == scene::Join::Round) {
      if (straight < -0.9999)
        add_disc(coverage_, at, pen_.half);
      else
        fan(at, a, b, corner == Corner::Whole);
      return;
    }
    if (pen_.join == scene::Join::Miter) {
      // The tip stands half / cos(θ/2) from the vertex, θ the angle turned; the limit bounds 1 / cos(θ/2).
      const double cos_half2 = (1 + straight) / 2;
      if (cos_half2 * pen_.miter_limit * pen_.miter_limit >= 1) {
        const Point tip = (a + b) * (1 / (2 * cos_half2));
        const Point quad[4] = {at + a, at + tip, at + b, at};
        coverage_.convex(quad, corner == Corner::Whole ? 4 : 3);
        return;
      }
    }
    if (corner == Corner::BeyondBevel) return;
    const Point triangle[3] = {at, at + a, at + b};
    coverage_.convex(triangle, 3);
  }

  void cap(Point at, Point outwards) {
    if (pen_.cap == scene::Cap::Square) {
      segment(at, at + outwards * pen_.half, outwards);
    } else if (pen_.cap == scene::Cap::Round) {
      const Point n = side(outwards);
      fan(at, n, outwards * pen_.half);
      fan(at, outwards * pen_.half, n * -1);
    }
  }

  Coverage& coverage_;
  const Pen& pen_;
  std::vector<Point> fan_;
  std::vector<Segment> segments_;
};

void dashed(Stroker& stroker, Path points, bool closed, const Pen& pen) {
  if (closed && points.size() > 1) points.push_back(points.front());
  double total = 0;
  for (const double d : pen.dash) total += d;
  if (pen.dash.size() % 2 == 1) total *= 2;
  double whole = 0;
  for (std::size_t i = 1; i < points.size(); ++i) whole += length(points[i] - points[i - 1]);
  if (whole / total * static_cast<double>(pen.dash.size()) > kMostDashes) {
    stroker.polyline(points, false);
    return;
  }
  std::size_t index = 0;
  double left = std::fmod(pen.dash_offset, total);
  if (left < 0) left += total;
  while (left > 0 && left >= pen.dash[index % pen.dash.size()]) {  // a dash of no length at the very start is a dot
    left -= pen.dash[index % pen.dash.size()];
    if (++index > 2 * pen.dash.size() + 2) break;
  }
  left = pen.dash[index % pen.dash.size()] - left;  // of the dash or gap that the line begins in
  Path dash;
  bool on = index % 2 == 0;
  if (on) dash.push_back(points.front());
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point a = points[i - 1], d = points[i] - a;
    const double l = length(d);
    if (!(l > 0)) continue;
    double at = 0;
    while (l - at >= left) {
      at += left;
      const Point p = a + d * (at / l);
      if (on) {
        if (dash.size() == 1 && length(p - dash[0]) < 1e-6)
          stroker.dot_at(p, d * (1 / l));
        else {
          dash.push_back(p);
          stroker.polyline(dash, false);
        }
        dash.clear();
      } else {
        dash.assign(1, p);
      }
      on = !on;
      ++index;
      left = pen.dash[index % pen.dash.size()];
    }
    left -= l - at;
    if (on) dash.push_back(points[i]);
  }
  if (on && dash.size() > 1) stroker.polyline(dash, false);
}

void polygon(Coverage& coverage, Point center, double radius, bool forwards) {
  const int count = std::max(8, static_cast<int>(std::ceil(2 * std::numbers::pi / arc_step(radius))));
  // A little outside the circle, so that the area is the circle's.
  const double angle = 2 * std::numbers::pi / count, r = radius * std::sqrt(angle / std::sin(angle));
  Point before{center.x + r, center.y};
  for (int i = 1; i <= count; ++i) {
    const double a = angle * (i % count);
    const Point p{center.x + r * std::cos(a), center.y + r * std::sin(a)};
    if (forwards)
      coverage.edge(before, p);
    else
      coverage.edge(p, before);
    before = p;
  }
}

}  // namespace

Pen pen_of(const scene::Stroke& stroke, double width, double scale) {
  Pen pen;
  pen.half = std::min(width * scale / 2, 1e5);
  pen.cap = stroke.cap;
  pen.join = stroke.join;
  pen.miter_limit = stroke.miter_limit;
  double sum = 0;
  bool sound = !stroke.dash.empty();
  for (const double d : stroke.dash) {
    sound = sound && std::isfinite(d) && d >= 0;
    sum += d;
  }
  if (sound && sum * scale > 0.05) {
    for (const double d : stroke.dash) pen.dash.push_back(d * scale);
    pen.dash_offset = std::isfinite(stroke.dash_offset) ? stroke.dash_offset * scale : 0;
  }
  return pen;
}

void add_stroke(Coverage& coverage, const scene::PathData& path, const Pen& pen, double scale) {
  Stroker stroker(coverage, pen);
  Path points;
  for (const scene::Subpath& subpath : path.subpaths) {
    device_points(subpath, scale, points);
    bool closed = subpath.closed;
    if (closed && points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < 3) closed = false;
    if (points.empty()) continue;
    if (pen.dash.empty() || points.size() < 2)
      stroker.polyline(points, closed);
    else
      dashed(stroker, points, closed, pen);
  }
}

void add_area(Coverage& coverage, const scene::PathData& path, double scale) {
  Path points;
  for (const scene::Subpath& subpath : path.subpaths) {
    device_points(subpath, scale, points);
    for (std::size_t i = 0; i < points.size(); ++i)
      coverage.edge(points[i], points[i + 1 < points.size() ? i + 1 : 0]);
  }
}

void add_disc(Coverage& coverage, Point center, double radius) { polygon(coverage, center, radius, true); }

void add_ring(Coverage& coverage, Point center, double inner, double outer) {
  polygon(coverage, center, outer, true);
  if (inner > 0) polygon(coverage, center, inner, false);
}

}  // namespace sitmap::draw
