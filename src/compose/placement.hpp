#pragma once
// All symbol layers' labels, placed once for all frames.

#include <vector>

#include "compose/layers.hpp"
#include "compose/symbols.hpp"
#include "label/label.hpp"

namespace sitmap::compose {

struct PlacedLabels {
  std::vector<Symbol> symbols;
  std::vector<label::Choice> choices;        // one per symbol
  label::Problem problem;                    // as it was solved, for reports and tests
};

PlacedLabels place_labels(const Input& input, const LayerSet& layers, const Clock& clock, const PaintContext& paint,
                          const geom::Box& free_box, const std::vector<geom::Box>& occupied, int jobs);

}  // namespace sitmap::compose
