#include "draw/coverage.hpp"

#include <algorithm>
#include <cmath>

namespace sitmap::draw {

void Coverage::begin(const PixelBox& area, const geom::Box& clip) {
  area_ = area;
  clip_ = {std::max(clip.min_x, static_cast<double>(area.x)) - area.x, std::max(clip.min_y, static_cast<double>(area.y)) - area.y,
           std::min(clip.max_x, static_cast<double>(area.x + area.width)) - area.x,
           std::min(clip.max_y, static_cast<double>(area.y + area.height)) - area.y};
  stride_ = static_cast<std::size_t>(area.width) + 1;  // an edge may stand on the right end
  words_ = (stride_ + kBlock * 64 - 1) / (kBlock * 64);
  const auto rows = static_cast<std::size_t>(area.height);
  if (cells_.size() < stride_ * rows) cells_.resize(stride_ * rows);
  if (touched_.size() < words_ * rows) touched_.resize(words_ * rows);
}

void Coverage::cut(geom::Point from, geom::Point to) {
  const geom::Box& c = clip_;
  constexpr double kFarthest = 1e7;
  for (const double v : {from.x, from.y, to.x, to.y})
    if (!(std::abs(v) < kFarthest)) return;
  if ((from.y <= c.min_y && to.y <= c.min_y) || (from.y >= c.max_y && to.y >= c.max_y) || c.empty()) return;
  // Cut to the rows; what is left of the clip still covers all to its right, what is right of it covers nothing.
  const auto at_y = [a = from, b = to](double y) { return geom::Point{a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y}; };
  const auto in_rows = [&](geom::Point p) {
    return p.y < c.min_y ? at_y(c.min_y) : p.y > c.max_y ? at_y(c.max_y) : p;
  };
  const geom::Point a = in_rows(from), b = in_rows(to);
  if (a.x >= c.max_x && b.x >= c.max_x && c.max_x >= area_.width) return;
  const auto on = [&](geom::Point p) { return geom::Point{std::clamp(p.x, c.min_x, c.max_x), p.y}; };
  geom::Point at = on(a);
  double crossings[2];
  int count = 0;
  for (const double x : {c.min_x, c.max_x})
    if ((a.x < x) != (b.x < x) && a.x != b.x) crossings[count++] = (x - a.x) / (b.x - a.x);
  if (count == 2 && crossings[0] > crossings[1]) std::swap(crossings[0], crossings[1]);
  for (int i = 0; i < count; ++i) {
    const geom::Point p = on({a.x + (b.x - a.x) * crossings[i], a.y + (b.y - a.y) * crossings[i]});
    inside(at, p);
    at = p;
  }
  inside(at, on(b));
}

void Coverage::convex(const geom::Point* points, int count) {
  double twice = 0;
  for (int i = 0; i < count; ++i) {
    const geom::Point a = points[i], b = points[i + 1 < count ? i + 1 : 0];
    twice += (a.x - points[0].x) * (b.y - points[0].y) - (b.x - points[0].x) * (a.y - points[0].y);
  }
  for (int i = 0; i < count; ++i) {
    const geom::Point a = points[i], b = points[i + 1 < count ? i + 1 : 0];
    if (twice >= 0)
      edge(a, b);
    else
      edge(b, a);
  }
}

// Fixed point, 256 to a pixel. Splits an edge at the rows; integer division with the remainder carried on, so that no
// part is lost.
void Coverage::line(int x1, int y1, int x2, int y2) {
  if (y1 == y2) return;
  int row = y1 >> 8;
  const int last = y2 >> 8, fy1 = y1 & 255, fy2 = y2 & 255;
  if (row == last) {
    scanline(row, x1, fy1, x2, fy2);
    return;
  }
  const int step = y2 > y1 ? 1 : -1, first = y2 > y1 ? 256 : 0;
  if (x1 == x2) {
    const int column = x1 >> 8, twice = (x1 & 255) * 2;
    const auto add = [&](int delta) {
      if (delta == 0) return;  // an edge that ends on the last row's end stands in no row below it
      Cell& c = cell(column, row);
      c.cover += delta;
      c.area += twice * delta;
    };
    add(first - fy1);
    for (row += step; row != last; row += step) add(first + first - 256);
    add(fy2 - 256 + first);
    return;
  }
  // Pages are less than 2¹⁵ pixels wide, so 256 × dx may not fit into 32 bits, whose division is much faster.
  if (std::abs(x2 - x1) < (1 << 22))
    rows<std::int32_t>(x1, y1, x2, y2);
  else
    rows<std::int64_t>(x1, y1, x2, y2);
}

template <class Int>
void Coverage::rows(int x1, int y1, int x2, int y2) {
  int row = y1 >> 8;
  const int last = y2 >> 8, fy1 = y1 & 255, fy2 = y2 & 255;
  const int step = y2 > y1 ? 1 : -1, first = y2 > y1 ? 256 : 0;
  const Int dx = x2 - x1, dy = std::abs(y2 - y1);
  Int p = (y2 > y1 ? 256 - fy1 : fy1) * dx;
  const auto floor_divide = [](Int n, Int d, Int& rest) {
    Int q = n / d;
    rest = n % d;
    if (rest < 0) {
      --q;
      rest += d;
    }
    return q;
  };
  Int mod = 0, rem = 0;
  int x = x1 + static_cast<int>(floor_divide(p, dy, mod));
  scanline(row, x1, fy1, x, first);
  row += step;
  if (row != last) {
    p = 256 * dx;
    const Int lift = floor_divide(p, dy, rem);
    mod -= dy;
    for (; row != last; row += step) {
      Int delta = lift;
      mod += rem;
      if (mod >= 0) {
        mod -= dy;
        ++delta;
      }
      const int next = x + static_cast<int>(delta);
      scanline(row, x, 256 - first, next, first);
      x = next;
    }
  }
  scanline(row, x, 256 - first, x2, fy2);
}

// One row: y from 0 to 256 inside it. Splits at the columns.
void Coverage::scanline(int row, int x1, int y1, int x2, int y2) {
  if (y1 == y2) return;
  int column = x1 >> 8;
  const int last = x2 >> 8, fx1 = x1 & 255, fx2 = x2 & 255;
  const auto add = [&](int delta, int width) {
    Cell& c = cell(column, row);
    c.cover += delta;
    c.area += width * delta;
  };
  if (column == last) {
    add(y2 - y1, fx1 + fx2);
    return;
  }
  const bool right = x2 > x1;
  const int step = right ? 1 : -1, first = right ? 256 : 0, dx = std::abs(x2 - x1), dy = y2 - y1;
  const auto floor_divide = [dx](int n, int& rest) {
    int q = n / dx;
    rest = n % dx;
    if (rest < 0) {
      --q;
      rest += dx;
    }
    return q;
  };
  int mod = 0, rem = 0;
  int delta = floor_divide((right ? 256 - fx1 : fx1) * dy, mod);
  add(delta, fx1 + first);
  int y = y1 + delta;
  column += step;
  if (column != last) {
    const int lift = floor_divide(256 * dy, rem);
    mod -= dx;
    for (; column != last; column += step) {
      delta = lift;
      mod += rem;
      if (mod >= 0) {
        mod -= dx;
        ++delta;
      }
      add(delta, 256);
      y += delta;
    }
  }
  add(y2 - y, fx2 + 256 - first);
}

Coverage& thread_coverage() {
  thread_local Coverage coverage;
  return coverage;
}

}  // namespace sitmap::draw
