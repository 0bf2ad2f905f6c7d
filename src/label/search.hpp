#pragma once
// Making room: a label is put where others stand, and these find other places or are left out. After the ejection
// chains of Glover, "Ejection chains, reference structures and alternating path methods", 1996.

#include <optional>
#include <vector>

#include "label/board.hpp"

namespace sitmap::label {

class Search {
 public:
  Search(const Prepared& prepared, Board& board, long long effort);

  // One pass over all requests in this order, where up to `depth` labels may make way for each other in a row; false
  // when nothing was to be gained, or the effort is used up.
  bool round(const std::vector<int>& order, int depth);

 private:
  struct Move {
    int request, from, to;  // options; -1: not placed
  };
  struct Outcome {
    std::vector<double> won, lost;  // priorities of labels newly shown, and now left out, descending
    double cost = 0;                // change of the sum of costs
    std::vector<Move> moves;
    int balance() const;            // > 0: more is shown, of the highest priority where both differ; 0: the same
    bool better_than(const Outcome& other) const;
  };
  // What is known about a request's options on the board as it stands.
  struct Known {
    std::int64_t when = -1;
    std::vector<Hindrance> options;
  };

  bool insert(int request);
  bool improve(int request);
  bool promising(int request, const Hindrance& hindrance);
  bool may_move(int request, int depth);
  const Known& know(int request);

  std::optional<Outcome> attempt(int request, int option, const std::vector<int>& in_the_way);
  bool relocate(int request, int depth);
  void refill(const geom::Box& hole, double priority, Outcome& outcome);
  void move(int request, int to);
  void undo(std::size_t mark);
  void commit(const Outcome& outcome);

  bool free(int request, int option);
  Hindrance hindrance(int request, int option);

  const Prepared& prepared_;
  Board& board_;
  long long effort_;
  int depth_ = 1;
  std::vector<Known> known_;
  std::vector<std::int64_t> tried_;
  std::vector<Move> journal_;   // of the attempt going on
  std::vector<char> settled_;   // requests that this attempt has placed
  std::vector<std::vector<int>> asking_;  // cell → requests with an option there
};

}  // namespace sitmap::label
