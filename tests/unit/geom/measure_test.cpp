#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Path square(double size) { return {{0, 0}, {size, 0}, {size, size}, {0, size}, {0, 0}}; }
Geometry with_hole() { return MultiPolygon{{{square(10), {{{2, 2}, {2, 6}, {6, 6}, {6, 2}, {2, 2}}}}}}; }

TEST(Measure, AreaSubtractsHolesWhateverTheirDirection) {
  EXPECT_DOUBLE_EQ(area(with_hole()), 84);
  EXPECT_EQ(area(MultiLine{{square(3)}}), 0);
  EXPECT_EQ(area({}), 0);
}

TEST(Measure, Centroids) {
  EXPECT_EQ(centroid(MultiPolygon{{{square(10), {}}}}), (Point{5, 5}));
  EXPECT_EQ(centroid(MultiLine{{{{0, 0}, {4, 0}}}}), (Point{2, 0}));
  EXPECT_EQ(centroid(MultiPoint{{{1, 1}, {3, 5}}}), (Point{2, 3}));
  // An area without any: its outline counts.
  EXPECT_EQ(centroid(MultiPolygon{{{{{0, 0}, {4, 0}, {0, 0}}, {}}}}), (Point{2, 0}));
  EXPECT_EQ(centroid(MultiPolygon{{{{}, {}}}}), Point{});
}

TEST(Measure, ContainsIsEvenOdd) {
  EXPECT_TRUE(contains(with_hole(), {1, 1}));
  EXPECT_FALSE(contains(with_hole(), {4, 4}));
  EXPECT_FALSE(contains(with_hole(), {11, 4}));
  EXPECT_FALSE(contains(MultiLine{{square(3)}}, {1, 1}));
  EXPECT_FALSE(contains(MultiPolygon{{{{}, {}}}}, {0, 0}));
  EXPECT_FALSE(contains(with_hole(), {kNan, 1}));
}

TEST(Measure, DistanceIsNoughtInside) {
  EXPECT_EQ(distance(with_hole(), {1, 1}), 0);
  EXPECT_DOUBLE_EQ(distance(with_hole(), {4, 4}), 2);
  EXPECT_DOUBLE_EQ(distance(with_hole(), {13, 14}), 5);
  EXPECT_DOUBLE_EQ(distance(MultiLine{{{{0, 0}, {4, 0}}}}, {2, 3}), 3);
  EXPECT_TRUE(std::isinf(distance({}, {0, 0})));
}

TEST(Geodesic, DistanceAndBearing) {
  // Yerevan to Baku, about 456 km; a degree along the equator.
  EXPECT_NEAR(distance_m({44.5136, 40.1811}, {49.8920, 40.3777}), 456700, 1500);
  EXPECT_NEAR(distance_m({179.5, 0}, {-179.5, 0}), kEarthRadiusM * std::numbers::pi / 180, 1e-3);
  EXPECT_NEAR(bearing_deg({0, 0}, {1, 0}), 90, 1e-9);
  EXPECT_NEAR(bearing_deg({0, 0}, {0, -1}), 180, 1e-9);
  EXPECT_EQ(bearing_deg({0, 0}, {0, 1}), 0);
  EXPECT_EQ(distance_m({5, 5}, {5, 5}), 0);
  EXPECT_EQ(bearing_deg({0, 90}, {30, -90}), 150);
  EXPECT_EQ(bearing_deg({20, -90}, {-10, 0}), 330);
}

TEST(Geodesic, DestinationComesBack) {
  for (const Point start : {Point{47, 40}, Point{179.9, -17}, Point{0, 89.9}, Point{10, 90}, Point{-70, -90}})
    for (double bearing = 0; bearing < 360; bearing += 30) {
      const Point end = destination(start, bearing, 250000);
      EXPECT_NEAR(distance_m(start, end), 250000, 1) << start.x << ' ' << start.y << ' ' << bearing;
      EXPECT_GE(end.x, -180);
      EXPECT_LT(end.x, 180);
    }
}

TEST(Geodesic, CircleHasItsArea) {
  const double radius = 100000;
  const double wanted = 2 * std::numbers::pi * kEarthRadiusM * kEarthRadiusM * (1 - std::cos(radius / kEarthRadiusM));
  for (const Point at : {Point{47, 40}, Point{179.9, 0}, Point{-179.9, 60}})
    EXPECT_NEAR(area_m2(geodesic_circle(at, radius, 360)) / wanted, 1, 2e-4) << at.x;
  // Around a pole, closed along it. The planar edges are chords of parallels there, so a little less exact.
  EXPECT_NEAR(area_m2(geodesic_circle({20, 89.9}, radius, 720)) / wanted, 1, 2e-3);
  EXPECT_NEAR(area_m2(geodesic_circle({20, -90}, radius, 720)) / wanted, 1, 2e-3);
  EXPECT_TRUE(is_empty(geodesic_circle({0, 0}, 0)));
  EXPECT_TRUE(is_empty(geodesic_circle({kNan, 0}, 10)));
}

TEST(Geodesic, AreaOfTheEarth) {
  const Geometry world = MultiPolygon{{{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}, {}}}};
  EXPECT_NEAR(area_m2(world) / (4 * std::numbers::pi * kEarthRadiusM * kEarthRadiusM), 1, 1e-9);
  EXPECT_EQ(area_m2(point({1, 1})), 0);
}

}  // namespace
}  // namespace sitmap::geom
