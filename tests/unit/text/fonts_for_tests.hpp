#pragma once
// The project's private fonts, or the same files of Debian's fonts-noto-core where those are not built yet.

#include <filesystem>

#include "text/fonts.hpp"

namespace sitmap::text {

inline std::filesystem::path font_folder() {
  const std::filesystem::path own = SITMAP_SOURCE_DIR "/styles/fonts";
  return std::filesystem::exists(own / "NotoSans-Regular.ttf") ? own : "/usr/share/fonts/truetype/noto";
}

inline const FontSet& test_fonts() {
  static const FontSet fonts({font_folder()});
  return fonts;
}

}  // namespace sitmap::text
