#include "compose/clock.hpp"

#include <gtest/gtest.h>

namespace sitmap::compose {
namespace {

time::Day day(const char* text) { return *time::parse_iso_day(text); }
time::Interval span(const char* first, const char* last) {
  time::Interval out;
  if (first != nullptr) out.first = day(first);
  if (last != nullptr) out.last = day(last);
  return out;
}
time::Schedule days(const char* from, const char* to, int tween = 0) {
  return time::make_schedule(day(from), day(to), {}, {.fps = 10, .hold_seconds = 1, .tween_frames = tween});
}
// The held frame of a state.
std::size_t frame_of(const time::Schedule& schedule, std::size_t state) {
  for (std::size_t i = 0; i < schedule.frames.size(); ++i)
    if (schedule.frames[i].held && schedule.frames[i].state == state) return i;
  ADD_FAILURE() << "no held frame";
  return 0;
}

TEST(Clock, AnEventAgesByDaysAndStays) {
  const time::Schedule schedule = days("2020-10-01", "2020-10-10");
  const Clock clock(schedule);
  const time::Interval valid = span("2020-10-03", "2020-10-05");
  EXPECT_FALSE(clock.at(frame_of(schedule, 1), valid, Persistence::Event));
  const auto first = clock.at(frame_of(schedule, 2), valid, Persistence::Event);
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, (TimeProperties{.age = 0, .since_end = 0, .remaining = 2, .progress = 0, .presence = 1, .active = true}));
  const auto middle = clock.at(frame_of(schedule, 3), valid, Persistence::Event);
  EXPECT_EQ(*middle, (TimeProperties{.age = 1, .since_end = 0, .remaining = 1, .progress = 0.5, .presence = 1, .active = true}));
  const auto later = clock.at(frame_of(schedule, 9), valid, Persistence::Event);
  EXPECT_EQ(*later, (TimeProperties{.age = 7, .since_end = 5, .remaining = 0, .progress = 1, .presence = 1, .active = false}));
}

TEST(Clock, ATerritoryGoesAfterItsLastDay) {
  const time::Schedule schedule = days("2020-10-01", "2020-10-06");
  const Clock clock(schedule);
  const time::Interval valid = span("2020-10-02", "2020-10-04");
  const bool expected[] = {false, true, true, true, false, false};
  for (std::size_t s = 0; s < 6; ++s)
    EXPECT_EQ(clock.at(frame_of(schedule, s), valid, Persistence::Territory).has_value(), expected[s]) << s;
}

TEST(Clock, OpenEndsLastForever) {
  const time::Schedule schedule = days("2020-10-01", "2020-10-02");
  const Clock clock(schedule);
  const auto always = clock.at(frame_of(schedule, 1), span(nullptr, nullptr), Persistence::Territory);
  ASSERT_TRUE(always);
  EXPECT_TRUE(always->active);
  EXPECT_EQ(always->since_end, 0);
  EXPECT_GT(always->remaining, 1e5);
  EXPECT_GT(always->age, 1e5);
}

TEST(Clock, PresenceRisesAndFallsWithinATween) {
  const time::Schedule schedule = days("2020-10-01", "2020-10-02", 4);
  const Clock clock(schedule);
  double rising = 0, falling = 1;
  int tweens = 0;
  for (std::size_t i = 0; i < schedule.frames.size(); ++i) {
    if (schedule.frames[i].held) continue;
    ++tweens;
    const auto comes = clock.at(i, span("2020-10-02", nullptr), Persistence::Territory);
    const auto goes = clock.at(i, span("2020-10-01", "2020-10-01"), Persistence::Territory);
    ASSERT_TRUE(comes && goes);
    EXPECT_GT(comes->presence, rising);
    EXPECT_LT(goes->presence, falling);
    EXPECT_NEAR(comes->presence + goes->presence, 1, 1e-9);
    EXPECT_LE(comes->age, 0);
    rising = comes->presence;
    falling = goes->presence;
  }
  EXPECT_EQ(tweens, 4);
  EXPECT_EQ(clock.at(frame_of(schedule, 1), span("2020-10-02", nullptr), Persistence::Territory)->presence, 1);
  EXPECT_FALSE(clock.at(frame_of(schedule, 1), span("2020-10-01", "2020-10-01"), Persistence::Territory));
}

TEST(Clock, WhatStaysIsFullyThereInATween) {
  const time::Schedule schedule = days("2020-10-01", "2020-10-02", 4);
  const Clock clock(schedule);
  for (std::size_t i = 0; i < schedule.frames.size(); ++i)
    EXPECT_EQ(clock.at(i, span("2020-09-01", "2020-12-01"), Persistence::Territory)->presence, 1);
}

TEST(Clock, AStillHasOneFrameAndItsAgesCountFromTheRangesStart) {
  time::Schedule schedule;
  schedule.states = {{day("2020-10-01"), day("2020-10-10")}};
  const Clock clock(schedule);
  EXPECT_EQ(clock.frames(), 1U);
  EXPECT_EQ(clock.at(0, span("2020-10-05", "2020-10-05"), Persistence::Event)->age, 0);
  EXPECT_TRUE(clock.at(0, span("2020-10-05", "2020-10-05"), Persistence::Event)->active);
  EXPECT_EQ(clock.at(0, span("2020-09-29", "2020-09-29"), Persistence::Event)->since_end, 2);
  EXPECT_FALSE(clock.at(0, span("2020-10-05", "2020-10-05"), Persistence::Territory)) << "a still shows territories as of its last day";
  EXPECT_FALSE(clock.at(0, span("2020-10-11", nullptr), Persistence::Event));
}

TEST(Clock, WithoutDatesEverythingIsThere) {
  const time::Schedule schedule;
  const Clock clock(schedule);
  EXPECT_EQ(clock.at(0, span("2020-10-05", "2020-10-05"), Persistence::Event), TimeProperties{});
}

}  // namespace
}  // namespace sitmap::compose
