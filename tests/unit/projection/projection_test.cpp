#include "projection/projection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "base/problem.hpp"
#include "projection/domain.hpp"

namespace sitmap::projection {
namespace {

using geom::GeoBox;
using geom::Point;
using testing::HasSubstr;
using testing::StartsWith;

const char* const kW1 = "+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47 +datum=WGS84";

std::string refusal(const std::string& text) {
  try {
    const Projection taken = Projection::from_text(text);
    return "taken: " + taken.definition();
  } catch (const base::InputError& error) {
    return error.problems().at(0).message + " | " + error.problems().at(0).hint;
  }
}

TEST(FromText, ProjStrings) {
  const Projection lcc = Projection::from_text(kW1);
  EXPECT_EQ(lcc.definition(), kW1);
  EXPECT_EQ(lcc.description(), "Lambert conformal conic, 38.5° N / 41.5° N");
  EXPECT_EQ(lcc.family(), Projection::Family::Conic);
  EXPECT_EQ(lcc.center_longitude(), 47);
  const Point center = lcc.forward({47, 40}).value();
  EXPECT_NEAR(center.x, 0, 1e-6);
  EXPECT_NEAR(center.y, 0, 1e-6);
  // From PROJ's cs2cs: 45°E 40°N.
  const Point p = lcc.forward({45, 40}).value();
  EXPECT_NEAR(p.x, -170715.089060, 1e-4);
  EXPECT_NEAR(p.y, 1915.514335, 1e-4);
}

TEST(FromText, EpsgCodesWithAndWithoutTheDatabase) {
  const Projection utm = Projection::from_text("epsg:32638");
  EXPECT_EQ(utm.description(), "WGS 84 / UTM zone 38N");
  EXPECT_NEAR(utm.forward({45, 0})->x, 500000, 1e-6);
  const Projection mercator = Projection::from_text("EPSG:3857");
  EXPECT_TRUE(mercator.is_web_mercator());
  EXPECT_NEAR(mercator.forward({180, 0})->x, 20037508.342789, 1e-4);
  EXPECT_NEAR(mercator.forward({0, 85.0511287798})->y, 20037508.34, 1);
  const Projection france = Projection::from_text("EPSG:2154");
  EXPECT_EQ(france.description(), "RGF93 v1 / Lambert-93");
  EXPECT_EQ(france.definition(), "EPSG:2154");
  EXPECT_NEAR(france.forward({3, 46.5})->x, 700000, 1);
  EXPECT_NEAR(france.forward({3, 46.5})->y, 6600000, 1);
}

TEST(FromText, EastNorthAndMetresWhateverTheCrsSays) {
  // Gauss-Krüger has north first; a datum shift of some 100 m stays small.
  const Projection gauss = Projection::from_text("EPSG:28408");
  const Point p = gauss.forward({45, 40}).value();
  EXPECT_NEAR(p.x, 8500000, 300);
  EXPECT_NEAR(p.y, 4429000, 1500);
  // US survey feet: a degree of latitude is 111 km all the same.
  const Projection feet = Projection::from_text("EPSG:2263");
  const double north = feet.forward({-74, 41})->y - feet.forward({-74, 40})->y;
  EXPECT_NEAR(north, 111050, 100);
  const Projection kilometres = Projection::from_text("+proj=laea +lat_0=40 +lon_0=47 +units=km");
  EXPECT_NEAR(kilometres.forward({47, 41})->y, 111050, 100);
}

TEST(FromText, RefusesWithAHint) {
  EXPECT_THAT(refusal("EPSG:4326"),
              HasSubstr("'EPSG:4326' is not a projected CRS (WGS 84 is longitude and latitude) | use \"auto\""));
  EXPECT_THAT(refusal("EPSG:4326"), HasSubstr("+proj=eqc"));
  EXPECT_THAT(refusal("+proj=longlat +datum=WGS84"), HasSubstr("not a projected CRS"));
  EXPECT_THAT(refusal("EPSG:5773"), HasSubstr("a height system"));
  EXPECT_THAT(refusal("EPSG:999999"), HasSubstr("there is no CRS 'EPSG:999999'"));
  EXPECT_THAT(refusal("EPSG:abc"), HasSubstr("not an EPSG code"));
  EXPECT_THAT(refusal("+proj=nonsense"), HasSubstr("not a projection that PROJ knows"));
  EXPECT_THAT(refusal("+proj=lcc +lat_1=95"), HasSubstr("not a projection that PROJ knows"));
  EXPECT_THAT(refusal("+proj=pipeline +step +proj=merc"), HasSubstr("pipeline"));
  EXPECT_THAT(refusal("qwertyuiop"), HasSubstr("'qwertyuiop' is not a projection"));
  EXPECT_THAT(refusal("   "), HasSubstr("empty"));
  EXPECT_THAT(refusal(std::string("+proj=lcc\0+lat_1=1", 18)), Not(StartsWith("terminate")));
}

TEST(Forward, NothingOutside) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(Projection::web_mercator().forward({0, 90}));
  EXPECT_FALSE(Projection::web_mercator().forward({0, -90}));
  EXPECT_FALSE(Projection::from_text("EPSG:32638").forward({-60, -15}));
  EXPECT_FALSE(Projection::from_text("+proj=ortho +lat_0=40 +lon_0=47").forward({-133, -40}));
  EXPECT_FALSE(Projection::from_text("+proj=gnom +lat_0=90").forward({0, 0}));
  EXPECT_FALSE(Projection::from_text(kW1).forward({47, -90}));
  EXPECT_FALSE(Projection::from_text(kW1).forward({nan, 1}));
  EXPECT_FALSE(Projection::from_text(kW1).forward({1, 91}));
  EXPECT_FALSE(Projection::from_text("+proj=eqearth").inverse({0, 9e6}));
  EXPECT_FALSE(Projection::from_text("+proj=ortho").inverse({7e6, 0}));
  EXPECT_FALSE(Projection::from_text(kW1).inverse({nan, 0}));
}

TEST(Forward, InverseComesBack) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> lon(-179.9, 179.9), lat(-84, 84);
  for (const char* text :
       {"+proj=eqearth", "+proj=webmerc +datum=WGS84", "+proj=robin +lon_0=150", "+proj=moll",
        "+proj=laea +lat_0=10 +lon_0=20", "+proj=stere +lat_0=90", kW1, "+proj=tmerc +lon_0=47",
        "+proj=ortho +lat_0=40 +lon_0=47", "+proj=aea +lat_1=20 +lat_2=50", "+proj=aeqd +lat_0=-30 +lon_0=-60",
        "+proj=nsper +h=3e6 +lat_0=40 +lon_0=47", "EPSG:3035", "+proj=eqc +lat_ts=40"}) {
    const Projection projection = Projection::from_text(text);
    int seen = 0;
    for (int i = 0; i < 400; ++i) {
      const Point p{lon(random), lat(random)};
      const auto metres = projection.forward(p);
      if (!metres) continue;
      const auto back = projection.inverse(*metres);
      ASSERT_TRUE(back) << text << ' ' << p.x << ' ' << p.y;
      EXPECT_NEAR(back->y, p.y, 1e-5) << text;
      EXPECT_NEAR(std::remainder(back->x - p.x, 360.0), 0, 1e-4) << text << ' ' << p.x << ' ' << p.y;
      ++seen;
    }
    EXPECT_GT(seen, 20) << text;
  }
}

TEST(Forward, SameFromManyThreads) {
  const Projection projection = Projection::from_text(kW1);
  const Point wanted = projection.forward({45, 40}).value();
  std::vector<std::thread> threads;
  std::vector<int> same(8);
  for (std::size_t i = 0; i < same.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 500; ++round) same[i] += projection.forward({45, 40}) == wanted;
    });
  for (std::thread& thread : threads) thread.join();
  for (const int count : same) EXPECT_EQ(count, 500);
}

TEST(Automatic, SuitsTheArea) {
  const auto definition = [](GeoBox area) { return Projection::automatic(area).definition(); };
  EXPECT_EQ(definition({44, 38, 51, 42}), "+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47.5 +datum=WGS84");
  EXPECT_THAT(definition({-180, -90, 180, 90}), StartsWith("+proj=eqearth +lon_0=0"));
  EXPECT_THAT(definition({-180, -90, 180, -63}), StartsWith("+proj=stere +lat_0=-90"));
  EXPECT_THAT(definition({-10, 75, 40, 90}), StartsWith("+proj=stere +lat_0=90"));
  EXPECT_THAT(definition({-180, 30, 180, 90}), StartsWith("+proj=laea +lat_0=90"));
  EXPECT_THAT(definition({20, -5, 35, 8}), StartsWith("+proj=merc"));
  EXPECT_THAT(definition({34.2, 29.4, 35.7, 33.4}), StartsWith("+proj=tmerc"));     // Israel
  EXPECT_THAT(definition({-76, -56, -66, -17}), StartsWith("+proj=tmerc"));         // Chile
  EXPECT_THAT(definition({-18, -35, 52, 38}), StartsWith("+proj=laea"));            // Africa
  EXPECT_THAT(definition({176.9, -19.2, -178.2, -15.7}), StartsWith("+proj=lcc"));  // Fiji
  EXPECT_NEAR(Projection::automatic({176.9, -19.2, -178.2, -15.7}).center_longitude(), 179.4, 0.1);
  EXPECT_THAT(definition({46.5, 39.6, 46.5, 39.6}), StartsWith("+proj=lcc +lat_1=39.6 +lat_2=39.6"));  // one place
  EXPECT_THAT(definition({20, -1, 20, -1}), StartsWith("+proj=merc"));
  EXPECT_THAT(definition({0, std::nan(""), 1, 2}), StartsWith("+proj=eqearth"));  // no area: the world
}

TEST(Automatic, AlwaysAProjectionThatShowsItsArea) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> lon(-180, 180), lat(-90, 90), span(0.01, 359);
  for (int round = 0; round < 400; ++round) {
    double south = lat(random), north = lat(random);
    if (south > north) std::swap(south, north);
    const double west = lon(random);
    const GeoBox area{west, south, geom::normalize_longitude(west + span(random) * (round % 2 ? 1 : 0.1)), north};
    const Projection projection = Projection::automatic(area);
    EXPECT_TRUE(projection.forward(area.center())) << projection.definition();
    EXPECT_EQ(Projection::from_text(projection.definition()).definition(), projection.definition());
  }
}

TEST(Domain, ReadsParameters) {
  const Parameters parameters = parse_parameters("+proj=lcc  +lat_1=38d30'N lat_2=41.5 +lon_0=47w +no_defs");
  EXPECT_NEAR(parameter(parameters, "lat_1", 0), 38.5, 1e-9);
  EXPECT_NEAR(parameter(parameters, "lon_0", 0), -47, 1e-9);
  EXPECT_EQ(parameter(parameters, "x_0", 7), 7);
  EXPECT_TRUE(parameters.contains("no_defs"));
}

TEST(ProjVersion, LooksLikeOne) { EXPECT_THAT(proj_version(), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+")); }

}  // namespace
}  // namespace sitmap::projection
