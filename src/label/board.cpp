#include "label/board.hpp"

#include <algorithm>
#include <cmath>

namespace sitmap::label {
namespace {
constexpr std::size_t kMostInTheWay = 8;  // labels that one may push aside at a time
}

Board::Board(const Problem& problem, const Prepared& prepared)
    : problem_(problem),
      prepared_(prepared),
      placed_(problem.requests.size(), -1),
      at_(prepared.cells.count()),
      touched_(prepared.cells.count(), 0) {}

void Board::place(int request, int option) {
  placed_[index(request)] = option;
  if (problem_.requests[index(request)].ignore_placement) return;
  const Option& chosen = prepared_.options[index(option)];
  for (int b = chosen.first_body; b < chosen.first_body + chosen.bodies; ++b) {
    prepared_.cells.any(prepared_.bodies[index(b)].box, [&](std::size_t cell) {
      at_[cell].push_back({b, request});
      return false;
    });
  }
}

void Board::remove(int request) {
  const Option& chosen = prepared_.options[index(placed_[index(request)])];
  placed_[index(request)] = -1;
  if (problem_.requests[index(request)].ignore_placement) return;
  prepared_.cells.any(chosen.box, [&](std::size_t cell) {
    std::erase_if(at_[cell], [&](const Standing& standing) { return standing.owner == request; });
    return false;
  });
}

template <class Visit>
bool Board::any_overlap(int request, int option, Visit visit) const {
  const Request& asking = problem_.requests[index(request)];
  const Option& wanted = prepared_.options[index(option)];
  for (int b = wanted.first_body; b < wanted.first_body + wanted.bodies; ++b) {
    const Body& body = prepared_.bodies[index(b)];
    const geom::Box near = body.box.expanded(prepared_.widest_padding);
    const bool stopped = prepared_.cells.any(near, [&](std::size_t cell) {
      for (const Standing& standing : at_[cell]) {
        const Body& other = prepared_.bodies[index(standing.body)];
        if (standing.owner == request || !other.box.intersects(near)) continue;
        const Request& owner = problem_.requests[index(standing.owner)];
        if (!owner.life.overlaps(asking.life)) continue;
        if (!overlap(body, other, std::max({0.0, asking.padding, owner.padding}))) continue;
        if (visit(standing.owner)) return true;
      }
      return false;
    });
    if (stopped) return true;
  }
  return false;
}

template <class Visit>
bool Board::any_fellow(int request, int option, Visit visit) const {
  const int group = prepared_.entries[index(request)].group;
  if (group < 0) return false;
  const Request& asking = problem_.requests[index(request)];
  const geom::Point at = prepared_.options[index(option)].center;
  for (const int other : prepared_.groups[index(group)]) {
    if (other == request || placed_[index(other)] < 0) continue;
    const Request& fellow = problem_.requests[index(other)];
    const geom::Point there = prepared_.options[index(placed_[index(other)])].center;
    const double apart = std::max(asking.repeat_px, fellow.repeat_px);
    const double dx = there.x - at.x, dy = there.y - at.y;
    if (dx * dx + dy * dy < apart * apart && fellow.life.overlaps(asking.life) && visit(other)) return true;
  }
  return false;
}

bool Board::is_free(int request, int option) const {
  const auto stop = [](int) { return true; };
  return !any_fellow(request, option, stop) && !any_overlap(request, option, stop);
}

Hindrance Board::hindrance(int request, int option) const {
  Hindrance found;
  const auto add = [&](int other) {
    if (std::find(found.who.begin(), found.who.end(), other) == found.who.end()) found.who.push_back(other);
    found.blocked = prepared_.entries[index(other)].fixed || found.who.size() > kMostInTheWay;
    return found.blocked;
  };
  any_fellow(request, option, [&](int other) {
    found.repeated = before(other, request);
    found.blocked = found.repeated;
    return found.blocked || add(other);
  });
  if (!found.blocked) any_overlap(request, option, add);
  std::sort(found.who.begin(), found.who.end());
  return found;
}

bool Board::before(int a, int b) const {
  const double pa = priority(a), pb = priority(b);
  return pa != pb ? pa > pb : a < b;
}

void Board::touch(int option) {
  ++now_;
  prepared_.cells.any(prepared_.options[index(option)].box, [&](std::size_t cell) {
    touched_[cell] = now_;
    return false;
  });
}

std::int64_t Board::last_touch(const geom::Box& reach) const {
  std::int64_t last = 0;
  prepared_.cells.any(reach, [&](std::size_t cell) {
    last = std::max(last, touched_[cell]);
    return false;
  });
  return last;
}

}  // namespace sitmap::label
