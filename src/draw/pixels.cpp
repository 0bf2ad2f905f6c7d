#include "draw/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

namespace sitmap::draw {
namespace {

// Two 8-bit channels at once, times f / 255, rounded (Jim Blinn, "Three Wrongs Make a Right", 1995).
inline std::uint32_t scaled(std::uint32_t pixel, std::uint32_t f) {
  std::uint32_t low = (pixel & 0x00ff00ffU) * f + 0x00800080U;
  std::uint32_t high = ((pixel >> 8) & 0x00ff00ffU) * f + 0x00800080U;
  low = ((low + ((low >> 8) & 0x00ff00ffU)) >> 8) & 0x00ff00ffU;
  high = (high + ((high >> 8) & 0x00ff00ffU)) & 0xff00ff00U;
  return low | high;
}

}  // namespace

std::uint32_t premultiplied(float r, float g, float b, float a) {
  const auto channel = [](float v) {
    return static_cast<std::uint32_t>(std::lround(static_cast<double>(std::clamp(v, 0.0F, 1.0F)) * 255));
  };
  return channel(a) << 24 | channel(r * a) << 16 | channel(g * a) << 8 | channel(b * a);
}

void composite_row(std::uint32_t* dst, const std::uint32_t* src, int count, int opacity) {
  if (opacity >= 255) {
    for (int i = 0; i < count; ++i) {
      const std::uint32_t s = src[i];
      if (s == 0) continue;
      const std::uint32_t rest = 255 - (s >> 24);
      dst[i] = rest == 0 ? s : s + scaled(dst[i], rest);
    }
    return;
  }
  const auto f = static_cast<std::uint32_t>(std::max(0, opacity));
  for (int i = 0; i < count; ++i) {
    if (src[i] == 0) continue;
    const std::uint32_t s = scaled(src[i], f);
    dst[i] = s + scaled(dst[i], 255 - (s >> 24));
  }
}

void cover_row(std::uint32_t* dst, int count, std::uint32_t color, int coverage) {
  const std::uint32_t s = coverage >= 255 ? color : scaled(color, static_cast<std::uint32_t>(coverage));
  const std::uint32_t rest = 255 - (s >> 24);
  if (rest == 0) {
    std::fill(dst, dst + count, s);
    return;
  }
  for (int i = 0; i < count; ++i) dst[i] = s + scaled(dst[i], rest);
}

void cover_mask(std::uint32_t* dst, const std::uint8_t* mask, int count, std::uint32_t color) {
  for (int i = 0; i < count; ++i) {
    if (mask[i] == 0) continue;
    const std::uint32_t s = mask[i] == 255 ? color : scaled(color, mask[i]);
    dst[i] = s + scaled(dst[i], 255 - (s >> 24));
  }
}

void Sheet::Free::operator()(std::uint32_t* pixels) const { std::free(pixels); }

Sheet::Sheet(int width, int height)
    : width_(width), height_(height), columns_((width + kTile - 1) / kTile), rows_((height + kTile - 1) / kTile) {
  const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  pixels_.reset(static_cast<std::uint32_t*>(std::calloc(count, sizeof(std::uint32_t))));
  if (!pixels_) throw std::bad_alloc();
  touched_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
}

void Sheet::touch(const PixelBox& asked) {
  const PixelBox b = asked.intersected(box());
  if (b.empty()) return;
  for (int row = b.y / kTile; row <= (b.y + b.height - 1) / kTile; ++row)
    for (int column = b.x / kTile; column <= (b.x + b.width - 1) / kTile; ++column)
      touched_[static_cast<std::size_t>(row * columns_ + column)] = 1;
}

// Neighbouring touched tiles of one row are visited as one box.
template <class Visit>
void Sheet::each_touched(Visit visit) const {
  for (int row = 0; row < rows_; ++row)
    for (int column = 0; column < columns_;) {
      if (touched_[static_cast<std::size_t>(row * columns_ + column)] == 0) {
        ++column;
        continue;
      }
      const int first = column;
      while (column < columns_ && touched_[static_cast<std::size_t>(row * columns_ + column)] != 0) ++column;
      visit(PixelBox{first * kTile, row * kTile, (column - first) * kTile, kTile}.intersected(box()));
    }
}

void Sheet::composite_onto(encode::Picture& page, int opacity) const {
  each_touched([&](const PixelBox& b) {
    for (int y = b.y; y < b.y + b.height; ++y) {
      const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(b.x);
      composite_row(page.pixels.data() + at, pixels_.get() + at, b.width, opacity);
    }
  });
}

void Sheet::clear() {
  each_touched([&](const PixelBox& b) {
    for (int y = b.y; y < b.y + b.height; ++y)
      std::memset(pixels_.get() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + b.x, 0,
                  static_cast<std::size_t>(b.width) * sizeof(std::uint32_t));
  });
  std::ranges::fill(touched_, 0);
}

Kept::Kept(const Sheet& sheet, int opacity) : opacity_(opacity) {
  const auto row_at = [&](int x, int y) {
    return sheet.pixels_.get() + static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.width_) + x;
  };
  sheet.each_touched([&](const PixelBox& band) {
    for (int x = band.x; x < band.x + band.width; x += kTile) {
      const PixelBox b = PixelBox{x, band.y, kTile, kTile}.intersected(sheet.box());
      bool drawn = false;
      for (int y = b.y; y < b.y + b.height && !drawn; ++y)
        drawn = std::any_of(row_at(b.x, y), row_at(b.x, y) + b.width, [](std::uint32_t p) { return p != 0; });
      if (!drawn) continue;
      tiles_.push_back({b, pixels_.size()});
      for (int y = b.y; y < b.y + b.height; ++y) pixels_.insert(pixels_.end(), row_at(b.x, y), row_at(b.x, y) + b.width);
    }
  });
  pixels_.shrink_to_fit();
}

void Kept::composite_onto(encode::Picture& page) const {
  for (const Tile& tile : tiles_) {
    const std::uint32_t* from = pixels_.data() + tile.at;
    for (int y = tile.box.y; y < tile.box.y + tile.box.height; ++y, from += tile.box.width)
      composite_row(page.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) + tile.box.x,
                    from, tile.box.width, opacity_);
  }
}

}  // namespace sitmap::draw
