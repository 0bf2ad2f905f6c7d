#pragma once
// Stills. Deterministic: the same picture and options give the same bytes.

#include <string>
#include <string_view>

#include "encode/picture.hpp"

namespace sitmap::encode {

struct StillOptions {
  double pixels_per_inch = 96;   // recorded in the file
  std::string title = {}, description = {}, software = "sitmap";  // iTXt; empty: left out
  int effort = 5;                // libdeflate level 1..12; 5 takes 0.9 of the time of 6 and 0.4% more room
};

// PNG: RGB when every pixel is opaque, else RGBA (unpremultiplied); filter none (wins on flat maps), libdeflate; sRGB
// chunk. A palette is used when there are at most 256 colours.
std::string encode_png(const Picture& picture, const StillOptions& options = {});
// TIFF: RGB(A), deflate, one strip, resolution set.
std::string encode_tiff(const Picture& picture, const StillOptions& options = {});

}  // namespace sitmap::encode
