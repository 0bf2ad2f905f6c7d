#include "draw/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

#include <sys/mman.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sitmap::draw {
namespace {

constexpr std::size_t kHuge = 1 << 21;

// Two 8-bit channels at once, times f / 255, rounded (Jim Blinn, "Three Wrongs Make a Right", 1995).
inline std::uint32_t scaled(std::uint32_t pixel, std::uint32_t f) {
  std::uint32_t low = (pixel & 0x00ff00ffU) * f + 0x00800080U;
  std::uint32_t high = ((pixel >> 8) & 0x00ff00ffU) * f + 0x00800080U;
  low = ((low + ((low >> 8) & 0x00ff00ffU)) >> 8) & 0x00ff00ffU;
  high = (high + ((high >> 8) & 0x00ff00ffU)) & 0xff00ff00U;
  return low | high;
}

#if defined(__SSE2__)

// Four pixels at once, the same bits as scaled(): t = c × f + 128, (t + (t >> 8)) >> 8.
inline __m128i scaled4(__m128i pixels, __m128i low_factors, __m128i high_factors) {
  const __m128i zero = _mm_setzero_si128(), half = _mm_set1_epi16(128);
  __m128i low = _mm_add_epi16(_mm_mullo_epi16(_mm_unpacklo_epi8(pixels, zero), low_factors), half);
  __m128i high = _mm_add_epi16(_mm_mullo_epi16(_mm_unpackhi_epi8(pixels, zero), high_factors), half);
  low = _mm_srli_epi16(_mm_add_epi16(low, _mm_srli_epi16(low, 8)), 8);
  high = _mm_srli_epi16(_mm_add_epi16(high, _mm_srli_epi16(high, 8)), 8);
  return _mm_packus_epi16(low, high);
}

inline __m128i scaled4(__m128i pixels, __m128i factors) { return scaled4(pixels, factors, factors); }

// 255 − alpha of two pixels, in each of their four 16-bit channels.
inline __m128i rest_of(__m128i two) {
  const __m128i alpha = _mm_shufflehi_epi16(_mm_shufflelo_epi16(two, 0xff), 0xff);
  return _mm_sub_epi16(_mm_set1_epi16(255), alpha);
}

inline __m128i over4(__m128i src, __m128i dst) {
  const __m128i zero = _mm_setzero_si128();
  return _mm_add_epi8(src, scaled4(dst, rest_of(_mm_unpacklo_epi8(src, zero)), rest_of(_mm_unpackhi_epi8(src, zero))));
}

// As many pixels as fit in fours; returns how many.
int composite_fours(std::uint32_t* dst, const std::uint32_t* src, int count, int opacity) {
  const __m128i zero = _mm_setzero_si128(), factor = _mm_set1_epi16(static_cast<short>(opacity));
  const __m128i alphas = _mm_set1_epi32(static_cast<int>(0xff000000U));
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    __m128i s = _mm_loadu_si128(reinterpret_cast<const __m128i*>(src + i));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(s, zero)) == 0xffff) continue;
    __m128i* const to = reinterpret_cast<__m128i*>(dst + i);
    if (opacity < 255) s = scaled4(s, factor);
    if (_mm_movemask_epi8(_mm_cmpeq_epi32(_mm_and_si128(s, alphas), alphas)) == 0xffff)
      _mm_storeu_si128(to, s);
    else
      _mm_storeu_si128(to, over4(s, _mm_loadu_si128(to)));
  }
  return i;
}

int cover_fours(std::uint32_t* dst, int count, std::uint32_t source) {
  const __m128i s = _mm_set1_epi32(static_cast<int>(source));
  const __m128i rest = _mm_set1_epi16(static_cast<short>(255 - (source >> 24)));
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    __m128i* const to = reinterpret_cast<__m128i*>(dst + i);
    _mm_storeu_si128(to, _mm_add_epi8(s, scaled4(_mm_loadu_si128(to), rest)));
  }
  return i;
}

#else

int composite_fours(std::uint32_t*, const std::uint32_t*, int, int) { return 0; }
int cover_fours(std::uint32_t*, int, std::uint32_t) { return 0; }

#endif

}  // namespace

std::uint32_t premultiplied(float r, float g, float b, float a) {
  const auto channel = [](float v) {
    return static_cast<std::uint32_t>(std::lround(static_cast<double>(std::clamp(v, 0.0F, 1.0F)) * 255));
  };
  return channel(a) << 24 | channel(r * a) << 16 | channel(g * a) << 8 | channel(b * a);
}

void composite_row(std::uint32_t* dst, const std::uint32_t* src, int count, int opacity) {
  const auto f = static_cast<std::uint32_t>(std::clamp(opacity, 0, 255));
  for (int i = composite_fours(dst, src, count, static_cast<int>(f)); i < count; ++i) {
    const std::uint32_t s = f == 255 ? src[i] : scaled(src[i], f);
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
  for (int i = cover_fours(dst, count, s); i < count; ++i) dst[i] = s + scaled(dst[i], rest);
}

void cover_mask(std::uint32_t* dst, const std::uint8_t* mask, int count, std::uint32_t color) {
  for (int i = 0; i < count; ++i) {
    if (mask[i] == 0) continue;
    const std::uint32_t s = mask[i] == 255 ? color : scaled(color, mask[i]);
    dst[i] = s + scaled(dst[i], 255 - (s >> 24));
  }
}

Sheet::~Sheet() { ::munmap(pixels_, bytes_); }

Sheet::Sheet(int width, int height)
    : width_(width), height_(height), columns_((width + kTile - 1) / kTile), rows_((height + kTile - 1) / kTile) {
  const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  bytes_ = (count * sizeof(std::uint32_t) + kHuge - 1) / kHuge * kHuge;
  void* const memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  ::madvise(memory, bytes_, MADV_HUGEPAGE);  // a sheet of small pages takes longer to get than to draw on
  pixels_ = static_cast<std::uint32_t*>(memory);
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
      composite_row(page.pixels.data() + at, pixels_ + at, b.width, opacity);
    }
  });
}

void Sheet::clear() {
  each_touched([&](const PixelBox& b) {
    for (int y = b.y; y < b.y + b.height; ++y)
      std::memset(pixels_ + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + b.x, 0,
                  static_cast<std::size_t>(b.width) * sizeof(std::uint32_t));
  });
  std::ranges::fill(touched_, 0);
}

Kept::Kept(const Sheet& sheet, int opacity) : opacity_(opacity) {
  const auto row_at = [&](int x, int y) {
    return sheet.pixels_ + static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.width_) + x;
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
