#include "time/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.hpp"

namespace sitmap::time {
namespace {

constexpr int kMaxStepCount = 1'000'000;
constexpr double kMaxTicksPerState = 1e6;
constexpr std::size_t kMaxFrames = 2'000'000;
constexpr double kLastHoldSeconds = 2;

// Counted from the start each time, so that the 31st stays the 31st after a short month.
std::int64_t step_start(Day from, Step step, std::int64_t index) {
  if (step.unit == Step::Unit::Day) return from.number + index * step.count;
  const CivilDate date = to_civil(from);
  const std::int64_t months = std::int64_t{date.year} * 12 + (date.month - 1) + index * step.count;
  const std::int64_t year = months >= 0 ? months / 12 : -((11 - months) / 12);
  const int month = static_cast<int>(months - year * 12) + 1;
  const int civil_year = static_cast<int>(std::clamp<std::int64_t>(year, -5'000'000, 5'000'000));
  return from_civil({civil_year, month, std::min(date.day, days_in_month(civil_year, month))}).number;
}

int ticks(double seconds, double fps) {
  const double count = std::round(seconds * fps);
  if (!(count <= kMaxTicksPerState)) throw std::invalid_argument("a state is held for too long");
  return std::max(1, static_cast<int>(count));
}

}  // namespace

std::optional<Step> parse_step(std::string_view text) {
  text = base::trim(text);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  long long count = 1;
  if (digits > 0) {
    const auto number = base::parse_integer(text.substr(0, digits));
    if (!number || *number < 1 || *number > kMaxStepCount) return std::nullopt;
    count = *number;
  }
  std::string unit = base::ascii_lower(base::trim(text.substr(digits)));
  if (unit.size() > 1 && unit.ends_with('s')) unit.pop_back();
  Step step;
  if (unit == "day") step.count = 1;
  else if (unit == "week") step.count = 7;
  else if (unit == "month") step = {Step::Unit::Month, 1};
  else if (unit == "year") step = {Step::Unit::Month, 12};
  else return std::nullopt;
  count *= step.count;
  if (count > kMaxStepCount) return std::nullopt;
  step.count = static_cast<int>(count);
  return step;
}

std::string to_text(const Step& step) {
  const auto counted = [](int count, std::string_view unit) { return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s"); };
  if (step.unit == Step::Unit::Day) return counted(step.count, "day");
  return step.count % 12 == 0 ? counted(step.count / 12, "year") : counted(step.count, "month");
}

int Schedule::total_ticks() const {
  int total = 0;
  for (const Frame& frame : frames) total += frame.ticks;
  return total;
}

Schedule make_schedule(Day from, Day to, Step step, const Timing& timing) {
  if (to < from) throw std::invalid_argument("a schedule ends before it starts");
  if (step.count < 1) throw std::invalid_argument("a step must go forward");
  if (!(timing.fps > 0) || !std::isfinite(timing.fps) || !(timing.hold_seconds >= 0) || timing.tween_frames < 0)
    throw std::invalid_argument("a schedule's timing is negative or not finite");

  Schedule schedule;
  schedule.fps = timing.fps;
  for (std::int64_t i = 0;; ++i) {
    const std::int64_t first = step_start(from, step, i);
    if (first > to.number) break;
    if (schedule.states.size() == kMaxStates)
      throw std::length_error(fmt::format("more than {} steps lie between {} and {}", kMaxStates, to_iso(from), to_iso(to)));
    const std::int64_t last = std::min<std::int64_t>(step_start(from, step, i + 1) - 1, to.number);
    schedule.states.push_back({{static_cast<std::int32_t>(first)}, {static_cast<std::int32_t>(last)}});
  }

  const int hold = ticks(timing.hold_seconds, timing.fps);
  const int last_hold = std::max(2 * hold, ticks(kLastHoldSeconds, timing.fps));
  const int tween = std::min(timing.tween_frames, hold - 1);
  const std::size_t count = schedule.states.size();
  const std::size_t pictures = count + (count - 1) * static_cast<std::size_t>(tween);
  const double total = static_cast<double>(hold) * static_cast<double>(count - 1) + last_hold;
  if (pictures > kMaxFrames || total > 2e9) throw std::length_error("the film is too long");

  schedule.frames.reserve(pictures);
  const auto end_of = [&](std::size_t state) { return static_cast<Moment>(schedule.states[state].last.number) + 1; };
  for (std::size_t state = 0; state < count; ++state) {
    int left = state + 1 == count ? last_hold : hold;
    if (state > 0) {
      const Moment before = end_of(state - 1), after = end_of(state);
      for (int k = 1; k <= tween; ++k, --left)
        schedule.frames.push_back({state, before + (after - before) * k / (tween + 1), 1, false});
    }
    schedule.frames.push_back({state, end_of(state), left, true});
  }
  return schedule;
}

}  // namespace sitmap::time
