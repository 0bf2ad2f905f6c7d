#pragma once
// Coverage, 8 bits a device pixel, with the operations that Cairo lacks or is slow at. Integer arithmetic: the same
// bits everywhere.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "draw/cairo_handles.hpp"

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
  std::uint8_t* row(int y) { return bytes_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride_); }
  const std::uint8_t* row(int y) const { return const_cast<Mask*>(this)->row(y); }
  // The mask as an A8 surface; it must outlive the surface.
  Surface surface();
  // A context that draws coverage in device coordinates scaled by `scale`.
  Context context(double scale);

  void multiply(const Mask& other);  // of the same box
  // Two passes of a box: falls off over `support` pixels. The mask must have room for it.
  void blur(double support);
  // Everything within `radius` pixels of what is covered, with a soft edge. The mask must have room for it.
  Mask dilated(double radius) const;

 private:
  PixelBox box_;
  int stride_ = 0;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace sitmap::draw
