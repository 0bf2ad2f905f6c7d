#pragma once
// Coverage, 8 bits a device pixel: what softness and halos need. Integer arithmetic: the same
// bits everywhere.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sitmap::draw {

struct PixelBox {
  int x = 0, y = 0, width = 0, height = 0;
  bool empty() const { return width <= 0 || height <= 0; }
  PixelBox intersected(const PixelBox& other) const;
};

class Mask {
 public:
  explicit Mask(const PixelBox& box);

  const PixelBox& box() const { return box_; }
  std::uint8_t* row(int y) { return bytes_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(box_.width); }
  const std::uint8_t* row(int y) const { return const_cast<Mask*>(this)->row(y); }
  // Two passes of a box: falls off over `support` pixels. The mask must have room for it.
  void blur(double support);
  // Everything within `radius` pixels of what is covered, with a soft edge. The mask must have room for it.
  Mask dilated(double radius) const;

 private:
  PixelBox box_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace sitmap::draw
