#pragma once
// Inputs for the benchmarks, the same on every machine.

#include <string>
#include <vector>

#include "geom/geometry.hpp"
#include "label/label.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::benchmarks {

inline constexpr double kWidth = 1920, kHeight = 1080;

// Numbers of [0, 1), a fixed sequence (Lehmer's generator).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}
  double next() {
    state_ = state_ * 48271 % 2147483647;
    return static_cast<double>(state_) / 2147483647.0;
  }
  double between(double low, double high) { return low + (high - low) * next(); }

 private:
  std::uint64_t state_;
};

// A ragged closed coast around a centre; radii vary by a fifth.
geom::Path island(geom::Point center, double radius, std::size_t vertices, std::uint64_t seed);

// Names around points, eight places each, with rectangles of a name's size.
label::Problem label_problem(std::size_t requests);

const std::vector<std::string>& city_names();  // Latin, Armenian, Georgian
text::FontSet embedded_fonts();

// Like the work W1 of the comparison: countries, borders, 120 areas, 60 circles, 100 names with halos.
scene::Scene map_scene(const text::FontSet& fonts);

}  // namespace sitmap::benchmarks
