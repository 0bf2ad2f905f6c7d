#include "text/balance.hpp"

#include <algorithm>
#include <cmath>

namespace sitmap::text {

std::vector<std::size_t> balanced_breaks(const std::vector<BreakUnit>& units, double max_width) {
  // inked[i]: advance of the units before i; trimmed[i]: the same without the spaces that stand right before i.
  std::vector<double> inked(units.size() + 1, 0), trimmed(units.size() + 1, 0);
  for (std::size_t i = 0; i < units.size(); ++i) {
    inked[i + 1] = inked[i] + units[i].advance;
    trimmed[i + 1] = units[i].space ? trimmed[i] : inked[i + 1];
  }
  const double total = trimmed.back();
  if (max_width <= 0 || total <= max_width) return {};
  const double target = total / std::ceil(total / max_width);

  struct Break {
    std::size_t at = 0;
    double badness = 0;
    int prior = -1;
  };
  std::vector<Break> breaks;
  const auto evaluate = [&](std::size_t at, double penalty, bool last) {
    const auto badness = [&](double width) {
      const double ragged = (width - target) * (width - target);
      if (last) return width < target ? ragged / 2 : ragged * 2;
      return ragged + std::abs(penalty) * penalty;
    };
    Break best{at, badness(trimmed[at]), -1};
    for (std::size_t i = 0; i < breaks.size(); ++i) {
      const double with = badness(trimmed[at] - inked[breaks[i].at]) + breaks[i].badness;
      if (with <= best.badness) best = {at, with, static_cast<int>(i)};
    }
    return best;
  };
  for (std::size_t i = 1; i < units.size(); ++i)
    if (units[i].break_before && !units[i].space) breaks.push_back(evaluate(i, units[i].penalty, false));
  std::vector<std::size_t> out;
  for (int at = evaluate(units.size(), 0, true).prior; at >= 0; at = breaks[static_cast<std::size_t>(at)].prior)
    out.push_back(breaks[static_cast<std::size_t>(at)].at);
  std::ranges::reverse(out);
  return out;
}

}  // namespace sitmap::text
