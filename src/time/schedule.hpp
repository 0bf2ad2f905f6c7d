#pragma once
// Which moments a sequence shows, and for how long.

#include <string>
#include <string_view>
#include <vector>

#include "time/interval.hpp"

namespace sitmap::time {

// "1 day", "7 days", "1 week", "1 month", "3 months", "1 year". Months step in the calendar and keep the day of the
// month of the start, cut to the month's length.
struct Step {
  enum class Unit { Day, Month } unit = Unit::Day;
  int count = 1;
  bool operator==(const Step&) const = default;
};
// The count may be left out ("week"); case doesn't matter. Nothing for all else.
std::optional<Step> parse_step(std::string_view text);
std::string to_text(const Step& step);

// One dated state: days [first, last]; a step of one day has first == last.
struct State {
  Day first, last;
};

// One picture of a film.
struct Frame {
  std::size_t state = 0;   // index into Schedule::states
  Moment moment = 0;       // what time-dependent properties are evaluated at: the END of the state's last day while
                           // held, moving from the former state's to this one's during the tween before it
  int ticks = 1;           // how many film pictures it is shown for
  bool held = true;        // false: a tween picture between two states
};

struct Timing {
  double fps = 25;
  double hold_seconds = 1;     // each state; the last state stays twice as long, at least 2 s
  int tween_frames = 0;        // pictures between two states, taken out of the latter's hold (at most hold - 1)
};

struct Schedule {
  std::vector<State> states;   // first to last, steps cut to `to`
  std::vector<Frame> frames;
  double fps = 25;
  int total_ticks() const;
};

// At most `kMaxStates` states and two million pictures; std::length_error beyond that. std::invalid_argument when `to` is
// before `from`, or a count, the rate or a time is negative, zero where it can't be, or not finite.
inline constexpr std::size_t kMaxStates = 20000;
Schedule make_schedule(Day from, Day to, Step step, const Timing& timing);

}  // namespace sitmap::time
