#pragma once
// Text to glyphs, through Pango: bidirectional, all scripts, font fallback inside the private set.

#include <optional>
#include <string>
#include <vector>

#include "base/color.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::text {

enum class Align { Left, Center, Right };

struct TextStyle {
  std::vector<std::string> fonts{"Noto Sans Regular"};  // a stack: the first family that exists
  double size = 16;                 // pixels per em
  double letter_spacing = 0;        // in ems
  double line_height = 1.2;         // in ems
  double max_width = 0;             // pixels; 0: never wrapped. Lines are balanced, as MapLibre's are
  Align align = Align::Center;
  std::string language{};            // BCP 47, chooses locale forms
  bool uppercase = false, lowercase = false;  // language-aware (Turkish and Azerbaijani i/İ, ı/I)
};

// A laid-out text. The frame: x right, y down, origin at the left end of the first baseline.
struct Shaped {
  std::vector<scene::GlyphRun> runs;   // glyph positions in this frame
  double width = 0;                    // of the widest line (advance)
  // Of the first line above, of the last line below its baseline: the first font's, or the ink's where it goes beyond.
  double ascent = 0, descent = 0;
  double height = 0;                   // from the ascent of the first line to the descent of the last
  int lines = 1;
  geom::Box ink;                       // of the drawn glyphs
  std::vector<char32_t> missing;       // code points that no font of the set has, each once
};

// Thread-safe; the same input gives the same output on every machine with the same fonts.
Shaped shape(const FontSet& fonts, std::string_view text, const TextStyle& style);

// One line of text set along a curve (page pixels): its middle at half the curve's length and, as MapLibre centres
// line labels, the letters' middle (0.35 em above the baseline) on the curve; letters spread over `spread`
// (0..1) of it when letter spacing is automatic. Kept upright. Nothing when it doesn't fit or bends more than
// max_angle_deg between letters. Right-to-left and joined scripts keep their shaping (clusters move as one).
std::optional<scene::Text> along_path(const FontSet& fonts, std::string_view text, const TextStyle& style,
                                      const geom::Path& curve, double max_angle_deg = 35, double spread = 0);

std::string pango_version();

}  // namespace sitmap::text
