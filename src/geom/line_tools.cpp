#include <algorithm>
#include <cmath>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

constexpr double kMiterLimit = 2.5;
constexpr std::size_t kMostPoints = 4'000'000;

Path without_repeats(const Path& line) {
  Path out;
  out.reserve(line.size());
  for (const Point& p : line)
    if (std::isfinite(p.x) && std::isfinite(p.y) && (out.empty() || out.back() != p)) out.push_back(p);
  return out;
}

double size_of(Point d) { return std::hypot(d.x, d.y); }

}  // namespace

Path offset(const Path& line, double distance) {
  const Path clean = without_repeats(line);
  if (clean.size() < 2 || distance == 0) return clean;
  const bool closed = clean.size() > 3 && clean.front() == clean.back();
  const std::size_t segments = clean.size() - 1;
  std::vector<Point> left(segments);  // unit normals
  for (std::size_t i = 0; i < segments; ++i) {
    const Point d = clean[i + 1] - clean[i];
    left[i] = Point{-d.y, d.x} * (1 / size_of(d));
  }
  Path out;
  out.reserve(clean.size() + 8);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const bool first = i == 0, last = i == segments;
    const Point before = first ? left[closed ? segments - 1 : 0] : left[i - 1];
    const Point after = last ? left[closed ? 0 : segments - 1] : left[i];
    const Point sum = before + after;
    const double square = (sum.x * sum.x + sum.y * sum.y) / 4;  // cos² of half the turn
    if (square * kMiterLimit * kMiterLimit >= 1) {
      out.push_back(clean[i] + sum * (distance / (2 * square)));
    } else {  // too sharp: cut off
      out.push_back(clean[i] + before * distance);
      out.push_back(clean[i] + after * distance);
    }
  }
  return out;
}

Path smooth(const Path& line, int rounds) {
  Path now = line;
  for (int round = 0; round < rounds && now.size() > 2 && now.size() < kMostPoints; ++round) {
    const bool closed = now.front() == now.back();
    Path next;
    next.reserve(now.size() * 2);
    if (!closed) next.push_back(now.front());
    for (std::size_t i = 0; i + 1 < now.size(); ++i) {
      const Point a = now[i], b = now[i + 1];
      if (closed || i > 0) next.push_back(a * 0.75 + b * 0.25);
      if (closed || i + 2 < now.size()) next.push_back(a * 0.25 + b * 0.75);
    }
    next.push_back(closed ? next.front() : now.back());
    now = std::move(next);
  }
  return now;
}

Path resample(const Path& line, double step) {
  const Path clean = without_repeats(line);
  if (clean.size() < 2 || !(step > 0)) return clean;
  const double total = length(clean);
  const double wanted = std::min(std::max(1.0, std::round(total / step)), static_cast<double>(kMostPoints));
  const auto parts = static_cast<std::size_t>(wanted);
  Path out{clean.front()};
  out.reserve(parts + 1);
  std::size_t segment = 0;
  double start = 0, size = size_of(clean[1] - clean[0]);
  for (std::size_t i = 1; i < parts; ++i) {
    const double at = total * static_cast<double>(i) / wanted;
    while (start + size < at && segment + 2 < clean.size()) {
      start += size;
      ++segment;
      size = size_of(clean[segment + 1] - clean[segment]);
    }
    out.push_back(clean[segment] + (clean[segment + 1] - clean[segment]) * std::min(1.0, (at - start) / size));
  }
  out.push_back(clean.back());
  return out;
}

std::pair<Point, double> at_length(const Path& line, double wanted) {
  if (line.empty()) return {};
  double left = std::max(0.0, wanted), angle = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point d = line[i] - line[i - 1];
    const double size = size_of(d);
    if (!(size > 0)) continue;
    angle = std::atan2(d.y, d.x);
    if (left <= size) return {line[i - 1] + d * (left / size), angle};
    left -= size;
  }
  return {line.back(), angle};
}

}  // namespace sitmap::geom
