#pragma once
// Which features each style layer shows: found, read, projected.

#include <set>
#include <string>
#include <vector>

#include "compose/composition.hpp"
#include "compose/features.hpp"

namespace sitmap::compose {

struct StyledLayer {
  const style::Layer* style = nullptr;
  int map_layer = -1;          // index; -1: background
  bool dated = false;          // its features come and go
  bool timed = false;          // its expressions look at time properties
};

struct LayerSet {
  std::vector<MapLayer> map_layers;
  std::vector<StyledLayer> styled;       // in style order, those visible at the view's zoom
  std::vector<std::string> sources;      // provider ids or attribution texts in use, first use first
};

// The zoom that styles see: the view's, but at least 0, so that a map of the world or of a pole still has its layers.
double style_zoom(const projection::View& view);

// Names that a map's data give to style layers: "event", "control", "line" and the map file's own.
std::vector<std::string> dynamic_layer_names();

// Reads, in parallel, what the style's layers show in this view. Unknown source layers are an InputError.
LayerSet read_layers(const Input& input, const projection::View& view, base::Problems& problems);

}  // namespace sitmap::compose
