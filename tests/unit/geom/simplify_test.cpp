#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

TEST(Simplify, DropsWhatIsSmallerThanTheTolerance) {
  EXPECT_EQ(simplify(Path{{0, 0}, {1, 0.01}, {2, 0}, {3, 5}, {4, 0}}, 0.5), (Path{{0, 0}, {2, 0}, {3, 5}, {4, 0}}));
  EXPECT_EQ(simplify(Path{{0, 0}, {1, 0}, {2, 0}}, 0.001), (Path{{0, 0}, {2, 0}}));
}

TEST(Simplify, NoToleranceChangesNothing) {
  const Path line{{0, 0}, {1, 0}, {2, 0}};
  EXPECT_EQ(simplify(line, 0), line);
  EXPECT_EQ(simplify(line, std::numeric_limits<double>::quiet_NaN()), line);
}

TEST(Simplify, RingsKeepFourPointsOrVanish) {
  Path circle;
  for (int i = 0; i < 100; ++i) circle.push_back({std::cos(i * 0.0628318530718), std::sin(i * 0.0628318530718)});
  circle.push_back(circle.front());
  const Geometry given = MultiPolygon{{{circle, {}}}};
  const Geometry coarse = simplify(given, 1.9);
  ASSERT_TRUE(std::holds_alternative<MultiPolygon>(coarse));
  const Path& ring = std::get<MultiPolygon>(coarse).polygons[0].outer;
  EXPECT_EQ(ring.size(), 4u);
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_TRUE(is_empty(simplify(given, 2.1)));
}

TEST(Simplify, RandomWalksKeepTheirEndsAndOnlyOldPoints) {
  std::mt19937 random(7);
  std::normal_distribution<double> step;
  for (int round = 0; round < 50; ++round) {
    Path line{{0, 0}};
    for (int i = 0; i < 300; ++i) line.push_back(line.back() + Point{step(random), step(random)});
    std::size_t before = line.size();
    for (const double tolerance : {0.5, 1.0, 2.0, 8.0, 1e9}) {
      const Path simple = simplify(line, tolerance);
      EXPECT_EQ(simple.front(), line.front());
      EXPECT_EQ(simple.back(), line.back());
      EXPECT_LE(simple.size(), before);
      before = simple.size();
      auto at = line.begin();
      for (const Point& p : simple) {
        at = std::find(at, line.end(), p);
        ASSERT_NE(at, line.end());
      }
    }
    EXPECT_EQ(before, 2u);
  }
}

TEST(Simplify, ReversedLinesKeepTheSamePoints) {
  std::mt19937 random(11);
  std::normal_distribution<double> step;
  Path line{{0, 0}};
  for (int i = 0; i < 1000; ++i) line.push_back(line.back() + Point{step(random), step(random)});
  Path backwards(line.rbegin(), line.rend());
  Path there = simplify(line, 1), back = simplify(backwards, 1);
  std::ranges::reverse(back);
  EXPECT_EQ(there, back);
}

TEST(Simplify, HostileInput) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(is_empty(simplify(Geometry{}, 1)));
  EXPECT_EQ(simplify(Path{}, 1).size(), 0u);
  EXPECT_EQ(simplify(Path{{1, 1}}, 1).size(), 1u);
  EXPECT_LE(simplify(Path{{nan, 0}, {1, nan}, {2, 2}, {nan, nan}}, 1).size(), 4u);
  EXPECT_TRUE(is_empty(simplify(MultiPolygon{{{{{0, 0}, {0, 0}, {0, 0}, {0, 0}}, {}}}}, 0.1)));
}

}  // namespace
}  // namespace sitmap::geom
