#pragma once
// Lines to areas: each segment, join and cap is a convex piece; together they cover what the stroke covers.

#include "draw/coverage.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

struct Pen {
  double half = 0.5;  // half the width, device pixels
  scene::Cap cap = scene::Cap::Butt;
  scene::Join join = scene::Join::Miter;
  double miter_limit = 10;
  std::vector<double> dash{};  // device pixels, sound; empty: solid
  double dash_offset = 0;
};

Pen pen_of(const scene::Stroke& stroke, double width, double scale);

// Adds a path's stroke in device pixels (path points × scale).
void add_stroke(Coverage& coverage, const scene::PathData& path, const Pen& pen, double scale);
// Adds a path's area.
void add_area(Coverage& coverage, const scene::PathData& path, double scale);
void add_disc(Coverage& coverage, geom::Point center, double radius);
void add_ring(Coverage& coverage, geom::Point center, double inner, double outer);  // even-odd

}  // namespace sitmap::draw
