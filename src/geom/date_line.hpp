#pragma once
// Longitudes along a path that may cross the date line.

#include <cstddef>

#include "geom/geometry.hpp"

namespace sitmap::geom {

// The change of longitude from vertex i - 1 to vertex i, degrees. Steps of more than 180° go the short way around,
// except where planar data mean the long one: along a pole, and along a parallel from one end of the plane (±180°) to
// the other when the neighbouring vertices don't lead up to the date line. Paths whose first and last points are
// equal are rings.
double longitude_step(const Path& path, std::size_t i);

}  // namespace sitmap::geom
