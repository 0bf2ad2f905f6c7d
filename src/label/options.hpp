#pragma once
// What a problem allows before labels meet: the candidates that fit the page and cover nothing hard, with their cost.

#include <vector>

#include "label/body.hpp"
#include "label/cells.hpp"

namespace sitmap::label {

struct Option {
  int candidate = 0;      // index in the request
  double cost = 0;        // position, and what it covers
  int first_body = 0, bodies = 0;
  geom::Box box;
  geom::Point center;     // of the box
};

struct Entry {            // one per request
  int first_option = 0, options = 0;  // by cost, then candidate
  bool fixed = false;     // pinned, or allowed to overlap: placed first, never moved
  int group = -1;
  double priority = 0;    // never NaN
  geom::Box reach;        // everything that a change within may matter to this request
  Reason without = Reason::NoRoom;  // why, when there is no option
};

struct Prepared {
  Cells cells;
  std::vector<Body> bodies;
  std::vector<Option> options;
  std::vector<Entry> entries;
  std::vector<std::vector<int>> groups;  // requests of each group
  double widest_padding = 0;
};

Prepared prepare(const Problem& problem);

}  // namespace sitmap::label
