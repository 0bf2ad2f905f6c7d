// View::project and View::project_outline.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "geom/operations.hpp"
#include "projection/view.hpp"

namespace sitmap::projection {
namespace {

using geom::Box;
using geom::GeoBox;
using geom::Geometry;
using geom::MultiLine;
using geom::MultiPoint;
using geom::MultiPolygon;
using geom::Path;
using geom::Point;

const char* const kW1 = "+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47 +datum=WGS84";
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Geometry box_area(double west, double south, double east, double north) {
  return MultiPolygon{{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

std::vector<Path> lines_of(const Geometry& geometry) {
  const auto* lines = std::get_if<MultiLine>(&geometry);
  return lines ? lines->lines : std::vector<Path>{};
}

View caucasus() {
  return View::projected_box(Projection::from_text(kW1), {-512000, -288000, 512000, 288000}, {1920, 1080});
}
View world(const char* text = "+proj=eqearth") {
  return View::fit(Projection::from_text(text), GeoBox{-180, -90, 180, 90}, {1200, 600}, {10, 10, 10, 10});
}

// The share of the visible earth, by samples, on which the projected polygons say something else than the earth's do.
double disagreement(const View& view, const Geometry& earth, double clear_px = 1) {
  const Geometry page = view.project(earth);
  int seen = 0, wrong = 0;
  for (double x = 3.3; x < view.page().width; x += view.page().width / 61)
    for (double y = 2.7; y < view.page().height; y += view.page().height / 47) {
      const auto at = view.to_earth({x, y});
      if (!at) continue;
      ++seen;
      const bool inside = geom::contains(earth, *at) || geom::contains(earth, *at + Point{360, 0}) ||
                          geom::contains(earth, *at - Point{360, 0});
      if (geom::contains(page, {x, y}) == inside) continue;
      // Right at a boundary either is right.
      bool near = false;
      for (const double dx : {-clear_px, clear_px})
        for (const double dy : {-clear_px, clear_px}) near = near || geom::contains(page, {x + dx, y + dy}) == inside;
      wrong += !near;
    }
  return seen > 0 ? static_cast<double>(wrong) / seen : 1;
}

void expect_closed_within(const Geometry& page, const Box& box) {
  for (const Point& p : geom::vertices(page)) {
    EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
    EXPECT_TRUE(box.expanded(1e-6).contains(p)) << p.x << ' ' << p.y;
  }
  if (const auto* area = std::get_if<MultiPolygon>(&page))
    for (const geom::Polygon& polygon : area->polygons) {
      EXPECT_GE(polygon.outer.size(), 4u);
      EXPECT_EQ(polygon.outer.front(), polygon.outer.back());
    }
}

TEST(Project, LongParallelsAreCurvesToTheTolerance) {
  const View view = caucasus();
  const Geometry page = view.project(MultiLine{{{{30, 41}, {60, 41}}}}, 16, 0.25);
  const std::vector<Path> lines = lines_of(page);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_GT(lines[0].size(), 4u);
  expect_closed_within(page, Box{-16, -16, 1936, 1096});
  for (double lon = 41.5; lon < 52.5; lon += 0.37) {
    const Point p = view.to_page({lon, 41}).value();
    if (p.x > 0 && p.x < 1920) {
      EXPECT_LT(geom::distance(page, p), 0.8);
    }
  }
}

TEST(Project, PolygonsKeepTheirAreaAndFillThePage) {
  const View view = caucasus();
  const Geometry small = view.project(box_area(46, 39.5, 47, 40));
  const double metres2 = geom::area(small) * view.metres_per_px() * view.metres_per_px();
  EXPECT_NEAR(metres2 / geom::area_m2(box_area(46, 39.5, 47, 40)), 1, 0.01);
  const Geometry all = view.project(box_area(0, 0, 90, 80), 16);
  EXPECT_NEAR(geom::area(all), (1920 + 32) * (1080 + 32), 1);
  EXPECT_TRUE(geom::is_empty(view.project(box_area(-90, 0, 0, 80))));
}

TEST(Project, HolesStay) {
  const View view = caucasus();
  Geometry lake = box_area(45, 39, 49, 41);
  std::get<MultiPolygon>(lake).polygons[0].holes.push_back({{46, 39.5}, {47, 39.5}, {47, 40}, {46, 40}, {46, 39.5}});
  EXPECT_EQ(disagreement(view, lake), 0);
  EXPECT_EQ(std::get<MultiPolygon>(view.project(lake)).polygons.at(0).holes.size(), 1u);
}

TEST(Project, RandomCoastlinesAgreeWithTheEarth) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> lon(38, 56), lat(36, 44), shrink(0.5, 1);
  const View view = caucasus();
  for (int round = 0; round < 30; ++round) {
    const Point center{lon(random), lat(random)};
    Path ring;
    for (int i = 0; i < 200; ++i) {
      const double angle = i * 0.0314159265, r = 4 * shrink(random);
      ring.push_back({center.x + r * std::cos(angle), center.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    const Geometry earth = MultiPolygon{{{ring, {}}}};
    expect_closed_within(view.project(earth), Box{-16, -16, 1936, 1096});
    EXPECT_LT(disagreement(view, earth), 0.001);
  }
}

TEST(Project, NeighboursShareTheirBoundary) {
  std::mt19937 random(4);
  std::normal_distribution<double> step(0, 0.02);
  Path border{{47, 37}};
  while (border.back().y < 43) border.push_back(border.back() + Point{step(random), 0.004});
  Path west = border, east = border;
  west.insert(west.end(), {{40, 43}, {40, 37}, {47, 37}});
  std::ranges::reverse(east);
  east.insert(east.end(), {{54, 37}, {54, 43}});
  east.push_back(east.front());
  const View view = caucasus();
  const Geometry both[] = {view.project(MultiPolygon{{{west, {}}}}), view.project(MultiPolygon{{{east, {}}}})};
  const double page = (1920 + 32) * (1080 + 32);
  EXPECT_NEAR(geom::area(both[0]) + geom::area(both[1]), page, 1);
  EXPECT_LT(geom::area(geom::intersection(both[0], both[1])), 1);
}

TEST(Project, WorldInManyProjections) {
  const Geometry land = MultiPolygon{{
      {{{-17, 15}, {-5, 36}, {33, 31}, {51, 12}, {40, -15}, {20, -35}, {9, 4}, {-17, 15}}, {}},  // an Africa
      {{{27, 70}, {60, 68}, {110, 76}, {180, 69}, {180, 65}, {140, 55}, {100, 50}, {50, 50}, {27, 70}},
       {}},                                                    // Russia …
      {{{-180, 69}, {-170, 66}, {-180, 65}, {-180, 69}}, {}},  // … and the rest of it
      {{{-180, -90},
        {180, -90},
        {180, -78},
        {120, -66},
        {50, -67},
        {0, -70},
        {-60, -75},
        {-120, -74},
        {-180, -78},
        {-180, -90}},
       {}},
  }};
  for (const char* text :
       {"+proj=eqearth", "+proj=eqearth +lon_0=150", "+proj=robin +lon_0=-90", "+proj=eqc +lon_0=47",
        "+proj=moll +lon_0=10", "+proj=ortho +lat_0=40 +lon_0=47", "+proj=ortho +lat_0=-70 +lon_0=170",
        "+proj=laea +lat_0=50 +lon_0=100", "+proj=stere +lat_0=-90", "+proj=aeqd +lat_0=90",
        "+proj=nsper +h=5e6 +lat_0=60 +lon_0=170"}) {
    const View view = text[6] == 's' && text[7] == 't'
                          ? View::fit(Projection::from_text(text), GeoBox{-180, -90, 180, -50}, {1000, 1000})
                          : world(text);
    expect_closed_within(view.project(land), Box{0, 0, view.page().width, view.page().height}.expanded(16));
    EXPECT_LT(disagreement(view, land, 2), 0.002) << text;
  }
}

TEST(Project, WebMercatorAndTheConicShowAntarcticaToTheEdge) {
  const Geometry antarctica = box_area(-180, -90, 180, -70);
  const View mercator = View::fit(Projection::web_mercator(), GeoBox{-180, -90, 180, 90}, {1000, 1000});
  EXPECT_EQ(disagreement(mercator, antarctica), 0);
  EXPECT_TRUE(geom::is_empty(caucasus().project(antarctica)));
}

TEST(Project, RingAroundThePoleWithoutAPlanarCut) {
  Path ring;
  for (int lon = -180; lon < 180; lon += 5) ring.push_back({double(lon), -70.0 + 3 * std::sin(lon * 0.1)});
  ring.push_back({-180, ring.front().y});
  Path planar = ring;
  planar.pop_back();
  planar.insert(planar.end(), {{180, ring.front().y}, {180, -90}, {-180, -90}, ring.front()});
  for (const char* text : {"+proj=eqearth", "+proj=eqearth +lon_0=100", "+proj=ortho +lat_0=-60"}) {
    const View view = world(text);
    const double a = geom::area(view.project(MultiPolygon{{{ring, {}}}})),
                 b = geom::area(view.project(MultiPolygon{{{planar, {}}}}));
    EXPECT_GT(a, 1000) << text;
    EXPECT_NEAR(a / b, 1, 0.01) << text;
  }
}

TEST(Project, FijiIsWholeOnItsOwnMapAndSplitOnGreenwichs) {
  const Geometry fiji = MultiPolygon{{{{{177, -19}, {180, -19}, {180, -16}, {177, -16}, {177, -19}}, {}},
                                      {{{-180, -19}, {-178, -19}, {-178, -16}, {-180, -16}, {-180, -19}}, {}}}};
  const View view = View::fit(Projection::automatic(geom::geo_bounds(fiji)), fiji, {1000, 800}, {50, 50, 50, 50});
  const Box box = geom::bounds(view.project(fiji));
  EXPECT_NEAR(box.width(), 900, 5);
  EXPECT_EQ(disagreement(view, fiji), 0);
  const Box split = geom::bounds(world().project(fiji));
  EXPECT_GT(split.width(), 1000);
  // A ring over the date line, not cut there, is the same island.
  const Geometry uncut = MultiPolygon{{{{{177, -19}, {-178, -19}, {-178, -16}, {177, -16}, {177, -19}}, {}}}};
  EXPECT_NEAR(geom::area(view.project(uncut)), geom::area(view.project(fiji)), 2);
  EXPECT_NEAR(geom::area(world().project(uncut)), geom::area(world().project(fiji)), 1);
}

TEST(Project, LinesOverTheDateLine) {
  const Geometry route = MultiLine{{{{170, 10}, {-170, 20}}}};
  const auto split = world().project(route);
  ASSERT_EQ(lines_of(split).size(), 2u);
  for (const Path& line : lines_of(split)) EXPECT_LT(geom::length(line), 60);
  const auto whole = world("+proj=eqearth +lon_0=180").project(route);
  EXPECT_EQ(lines_of(whole).size(), 1u);
  // A parallel right around, cut at 180° in the data, at 47° - 180° on the map.
  const auto parallel = world("+proj=eqc +lon_0=47").project(MultiLine{{{{-180, 30}, {180, 30}}}});
  double sum = 0;
  for (const Path& line : lines_of(parallel)) sum += geom::length(line);
  EXPECT_NEAR(sum, 1160, 1);
}

TEST(Project, LinesEndAtTheHorizon) {
  const View globe = world("+proj=ortho +lat_0=0 +lon_0=0");
  const auto equator = globe.project(MultiLine{{{{-180, 0}, {180, 0}}}});
  const std::vector<Path> lines = lines_of(equator);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NEAR(geom::length(lines[0]), 580, 2);
  EXPECT_TRUE(geom::is_empty(globe.project(MultiLine{{{{170, 10}, {175, 20}}}})));
  EXPECT_TRUE(geom::is_empty(globe.project(geom::point({180, 0}))));
  EXPECT_FALSE(geom::is_empty(globe.project(geom::point({10, 10}))));
}

TEST(Project, TheOceanAndItsIslandOnTheFarSide) {
  // A polygon that covers everything but an island at the centre of the map, and one that is only at the far side.
  Geometry ocean = box_area(-180, -90, 180, 90);
  std::get<MultiPolygon>(ocean).polygons[0].holes.push_back({{-10, -10}, {10, -10}, {10, 10}, {-10, 10}, {-10, -10}});
  const View globe = world("+proj=ortho +lat_0=5 +lon_0=5");
  EXPECT_LT(disagreement(globe, ocean, 2), 0.002);
  EXPECT_TRUE(geom::is_empty(globe.project(box_area(165, -20, 179, -1))));
}

TEST(ProjectOutline, HasNoStrokeAlongClipSeamOrDateLine) {
  const View view = caucasus();
  EXPECT_TRUE(geom::is_empty(view.project_outline(box_area(0, 0, 90, 80))));
  const Geometry half = view.project_outline(box_area(47, 0, 90, 80));
  ASSERT_EQ(lines_of(half).size(), 1u);
  for (const Point& p : geom::vertices(half)) EXPECT_NEAR(p.x, 960, 0.1);
  const Geometry whole = view.project_outline(box_area(46, 39.5, 47, 40));
  ASSERT_EQ(lines_of(whole).size(), 1u);
  EXPECT_EQ(lines_of(whole)[0].front(), lines_of(whole)[0].back());
  EXPECT_TRUE(geom::is_empty(view.project_outline(MultiLine{{{{46, 40}, {47, 40}}}})));
}

TEST(ProjectOutline, DataEdgesAtTheDateLineAndThePoles) {
  const View russia = View::fit(Projection::from_text("+proj=lcc +lat_1=55 +lat_2=70 +lon_0=170"),
                                GeoBox{150, 55, -165, 72}, {1000, 800});
  const Geometry parts = MultiPolygon{{{{{160, 60}, {180, 62}, {180, 70}, {160, 70}, {160, 60}}, {}},
                                       {{{-180, 62}, {-170, 64}, {-180, 70}, {-180, 62}}, {}}}};
  const Geometry outline = russia.project_outline(parts);
  const Point seam = russia.to_page({180, 66}).value();
  EXPECT_GT(geom::distance(outline, seam), 20);
  EXPECT_EQ(lines_of(outline).size(), 2u);

  const View south = View::fit(Projection::from_text("EPSG:3031"), GeoBox{-180, -90, 180, -60}, {800, 800});
  const Geometry coast = south.project_outline(box_area(-180, -90, 180, -70));
  ASSERT_EQ(lines_of(coast).size(), 1u);
  EXPECT_GT(geom::distance(coast, south.to_page({180, -80}).value()), 50);

  // The cut of a world map, and the horizon of a globe.
  const Geometry belt = world("+proj=eqearth +lon_0=47").project_outline(box_area(-180, -30, 180, 30));
  const double top = world().to_page({0, 30})->y, bottom = world().to_page({0, -30})->y;
  EXPECT_EQ(lines_of(belt).size(), 4u);  // each parallel in two parts, from the data's end to the map's
  for (const Path& line : lines_of(belt))
    for (const Point& p : line) EXPECT_TRUE(std::abs(p.y - top) < 0.1 || std::abs(p.y - bottom) < 0.1);
  const View globe = world("+proj=ortho +lat_0=0 +lon_0=0");
  const std::vector<Path> parallels = lines_of(globe.project_outline(box_area(-180, -30, 180, 30)));
  EXPECT_EQ(parallels.size(), 2u);
  for (const Path& line : parallels) EXPECT_LT(geom::length(line), 560);
}

TEST(Project, HostileGeometry) {
  const double inf = std::numeric_limits<double>::infinity();
  const Geometry shapes[] = {{},
                             MultiPoint{{{kNan, 0}, {0, kNan}, {inf, inf}, {1e300, 0}, {0, 1e300}, {1e9, 40}}},
                             MultiLine{{{},
                                        {{47, 40}},
                                        {{kNan, kNan}, {47, 40}},
                                        {{47, 40}, {47, 40}},
                                        {{kNan, 1}, {46, 39}, {inf, 3}, {47, 41}},
                                        {{-1e300, 0}, {1e300, 1}}}},
                             MultiPolygon{{{{}, {}},
                                           {{{47, 40}}, {}},
                                           {{{47, 40}, {48, 41}}, {{}}},
                                           {{{kNan, 40}, {48, kNan}, {kNan, kNan}, {kNan, 40}}, {}},
                                           {{{45, 39}, {49, 41}, {49, 39}, {45, 41}, {45, 39}}, {{{kNan, kNan}}}},
                                           {{{45, 39}, {inf, 41}, {49, 39}, {-inf, 41}, {45, 39}}, {}},
                                           {{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}, {-1e6, -1e6}}, {}},
                                           {{{-700, 10}, {700, 10}, {700, 50}, {-700, 50}, {-700, 10}}, {}},
                                           {{{0, 90}, {90, 90}, {180, 90}, {0, 90}}, {}},
                                           {{{47, 100}, {48, -100}, {49, 100}, {47, 100}}, {}}}}};
  for (const char* text : {kW1, "+proj=eqearth", "+proj=ortho +lat_0=40 +lon_0=47", "+proj=gnom +lat_0=90", "EPSG:3857",
                           "EPSG:32638", "+proj=stere +lat_0=-90", "+proj=omerc +lat_0=40 +lonc=47 +alpha=30 +gamma=0",
                           "+proj=igh", "+proj=ob_tran +o_proj=moll +o_lat_p=45 +o_lon_p=0 +lon_0=0"}) {
    const Projection projection = Projection::from_text(text);
    const Point at = projection.forward({47, 40}) ? Point{47, 40} : text[7] == 't' ? Point{0, -80} : Point{0, 80};
    for (const double scale : {10.0, 5000.0, 50000.0}) {
      const View view = View::centered(projection, at, scale, {400, 300});
      for (const Geometry& shape : shapes) {
        expect_closed_within(view.project(shape), Box{-16, -16, 416, 316});
        expect_closed_within(view.project_outline(shape), Box{-16, -16, 416, 316});
      }
    }
  }
}

TEST(Project, SameBytesFromManyThreads) {
  std::mt19937 random(2);
  std::normal_distribution<double> step(0, 0.01);
  Path line{{47, 40}};
  for (int i = 0; i < 5000; ++i) line.push_back(line.back() + Point{step(random), step(random)});
  const View view = caucasus();
  const Geometry wanted = view.project(MultiLine{{line}});
  std::vector<std::thread> threads;
  std::vector<int> same(4);
  for (std::size_t i = 0; i < same.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) same[i] += view.project(MultiLine{{line}}) == wanted;
    });
  for (std::thread& thread : threads) thread.join();
  for (const int count : same) EXPECT_EQ(count, 20);
}

TEST(Project, WiderMarginsReachFurther) {
  const View view = caucasus();
  EXPECT_TRUE(geom::is_empty(view.project(geom::point({53.5, 40}), 16)));
  EXPECT_FALSE(geom::is_empty(view.project(geom::point({53.5, 40}), 200)));
  EXPECT_NEAR(geom::bounds(view.project(box_area(0, 0, 90, 80), 400)).width(), 1920 + 800, 1e-6);
}

}  // namespace
}  // namespace sitmap::projection
