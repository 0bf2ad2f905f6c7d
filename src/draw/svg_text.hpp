#pragma once
// Texts of a scene as SVG elements.

#include <map>
#include <set>
#include <string>

#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::draw {

struct SvgFont {
  std::string family;
  int weight = 400;
  bool italic = false;
  std::set<char32_t> letters;
};
using SvgFonts = std::map<std::string, SvgFont>;  // by file

// ' fill="#b22222" fill-opacity="0.5"' for name "fill"; also "stroke", "stop", "flood".
std::string paint_attributes(const char* name, const scene::Color& color, double opacity);

// <text> elements that can be edited. Each word stands at its own place, so that it is where it should be even when
// the viewer takes another font; letters along a curve stand one by one; curved right-to-left text, whose letters
// would fall apart, becomes outlines. The halo is a stroke below the fill (paint-order), 2 × halo_width wide.
std::string live_text(const scene::Text& text, const text::FontSet& fonts, SvgFonts& used);
std::string outline_text(const scene::Text& text, const text::FontSet& fonts);

}  // namespace sitmap::draw
