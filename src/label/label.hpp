#pragma once
// Label placement, once for the whole time range. A pure function over rectangles: no fonts, no drawing, no map.
// Page pixels, y down. Time counts in frames of the sequence, [begin, end); a still has one frame [0, 1).
//
// Requests → candidates → costs → conflicts → choice, after QGIS's PAL; the choice is a greedy start by priority
// improved by a deterministic local search. What is placed never moves: a label has one place for its whole life.
//
// Better is: more labels shown of the highest priority, then of the next, …; then the lower sum of costs. A label of
// higher priority is never given up for others, but may take a dearer place to let them in.

#include <cstdint>
#include <string>
#include <vector>

#include "geom/geometry.hpp"

namespace sitmap::label {

struct Life {
  int begin = 0, end = 1;
  bool overlaps(const Life& other) const { return begin < other.end && other.begin < end; }
};

// A rotated rectangle.
struct Rect {
  geom::Point center;
  double half_width = 0, half_height = 0;
  double rotation = 0;  // radians
};
bool overlap(const Rect& a, const Rect& b);
geom::Box bounds(const Rect& rect);

// One way to place a label: the rectangles it covers (one for straight text, several along a curve).
struct Candidate {
  std::vector<Rect> rects;
  double cost = 0;                   // 0 best … 1 worst, of the position alone (right of a point is better than left)
};

struct Request {
  std::string id;                    // for reports
  Life life;
  double priority = 0;               // greater wins
  double padding = 2;                // pixels kept free: to other labels (the greater of both counts), to hard obstacles
  std::vector<Candidate> candidates; // none: listed as left out
  bool allow_overlap = false;        // always shown, at the cheapest candidate inside the page; others keep clear of it
  bool ignore_placement = false;     // doesn't hinder others
  int pinned = -1;                   // index of the candidate that a person chose, the only one tried; -1: none
  std::string group;                 // of requests of one group (equal text) whose lives overlap, and whose centres are
  double repeat_px = 0;              // nearer than the greater `repeat_px`, the lower is Repeated
};

// What labels keep clear of: symbols, furniture, the page's frame.
struct Obstacle {
  Life life;
  Rect rect;
  double weight = 1;                 // >= 1: never covered; below: cost of covering it fully for a label's whole life
  int owner = -1;                    // index of the request it belongs to (its own symbol doesn't hinder it)
};

struct Problem {
  geom::Box page;                    // no label reaches outside
  std::vector<Request> requests;
  std::vector<Obstacle> obstacles;
};

enum class Reason { Placed, NoRoom, OutsidePage, NoCandidate, Repeated };
struct Choice {
  int candidate = -1;                // -1: not shown
  Reason reason = Reason::NoRoom;
};

struct Options {
  int rounds = 8;                    // of local search
  long long effort = 120'000;        // positions it tries; bounds its time (about 50 ms), whatever the machine
};

// One choice per request, in order. The same problem gives the same choices everywhere.
std::vector<Choice> solve(const Problem& problem, const Options& options = {});

// Stable text of a solution, for golden tests.
std::string print(const Problem& problem, const std::vector<Choice>& choices);

// The eight candidates around a point symbol of this radius, best first: right, above right, below right, left,
// above left, below left, above, below, after Imhof, "Positioning Names on Maps", 1975, and Yoeli, "The Logic of
// Automated Map Lettering", 1972. Sizes in pixels; `gap` lies between symbol and text, at the corners along 45°.
std::vector<Candidate> around_point(geom::Point at, double symbol_radius, double width, double height, double gap);

}  // namespace sitmap::label
