#pragma once
// Polygons to coverage: the exact area of each pixel that a shape covers, in integers. The cell method of FreeType's
// and AGG's smooth rasterisers (David Turner, after Raph Levien's LibArt), with cells in a dense grid and a bit for
// every block of them, so that nothing is sorted. For a map's outlines it is several times faster than Cairo's.

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "draw/mask.hpp"
#include "geom/geometry.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

class Coverage {
 public:
  // Forgets everything. Shapes are cut to `clip` (device pixels, fractions count), which lies within `area`.
  void begin(const PixelBox& area, const geom::Box& clip);

  // Directed edges of closed polygons, device pixels. What goes round the same way twice is covered once.
  void edge(geom::Point from, geom::Point to) {
    from = {from.x - area_.x, from.y - area_.y};
    to = {to.x - area_.x, to.y - area_.y};
    if (clip_.contains(from) && clip_.contains(to))
      inside(from, to);
    else
      cut(from, to);
  }
  // A convex piece of a shape made of several: always taken the same way round.
  void convex(const geom::Point* points, int count);

  // Calls span(x, y, count, coverage 1..255) for what is covered, rows downwards, and forgets it.
  template <class Span>
  void sweep(scene::FillRule rule, Span span);

 private:
  struct Cell {
    std::int32_t cover = 0, area = 0;
  };
  static constexpr int kBlock = 16;  // cells

  Cell& cell(int x, int y) {
    std::uint64_t& word = touched_[static_cast<std::size_t>(y) * words_ + static_cast<std::size_t>(x / kBlock / 64)];
    word |= std::uint64_t{1} << (x / kBlock % 64);
    return cells_[static_cast<std::size_t>(y) * stride_ + static_cast<std::size_t>(x)];
  }
  void inside(geom::Point from, geom::Point to) {  // not negative
    const auto fixed = [](double v) { return static_cast<int>(v * 256 + 0.5); };
    const int x1 = fixed(from.x), y1 = fixed(from.y), x2 = fixed(to.x), y2 = fixed(to.y);
    if (y1 == y2) return;
    if ((x1 ^ x2) >> 8 == 0 && (y1 ^ y2) >> 8 == 0) {  // in one pixel: the most frequent edge of a map
      Cell& c = cell(x1 >> 8, y1 >> 8);
      c.cover += y2 - y1;
      c.area += ((x1 & 255) + (x2 & 255)) * (y2 - y1);
    } else {
      line(x1, y1, x2, y2);
    }
  }
  void cut(geom::Point from, geom::Point to);
  void line(int x1, int y1, int x2, int y2);
  template <class Int>
  void rows(int x1, int y1, int x2, int y2);
  void scanline(int row, int x1, int y1, int x2, int y2);

  PixelBox area_;
  geom::Box clip_;
  std::size_t stride_ = 0, words_ = 0;
  std::vector<Cell> cells_;             // zero between sweeps
  std::vector<std::uint64_t> touched_;  // blocks, a row of words for each row of cells
};

Coverage& thread_coverage();  // kept, since its memory is worth reusing

template <class Span>
void Coverage::sweep(scene::FillRule rule, Span span) {
  const auto alpha = [rule](int value) {  // value: 512 is a whole pixel once
    int a = value < 0 ? -(value >> 9) : value >> 9;
    if (rule == scene::FillRule::EvenOdd) {
      a &= 511;
      if (a > 256) a = 512 - a;
    }
    return a > 255 ? 255 : a;
  };
  for (int y = 0; y < area_.height; ++y) {
    std::uint64_t* const words = touched_.data() + static_cast<std::size_t>(y) * words_;
    Cell* const row = cells_.data() + static_cast<std::size_t>(y) * stride_;
    int cover = 0, from = 0;  // what is constant since `from`
    int held = 0, held_at = 0, held_count = 0;  // pixels of equal coverage not yet told
    const auto tell = [&](int x, int count, int a) {
      if (a == held && x == held_at + held_count) {
        held_count += count;
        return;
      }
      if (held > 0 && held_count > 0) span(area_.x + held_at, area_.y + y, held_count, held);
      held = a;
      held_at = x;
      held_count = count;
    };
    for (std::size_t w = 0; w < words_; ++w) {
      while (words[w] != 0) {
        const int first = (static_cast<int>(w) * 64 + std::countr_zero(words[w])) * kBlock;
        words[w] &= words[w] - 1;
        if (first > from) tell(from, first - from, alpha(cover * 512));
        const int end = first + kBlock < static_cast<int>(stride_) ? first + kBlock : static_cast<int>(stride_);
        for (int x = first; x < end; ++x) {
          Cell& c = row[x];
          cover += c.cover;
          if (x < area_.width) tell(x, 1, alpha(cover * 512 - c.area));
          c = Cell{};
        }
        from = end;
      }
    }
    if (from < area_.width) tell(from, area_.width - from, alpha(cover * 512));
    if (held > 0 && held_count > 0) span(area_.x + held_at, area_.y + y, held_count, held);
  }
}

}  // namespace sitmap::draw
