#pragma once
// Rotated rectangles made ready for many tests.

#include "label/label.hpp"

namespace sitmap::label {

struct Body {
  geom::Point center;
  double half_width = 0, half_height = 0;
  double cos = 1, sin = 0;
  geom::Box box;
};

Body make_body(const Rect& rect);

// Separating axes, after both were grown by half the padding. Touching is not overlapping.
bool overlap(const Body& a, const Body& b, double padding);

// The share of `covered` that lies under `cover`, 0 … 1.
double covered_share(const Body& cover, const Body& covered);

}  // namespace sitmap::label
