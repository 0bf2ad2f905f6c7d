#include "geom/geometry.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace sitmap::geom {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Geometry area(std::vector<Path> rings) {
  MultiPolygon out;
  for (Path& ring : rings) out.polygons.push_back({std::move(ring), {}});
  return out;
}

Path square(double west, double south, double east, double north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

TEST(Box, GrowsAndLeavesOutNaN) {
  Box box;
  EXPECT_TRUE(box.empty());
  box.extend(Point{1, 2});
  box.extend(Point{kNan, 5});
  EXPECT_EQ(box, (Box{1, 2, 1, 5}));
  box.extend(Box{});
  EXPECT_EQ(box, (Box{1, 2, 1, 5}));
}

TEST(NormalizeLongitude, HalfOpenAt180) {
  EXPECT_EQ(normalize_longitude(180), -180);
  EXPECT_EQ(normalize_longitude(-180), -180);
  EXPECT_EQ(normalize_longitude(541), -179);
  EXPECT_EQ(normalize_longitude(-190), 170);
  EXPECT_EQ(normalize_longitude(47.25), 47.25);
}

TEST(GeoBounds, PlainArea) {
  const GeoBox box = geo_bounds(area({square(44, 38, 51, 42)}));
  EXPECT_EQ(box, (GeoBox{44, 38, 51, 42}));
  EXPECT_FALSE(box.crosses_date_line());
}

TEST(GeoBounds, FijiIsSmallAndCrossesTheDateLine) {
  const GeoBox box = geo_bounds(area({square(176.9, -19.2, 180, -15.7), square(-180, -18, -178.2, -16)}));
  EXPECT_TRUE(box.crosses_date_line());
  EXPECT_DOUBLE_EQ(box.west, 176.9);
  EXPECT_DOUBLE_EQ(box.east, -178.2);
  EXPECT_NEAR(box.lon_span(), 4.9, 1e-9);
  EXPECT_NEAR(box.center().x, 179.35, 1e-9);
}

TEST(GeoBounds, RussiaWithChukotka) {
  const GeoBox box = geo_bounds(area({square(27, 41, 180, 81), square(-180, 62, -169, 71)}));
  EXPECT_EQ(box.west, 27);
  EXPECT_EQ(box.east, -169);
  EXPECT_NEAR(box.lon_span(), 164, 1e-9);
}

TEST(GeoBounds, AlaskaWithTheAleutians) {
  const GeoBox box = geo_bounds(area({square(172, 51, 180, 53), square(-180, 51, -130, 71)}));
  EXPECT_NEAR(box.lon_span(), 58, 1e-9);
}

TEST(GeoBounds, AntarcticaAndTheWorldAreWholeBelts) {
  EXPECT_EQ(geo_bounds(area({square(-180, -90, 180, -63)})), (GeoBox{-180, -90, 180, -63}));
  const GeoBox world = geo_bounds(area({square(-180, -90, 180, 90)}));
  EXPECT_EQ(world.lon_span(), 360);
  EXPECT_FALSE(world.crosses_date_line());
}

TEST(GeoBounds, RingWithoutCutAcrossTheDateLine) {
  const GeoBox box = geo_bounds(area({{{179, -1}, {-179, -1}, {-179, 1}, {179, 1}, {179, -1}}}));
  EXPECT_NEAR(box.lon_span(), 2, 1e-9);
  EXPECT_TRUE(box.crosses_date_line());
}

TEST(GeoBounds, BeltsAndTracksThatTouchTheEndOfThePlane) {
  EXPECT_EQ(geo_bounds(area({square(-180, -30, 180, 30)})).lon_span(), 360);
  EXPECT_EQ(geo_bounds(Geometry(MultiLine{{{{-180, 30}, {180, 30}}}})).lon_span(), 360);
  const GeoBox track = geo_bounds(Geometry(MultiLine{{{{178, 3}, {180, 3}, {-180, 3}, {-175, 4}}}}));
  EXPECT_NEAR(track.lon_span(), 7, 1e-9);
  const GeoBox ring = geo_bounds(area({{{177, -19},
                                        {180, -19},
                                        {-180, -19},
                                        {-178, -19},
                                        {-178, -16},
                                        {-180, -16},
                                        {180, -16},
                                        {177, -16},
                                        {177, -19}}}));
  EXPECT_NEAR(ring.lon_span(), 5, 1e-9);
}

TEST(GeoBounds, PointsTakeTheWidestGap) {
  const std::vector<Point> points{{170, 0}, {-170, 10}, {175, kNan}, {kNan, 3}};
  const GeoBox box = geo_bounds(points);
  EXPECT_EQ(box, (GeoBox{170, 0, -170, 10}));
  const std::vector<Point> one{{180, 5}};
  EXPECT_EQ(geo_bounds(one).lon_span(), 0);
  EXPECT_EQ(geo_bounds(std::vector<Point>{}), GeoBox{});
}

TEST(GeoBox, ContainsAcrossTheDateLine) {
  const GeoBox box{170, -20, -170, 0};
  EXPECT_TRUE(box.contains(Point{180, -5}));
  EXPECT_TRUE(box.contains(Point{-180, -5}));
  EXPECT_TRUE(box.contains(Point{-171, -5}));
  EXPECT_FALSE(box.contains(Point{0, -5}));
  EXPECT_FALSE(box.contains(Point{175, 1}));
  EXPECT_TRUE(box.contains(GeoBox{175, -10, -175, -5}));
  EXPECT_FALSE(box.contains(GeoBox{165, -10, 175, -5}));
  ASSERT_EQ(box.boxes().size(), 2u);
  EXPECT_EQ(box.boxes()[0], (Box{170, -20, 180, 0}));
  EXPECT_EQ(box.boxes()[1], (Box{-180, -20, -170, 0}));
  EXPECT_TRUE((GeoBox{-180, -90, 180, 90}.contains(box)));
}

TEST(Geometry, EmptyMeansNoCoordinates) {
  EXPECT_TRUE(is_empty({}));
  EXPECT_TRUE(is_empty(MultiLine{{{}}}));
  EXPECT_TRUE(is_empty(MultiPolygon{}));
  EXPECT_FALSE(is_empty(point({1, 2})));
  EXPECT_EQ(vertices(area({square(0, 0, 1, 1)})).size(), 5u);
}

}  // namespace
}  // namespace sitmap::geom
