#pragma once
// Glyph outlines, unhinted, for drawing.

#include <cstdint>
#include <string_view>
#include <vector>

#include "geom/geometry.hpp"
#include "text/fonts.hpp"

namespace sitmap::text {

// Ems, y down, origin on the baseline. Points follow the verbs: one for Move and Line, three for Cubic.
struct Outline {
  enum class Verb : std::uint8_t { Move, Line, Cubic, Close };
  std::vector<Verb> verbs;
  std::vector<geom::Point> points;
  geom::Box box;  // of all points, control points included; empty for spaces
};

// Thread-safe; the reference lives as long as the font set. IoError for a file that is not in the set.
const Outline& glyph_outline(const FontSet& fonts, std::string_view font_file, std::uint32_t glyph);

}  // namespace sitmap::text
