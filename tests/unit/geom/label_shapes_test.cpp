#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

TEST(PoleOfInaccessibility, OfARectangleAndAnL) {
  const auto middle = pole_of_inaccessibility({{{0, 0}, {10, 0}, {10, 4}, {0, 4}, {0, 0}}, {}}, 0.01);
  ASSERT_TRUE(middle);
  EXPECT_NEAR(middle->distance, 2, 0.02);
  EXPECT_NEAR(middle->at.y, 2, 0.02);
  const Polygon l{{{0, 0}, {10, 0}, {10, 2}, {4, 2}, {4, 10}, {0, 10}, {0, 0}}, {}};
  const auto inner = pole_of_inaccessibility(l, 0.01);
  ASSERT_TRUE(inner);
  EXPECT_TRUE(contains(MultiPolygon{{l}}, inner->at));
  EXPECT_GE(inner->distance, 1.99);
}

TEST(PoleOfInaccessibility, KeepsClearOfHoles) {
  const Polygon ring{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{{3, 3}, {7, 3}, {7, 7}, {3, 7}, {3, 3}}}};
  const auto inner = pole_of_inaccessibility(ring, 0.01);
  ASSERT_TRUE(inner);
  EXPECT_TRUE(contains(MultiPolygon{{ring}}, inner->at));
}

TEST(PoleOfInaccessibility, NothingForNothing) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(pole_of_inaccessibility({}, 1));
  EXPECT_FALSE(pole_of_inaccessibility({{{1, 1}, {1, 1}, {1, 1}, {1, 1}}, {}}, 1));
  EXPECT_FALSE(pole_of_inaccessibility({{{0, 0}, {5, 0}, {9, 0}, {0, 0}}, {}}, 1));
  EXPECT_NO_THROW(pole_of_inaccessibility({{{0, 0}, {nan, 0}, {9, 3}, {0, 0}}, {}}, 0));
  EXPECT_NO_THROW(pole_of_inaccessibility({{{0, 0}, {1e9, 0}, {1e9, 1e-3}, {0, 0}}, {}}, 1e-12));
}

double widest_turn(const Path& line) {
  double most = 0;
  for (std::size_t i = 2; i < line.size(); ++i) {
    const Point a = line[i - 1] - line[i - 2], b = line[i] - line[i - 1];
    most = std::max(most, std::abs(std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)) * 180 / 3.14159265358979);
  }
  return most;
}

TEST(CenterLine, RunsAlongABand) {
  // A bent band, 8 wide.
  Polygon band;
  for (int x = 0; x <= 100; x += 2) band.outer.push_back({double(x), 10 * std::sin(x * 0.0314159) + 4});
  for (int x = 100; x >= 0; x -= 2) band.outer.push_back({double(x), 10 * std::sin(x * 0.0314159) - 4});
  band.outer.push_back(band.outer.front());
  const auto line = center_line(band);
  ASSERT_TRUE(line);
  EXPECT_GT(length(*line), 80);
  EXPECT_LT(line->front().x, line->back().x);
  EXPECT_LE(widest_turn(*line), 30);
  for (const Point& p : *line) EXPECT_NEAR(p.y, 10 * std::sin(p.x * 0.0314159), 2.5);
}

TEST(CenterLine, StaysInsideAndUprightOnesReadUpwards) {
  const Polygon tall{{{0, 0}, {10, 0}, {12, 100}, {2, 100}, {0, 0}}, {}};
  const auto line = center_line(tall);
  ASSERT_TRUE(line);
  for (const Point& p : *line) EXPECT_TRUE(contains(MultiPolygon{{tall}}, p));
  const Polygon upright{{{0, 0}, {10, 0}, {10, 100}, {0, 100}, {0, 0}}, {}};
  const auto up = center_line(upright);
  ASSERT_TRUE(up);
  EXPECT_GT(up->front().y, up->back().y);
}

TEST(CenterLine, NothingForNothing) {
  EXPECT_FALSE(center_line({}));
  EXPECT_FALSE(center_line({{{1, 1}, {1, 1}, {1, 1}, {1, 1}}, {}}));
  EXPECT_FALSE(center_line({{{0, 0}, {1, 1}, {2, 2}, {0, 0}}, {}}));
  EXPECT_NO_THROW(center_line({{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}, {}}));  // crosses itself
}

TEST(LineTools, OffsetIsToTheLeft) {
  EXPECT_EQ(offset({{0, 0}, {10, 0}}, 2), (Path{{0, 2}, {10, 2}}));
  EXPECT_EQ(offset({{0, 0}, {10, 0}}, -2), (Path{{0, -2}, {10, -2}}));
  const Path corner = offset({{0, 0}, {10, 0}, {10, 10}}, 1);
  ASSERT_EQ(corner.size(), 3u);
  EXPECT_NEAR(corner[1].x, 9, 1e-9);
  EXPECT_NEAR(corner[1].y, 1, 1e-9);
  for (const Point& p : offset({{0, 0}, {10, 0}, {0, 0.001}}, 1)) EXPECT_LT(std::hypot(p.x, p.y), 20);
  EXPECT_EQ(offset({{1, 1}}, 5).size(), 1u);
  EXPECT_EQ(offset({{1, 1}, {1, 1}}, 5).size(), 1u);
}

TEST(LineTools, SmoothKeepsEnds) {
  const Path line{{0, 0}, {10, 0}, {10, 10}};
  const Path round = smooth(line, 3);
  EXPECT_EQ(round.front(), line.front());
  EXPECT_EQ(round.back(), line.back());
  EXPECT_GE(round.size(), 10u);
  EXPECT_LT(widest_turn(round), 30);
  const Path ring = smooth({{0, 0}, {10, 0}, {10, 10}, {0, 0}}, 2);
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_EQ(smooth({{0, 0}, {1, 1}}, 4).size(), 2u);
}

TEST(LineTools, ResampleAndWalk) {
  const Path line = resample({{0, 0}, {10, 0}, {10, 10}}, 2);
  ASSERT_EQ(line.size(), 11u);
  EXPECT_EQ(line[5], (Point{10, 0}));
  EXPECT_EQ(line.back(), (Point{10, 10}));
  const auto [at, angle] = at_length({{0, 0}, {10, 0}, {10, 10}}, 15);
  EXPECT_EQ(at, (Point{10, 5}));
  EXPECT_NEAR(angle, 1.5707963, 1e-6);
  EXPECT_EQ(at_length({{0, 0}, {10, 0}}, 99).first, (Point{10, 0}));
  EXPECT_EQ(at_length({}, 1).first, Point{});
  EXPECT_EQ(resample({{3, 3}}, 1).size(), 1u);
}

}  // namespace
}  // namespace sitmap::geom
