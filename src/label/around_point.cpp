#include <array>
#include <cmath>

#include "label/label.hpp"

namespace sitmap::label {
namespace {

struct Position {
  int x, y;      // side of the symbol, y down
  double cost;
};
constexpr std::array<Position, 8> kImhof{{{1, 0, 0}, {1, -1, 0.1}, {1, 1, 0.2}, {-1, 0, 0.35},
                                          {-1, -1, 0.45}, {-1, 1, 0.55}, {0, -1, 0.7}, {0, 1, 0.8}}};

}  // namespace

std::vector<Candidate> around_point(geom::Point at, double symbol_radius, double width, double height, double gap) {
  const double away = symbol_radius + gap;
  const double diagonal = away * std::sqrt(0.5);
  std::vector<Candidate> candidates;
  candidates.reserve(kImhof.size());
  for (const Position& position : kImhof) {
    const double out = position.x != 0 && position.y != 0 ? diagonal : away;
    const geom::Point center{at.x + position.x * (out + width / 2), at.y + position.y * (out + height / 2)};
    candidates.push_back({{Rect{center, width / 2, height / 2, 0}}, position.cost});
  }
  return candidates;
}

}  // namespace sitmap::label
