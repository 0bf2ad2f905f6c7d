#pragma once
// Sutherland–Hodgman against a box that remembers which edges it made (they are filled, but never stroked).

#include <cstdint>
#include <vector>

#include "geom/geometry.hpp"

namespace sitmap::geom {

// A ring's vertex; the flags belong to the edge that starts here. Rings of these do not repeat their first vertex.
struct RingVertex {
  double x = 0, y = 0;
  std::uint8_t flags = 0;
};

inline constexpr std::uint8_t kArtificialEdge = 1;  // along a clip box or a seam
inline constexpr std::uint8_t kStraightEdge = 2;    // already dense: not to be resampled

using Ring = std::vector<RingVertex>;

Ring to_ring(const Path& path);  // drops the repeated end and vertices that are not finite
Path to_path(const Ring& ring);  // closed; empty for fewer than 3 vertices
Box bounds(const Ring& ring);

// In place; `scratch` saves allocations. May leave degenerate edges along the box, flagged kArtificialEdge.
void clip_ring(Ring& ring, const Box& box, Ring& scratch);

// Liang–Barsky; parts of `line` inside the box are appended to `out`.
void clip_line(const Path& line, const Box& box, std::vector<Path>& out);

}  // namespace sitmap::geom
