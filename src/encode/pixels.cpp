#include "encode/pixels.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sitmap::encode {
namespace {

std::uint32_t red_first(std::uint32_t pixel) { return __builtin_bswap32(pixel) >> 8; }  // bytes R, G, B, 0

#if defined(__x86_64__)
// Four pixels at a time; every store but the last writes four bytes more than it should, which the next sets right.
// Returns how many pixels are done: so many that no store goes beyond the end.
__attribute__((target("ssse3"))) std::size_t write_rgb_ssse3(std::span<const std::uint32_t> pixels, std::uint8_t* out) {
  const __m128i order = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  std::size_t i = 0;
  for (; i + 6 <= pixels.size(); i += 4, out += 12) {
    const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels.data() + i));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(four, order));
  }
  return i;
}
#endif

}  // namespace

static_assert(std::endian::native == std::endian::little, "pixels are read as little-endian words");

std::uint32_t unpremultiply(std::uint32_t pixel) {
  const std::uint32_t a = alpha_of(pixel);
  if (a == 255) return pixel;
  if (a == 0) return 0;
  const auto channel = [a, pixel](int shift) {
    return std::min<std::uint32_t>(255, (((pixel >> shift) & 255) * 255 + a / 2) / a) << shift;
  };
  return a << 24 | channel(16) | channel(8) | channel(0);
}

bool opaque(std::span<const std::uint32_t> pixels) {
  constexpr std::size_t kBlock = 4096;
  for (std::size_t start = 0; start < pixels.size(); start += kBlock) {
    std::uint32_t all = 0xff000000;
    for (const std::uint32_t pixel : pixels.subspan(start, std::min(kBlock, pixels.size() - start))) all &= pixel;
    if (all != 0xff000000) return false;
  }
  return true;
}

void check(const Picture& picture) {
  if (picture.width <= 0 || picture.height <= 0 ||
      picture.pixels.size() != static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height))
    throw std::logic_error("encode: a picture whose pixels don't fit its size");
}

void write_rgb(std::span<const std::uint32_t> pixels, std::uint8_t* out) {
  std::size_t i = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("ssse3")) i = write_rgb_ssse3(pixels, out);
  out += 3 * i;
#endif
  for (; i + 4 <= pixels.size(); i += 4, out += 12) {
    const std::uint32_t a = red_first(pixels[i]), b = red_first(pixels[i + 1]);
    const std::uint32_t c = red_first(pixels[i + 2]), d = red_first(pixels[i + 3]);
    const std::uint32_t words[3] = {a | b << 24, b >> 8 | c << 16, c >> 16 | d << 8};
    std::memcpy(out, words, sizeof words);
  }
  for (; i < pixels.size(); ++i, out += 3) {
    const std::uint32_t word = red_first(pixels[i]);
    std::memcpy(out, &word, 3);
  }
}

void write_rgba(std::span<const std::uint32_t> pixels, std::uint8_t* out) {
  for (const std::uint32_t pixel : pixels) {
    const std::uint32_t straight = unpremultiply(pixel);
    const std::uint32_t word = red_first(straight) | alpha_of(straight) << 24;
    std::memcpy(out, &word, 4);
    out += 4;
  }
}

std::size_t SmallPalette::slot(std::uint32_t pixel) const {
  std::size_t at = (pixel * 0x9e3779b1u) >> 22;
  while (slots_[at] != 0 && colors_[slots_[at] - 1u] != pixel) at = (at + 1) % kSlots;
  return at;
}

bool SmallPalette::insert(std::uint32_t pixel, std::size_t limit) {
  const std::size_t at = slot(pixel);
  if (slots_[at] != 0) return true;
  if (colors_.size() == limit) return false;
  colors_.push_back(pixel);
  slots_[at] = static_cast<std::uint16_t>(colors_.size());
  return true;
}

// Transparent colours first, so that the list of alphas in the file is short; then by value.
void SmallPalette::order() {
  std::sort(colors_.begin(), colors_.end());
  std::fill(slots_.begin(), slots_.end(), std::uint16_t{0});
  for (std::size_t i = 0; i < colors_.size(); ++i) slots_[slot(colors_[i])] = static_cast<std::uint16_t>(i + 1);
}

std::optional<SmallPalette> SmallPalette::of(std::span<const std::uint32_t> pixels, std::size_t limit) {
  SmallPalette palette;
  palette.colors_.reserve(limit);
  std::uint32_t last = pixels.empty() ? 0 : ~pixels.front();
  for (const std::uint32_t pixel : pixels) {
    if (pixel == last) continue;
    if (!palette.insert(pixel, limit)) return std::nullopt;
    last = pixel;
  }
  palette.order();
  return palette;
}

std::uint8_t SmallPalette::index_of(std::uint32_t pixel) const {
  return static_cast<std::uint8_t>(slots_[slot(pixel)] - 1u);
}

}  // namespace sitmap::encode
