#pragma once
// Small planar measures of rings and segments, shared by the operations.

#include "geom/geometry.hpp"

namespace sitmap::geom {

double signed_area(const Path& ring);         // positive when x → y turns are counter-clockwise (y up); closed or not
bool inside_ring(const Path& ring, Point p);  // even-odd; closed or not; false for an empty ring
double distance_to_segment(Point p, Point a, Point b);
double distance_to_path(const Path& path, Point p);  // infinity for an empty path

}  // namespace sitmap::geom
