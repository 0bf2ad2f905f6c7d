#include "projection/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/problem.hpp"
#include "geom/operations.hpp"

namespace sitmap::projection {
namespace {

using geom::GeoBox;
using geom::Point;
using testing::HasSubstr;

const char* const kW1 = "+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47 +datum=WGS84";
constexpr PageSize kArticle{1200, 800};

Projection lcc() { return Projection::from_text(kW1); }

template <class Make>
std::string refusal(Make make) {
  try {
    make();
    return "taken";
  } catch (const base::InputError& error) {
    return error.problems().at(0).message + " | " + error.problems().at(0).hint;
  }
}

TEST(View, TheFrameOfTheComparisonIsExact) {
  const View view = View::projected_box(lcc(), {-512000, -288000, 512000, 288000}, {1920, 1080});
  EXPECT_DOUBLE_EQ(view.projected_metres_per_px(), 1024000.0 / 1920);
  EXPECT_NEAR(view.metres_per_px(), 533.33, 0.3);  // the ground at 40°N is 0.03 % larger than the map
  EXPECT_NEAR(view.metres_per_px() / view.projected_metres_per_px(), 1.00034, 2e-5);
  const Point center = view.to_page({47, 40}).value();
  EXPECT_NEAR(center.x, 960, 1e-6);
  EXPECT_NEAR(center.y, 540, 1e-6);
  EXPECT_NEAR(view.center().x, 47, 1e-9);
  EXPECT_NEAR(view.center().y, 40, 1e-9);
  EXPECT_EQ(view.north_angle_deg(), 0);
  EXPECT_NEAR(view.scale_denominator(), view.metres_per_px() * 96 / 0.0254, 1e-6);
  // Everything visible is in the box, and not much more.
  for (double x = 0; x <= 1920; x += 120)
    for (double y = 0; y <= 1080; y += 120) EXPECT_TRUE(view.geo_box().contains(view.to_earth({x, y}).value()));
  EXPECT_LT(view.geo_box().lon_span(), 15);
  EXPECT_LT(view.geo_box().north - view.geo_box().south, 7);
}

TEST(View, AnotherAspectRatioShowsTheWholeBoxCentred) {
  const View view = View::projected_box(lcc(), {0, 0, 1000, 1000}, {200, 100});
  EXPECT_DOUBLE_EQ(view.projected_metres_per_px(), 10);
  const Point corner = view.to_earth({50, 100}).value();
  const Point metres = view.projection().forward(corner).value();
  EXPECT_NEAR(metres.x, 0, 1e-3);
  EXPECT_NEAR(metres.y, 0, 1e-3);
}

TEST(View, FitKeepsTheAreaWithinTheMargins) {
  const GeoBox area{44.5, 38.5, 50.5, 41.5};
  const Margins margins{100, 150, 50, 60};
  const View view = View::fit(lcc(), area, kArticle, margins);
  geom::Box box;
  for (double t = 0; t <= 1; t += 0.01)
    for (const Point p :
         {Point{44.5 + 6 * t, 38.5}, Point{44.5 + 6 * t, 41.5}, Point{44.5, 38.5 + 3 * t}, Point{50.5, 38.5 + 3 * t}})
      box.extend(view.to_page(p).value());
  EXPECT_GE(box.min_x, 100 - 0.1);
  EXPECT_GE(box.min_y, 150 - 0.1);
  EXPECT_LE(box.max_x, 1150 + 0.1);
  EXPECT_LE(box.max_y, 740 + 0.1);
  EXPECT_TRUE(std::abs(box.width() - 1050) < 1 || std::abs(box.height() - 590) < 1);
  EXPECT_NEAR(box.center().x, 625, 0.5);
  EXPECT_NEAR(box.center().y, 445, 0.5);
}

TEST(View, FitOfPlaces) {
  const View view = View::fit(lcc(), geom::MultiPoint{{{46.75, 39.82}, {49.87, 40.4}}}, kArticle, {50, 50, 50, 50});
  EXPECT_NEAR(view.to_page({46.75, 39.82})->x, 50, 1);
  EXPECT_NEAR(view.to_page({49.87, 40.4})->x, 1150, 1);
  // One place: 10 km on every side.
  const View one = View::fit(lcc(), geom::point({46.75, 39.82}), kArticle);
  EXPECT_NEAR(one.metres_per_px() * 800, 20000, 50);
  EXPECT_NEAR(one.center().x, 46.75, 1e-9);
}

TEST(View, CenteredIsTrueOnTheGround) {
  for (const char* text : {kW1, "EPSG:3857", "+proj=eqc", "+proj=laea +lat_0=30 +lon_0=30"}) {
    const View view = View::centered(Projection::from_text(text), {46.75, 39.82}, 100, kArticle);
    EXPECT_NEAR(view.metres_per_px(), 100, 0.01) << text;
    EXPECT_NEAR(view.center().x, 46.75, 1e-6);
    const double east = geom::distance_m(view.to_earth({550, 400}).value(), view.to_earth({650, 400}).value());
    const double north = geom::distance_m(view.to_earth({600, 350}).value(), view.to_earth({600, 450}).value());
    EXPECT_NEAR(std::sqrt(east * north), 10000, 40) << text;  // a sphere against the ellipsoid
  }
}

TEST(View, ZoomIsMapLibres) {
  const View view = View::at_zoom(Projection::web_mercator(), {0, 0}, 0, {512, 512});
  EXPECT_NEAR(view.to_page({180, 0})->x, 512, 1e-6);
  EXPECT_NEAR(view.to_page({0, 85.0511287798})->y, 0, 1e-4);
  EXPECT_NEAR(view.zoom(), 0, 1e-12);
  const View close = View::at_zoom(Projection::web_mercator(), {46.75, 39.82}, 7.5, kArticle);
  EXPECT_NEAR(close.zoom(), 7.5, 1e-12);
  EXPECT_NEAR(close.metres_per_px(), 78271.517 / std::exp2(7.5) * std::cos(39.82 * 3.14159265 / 180), 1);
  const View conic = View::at_zoom(lcc(), {46.75, 39.82}, 7.5, kArticle);
  EXPECT_NEAR(conic.zoom(), 7.5, 1e-3);
  EXPECT_NEAR(conic.metres_per_px() / close.metres_per_px(), 1, 3e-3);
}

TEST(View, BearingPointsUp) {
  const View view = View::at_zoom(Projection::web_mercator(), {47, 40}, 6, kArticle, 90);
  EXPECT_LT(view.to_page({48, 40})->y, 400);  // east is up
  EXPECT_NEAR(view.to_page({48, 40})->x, 600, 1e-6);
  EXPECT_LT(view.to_page({47, 41})->x, 600);  // north to the left
  EXPECT_NEAR(view.north_angle_deg(), -90, 1e-6);
  const Point back = view.to_earth(view.to_page({48, 41}).value()).value();
  EXPECT_NEAR(back.x, 48, 1e-9);
  EXPECT_NEAR(back.y, 41, 1e-9);
}

TEST(View, NorthTurnsAwayFromTheCentralMeridian) {
  const View view = View::centered(lcc(), {40, 40}, 500, kArticle);
  EXPECT_NEAR(view.north_angle_deg(), 4.5, 0.1);  // 7° west × sin(40°)
}

TEST(View, OutsideTheProjectionIsAnInputError) {
  const auto fit = [](const char* text, const geom::Geometry& area) {
    return refusal([&] { View::fit(Projection::from_text(text), area, kArticle); });
  };
  EXPECT_THAT(fit("EPSG:32638", geom::MultiPoint{{{-60, -15}, {-50, -10}}}), HasSubstr("outside the projection"));
  EXPECT_THAT(fit("EPSG:32638", geom::MultiPoint{{{-60, -15}, {-50, -10}}}), HasSubstr("use projection: auto"));
  EXPECT_THAT(fit("EPSG:3857", geom::MultiPoint{{{0, 90}, {10, 70}}}), HasSubstr("0.0000, 90.0000"));
  EXPECT_THAT(fit("EPSG:3857", {}), HasSubstr("empty"));
  EXPECT_THAT(fit("EPSG:3857", geom::MultiPoint{{{179, -17}, {-179, -18}}}), HasSubstr("crosses the cut"));
  EXPECT_THAT(refusal([] {
                View::fit(Projection::web_mercator(), GeoBox{-180, -90, 180, -63}, kArticle);
              }),
              HasSubstr("outside"));
  EXPECT_THAT(refusal([] {
                View::fit(Projection::from_text("EPSG:32638"), GeoBox{-70, -30, -40, 0}, kArticle);
              }),
              HasSubstr("outside"));
  EXPECT_THAT(refusal([] {
                View::centered(Projection::web_mercator(), {0, 90}, 100, kArticle);
              }),
              HasSubstr("outside"));
  EXPECT_THAT(refusal([] { View::centered(lcc(), {47, 40}, 0, kArticle); }), HasSubstr("scale"));
  EXPECT_THAT(refusal([] { View::at_zoom(lcc(), {47, 40}, 99, kArticle); }), HasSubstr("zoom"));
  EXPECT_THAT(refusal([] {
                View::fit(lcc(), GeoBox{44, 38, 51, 42}, kArticle, {600, 0, 600, 0});
              }),
              HasSubstr("margins"));
  EXPECT_THAT(refusal([] { View::fit(lcc(), GeoBox{44, 42, 51, 38}, kArticle); }), HasSubstr("empty"));
  EXPECT_THAT(refusal([] { View::projected_box(lcc(), {0, 0, 0, 10}, kArticle); }), HasSubstr("box"));
  EXPECT_THAT(refusal([] { View::fit(lcc(), GeoBox{44, 38, 51, 42}, {0, 100}); }), HasSubstr("page"));
}

TEST(View, TheWorld) {
  const View view =
      View::fit(Projection::automatic({-180, -90, 180, 90}), GeoBox{-180, -90, 180, 90}, kArticle, {20, 20, 20, 20});
  EXPECT_EQ(view.geo_box().lon_span(), 360);
  EXPECT_EQ(view.geo_box().north, 90);
  EXPECT_NEAR(view.to_page({-179.9999, 0})->x, 20, 0.1);
  EXPECT_FALSE(view.to_earth({1, 1}));
  const View mercator = View::fit(Projection::web_mercator(), GeoBox{-180, -90, 180, 90}, {800, 800});
  EXPECT_NEAR(mercator.to_page({0, 85.05})->y, 0, 1);
  const View globe =
      View::fit(Projection::from_text("+proj=ortho +lat_0=40 +lon_0=47"), GeoBox{-180, -90, 180, 90}, {600, 600});
  EXPECT_NEAR(globe.metres_per_px(), 2 * 6378137.0 / 600, 300);
}

TEST(View, GeoBoxesOfDifficultPlaces) {
  const View fiji =
      View::fit(Projection::automatic({176.9, -19.2, -178.2, -15.7}), GeoBox{176.9, -19.2, -178.2, -15.7}, kArticle);
  EXPECT_TRUE(fiji.geo_box().crosses_date_line());
  EXPECT_TRUE(fiji.geo_box().contains(GeoBox{176.9, -19.2, -178.2, -15.7}));
  EXPECT_LT(fiji.geo_box().lon_span(), 10);

  const View south = View::fit(Projection::automatic({-180, -90, 180, -63}), GeoBox{-180, -90, 180, -63}, kArticle);
  EXPECT_EQ(south.geo_box().south, -90);
  EXPECT_EQ(south.geo_box().lon_span(), 360);

  const View near_pole = View::centered(Projection::from_text("+proj=stere +lat_0=90"), {100, 80}, 500, kArticle);
  EXPECT_LT(near_pole.geo_box().lon_span(), 120);
  EXPECT_TRUE(near_pole.geo_box().contains(Point{100, 80}));

  const View behind = View::centered(Projection::from_text("+proj=stere +lat_0=90"), {180, 70}, 500, kArticle);
  EXPECT_TRUE(behind.geo_box().crosses_date_line());
  EXPECT_LT(behind.geo_box().lon_span(), 40);
}

TEST(View, EverythingVisibleIsInTheGeoBox) {
  for (const char* text : {kW1, "+proj=eqearth +lon_0=150", "+proj=ortho +lat_0=60 +lon_0=-170",
                           "+proj=stere +lat_0=-90", "EPSG:3857", "+proj=laea +lat_0=50 +lon_0=100"})
    for (const double scale : {200.0, 2000.0, 15000.0})
      for (const Point at : {Point{47, 40}, Point{179, -20}, Point{-170, 66}, Point{100, 75}, Point{-30, -75}}) {
        const Projection projection = Projection::from_text(text);
        if (!projection.forward(at)) continue;
        const View view = View::centered(projection, at, scale, kArticle);
        for (double x = 0; x <= 1200; x += 37)
          for (double y = 0; y <= 800; y += 41) {
            const auto earth = view.to_earth({x, y});
            if (!earth) continue;
            EXPECT_TRUE(view.geo_box().contains(*earth)) << text << ' ' << scale << ' ' << earth->x << ' ' << earth->y;
          }
      }
}

}  // namespace
}  // namespace sitmap::projection
