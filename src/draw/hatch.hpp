#pragma once
// Parametric patterns as pixels and as lines.

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "geom/geometry.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

// A pattern's pixels, ARGB32 premultiplied; its phase is the page's origin.
class PatternPixels {
 public:
  PatternPixels(const scene::Pattern& pattern, float opacity, double scale);
  // `count` device pixels of a row from (x, y) to the right.
  void row(int x, int y, int count, std::uint32_t* out) const;

 private:
  scene::Pattern::Kind kind_;
  double spacing_, ux_, uy_, vx_, vy_;
  float half_;
  std::array<std::uint32_t, 256> colors_;  // by coverage of the marks
};

// Lines of the pattern's marks that cover a page box: for dots, the lines on which they stand.
std::vector<std::pair<geom::Point, geom::Point>> pattern_lines(const scene::Pattern& pattern, const geom::Box& box);

scene::Pattern sound(scene::Pattern pattern);  // with a spacing and width that can be drawn

}  // namespace sitmap::draw
