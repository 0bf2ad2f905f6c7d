#include "time/schedule.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <stdexcept>

namespace sitmap::time {
namespace {

Day day(std::string_view text) { return parse_iso_day(text).value(); }

std::string states(const Schedule& schedule) {
  std::string out;
  for (const State& state : schedule.states)
    out += to_iso(state.first) + (state.last == state.first ? "" : "/" + to_iso(state.last)) + " ";
  return out;
}

TEST(Step, ParsesAndPrints) {
  EXPECT_EQ(parse_step("1 day"), (Step{Step::Unit::Day, 1}));
  EXPECT_EQ(parse_step("7 days"), (Step{Step::Unit::Day, 7}));
  EXPECT_EQ(parse_step(" 2  Weeks "), (Step{Step::Unit::Day, 14}));
  EXPECT_EQ(parse_step("month"), (Step{Step::Unit::Month, 1}));
  EXPECT_EQ(parse_step("3months"), (Step{Step::Unit::Month, 3}));
  EXPECT_EQ(parse_step("1 year"), (Step{Step::Unit::Month, 12}));
  for (const char* bad : {"", "1", "0 days", "-1 day", "1.5 days", "1 hour", "days 1", "99999999999 days", "1000000 years", "1 dayss", "s"})
    EXPECT_FALSE(parse_step(bad)) << bad;
  for (const Step step : {Step{Step::Unit::Day, 1}, Step{Step::Unit::Day, 7}, Step{Step::Unit::Month, 1}, Step{Step::Unit::Month, 18}, Step{Step::Unit::Month, 24}})
    EXPECT_EQ(parse_step(to_text(step)), step) << to_text(step);
  EXPECT_EQ(to_text(Step{Step::Unit::Month, 24}), "2 years");
}

TEST(Schedule, StatesOfDays) {
  EXPECT_EQ(states(make_schedule(day("2022-09-12"), day("2022-09-15"), {Step::Unit::Day, 1}, {})), "2022-09-12 2022-09-13 2022-09-14 2022-09-15 ");
  EXPECT_EQ(states(make_schedule(day("2022-09-12"), day("2022-09-12"), {Step::Unit::Day, 7}, {})), "2022-09-12 ");
  EXPECT_EQ(states(make_schedule(day("2022-09-12"), day("2022-09-20"), {Step::Unit::Day, 7}, {})), "2022-09-12/2022-09-18 2022-09-19/2022-09-20 ");
}

TEST(Schedule, MonthsKeepTheDayAndAreCutToTheMonth) {
  EXPECT_EQ(states(make_schedule(day("2020-01-31"), day("2020-05-02"), {Step::Unit::Month, 1}, {})),
            "2020-01-31/2020-02-28 2020-02-29/2020-03-30 2020-03-31/2020-04-29 2020-04-30/2020-05-02 ");
  EXPECT_EQ(states(make_schedule(day("2020-02-29"), day("2022-03-01"), {Step::Unit::Month, 12}, {})),
            "2020-02-29/2021-02-27 2021-02-28/2022-02-27 2022-02-28/2022-03-01 ");
  EXPECT_EQ(states(make_schedule(day("2020-10-01"), day("2021-03-31"), {Step::Unit::Month, 3}, {})), "2020-10-01/2020-12-31 2021-01-01/2021-03-31 ");
}

TEST(Schedule, FramesWithoutTween) {
  const Schedule s = make_schedule(day("2022-09-12"), day("2022-09-14"), {Step::Unit::Day, 1}, {.fps = 25, .hold_seconds = 0.4});
  ASSERT_EQ(s.frames.size(), 3U);
  EXPECT_EQ(s.frames[0].ticks, 10);
  EXPECT_EQ(s.frames[2].ticks, 50);  // at least 2 s
  EXPECT_EQ(s.frames[0].moment, day("2022-09-13").number);  // the end of the 12th
  EXPECT_EQ(s.total_ticks(), 70);
  EXPECT_EQ(make_schedule(day("2022-09-12"), day("2022-09-12"), {}, {.fps = 25, .hold_seconds = 3}).total_ticks(), 150);
}

TEST(Schedule, TweensComeOutOfTheLatterHold) {
  const Schedule s = make_schedule(day("2022-09-12"), day("2022-09-14"), {Step::Unit::Day, 1}, {.fps = 10, .hold_seconds = 1, .tween_frames = 3});
  ASSERT_EQ(s.frames.size(), 9U);
  EXPECT_TRUE(s.frames[0].held);
  EXPECT_EQ(s.frames[0].ticks, 10);
  for (std::size_t i = 1; i <= 3; ++i) {
    EXPECT_FALSE(s.frames[i].held);
    EXPECT_EQ(s.frames[i].ticks, 1);
    EXPECT_EQ(s.frames[i].state, 1U);
    EXPECT_DOUBLE_EQ(s.frames[i].moment, day("2022-09-13").number + 0.25 * static_cast<double>(i));
  }
  EXPECT_EQ(s.frames[4].ticks, 7);
  EXPECT_EQ(s.frames[8].ticks, 17);
  EXPECT_EQ(s.total_ticks(), 10 + 10 + 20);
  const Schedule capped = make_schedule(day("2022-09-12"), day("2022-09-13"), {}, {.fps = 10, .hold_seconds = 0.5, .tween_frames = 99});
  EXPECT_EQ(capped.frames.size(), 2U + 4U);
}

TEST(Schedule, RefusesNonsense) {
  EXPECT_THROW(make_schedule({10}, {9}, {}, {}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {9}, {Step::Unit::Day, 0}, {}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {9}, {}, {.fps = 0}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {9}, {}, {.fps = std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {9}, {}, {.hold_seconds = 1e12}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {9}, {}, {.hold_seconds = -1}), std::invalid_argument);
  EXPECT_THROW(make_schedule({0}, {1'000'000}, {}, {}), std::length_error);
  EXPECT_THROW(make_schedule({0}, {19'999}, {}, {.hold_seconds = 1000, .tween_frames = 10'000}), std::length_error);
  EXPECT_EQ(make_schedule({0}, {19'999}, {}, {}).states.size(), kMaxStates);
}

TEST(Schedule, RandomSchedulesAreWhole) {
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    const Day from{static_cast<std::int32_t>(random() % 800'000) - 400'000};
    const Day to = from + static_cast<int>(random() % 3000);
    const Step step{random() % 2 ? Step::Unit::Day : Step::Unit::Month, 1 + static_cast<int>(random() % 40)};
    const Timing timing{.fps = 1 + static_cast<double>(random() % 60), .hold_seconds = static_cast<double>(random() % 30) / 10, .tween_frames = static_cast<int>(random() % 20)};
    const Schedule s = make_schedule(from, to, step, timing);
    ASSERT_EQ(s.states.front().first, from);
    ASSERT_EQ(s.states.back().last, to);
    for (std::size_t k = 0; k < s.states.size(); ++k) {
      ASSERT_LE(s.states[k].first, s.states[k].last);
      if (k > 0) {
        ASSERT_EQ(s.states[k].first, s.states[k - 1].last + 1);
      }
    }
    Moment last = -1e9;
    std::size_t held = 0;
    for (const Frame& frame : s.frames) {
      ASSERT_GE(frame.ticks, 1);
      ASSERT_GT(frame.moment, last);
      last = frame.moment;
      held += frame.held ? 1 : 0;
    }
    ASSERT_EQ(held, s.states.size());
  }
}

}  // namespace
}  // namespace sitmap::time
