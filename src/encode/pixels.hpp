#pragma once
// Pixels of a Picture as the stills and films need them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "encode/picture.hpp"

namespace sitmap::encode {

inline std::uint32_t alpha_of(std::uint32_t pixel) { return pixel >> 24; }

// 0xAARRGGBB, not premultiplied; a transparent pixel is 0.
std::uint32_t unpremultiply(std::uint32_t pixel);

bool opaque(std::span<const std::uint32_t> pixels);

// Throws std::logic_error for a picture with no pixels, or with another number of them than its size says.
void check(const Picture& picture);

// R, G, B bytes; alpha is not looked at. `out` holds 3 × pixels.size() bytes.
void write_rgb(std::span<const std::uint32_t> pixels, std::uint8_t* out);
// R, G, B, A bytes, not premultiplied. `out` holds 4 × pixels.size() bytes.
void write_rgba(std::span<const std::uint32_t> pixels, std::uint8_t* out);

// The distinct pixel values of a picture and where to find them.
class SmallPalette {
 public:
  // Nothing when there are more than `limit` (at most 256) distinct values.
  static std::optional<SmallPalette> of(std::span<const std::uint32_t> pixels, std::size_t limit = 256);

  const std::vector<std::uint32_t>& colors() const { return colors_; }  // as in the picture: premultiplied
  std::uint8_t index_of(std::uint32_t pixel) const;                     // of a pixel that is in it

 private:
  static constexpr std::size_t kSlots = 1024;
  explicit SmallPalette() : slots_(kSlots, 0) {}
  std::size_t slot(std::uint32_t pixel) const;
  bool insert(std::uint32_t pixel, std::size_t limit);
  void order();

  std::vector<std::uint32_t> colors_;
  std::vector<std::uint16_t> slots_;  // index into colors_ plus 1; 0: empty
};

}  // namespace sitmap::encode
