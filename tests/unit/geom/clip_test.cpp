#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "geom/clip_ring.hpp"
#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const Box kBox{0, 0, 10, 10};

Geometry polygon(Path ring) { return MultiPolygon{{{std::move(ring), {}}}}; }

Path star(std::mt19937& random, Point center, double radius, int corners) {
  std::uniform_real_distribution<double> shrink(0.3, 1);
  Path ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * 3.14159265358979 * i / corners, r = radius * shrink(random);
    ring.push_back({center.x + r * std::cos(angle), center.y + r * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

TEST(Clip, PolygonWithHole) {
  const Geometry given = MultiPolygon{
      {{{{-5, -5}, {5, -5}, {5, 5}, {-5, 5}, {-5, -5}}, {{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}}}}};
  const Geometry clipped = clip(given, kBox);
  EXPECT_DOUBLE_EQ(area(clipped), 25 - 1);
  EXPECT_EQ(std::get<MultiPolygon>(clipped).polygons[0].holes.size(), 1u);
}

TEST(Clip, BoxInsidePolygonBecomesTheBox) {
  EXPECT_DOUBLE_EQ(area(clip(polygon({{-100, -100}, {100, -100}, {100, 100}, {-100, 100}, {-100, -100}}), kBox)), 100);
  EXPECT_TRUE(is_empty(clip(polygon({{20, 20}, {30, 20}, {30, 30}, {20, 20}}), kBox)));
}

TEST(Clip, LineFallsIntoParts) {
  const Geometry clipped = clip(MultiLine{{{{-5, 5}, {5, 5}, {5, 15}, {8, 15}, {8, -1}}}}, kBox);
  const auto& lines = std::get<MultiLine>(clipped).lines;
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], (Path{{0, 5}, {5, 5}, {5, 10}}));
  EXPECT_EQ(lines[1], (Path{{8, 10}, {8, 0}}));
}

TEST(Clip, LineThroughACornerAndAlongTheEdge) {
  const auto along = clip(MultiLine{{{{-5, 10}, {15, 10}}}}, kBox);
  EXPECT_EQ(std::get<MultiLine>(along).lines, (std::vector<Path>{{{0, 10}, {10, 10}}}));
  EXPECT_TRUE(is_empty(clip(MultiLine{{{{-1, 1}, {1, -1.5}}}}, Box{0, 0.1, 10, 10})));
}

TEST(Clip, Points) {
  const Geometry clipped = clip(MultiPoint{{{1, 1}, {10, 10}, {11, 1}, {kNan, 1}}}, kBox);
  EXPECT_EQ(std::get<MultiPoint>(clipped).points, (Points{{1, 1}, {10, 10}}));
}

TEST(Clip, HostileInput) {
  EXPECT_TRUE(is_empty(clip({}, kBox)));
  EXPECT_TRUE(is_empty(clip(polygon({}), kBox)));
  EXPECT_TRUE(is_empty(clip(polygon({{1, 1}, {2, 2}}), kBox)));
  EXPECT_TRUE(is_empty(clip(MultiLine{{{{1, 1}}, {}}}, kBox)));
  EXPECT_TRUE(is_empty(clip(polygon({{kNan, 1}, {1, kNan}, {kNan, kNan}, {kNan, 1}}), kBox)));
  EXPECT_TRUE(is_empty(clip(polygon({{1, 1}, {5, 1}, {5, 5}, {1, 1}}), Box{})));
  // A NaN vertex is left out, an unclosed ring is closed.
  EXPECT_DOUBLE_EQ(area(clip(polygon({{0, 0}, {4, 0}, {kNan, 9}, {4, 4}, {0, 4}}), kBox)), 16);
  const Geometry line = clip(MultiLine{{{{1, 1}, {2, 2}, {kNan, 3}, {4, 4}, {5, 5}}}}, kBox);
  EXPECT_EQ(std::get<MultiLine>(line).lines.size(), 2u);
}

TEST(Clip, RandomPolygonsStayInTheBoxAndKeepTheirCommonArea) {
  std::mt19937 random(42);
  std::uniform_real_distribution<double> where(-5, 15);
  for (int round = 0; round < 200; ++round) {
    const Geometry given = polygon(star(random, {where(random), where(random)}, 8, 40));
    const Geometry clipped = clip(given, kBox);
    for (const Point& p : vertices(clipped)) EXPECT_TRUE(kBox.expanded(1e-9).contains(p));
    const Geometry box = polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});
    EXPECT_NEAR(area(clipped), area(intersection(given, box)), 1e-9);
    EXPECT_LE(area(clipped), area(given) + 1e-9);
  }
}

TEST(ClipRing, MarksTheEdgesItMakes) {
  Ring ring = to_ring({{5, 5}, {15, 5}, {15, 8}, {5, 8}, {5, 5}}), scratch;
  clip_ring(ring, kBox, scratch);
  ASSERT_EQ(ring.size(), 4u);
  int made = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const RingVertex a = ring[i], b = ring[(i + 1) % ring.size()];
    const bool on_box = a.x == 10 && b.x == 10;
    EXPECT_EQ((a.flags & kArtificialEdge) != 0, on_box);
    made += on_box;
  }
  EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace sitmap::geom
