#pragma once
// Which features a reader hands out.

#include <span>

#include "geom/geometry.hpp"

namespace sitmap::source {

// False when a coordinate is infinite or no number: such a feature is left out.
bool finite_coordinates(const geom::Geometry& geometry);

// Whether the envelope of one of the geometry's points, lines or polygons touches one of the boxes.
bool touches(const geom::Geometry& geometry, std::span<const geom::Box> boxes);

}  // namespace sitmap::source
