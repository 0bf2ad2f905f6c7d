#pragma once
// Pictures to Y′CbCr, ITU-R BT.709-6 (sections 3.2, 3.3, 3.5), limited range. Integer arithmetic: the same on every machine.

#include <cstddef>
#include <cstdint>

#include "encode/picture.hpp"

namespace sitmap::encode {

template <class Sample>
struct Plane {
  Sample* samples = nullptr;
  std::ptrdiff_t stride = 0;  // samples from one row to the next
};

// 4:2:0, 8 bits, chroma sited left (as MPEG-2 and H.264 have it by default): the average of two rows, 1-2-1 along them.
// The planes hold the picture's size grown to even numbers by a repeated row or column.
// Alpha is not looked at: what is transparent shows over black, as premultiplied pixels do.
void to_yuv420(const Picture& picture, Plane<std::uint8_t> y, Plane<std::uint8_t> u, Plane<std::uint8_t> v);

// The same with alpha (full range) and colours that are not premultiplied. Chroma is averaged with alpha as weight,
// so that the unseen colour of transparent pixels doesn't bleed into edges.
void to_yuva420(const Picture& picture, Plane<std::uint8_t> y, Plane<std::uint8_t> u, Plane<std::uint8_t> v,
                Plane<std::uint8_t> a);

// 4:4:4, 10 bits, with alpha (full range); colours not premultiplied. The picture's own size.
void to_yuva444p10(const Picture& picture, Plane<std::uint16_t> y, Plane<std::uint16_t> u, Plane<std::uint16_t> v,
                   Plane<std::uint16_t> a);

}  // namespace sitmap::encode
