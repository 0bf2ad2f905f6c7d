#pragma once
// The curve between two stops.

#include <array>
#include <optional>

#include "expression/color_space.hpp"

namespace sitmap::expression {

struct Interpolation {
  double base = 1;                                    // 1: linear
  std::optional<std::array<double, 4>> bezier = {};   // x1, y1, x2, y2 as in CSS cubic-bezier()
  ColorSpace space = ColorSpace::Rgb;

  double factor(double input, double lower, double upper) const;  // 0 at lower, 1 at upper
};

// The index of the last label <= input; labels ascend and the first is <= input.
std::size_t stop_below(const double* labels, std::size_t count, double input);

}  // namespace sitmap::expression
