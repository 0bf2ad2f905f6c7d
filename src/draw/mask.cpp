#include "draw/mask.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sitmap::draw {
namespace {

// One line of a box of odd width 2h + 1, from `in` to `out`, both with `step` between pixels.
void box_line(const std::uint8_t* in, std::uint8_t* out, int count, std::ptrdiff_t step, int h) {
  const std::uint32_t scale = (1U << 24) / static_cast<std::uint32_t>(2 * h + 1);
  std::uint32_t sum = 0;
  for (int i = 0; i < std::min(h, count); ++i) sum += in[i * step];
  for (int i = 0; i < count; ++i) {
    if (i + h < count) sum += in[(i + h) * step];
    if (i - h - 1 >= 0) sum -= in[(i - h - 1) * step];
    out[i * step] = static_cast<std::uint8_t>((sum * static_cast<std::uint64_t>(scale) + (1U << 23)) >> 24);
  }
}

// The same down the columns, whole rows at a time.
void box_columns(const Mask& in, Mask& out, int h) {
  const int width = in.box().width, height = in.box().height;
  const std::uint32_t scale = (1U << 16) / static_cast<std::uint32_t>(2 * h + 1);
  std::vector<std::uint32_t> sum(static_cast<std::size_t>(width), 0);
  std::uint32_t* const s = sum.data();
  const auto add = [&](int y) {
    const std::uint8_t* const row = in.row(y);
    for (int x = 0; x < width; ++x) s[x] += row[x];
  };
  for (int y = 0; y < std::min(h, height); ++y) add(y);
  for (int y = 0; y < height; ++y) {
    if (y + h < height) add(y + h);
    if (y - h - 1 >= 0) {
      const std::uint8_t* const row = in.row(y - h - 1);
      for (int x = 0; x < width; ++x) s[x] -= row[x];
    }
    std::uint8_t* const row = out.row(y);
    for (int x = 0; x < width; ++x) row[x] = static_cast<std::uint8_t>((s[x] * scale + (1U << 15)) >> 16);
  }
}

}  // namespace

PixelBox PixelBox::intersected(const PixelBox& other) const {
  const int x0 = std::max(x, other.x), y0 = std::max(y, other.y);
  return {x0, y0, std::min(x + width, other.x + other.width) - x0, std::min(y + height, other.y + other.height) - y0};
}

Mask::Mask(const PixelBox& box)
    : box_(box), bytes_(static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height)) {}

void Mask::blur(double support) {
  const int h = static_cast<int>(std::lround((support - 1) / 4 + 0.01));  // two boxes of 2h + 1 reach over 4h + 1
  if (h < 1 || box_.empty()) return;
  Mask other(box_);
  for (int pass = 0; pass < 2; ++pass) {
    for (int y = 0; y < box_.height; ++y) box_line(row(y), other.row(y), box_.width, 1, h);
    box_columns(other, *this, h);
  }
}

// A pixel covered by c stands c − 1/2 pixels inside the edge, so what is d pixels away from it is covered by
// radius − d + c: the greatest over all neighbours is the coverage of the dilated shape.
Mask Mask::dilated(double radius) const {
  Mask out(box_);
  const int width = box_.width, height = box_.height;
  const int most = static_cast<int>(std::ceil(radius + 1));
  for (int dy = -most; dy <= most; ++dy)
    for (int dx = -most; dx <= most; ++dx) {
      const int k = static_cast<int>(std::lround(255 * (radius - std::hypot(dx, dy))));
      if (k <= -255) continue;
      const int x0 = std::max(0, -dx), x1 = std::min(width, width - dx);
      const int n = x1 - x0;
      if (n <= 0) continue;
      for (int y = std::max(0, -dy); y < std::min(height, height - dy); ++y) {
        const std::uint8_t* const from = row(y) + x0;
        std::uint8_t* const to = out.row(y + dy) + x0 + dx;
        if (k >= 255) {
          for (int x = 0; x < n; ++x) to[x] = from[x] != 0 ? 255 : to[x];
        } else if (k >= 0) {
          const auto add = static_cast<std::uint8_t>(k), limit = static_cast<std::uint8_t>(255 - k);
          for (int x = 0; x < n; ++x) {
            const std::uint8_t sum = static_cast<std::uint8_t>((from[x] < limit ? from[x] : limit) + add);
            const std::uint8_t value = from[x] != 0 ? sum : std::uint8_t{0};
            to[x] = to[x] > value ? to[x] : value;
          }
        } else {
          const auto less = static_cast<std::uint8_t>(-k);
          for (int x = 0; x < n; ++x) {
            const std::uint8_t value = static_cast<std::uint8_t>((from[x] > less ? from[x] : less) - less);
            to[x] = to[x] > value ? to[x] : value;
          }
        }
      }
    }
  return out;
}

}  // namespace sitmap::draw
