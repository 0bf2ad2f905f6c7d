#pragma once
// sRGB colours, not premultiplied, every channel 0..1.

#include <optional>
#include <string>
#include <string_view>

namespace sitmap::base {

struct Color {
  float r = 0, g = 0, b = 0, a = 1;
  bool operator==(const Color&) const = default;
  Color with_alpha(float alpha) const { return {r, g, b, alpha}; }
};

// "#b22222", "#b22222cc" or "rgba(178,34,34,0.5)" as an SVG/CSS reader takes it.
std::string to_css(const Color& color);
// "#rgb", "#rgba", "#rrggbb", "#rrggbbaa" only (CSS forms are read by the expression module).
std::optional<Color> parse_hex_color(std::string_view text);

// WCAG 2.1 relative luminance (0..1) and contrast ratio (1..21) of opaque colours.
double relative_luminance(const Color& color);
double contrast_ratio(const Color& a, const Color& b);

}  // namespace sitmap::base
