#include <algorithm>
#include <numeric>

#include "label/search.hpp"

namespace sitmap::label {
namespace {

Reason reason_of(const Prepared& prepared, const Board& board, int request) {
  const Entry& entry = prepared.entries[static_cast<std::size_t>(request)];
  if (entry.options == 0) return entry.without;
  for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
    if (!board.hindrance(request, o).repeated) return Reason::NoRoom;
  }
  return Reason::Repeated;
}

}  // namespace

std::vector<Choice> solve(const Problem& problem, const Options& options) {
  const Prepared prepared = prepare(problem);
  Board board(problem, prepared);
  std::vector<int> order(problem.requests.size());
  std::iota(order.begin(), order.end(), 0);
  const auto rank = [&](int r) {  // what a person chose, what is shown whatever happens, the others
    const Request& request = problem.requests[static_cast<std::size_t>(r)];
    return request.pinned >= 0 ? 0 : request.allow_overlap ? 1 : 2;
  };
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return rank(a) != rank(b) ? rank(a) < rank(b) : board.before(a, b); });

  for (const int r : order) {
    const Entry& entry = prepared.entries[static_cast<std::size_t>(r)];
    for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
      if (!problem.requests[static_cast<std::size_t>(r)].allow_overlap && !board.is_free(r, o)) continue;
      board.place(r, o);
      board.touch(o);
      break;
    }
  }
  // Short chains first: they are found soonest. The last depth goes on while it gains.
  constexpr int kFirstDepth = 2, kLastDepth = 4;
  Search search(prepared, board, options.effort);
  for (int round = 0; round < options.rounds; ++round) {
    const int depth = std::min(kFirstDepth + round, kLastDepth);
    if (!search.round(order, depth) && depth == kLastDepth) break;
  }

  std::vector<Choice> choices(problem.requests.size());
  for (std::size_t r = 0; r < choices.size(); ++r) {
    const int option = board.option_of(static_cast<int>(r));
    choices[r] = option < 0 ? Choice{-1, reason_of(prepared, board, static_cast<int>(r))}
                            : Choice{prepared.options[static_cast<std::size_t>(option)].candidate, Reason::Placed};
  }
  return choices;
}

}  // namespace sitmap::label
