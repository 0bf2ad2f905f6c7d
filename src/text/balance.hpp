#pragma once
// Where a paragraph is broken so that its lines are about equally long.

#include <cstddef>
#include <vector>

namespace sitmap::text {

struct BreakUnit {           // a code point
  double advance = 0;        // pixels; a cluster's advance stands at its first code point
  bool space = false;        // takes no room at the end of a line
  bool break_before = false; // a line may begin here
  double penalty = 0;        // of beginning a line here
};

// The first unit of each line but the first. Minimises the summed squared differences from the mean line width, as
// MapLibre GL JS does (symbol/shaping.ts, determineLineBreaks); like there, a word longer than max_width stays whole.
std::vector<std::size_t> balanced_breaks(const std::vector<BreakUnit>& units, double max_width);

}  // namespace sitmap::text
