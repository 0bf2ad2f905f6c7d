#pragma once
// One feature under one style layer → what is drawn.

#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compose/features.hpp"
#include "scene/scene.hpp"
#include "style/style.hpp"

namespace sitmap::compose {

// What a style layer asks for and can't have: an icon, a font, a pattern.
struct PaintProblem {
  base::Location where;            // of the style layer, when it is known
  std::string message, hint;
  bool operator<(const PaintProblem& other) const {
    return std::tie(where.line, where.column, message) < std::tie(other.where.line, other.where.column, other.message);
  }
};

// What evaluation needs beside the feature, and where it says what went wrong.
struct PaintContext {
  double zoom = 0;
  const std::vector<std::string>* languages = nullptr;
  const style::Style* style = nullptr;
  std::set<PaintProblem>* problems = nullptr;  // once each; may be null
  const style::Layer* layer = nullptr;         // that is painted, for problems

  void report(std::string message, std::string hint = {}) const {
    if (problems != nullptr) problems->insert({layer != nullptr ? layer->where : base::Location{}, std::move(message), std::move(hint)});
  }
};

// Appends the items of fill, line and circle layers (symbols are labels' business). Opacity 0 draws nothing.
// `page` is in page pixels; polygons for fills, `outline` for lines.
void paint_feature(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                   const PaintContext& context, std::vector<scene::Item>& out);

bool passes_filter(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                   const PaintContext& context);

// The same paint on a legend swatch: a box, a line or a circle within 26 × 14 pixels at 0,0.
std::vector<scene::Item> paint_swatch(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                                      const PaintContext& context);

// "hatch:…" and the other parametric names; otherwise an icon of the style's folder. Problems are reported once.
std::optional<scene::Paint> pattern_paint(const std::string& name, const PaintContext& context);
// A symbol's icon centred at 0,0: parametric "circle:radius=3:color=#333:stroke=#fff:stroke-width=1",
// "square:…", "diamond:…", "triangle:…", "ring:…", "cross:…", or an SVG file of the icons' folder of this size.
std::vector<scene::Item> icon_items(const std::string& name, double size_factor, std::optional<scene::Color> tint,
                                    float opacity, const PaintContext& context);
void move_items(std::vector<scene::Item>& items, geom::Point by);
geom::Box items_bounds(const std::vector<scene::Item>& items);

}  // namespace sitmap::compose
