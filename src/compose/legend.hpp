#pragma once
// Legends made from the same layers that draw the map. A style layer names its entries in its metadata:
//   "sitmap:legend": "Shelling"                                    one entry
//   "sitmap:legend": {"by": "kind", "labels": {"clash": "Clash"}}  one entry for each value that is visible
// Texts may be objects with a text per language. Entries of the same text (a fill and its hatch) become one.

#include <string>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compose/features.hpp"
#include "compose/furniture.hpp"
#include "compose/paint.hpp"

namespace sitmap::compose {

// A feature that a style layer showed.
struct Shown {
  const style::Layer* layer = nullptr;
  const MapFeature* feature = nullptr;
  std::optional<TimeProperties> time;
};

// Collects what is visible, in style order (top layers first in the legend when `reverse`).
class LegendBuilder {
 public:
  LegendBuilder(const PaintContext& context) : context_(context) {}
  void add(const Shown& shown);
  std::vector<LegendEntry> entries() const { return entries_; }

 private:
  PaintContext context_;
  std::vector<LegendEntry> entries_;
  std::vector<std::pair<std::string, const style::Layer*>> drawn_;  // text and the layers already in its swatch
};

}  // namespace sitmap::compose
