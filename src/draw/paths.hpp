#pragma once
// Scene paths and glyphs as Cairo paths for PDF, and what pixels, SVG and PDF have in common.

#include <vector>

#include "draw/cairo_handles.hpp"
#include "geom/geometry.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::draw {

class Coverage;

geom::Box bounds(const scene::PathData& path);  // of its finite points

void add_path(cairo_t* cr, const scene::PathData& path);  // to the current path, in user space
void set_stroke(cairo_t* cr, const scene::Stroke& stroke, double width);
// How far a stroke reaches beyond its path.
double reach(const scene::Stroke& stroke);

void add_glyphs(cairo_t* cr, const text::FontSet& fonts, const scene::Text& text);
void add_glyphs(Coverage& coverage, const text::FontSet& fonts, const scene::Text& text, double scale);
geom::Box glyph_bounds(const text::FontSet& fonts, const scene::Text& text);  // page pixels, no halo

// A soft line falls off over `support` pixels around the edge of a line of `core` width, and is never wider than asked
// (MapLibre's line-blur).
struct Softness {
  double core = 0, support = 0, peak = 1;
};
Softness soften(double width, double blur);

// A soft circle as a radial gradient over its outer radius; its softness runs inwards from the edge (MapLibre's
// circle-blur).
struct SoftStop {
  double at = 0;  // 0 the middle, 1 the outer edge
  scene::Color color;
};
std::vector<SoftStop> soft_stops(const scene::Circle& circle);

}  // namespace sitmap::draw
