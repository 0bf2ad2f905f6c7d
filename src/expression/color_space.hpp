#pragma once
// Interpolation of colours: straight sRGB (as MapLibre does), CIELAB and its polar form HCL.

#include "base/color.hpp"

namespace sitmap::expression {

enum class ColorSpace { Rgb, Hcl, Lab };

base::Color mix(const base::Color& from, const base::Color& to, double t, ColorSpace space);

}  // namespace sitmap::expression
