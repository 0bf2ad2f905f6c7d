#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

Geometry square(double x, double y, double size) {
  return MultiPolygon{{{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, {}}}};
}

TEST(Overlay, Squares) {
  const Geometry a = square(0, 0, 10), b = square(5, 5, 10);
  EXPECT_DOUBLE_EQ(area(intersection(a, b)), 25);
  EXPECT_DOUBLE_EQ(area(difference(a, b)), 75);
  const std::vector<Geometry> both{a, b, {}};
  EXPECT_DOUBLE_EQ(area(unite(both)), 175);
  EXPECT_TRUE(is_empty(intersection(a, square(20, 20, 1))));
  EXPECT_TRUE(is_empty(intersection(a, square(10, 0, 10))));  // they only touch
  EXPECT_DOUBLE_EQ(area(difference(a, {})), 100);
}

TEST(Overlay, LinesAndPointsAgainstAreas) {
  const Geometry line = MultiLine{{{{-5, 5}, {15, 5}}}};
  const Geometry inside = intersection(line, square(0, 0, 10));
  ASSERT_TRUE(std::holds_alternative<MultiLine>(inside));
  EXPECT_DOUBLE_EQ(length(std::get<MultiLine>(inside).lines.at(0)), 10);
  EXPECT_EQ(std::get<MultiLine>(difference(line, square(0, 0, 10))).lines.size(), 2u);
  const Geometry points = intersection(square(0, 0, 10), MultiPoint{{{1, 1}, {20, 1}}});
  EXPECT_EQ(std::get<MultiPoint>(points).points, (Points{{1, 1}}));
}

TEST(Overlay, SelfCrossingInputIsRepaired) {
  const Geometry bow_tie = MultiPolygon{{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}, {}}}};
  EXPECT_DOUBLE_EQ(area(intersection(bow_tie, square(0, 0, 10))), 50);
  EXPECT_NO_THROW(buffer(bow_tie, 1));
}

TEST(Overlay, Buffer) {
  EXPECT_NEAR(area(buffer(point({0, 0}), 1)), 3.1415, 0.01);
  EXPECT_NEAR(area(buffer(square(0, 0, 10), -1)), 64, 1e-9);
  EXPECT_TRUE(is_empty(buffer(square(0, 0, 1), -2)));
  EXPECT_TRUE(is_empty(buffer({}, 2)));
}

TEST(Overlay, HostileInput) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const Geometry broken = MultiPolygon{{{{{0, 0}, {nan, 1}, {1, inf}, {0, 0}}, {}}, {{}, {{}}}, {{{1, 1}}, {}}}};
  EXPECT_TRUE(is_empty(intersection(broken, square(0, 0, 10))));
  EXPECT_TRUE(is_empty(unite(std::vector<Geometry>{broken})));
  EXPECT_TRUE(is_empty(buffer(MultiLine{{{{1, 1}}}}, 1)));
  EXPECT_TRUE(is_empty(buffer(square(0, 0, 1), nan)));
  EXPECT_NO_THROW(intersection(MultiPolygon{{{{{0, 0}, {5, 5}, {0, 0}, {5, 5}}, {}}}}, square(0, 0, 10)));
}

TEST(Overlay, ManyThreads) {
  std::vector<std::thread> threads;
  std::vector<double> areas(8);
  for (std::size_t i = 0; i < areas.size(); ++i)
    threads.emplace_back([&areas, i] {
      for (int round = 0; round < 50; ++round) areas[i] += area(intersection(square(0, 0, 10), square(5, 5, 10)));
    });
  for (std::thread& thread : threads) thread.join();
  for (const double sum : areas) EXPECT_DOUBLE_EQ(sum, 50 * 25);
}

TEST(SharedBoundary, OfNeighbours) {
  // The common edge has other vertices on either side.
  const Geometry a = MultiPolygon{{{{{0, 0}, {5, 0}, {5, 3}, {5, 10}, {0, 10}, {0, 0}}, {}}}};
  const Geometry b = MultiPolygon{{{{{5, -5}, {9, -5}, {9, 7}, {5, 7}, {5, 1}, {5, -5}}, {}}}};
  const Geometry shared = shared_boundary(a, b, 0.01);
  ASSERT_TRUE(std::holds_alternative<MultiLine>(shared));
  const auto& lines = std::get<MultiLine>(shared).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NEAR(length(lines[0]), 7, 0.05);
  EXPECT_LE(lines[0].size(), 5u);
}

TEST(SharedBoundary, RunsOverARingsStartAreOneLine) {
  const Geometry a = MultiPolygon{{{{{5, 5}, {0, 5}, {0, 0}, {5, 0}, {5, 2}, {5, 5}}, {}}}};
  const Geometry b = MultiPolygon{{{{{5, 10}, {5, 0}, {9, 0}, {9, 10}, {0, 10}, {0, 5}, {2, 5}, {5, 5}, {5, 10}}, {}}}};
  const auto shared = shared_boundary(a, b, 0.001);
  EXPECT_EQ(std::get<MultiLine>(shared).lines.size(), 1u);
  EXPECT_NEAR(length(std::get<MultiLine>(shared).lines[0]), 10, 0.01);
}

TEST(SharedBoundary, NothingShared) {
  EXPECT_TRUE(is_empty(shared_boundary(square(0, 0, 1), square(3, 3, 1), 0.1)));
  EXPECT_TRUE(is_empty(shared_boundary(square(0, 0, 1), {}, 0.1)));
  EXPECT_TRUE(is_empty(shared_boundary(square(0, 0, 1), square(0, 0, 1), 0)));
}

}  // namespace
}  // namespace sitmap::geom
