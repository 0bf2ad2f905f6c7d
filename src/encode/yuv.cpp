#include "encode/yuv.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sitmap::encode {
namespace {

// Kr = 0.2126, Kb = 0.0722. Y′ = 16 + 219 (Kr R + Kg G + Kb B), Cb = 128 + 224 (B − Y) / (2 (1 − Kb)), Cr likewise, of
// R, G, B in 0..1; here of 0..255 and times 2¹⁵. Rows of chroma sum to 0, so that greys have none.
constexpr int kShift = 15;
constexpr int kYr = 5983, kYg = 20127, kYb = 2032;
constexpr int kUr = -3298, kUg = -11094, kUb = 14392;
constexpr int kVr = 14392, kVg = -13072, kVb = -1320;
static_assert(kYr + kYg + kYb == ((219 << kShift) + 127) / 255 && kUr + kUg + kUb == 0 && kVr + kVg + kVb == 0);

int luma(int r, int g, int b, int shift, int offset) {
  return (kYr * r + kYg * g + kYb * b + (offset << shift) + (1 << (shift - 1))) >> shift;
}
int chroma_u(int r, int g, int b, int shift, int offset) {
  return (kUr * r + kUg * g + kUb * b + (offset << shift) + (1 << (shift - 1))) >> shift;
}
int chroma_v(int r, int g, int b, int shift, int offset) {
  return (kVr * r + kVg * g + kVb * b + (offset << shift) + (1 << (shift - 1))) >> shift;
}

// Two colour channels side by side in the halves of a word: B and R, G and A.
constexpr std::uint32_t kHalves = 0x00ff00ff;
int low(std::uint32_t halves) { return static_cast<int>(halves & 0xffff); }
int high(std::uint32_t halves) { return static_cast<int>(halves >> 16); }

void luma_row(const std::uint32_t* pixels, int width, std::uint8_t* out) {
  int x = 0;
#if defined(__SSE2__)
  const __m128i mask = _mm_set1_epi32(kHalves);
  const __m128i red_blue = _mm_set1_epi32(kYr << 16 | kYb), green = _mm_set1_epi32(kYg);
  const __m128i offset = _mm_set1_epi32((16 << kShift) + (1 << (kShift - 1)));
  const auto four = [&](int at) {
    const __m128i p = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels + at));
    const __m128i sum = _mm_add_epi32(_mm_madd_epi16(_mm_and_si128(p, mask), red_blue),
                                      _mm_madd_epi16(_mm_and_si128(_mm_srli_epi32(p, 8), mask), green));
    return _mm_srli_epi32(_mm_add_epi32(sum, offset), kShift);
  };
  for (; x + 16 <= width; x += 16)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + x), _mm_packus_epi16(_mm_packs_epi32(four(x), four(x + 4)),
                                                                           _mm_packs_epi32(four(x + 8), four(x + 12))));
#endif
  for (; x < width; ++x) {
    const std::uint32_t p = pixels[x];
    out[x] = static_cast<std::uint8_t>(luma(p >> 16 & 255, p >> 8 & 255, p & 255, kShift, 16));
  }
}

// Sums of two rows with one more pixel at the left and two at the right, repeated from the edges.
struct RowSums {
  std::vector<std::uint32_t> blue_red, green_alpha;
  explicit RowSums(std::size_t width) : blue_red(width + 8), green_alpha(width + 8) {}
  void sum(const std::uint32_t* upper, const std::uint32_t* lower, std::size_t width) {
    std::uint32_t* const br = blue_red.data() + 1;
    std::uint32_t* const ga = green_alpha.data() + 1;
    std::size_t x = 0;
#if defined(__SSE2__)
    const __m128i mask = _mm_set1_epi32(kHalves);
    for (; x + 4 <= width; x += 4) {
      const __m128i p = _mm_loadu_si128(reinterpret_cast<const __m128i*>(upper + x));
      const __m128i q = _mm_loadu_si128(reinterpret_cast<const __m128i*>(lower + x));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(br + x),
                       _mm_add_epi16(_mm_and_si128(p, mask), _mm_and_si128(q, mask)));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(ga + x),
                       _mm_add_epi16(_mm_and_si128(_mm_srli_epi32(p, 8), mask), _mm_and_si128(_mm_srli_epi32(q, 8), mask)));
    }
#endif
    for (; x < width; ++x) {
      br[x] = (upper[x] & kHalves) + (lower[x] & kHalves);
      ga[x] = (upper[x] >> 8 & kHalves) + (lower[x] >> 8 & kHalves);
    }
    br[-1] = br[0];
    ga[-1] = ga[0];
    br[width] = br[width + 1] = br[width - 1];
    ga[width] = ga[width + 1] = ga[width - 1];
  }
};

// One row of both chroma planes: `count` samples, each of 2 × 3 pixels with weights that sum to 8.
void chroma_row(const RowSums& sums, std::size_t count, std::uint8_t* u, std::uint8_t* v) {
  constexpr int kWide = kShift + 3;
  const std::uint32_t* const br = sums.blue_red.data();
  const std::uint32_t* const ga = sums.green_alpha.data();
  std::size_t i = 0;
#if defined(__SSE2__)
  const auto weights = [](int first, int second) {
    return _mm_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(second) << 16 | (static_cast<std::uint32_t>(first) & 0xffff)));
  };
  const __m128i u_br = weights(kUb, kUr), u_ga = weights(kUg, 0), v_br = weights(kVb, kVr), v_ga = weights(kVg, 0);
  const __m128i offset = _mm_set1_epi32((128 << kWide) + (1 << (kWide - 1)));
  // The 1-2-1 sums about the pixels 2i, 2i + 2, 2i + 4, 2i + 6: of the eight at hand every second is taken.
  const auto filtered = [](const std::uint32_t* row) {
    const auto four = [](const std::uint32_t* at) {
      const __m128i left = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      const __m128i middle = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
      const __m128i right = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 2));
      return _mm_add_epi16(_mm_add_epi16(left, right), _mm_add_epi16(middle, middle));
    };
    return _mm_castps_si128(
        _mm_shuffle_ps(_mm_castsi128_ps(four(row)), _mm_castsi128_ps(four(row + 4)), _MM_SHUFFLE(2, 0, 2, 0)));
  };
  for (; i + 4 <= count && 2 * i + 10 <= sums.blue_red.size(); i += 4) {
    const __m128i a = filtered(br + 2 * i), b = filtered(ga + 2 * i);
    const auto four = [&](const __m128i& wa, const __m128i& wb) {
      const __m128i sum = _mm_add_epi32(_mm_add_epi32(_mm_madd_epi16(a, wa), _mm_madd_epi16(b, wb)), offset);
      const __m128i words = _mm_srai_epi32(sum, kWide);
      return _mm_cvtsi128_si32(_mm_packus_epi16(_mm_packs_epi32(words, words), _mm_setzero_si128()));
    };
    const int us = four(u_br, u_ga), vs = four(v_br, v_ga);
    std::memcpy(u + i, &us, 4);
    std::memcpy(v + i, &vs, 4);
  }
#endif
  for (; i < count; ++i) {
    const std::size_t x = 2 * i;
    const std::uint32_t both = br[x] + 2 * br[x + 1] + br[x + 2];
    const int g = low(ga[x]) + 2 * low(ga[x + 1]) + low(ga[x + 2]);
    u[i] = static_cast<std::uint8_t>(chroma_u(high(both), g, low(both), kWide, 128));
    v[i] = static_cast<std::uint8_t>(chroma_v(high(both), g, low(both), kWide, 128));
  }
}

struct Straight {
  int r = 0, g = 0, b = 0, a = 0;
};

Straight straight(std::uint32_t p) {
  const int a = static_cast<int>(p >> 24);
  Straight s{static_cast<int>(p >> 16 & 255), static_cast<int>(p >> 8 & 255), static_cast<int>(p & 255), a};
  if (a == 255) return s;
  if (a == 0) return {};
  const auto divide = [a](int c) { return std::min(255, (c * 255 + a / 2) / a); };
  return {divide(s.r), divide(s.g), divide(s.b), a};
}

const std::uint32_t* row_of(const Picture& picture, int y) {
  const auto row = static_cast<std::size_t>(std::min(y, picture.height - 1));
  return picture.pixels.data() + row * static_cast<std::size_t>(picture.width);
}

}  // namespace

void to_yuv420(const Picture& picture, Plane<std::uint8_t> y, Plane<std::uint8_t> u, Plane<std::uint8_t> v) {
  const int width = picture.width;
  RowSums sums(static_cast<std::size_t>(width));
  for (int row = 0; row < picture.height + picture.height % 2; row += 2) {
    for (int i = row; i < row + 2; ++i) {
      std::uint8_t* const out = y.samples + i * y.stride;
      luma_row(row_of(picture, i), width, out);
      if (width % 2 != 0) out[width] = out[width - 1];
    }
    sums.sum(row_of(picture, row), row_of(picture, row + 1), static_cast<std::size_t>(width));
    chroma_row(sums, static_cast<std::size_t>(width + 1) / 2, u.samples + row / 2 * u.stride,
               v.samples + row / 2 * v.stride);
  }
}

void to_yuva420(const Picture& picture, Plane<std::uint8_t> y, Plane<std::uint8_t> u, Plane<std::uint8_t> v,
                Plane<std::uint8_t> a) {
  const int width = picture.width;
  RowSums sums(static_cast<std::size_t>(width));
  for (int row = 0; row < picture.height + picture.height % 2; row += 2) {
    for (int i = row; i < row + 2; ++i) {
      const std::uint32_t* const pixels = row_of(picture, i);
      for (int x = 0; x < width + width % 2; ++x) {
        const Straight s = straight(pixels[std::min(x, width - 1)]);
        y.samples[i * y.stride + x] = static_cast<std::uint8_t>(luma(s.r, s.g, s.b, kShift, 16));
        a.samples[i * a.stride + x] = static_cast<std::uint8_t>(s.a);
      }
    }
    sums.sum(row_of(picture, row), row_of(picture, row + 1), static_cast<std::size_t>(width));
    for (int i = 0; i < (width + 1) / 2; ++i) {
      const std::size_t x = 2 * static_cast<std::size_t>(i);
      const std::uint32_t br = sums.blue_red[x] + 2 * sums.blue_red[x + 1] + sums.blue_red[x + 2];
      const std::uint32_t ga = sums.green_alpha[x] + 2 * sums.green_alpha[x + 1] + sums.green_alpha[x + 2];
      const int weight = std::max(high(ga), 1);
      const auto divide = [weight](int c) { return std::min(255, (c * 255 + weight / 2) / weight); };
      const int r = divide(high(br)), g = divide(low(ga)), b = divide(low(br));
      u.samples[row / 2 * u.stride + i] = static_cast<std::uint8_t>(chroma_u(r, g, b, kShift, 128));
      v.samples[row / 2 * v.stride + i] = static_cast<std::uint8_t>(chroma_v(r, g, b, kShift, 128));
    }
  }
}

void to_yuva444p10(const Picture& picture, Plane<std::uint16_t> y, Plane<std::uint16_t> u, Plane<std::uint16_t> v,
                   Plane<std::uint16_t> a) {
  constexpr int kTenBits = kShift - 2;  // black at 64, white at 940
  for (int row = 0; row < picture.height; ++row) {
    const std::uint32_t* const pixels = row_of(picture, row);
    for (int x = 0; x < picture.width; ++x) {
      const Straight s = straight(pixels[x]);
      y.samples[row * y.stride + x] = static_cast<std::uint16_t>(luma(s.r, s.g, s.b, kTenBits, 64));
      u.samples[row * u.stride + x] = static_cast<std::uint16_t>(chroma_u(s.r, s.g, s.b, kTenBits, 512));
      v.samples[row * v.stride + x] = static_cast<std::uint16_t>(chroma_v(s.r, s.g, s.b, kTenBits, 512));
      a.samples[row * a.stride + x] = static_cast<std::uint16_t>((s.a * 1023 + 127) / 255);
    }
  }
}

}  // namespace sitmap::encode
