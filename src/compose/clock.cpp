#include "compose/clock.hpp"

#include <algorithm>

namespace sitmap::compose {
namespace {

constexpr double kOpen = 1e6;  // days: longer than any map

double lerp(double a, double b, double f) { return a + (b - a) * f; }

}  // namespace

const std::set<std::string, std::less<>>& time_property_names() {
  static const std::set<std::string, std::less<>> kNames{"age", "since_end", "remaining", "progress", "active", "presence"};
  return kNames;
}

std::optional<TimeProperties> Clock::in_state(std::size_t index, const time::Interval& valid,
                                              Persistence persistence) const {
  if (schedule_.states.empty()) return TimeProperties{};
  const time::State& state = schedule_.states[index];
  if (valid.first && *valid.first > state.last) return std::nullopt;
  if (persistence == Persistence::Territory && valid.last && *valid.last < state.last) return std::nullopt;

  // Events count from the state's first day, so that one inside a longer state has age 0; territories are as of its end.
  const double now = (persistence == Persistence::Event ? state.first : state.last).number;
  TimeProperties out;
  out.age = valid.first ? std::max(0.0, now - valid.first->number) : kOpen;
  out.since_end = valid.last ? std::max(0.0, now - valid.last->number) : 0;
  out.remaining = valid.last ? std::max(0.0, valid.last->number - now) : kOpen;
  out.active = !valid.last || *valid.last >= state.first;
  const double length = valid.first && valid.last ? valid.last->number - valid.first->number : 0;
  out.progress = length > 0 ? std::clamp((now - valid.first->number) / length, 0.0, 1.0) : 1;
  return out;
}

std::optional<TimeProperties> Clock::at(std::size_t frame, const time::Interval& valid, Persistence persistence) const {
  if (schedule_.frames.empty()) return in_state(schedule_.states.empty() ? 0 : schedule_.states.size() - 1, valid, persistence);
  const time::Frame& shown = schedule_.frames[frame];
  const auto now = in_state(shown.state, valid, persistence);
  if (shown.held || shown.state == 0) return now;

  // Between two states: both ends, and how far.
  const auto before = in_state(shown.state - 1, valid, persistence);
  if (!now && !before) return std::nullopt;
  const time::State& last = schedule_.states[shown.state - 1];
  const time::State& next = schedule_.states[shown.state];
  const double length = next.last - last.last;
  const double start = last.last.number + 1, f = std::clamp((shown.moment - start) / std::max(1.0, length), 0.0, 1.0);
  TimeProperties a, b;
  if (before && now) {
    a = *before;
    b = *now;
  } else if (now) {  // appears
    a = b = *now;
    a.age = -length;
    a.presence = 0;
    a.active = b.active;
  } else {  // goes
    a = b = *before;
    b.since_end = length;
    b.age += length;
    b.presence = 0;
  }
  return TimeProperties{lerp(a.age, b.age, f),           lerp(a.since_end, b.since_end, f),
                        lerp(a.remaining, b.remaining, f), lerp(a.progress, b.progress, f),
                        lerp(a.presence, b.presence, f),   f < 0.5 ? a.active : b.active};
}

}  // namespace sitmap::compose
