#pragma once
// Parametric patterns as pixels and as lines.

#include <cstdint>
#include <vector>

#include "draw/mask.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

// The pattern over a box of device pixels, ARGB32 premultiplied, row after row; its phase is the page's origin.
std::vector<std::uint32_t> pattern_pixels(const scene::Pattern& pattern, float opacity, const PixelBox& box, double scale);

// Lines of the pattern's marks that cover a page box: for dots, the lines on which they stand.
std::vector<std::pair<geom::Point, geom::Point>> pattern_lines(const scene::Pattern& pattern, const geom::Box& box);

scene::Pattern sound(scene::Pattern pattern);  // with a spacing and width that can be drawn

}  // namespace sitmap::draw
