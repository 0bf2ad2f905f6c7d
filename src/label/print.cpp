#include <fmt/format.h>

#include "label/label.hpp"

namespace sitmap::label {
namespace {

const char* name_of(Reason reason) {
  switch (reason) {
    case Reason::Placed: return "placed";
    case Reason::NoRoom: return "no room";
    case Reason::OutsidePage: return "outside the page";
    case Reason::NoCandidate: return "no candidate";
    case Reason::Repeated: return "repeated";
  }
  return "?";
}

}  // namespace

std::string print(const Problem& problem, const std::vector<Choice>& choices) {
  std::string text;
  for (std::size_t r = 0; r < choices.size() && r < problem.requests.size(); ++r) {
    const Request& request = problem.requests[r];
    text += fmt::format("{} [{},{}) priority {:g}: ", request.id, request.life.begin, request.life.end,
                        request.priority);
    const int candidate = choices[r].candidate;
    if (candidate < 0 || static_cast<std::size_t>(candidate) >= request.candidates.size()) {
      text += fmt::format("{}\n", name_of(choices[r].reason));
      continue;
    }
    text += fmt::format("candidate {}", candidate);
    for (const Rect& rect : request.candidates[static_cast<std::size_t>(candidate)].rects) {
      text += fmt::format(" ({:.1f} {:.1f} {:.1f}x{:.1f}", rect.center.x, rect.center.y, 2 * rect.half_width,
                          2 * rect.half_height);
      if (rect.rotation != 0) text += fmt::format(" @{:.3f}", rect.rotation);
      text += ')';
    }
    text += '\n';
  }
  return text;
}

}  // namespace sitmap::label
