#pragma once
// Pixels.

#include <cstdint>
#include <vector>

namespace sitmap::encode {

// 32 bits a pixel as Cairo's ARGB32 on a little-endian machine: bytes B, G, R, A, premultiplied; rows top to bottom.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;  // width × height, no padding
  Picture() = default;
  Picture(int w, int h) : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
};

}  // namespace sitmap::encode
