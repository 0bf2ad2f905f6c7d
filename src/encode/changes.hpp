#pragma once
// What differs between two pictures of the same size.

#include <cstddef>
#include <span>

namespace sitmap::encode {

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  bool empty() const { return width == 0 || height == 0; }
  bool operator==(const Rect&) const = default;
};

// The smallest rectangle that holds every difference; empty when there is none.
template <class Value>
Rect changed_rect(std::span<const Value> a, std::span<const Value> b, int width, int height) {
  int left = width, right = -1, top = height, bottom = -1;
  for (int y = 0; y < height; ++y) {
    const std::size_t start = static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    const Value* const p = a.data() + start;
    const Value* const q = b.data() + start;
    int first = 0;
    while (first < width && p[first] == q[first]) ++first;
    if (first == width) continue;
    int last = width - 1;
    while (p[last] == q[last]) --last;
    left = first < left ? first : left;
    right = last > right ? last : right;
    top = y < top ? y : top;
    bottom = y;
  }
  if (bottom < 0) return {};
  return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace sitmap::encode
