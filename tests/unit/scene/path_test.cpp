#include <gtest/gtest.h>

#include "scene/scene.hpp"

namespace sitmap::scene {
namespace {

TEST(MakePath, PolygonsAreClosedWithoutTheRepeatedPoint) {
  const geom::Polygon square{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}};
  const SharedPath path = make_path(geom::MultiPolygon{{square}});
  ASSERT_EQ(path->subpaths.size(), 2U);
  EXPECT_TRUE(path->subpaths[0].closed);
  EXPECT_EQ(path->subpaths[0].points.size(), 3U);
  EXPECT_EQ(path->subpaths[1].points.size(), 3U);
}

TEST(MakePath, LinesAreOpenAndPointsNothing) {
  const SharedPath line = make_path(geom::MultiLine{{{{0, 0}, {1, 1}}, {{5, 5}}}});
  ASSERT_EQ(line->subpaths.size(), 1U);
  EXPECT_FALSE(line->subpaths[0].closed);
  EXPECT_TRUE(make_path(geom::point({1, 2}))->subpaths.empty());
  EXPECT_TRUE(make_path(geom::Geometry{})->subpaths.empty());
}

}  // namespace
}  // namespace sitmap::scene
