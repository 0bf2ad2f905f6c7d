#pragma once
// Films read back with FFmpeg's decoders.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "encode/picture.hpp"

namespace sitmap::encode::test {

struct DecodedFrame {
  double time = 0;   // seconds
  bool key = false;
  Picture picture;   // not premultiplied
};

struct Decoded {
  std::string codec, pixel_format;
  int width = 0, height = 0;
  int range = 0, primaries = 0, transfer = 0, matrix = 0;  // ITU-T H.273 code points; range: 1 limited, 2 full
  double duration = 0;  // seconds
  std::vector<std::string> metadata;  // "key=value"
  std::vector<DecodedFrame> frames;
};

// Throws std::runtime_error when the file can't be read. `decoder`: by name, for formats with several.
Decoded decode(const std::filesystem::path& path, const std::string& decoder = {});

}  // namespace sitmap::encode::test
