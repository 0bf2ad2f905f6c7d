#include "label/label.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace sitmap::label {
namespace {

using testing::ElementsAre;

Rect rect(double x, double y, double w, double h, double rotation = 0) { return {{x, y}, w / 2, h / 2, rotation}; }

Request request(std::string id, double priority, std::vector<Candidate> candidates) {
  Request r;
  r.id = std::move(id);
  r.priority = priority;
  r.candidates = std::move(candidates);
  return r;
}

std::vector<int> candidates(const std::vector<Choice>& choices) {
  std::vector<int> result;
  for (const Choice& choice : choices) result.push_back(choice.candidate);
  return result;
}

const geom::Box kPage{0, 0, 400, 200};

TEST(Overlap, TouchingIsNotOverlapping) {
  EXPECT_FALSE(overlap(rect(0, 0, 10, 10), rect(10, 0, 10, 10)));
  EXPECT_TRUE(overlap(rect(0, 0, 10, 10), rect(9.9, 0, 10, 10)));
}

TEST(Overlap, RotatedRectanglesAreTestedAlongBothTheirAxes) {
  const double quarter = std::numbers::pi / 4;
  // The boxes overlap, the shapes don't.
  EXPECT_FALSE(overlap(rect(0, 0, 100, 4, quarter), rect(30, -30, 20, 20)));
  EXPECT_TRUE(overlap(rect(0, 0, 100, 4, quarter), rect(30, 30, 20, 20)));
  EXPECT_FALSE(overlap(rect(0, 0, 100, 4, quarter), rect(10, 0, 100, 4, quarter)));
}

TEST(Bounds, OfARotatedRectangle) {
  const geom::Box box = bounds(rect(10, 20, 40, 10, std::numbers::pi / 2));
  EXPECT_NEAR(box.min_x, 5, 1e-9);
  EXPECT_NEAR(box.max_y, 40, 1e-9);
}

TEST(Solve, TakesTheCheapestCandidateThatIsFree) {
  Problem problem{kPage, {request("high", 2, {{{rect(100, 50, 40, 10)}, 0}}),
                          request("low", 1, {{{rect(110, 50, 40, 10)}, 0}, {{rect(100, 80, 40, 10)}, 0.5}})}, {}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, 1));
}

TEST(Solve, KeepsTheGreaterPaddingBetweenTwoLabels) {
  Problem problem{kPage, {request("a", 2, {{{rect(100, 50, 40, 10)}, 0}}),
                          request("b", 1, {{{rect(146, 50, 40, 10)}, 0}})}, {}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, 0));  // 6 pixels apart
  problem.requests[0].padding = 7;
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, -1));
  problem.requests[0].padding = 2;
  problem.requests[1].padding = 7;
  EXPECT_EQ(solve(problem)[1].reason, Reason::NoRoom);
}

TEST(Solve, LabelsWhoseLivesDontOverlapShareAPlace) {
  Problem problem{kPage, {request("a", 2, {{{rect(100, 50, 40, 10)}, 0}}),
                          request("b", 1, {{{rect(100, 50, 40, 10)}, 0}})}, {}};
  problem.requests[0].life = {0, 5};
  problem.requests[1].life = {5, 9};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, 0));
  problem.requests[1].life = {4, 9};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, -1));
}

TEST(Solve, ALabelMakesWayForALowerOne) {
  // Greedy alone would leave 'low' out.
  Problem problem{kPage, {request("high", 2, {{{rect(100, 50, 40, 10)}, 0}, {{rect(100, 80, 40, 10)}, 0.9}}),
                          request("low", 1, {{{rect(100, 50, 40, 10)}, 0}})}, {}};
  EXPECT_THAT(candidates(solve(problem, {.rounds = 0})), ElementsAre(0, -1));
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(1, 0));
}

TEST(Solve, AHigherLabelIsNeverGivenUpForLowerOnes) {
  Problem problem{kPage, {request("high", 2, {{{rect(100, 50, 100, 10)}, 0.9}}),
                          request("left", 1, {{{rect(70, 50, 30, 10)}, 0}}),
                          request("right", 1, {{{rect(130, 50, 30, 10)}, 0}})}, {}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, -1, -1));
}

TEST(Solve, TwoEqualLabelsBeatOne) {
  Problem problem{kPage, {request("wide", 1, {{{rect(100, 50, 100, 10)}, 0}}),
                          request("left", 1, {{{rect(70, 50, 30, 10)}, 0}}),
                          request("right", 1, {{{rect(130, 50, 30, 10)}, 0}})}, {}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(-1, 0, 0));
}

TEST(Solve, HardObstaclesAreNeverCoveredAndSoftOnesCost) {
  Problem problem{kPage, {request("a", 1, {{{rect(100, 50, 40, 10)}, 0}, {{rect(100, 80, 40, 10)}, 0.3}})}, {}};
  problem.obstacles.push_back({{0, 1}, rect(120, 50, 10, 10), 1, -1});
  EXPECT_EQ(solve(problem)[0].candidate, 1);
  problem.obstacles[0].owner = 0;  // its own symbol
  EXPECT_EQ(solve(problem)[0].candidate, 0);
  problem.obstacles[0] = {{0, 1}, rect(110, 50, 10, 10), 0.4, -1};
  EXPECT_EQ(solve(problem)[0].candidate, 1);
  problem.obstacles[0].rect = rect(120, 50, 10, 10);  // half of it is covered: 0.2 < 0.3
  EXPECT_EQ(solve(problem)[0].candidate, 0);
}

TEST(Solve, SoftObstaclesCountByTheShareOfTheLabelsLife) {
  Problem problem{kPage, {request("a", 1, {{{rect(100, 50, 40, 10)}, 0}, {{rect(100, 80, 40, 10)}, 0.3}})}, {}};
  problem.requests[0].life = {0, 10};
  problem.obstacles.push_back({{0, 5}, rect(100, 50, 10, 10), 0.5, -1});
  EXPECT_EQ(solve(problem)[0].candidate, 0);  // 0.25 < 0.3
  problem.obstacles[0].life = {0, 9};
  EXPECT_EQ(solve(problem)[0].candidate, 1);
}

TEST(Solve, KeepsItsPaddingToHardObstacles) {
  Problem problem{kPage, {request("a", 1, {{{rect(100, 50, 40, 10)}, 0}})}, {{{0, 1}, rect(127, 50, 10, 10), 1, -1}}};
  EXPECT_EQ(solve(problem)[0].candidate, 0);  // 2 pixels
  problem.requests[0].padding = 3;
  EXPECT_EQ(solve(problem)[0].reason, Reason::NoRoom);
}

TEST(Solve, SaysWhyALabelIsLeftOut) {
  Problem problem{kPage, {request("outside", 1, {{{rect(395, 50, 40, 10)}, 0}}), request("none", 1, {}),
                          request("empty", 1, {Candidate{}})}, {}};
  const auto choices = solve(problem);
  EXPECT_EQ(choices[0].reason, Reason::OutsidePage);
  EXPECT_EQ(choices[1].reason, Reason::NoCandidate);
  EXPECT_EQ(choices[2].reason, Reason::NoCandidate);
}

TEST(Solve, EqualNamesDontRepeatNearby) {
  Problem problem{kPage, {request("a", 1, {{{rect(50, 50, 40, 10)}, 0}}), request("b", 2, {{{rect(150, 50, 40, 10)}, 0}}),
                          request("c", 1, {{{rect(300, 50, 40, 10)}, 0}})}, {}};
  for (Request& r : problem.requests) r.group = "Aras", r.repeat_px = 120;
  const auto choices = solve(problem);
  EXPECT_THAT(candidates(choices), ElementsAre(-1, 0, 0));
  EXPECT_EQ(choices[0].reason, Reason::Repeated);
}

TEST(Solve, PinnedCandidatesComeFirst) {
  Problem problem{kPage, {request("high", 9, {{{rect(100, 50, 40, 10)}, 0}, {{rect(100, 80, 40, 10)}, 0.5}}),
                          request("pinned", 1, {{{rect(200, 50, 40, 10)}, 0}, {{rect(105, 50, 40, 10)}, 1}})}, {}};
  problem.requests[1].pinned = 1;
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(1, 1));
  problem.requests[1].pinned = 7;  // there is no such candidate
  EXPECT_EQ(solve(problem)[1].reason, Reason::NoCandidate);
}

TEST(Solve, OverlapAllowedAndPlacementIgnored) {
  Problem problem{kPage, {request("high", 9, {{{rect(100, 50, 40, 10)}, 0}}),
                          request("always", 1, {{{rect(110, 50, 40, 10)}, 0}})}, {}};
  problem.requests[1].allow_overlap = true;
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(-1, 0));  // it is there anyway, so others keep clear
  problem.requests[1].ignore_placement = true;
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, 0));
}

TEST(Solve, ACurvedLabelCoversOnlyItsParts) {
  Candidate arc{{rect(50, 50, 20, 10), rect(70, 60, 20, 10, 0.5), rect(90, 80, 20, 10, 1)}, 0};
  Problem problem{kPage, {request("river", 2, {arc}), request("town", 1, {{{rect(90, 52, 20, 8)}, 0}}),
                          request("village", 1, {{{rect(80, 66, 20, 8)}, 0}})}, {}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(0, 0, -1));
}

TEST(Solve, HostileNumbersAreNoCandidates) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  Problem problem{kPage, {request("nan", nan, {{{rect(nan, 50, 40, 10)}, 0}}), request("inf", inf, {{{rect(50, inf, 4, 4)}, 0}}),
                          request("cost", 1, {{{rect(50, 50, 40, 10)}, nan}}),
                          request("negative", 1, {{{rect(50, 150, -40, 10)}, 0}}),
                          request("far", nan, {{{rect(1e300, 50, 40, 10)}, 0}})},
                  {{{0, 1}, rect(nan, nan, inf, 4), 1, -1}, {{0, 1}, rect(350, 150, 1e8, 1e8), nan, 99}}};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(-1, -1, 0, -1, -1));
  problem.page = {};
  EXPECT_THAT(candidates(solve(problem)), ElementsAre(-1, -1, -1, -1, -1));
  problem.page = {0, 0, inf, nan};
  EXPECT_EQ(solve(problem).size(), 5u);
  EXPECT_TRUE(solve({}).empty());
}

TEST(AroundPoint, FollowsImhofsOrder) {
  const auto all = around_point({100, 100}, 4, 40, 10, 2);
  ASSERT_EQ(all.size(), 8u);
  const auto center = [&](int i) { return all[static_cast<std::size_t>(i)].rects[0].center; };
  EXPECT_EQ(center(0), (geom::Point{126, 100}));
  EXPECT_LT(center(1).y, 100);
  EXPECT_GT(center(2).y, 100);
  EXPECT_EQ(center(3), (geom::Point{74, 100}));
  EXPECT_EQ(center(6), (geom::Point{100, 89}));
  EXPECT_EQ(center(7), (geom::Point{100, 111}));
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_FALSE(overlap(all[i].rects[0], rect(100, 100, 8 * std::sqrt(0.5), 8 * std::sqrt(0.5)))) << i;
    EXPECT_TRUE(i == 0 || all[i].cost > all[i - 1].cost) << i;
  }
}

TEST(Print, NamesPlaceOrReason) {
  Problem problem{kPage, {request("Goris", 3, around_point({50, 50}, 4, 40, 10, 2)), request("far", 0.5, {})}, {}};
  EXPECT_EQ(print(problem, solve(problem)),
            "Goris [0,1) priority 3: candidate 0 (76.0 50.0 40.0x10.0)\n"
            "far [0,1) priority 0.5: no candidate\n");
}

}  // namespace
}  // namespace sitmap::label
