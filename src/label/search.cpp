#include "label/search.hpp"

#include <algorithm>
#include <functional>

namespace sitmap::label {
namespace {

constexpr int kRefillDepth = 2;        // the same, for labels that use a place left free
constexpr std::size_t kWidth = 2;      // labels that one of these may push aside
constexpr double kGain = 1e-9;         // of cost; less is rounding

std::size_t index(int i) { return static_cast<std::size_t>(i); }

}  // namespace

Search::Search(const Prepared& prepared, Board& board, long long effort)
    : prepared_(prepared),
      board_(board),
      effort_(effort),
      known_(prepared.entries.size()),
      tried_(prepared.entries.size(), -1),
      settled_(prepared.entries.size(), 0),
      asking_(prepared.cells.count()) {
  for (std::size_t r = 0; r < prepared.entries.size(); ++r) {
    const Entry& entry = prepared.entries[r];
    for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
      prepared.cells.any(prepared.options[index(o)].box, [&](std::size_t cell) {
        auto& there = asking_[cell];
        if (there.empty() || there.back() != static_cast<int>(r)) there.push_back(static_cast<int>(r));
        return false;
      });
    }
  }
}

int Search::Outcome::balance() const { return won > lost ? 1 : won < lost ? -1 : 0; }

bool Search::Outcome::better_than(const Outcome& other) const {
  if (lost != other.lost || won != other.won) {
    // Both start from the same board: what one shows and the other doesn't decides.
    std::vector<double> ours = won, theirs = other.won;
    ours.insert(ours.end(), other.lost.begin(), other.lost.end());
    theirs.insert(theirs.end(), lost.begin(), lost.end());
    std::sort(ours.begin(), ours.end(), std::greater<>());
    std::sort(theirs.begin(), theirs.end(), std::greater<>());
    if (ours != theirs) return ours > theirs;
  }
  return cost < other.cost - kGain;
}

bool Search::round(const std::vector<int>& order, int depth) {
  if (depth != depth_) std::fill(tried_.begin(), tried_.end(), -1);
  depth_ = depth;
  bool gained = false;
  for (const int request : order) {
    if (effort_ <= 0) return false;
    const Entry& entry = prepared_.entries[index(request)];
    if (entry.fixed || entry.options == 0) continue;
    if (board_.last_touch(entry.reach) <= tried_[index(request)]) continue;
    tried_[index(request)] = board_.now();
    const bool changed = board_.option_of(request) < 0 ? insert(request) : improve(request);
    gained = gained || changed;
  }
  return gained;
}

bool Search::insert(int request) {
  std::optional<Outcome> best;
  const Known known = know(request);  // a copy: attempts renew what is known
  for (std::size_t o = 0; o < known.options.size(); ++o) {
    if (!promising(request, known.options[o])) continue;
    auto outcome = attempt(request, prepared_.entries[index(request)].first_option + static_cast<int>(o),
                           known.options[o].who);
    if (!outcome || outcome->balance() < 0 || (outcome->balance() == 0 && outcome->cost >= -kGain)) continue;
    if (!best || outcome->better_than(*best)) best = std::move(outcome);
  }
  if (best) commit(*best);
  return best.has_value();
}

bool Search::improve(int request) {
  const int current = board_.option_of(request);
  const double cost = prepared_.options[index(current)].cost;
  const int first = prepared_.entries[index(request)].first_option;
  if (prepared_.options[index(first)].cost >= cost - kGain) return false;
  std::optional<Outcome> best;
  const Known known = know(request);
  for (std::size_t o = 0; o < known.options.size(); ++o) {
    const int option = first + static_cast<int>(o);
    if (prepared_.options[index(option)].cost >= cost - kGain) break;
    const Hindrance& hindrance = known.options[o];
    if (hindrance.blocked || hindrance.who.size() > kWidth ||
        !std::all_of(hindrance.who.begin(), hindrance.who.end(), [&](int other) { return may_move(other, 1); })) {
      continue;
    }
    auto outcome = attempt(request, option, hindrance.who);
    if (!outcome || !outcome->lost.empty() || outcome->cost >= -kGain) continue;
    if (!best || outcome->better_than(*best)) best = std::move(outcome);
  }
  if (best) commit(*best);
  return best.has_value();
}

// A cheap look ahead, to spare most attempts.
bool Search::promising(int request, const Hindrance& hindrance) {
  if (hindrance.blocked) return false;
  int equal_stuck = 0;
  for (const int other : hindrance.who) {
    if (board_.priority(other) < board_.priority(request) || may_move(other, depth_ - 1)) continue;
    if (board_.priority(other) > board_.priority(request) || ++equal_stuck > 1) return false;
  }
  return true;
}

bool Search::may_move(int request, int depth) {
  const int current = board_.option_of(request);
  const Known known = depth > 1 ? know(request) : Known{};
  const Known& at_hand = depth > 1 ? known : know(request);
  const int first = prepared_.entries[index(request)].first_option;
  for (std::size_t o = 0; o < at_hand.options.size(); ++o) {
    if (first + static_cast<int>(o) == current || at_hand.options[o].blocked) continue;
    const auto& who = at_hand.options[o].who;
    if (who.empty()) return true;
    if (depth > 1 && who.size() <= kWidth &&
        std::all_of(who.begin(), who.end(), [&](int other) { return may_move(other, depth - 1); })) {
      return true;
    }
  }
  return false;
}

const Search::Known& Search::know(int request) {
  Known& known = known_[index(request)];
  const Entry& entry = prepared_.entries[index(request)];
  if (known.when >= 0 && board_.last_touch(entry.reach) <= known.when) return known;
  known.options.clear();
  for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
    known.options.push_back(hindrance(request, o));
  }
  known.when = board_.now();
  return known;
}

std::optional<Search::Outcome> Search::attempt(int request, int option, const std::vector<int>& in_the_way) {
  std::vector<int> order = in_the_way;
  std::sort(order.begin(), order.end(), [&](int a, int b) { return board_.before(a, b); });
  const double own = board_.priority(request);
  Outcome outcome;
  if (board_.option_of(request) < 0) outcome.won.push_back(own);
  std::vector<int> left;  // options of the labels left out
  for (const int other : order) {
    left.push_back(board_.option_of(other));
    move(other, -1);
  }
  move(request, option);
  settled_[index(request)] = 1;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (relocate(order[i], depth_ - 1)) continue;
    outcome.lost.push_back(board_.priority(order[i]));
    left[kept++] = left[i];
  }
  const bool possible = outcome.lost.empty() || outcome.lost.front() <= own;
  if (possible && kept == 1 && outcome.lost.front() == own) {
    refill(prepared_.options[index(left.front())].box, own, outcome);
  }
  for (const Move& step : journal_) {
    if (step.to >= 0) outcome.cost += prepared_.options[index(step.to)].cost;
    if (step.from >= 0) outcome.cost -= prepared_.options[index(step.from)].cost;
  }
  outcome.moves = journal_;
  undo(0);
  if (!possible) return std::nullopt;
  return outcome;
}

// One large label gave way: perhaps another small one fits beside the first.
void Search::refill(const geom::Box& hole, double priority, Outcome& outcome) {
  std::vector<int> candidates;
  prepared_.cells.any(hole, [&](std::size_t cell) {
    for (const int other : asking_[cell]) {
      if (board_.option_of(other) < 0 && board_.priority(other) == priority && !prepared_.entries[index(other)].fixed) {
        candidates.push_back(other);
      }
    }
    return false;
  });
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const int other : candidates) {
    if (std::any_of(journal_.begin(), journal_.end(), [&](const Move& step) { return step.request == other; })) continue;
    if (relocate(other, kRefillDepth)) outcome.won.push_back(priority);
  }
}

// Finds a place for a label that was taken off the board, at the expense of nobody's being shown.
bool Search::relocate(int request, int depth) {
  const Entry& entry = prepared_.entries[index(request)];
  for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
    if (!free(request, o)) continue;
    move(request, o);
    settled_[index(request)] = 1;
    return true;
  }
  if (depth <= 1) return false;
  for (int o = entry.first_option; o < entry.first_option + entry.options; ++o) {
    const Hindrance found = hindrance(request, o);
    if (found.blocked || found.who.size() > kWidth ||
        std::any_of(found.who.begin(), found.who.end(), [&](int other) { return settled_[index(other)]; })) {
      continue;
    }
    const std::size_t mark = journal_.size();
    for (const int other : found.who) move(other, -1);
    move(request, o);
    settled_[index(request)] = 1;
    if (std::all_of(found.who.begin(), found.who.end(), [&](int other) { return relocate(other, depth - 1); })) {
      return true;
    }
    undo(mark);
  }
  return false;
}

bool Search::free(int request, int option) {
  --effort_;
  return board_.is_free(request, option);
}

Hindrance Search::hindrance(int request, int option) {
  --effort_;
  return board_.hindrance(request, option);
}

void Search::move(int request, int to) {
  const int from = board_.option_of(request);
  journal_.push_back({request, from, to});
  if (from >= 0) board_.remove(request);
  if (to >= 0) board_.place(request, to);
}

void Search::undo(std::size_t mark) {
  while (journal_.size() > mark) {
    const Move step = journal_.back();
    journal_.pop_back();
    if (step.to >= 0) {
      board_.remove(step.request);
      settled_[index(step.request)] = 0;
    }
    if (step.from >= 0) board_.place(step.request, step.from);
  }
}

void Search::commit(const Outcome& outcome) {
  for (const Move& step : outcome.moves) {
    if (board_.option_of(step.request) >= 0) board_.remove(step.request);
    if (step.to >= 0) board_.place(step.request, step.to);
    for (const int option : {step.from, step.to}) {
      if (option >= 0) board_.touch(option);
    }
  }
}

}  // namespace sitmap::label
