#pragma once
// Pictures held against tests/golden/draw/<case>/expected.png: 2 per channel and no pixel beyond. A failure leaves
// expected, difference and actual side by side in the build folder. SITMAP_UPDATE_GOLDEN=1 writes new references and
// ends red, so that a new picture is always looked at.

#include <filesystem>
#include <string>

#include "draw/draw.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

const text::FontSet& test_fonts();
void expect_golden(const std::string& name, const encode::Picture& picture);

scene::SharedPath path(std::vector<geom::Point> points, bool closed = true);
scene::SharedPath star(geom::Point center, double outer, double inner, int points);
scene::Scene scene_of(double width, double height, std::vector<scene::Layer> layers);
scene::Layer layer_of(std::vector<scene::Item> items, std::string name = "layer");
scene::Text label(std::string_view text, geom::Point at, double size = 16, const std::string& font = "Noto Sans Regular");

}  // namespace sitmap::draw
