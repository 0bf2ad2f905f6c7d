#pragma once
// Symbol layers: texts and icons as label requests, and what is drawn once their places are chosen.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compose/features.hpp"
#include "compose/paint.hpp"
#include "label/label.hpp"
#include "text/fonts.hpp"

namespace sitmap::compose {

// One way to draw a symbol, parallel to a candidate of its request.
struct SymbolPlacement {
  scene::Text text;                 // runs empty: no text
};

struct Symbol {
  std::size_t style_layer = 0, map_layer = 0, feature = 0;  // indices
  label::Request request;
  std::vector<SymbolPlacement> placements;                  // one per candidate
  std::vector<scene::Item> icon;                            // at its place
  std::optional<label::Rect> icon_rect;
  std::optional<geom::Point> anchor;                        // of symbols at points
  std::vector<char32_t> missing;                            // glyphs
  std::string text;
};

struct SymbolInput {
  const style::Layer* layer = nullptr;
  const text::FontSet* fonts = nullptr;
  PaintContext paint;
  geom::Box free_box;               // the page less its bands
  std::map<std::string, std::pair<double, double>> pinned;  // text → offset from its point
};

// The symbols of one feature: one for points and areas, several along lines. Life and time are the caller's.
std::vector<Symbol> make_symbols(const SymbolInput& input, const MapFeature& item, const TimeProperties* time);

}  // namespace sitmap::compose
