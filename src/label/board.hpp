#pragma once
// The labels placed so far, and what stands in the way of another.

#include <cstdint>
#include <vector>

#include "label/options.hpp"

namespace sitmap::label {

// What keeps a request from an option.
struct Hindrance {
  bool blocked = false;   // by something that may not move: a fixed label, a fellow of its group, or too many labels
  bool repeated = false;  // blocked by a fellow of its group
  std::vector<int> who;   // placed requests, ascending
  bool free() const { return !blocked && who.empty(); }
};

class Board {
 public:
  Board(const Problem& problem, const Prepared& prepared);

  int option_of(int request) const { return placed_[index(request)]; }  // index in Prepared::options; -1: not placed
  void place(int request, int option);
  void remove(int request);

  bool is_free(int request, int option) const;
  Hindrance hindrance(int request, int option) const;

  // Of two requests, the one that yields when only one can be shown.
  bool before(int a, int b) const;
  double priority(int request) const { return prepared_.entries[index(request)].priority; }

  // Marks what changed, so that knowledge about its surroundings can be renewed.
  void touch(int option);
  std::int64_t last_touch(const geom::Box& reach) const;
  std::int64_t now() const { return now_; }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  struct Standing {
    int body, owner;
  };
  // Calls visit(owner) for each placed label that overlaps, possibly repeatedly; stops when it returns true.
  template <class Visit>
  bool any_overlap(int request, int option, Visit visit) const;
  template <class Visit>
  bool any_fellow(int request, int option, Visit visit) const;

  const Problem& problem_;
  const Prepared& prepared_;
  std::vector<int> placed_;
  std::vector<std::vector<Standing>> at_;
  std::vector<std::int64_t> touched_;
  std::int64_t now_ = 0;
};

}  // namespace sitmap::label
