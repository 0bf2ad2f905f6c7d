#include "events/situation.hpp"

#include <chrono>

#include "geom/operations.hpp"
#include "support.hpp"

namespace sitmap::events {
namespace {

using testing::ElementsAre;

geom::Geometry square(double x, double y, double size = 1) {
  return geom::MultiPolygon{{{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, {}}}};
}

Territory territory(const std::string& actor, const std::string& status, const std::string& dates, geom::Geometry shape) {
  Territory t;
  t.id = actor + status + dates;
  t.actor = actor;
  t.status = status;
  t.geometry = std::move(shape);
  if (!dates.empty()) t.valid = *time::parse_edtf(dates).interval;
  return t;
}

std::vector<std::string> describe(const std::vector<Territory>& all) {
  std::vector<std::string> out;
  for (const Territory& t : all)
    out.push_back(t.actor + " " + t.status + " " + time::to_edtf(t.valid) + " " + std::to_string(std::lround(geom::area(t.geometry) * 100)));
  return out;
}

TEST(Dissolve, JoinsNeighboursOfOneActorAndStatus) {
  const auto out = dissolve({territory("a", "controlled", "2020-01-01/2020-01-10", square(0, 0)),
                             territory("a", "controlled", "2020-01-01/2020-01-10", square(1, 0)),
                             territory("b", "controlled", "2020-01-01/2020-01-10", square(2, 0))});
  EXPECT_THAT(describe(out), ElementsAre("a controlled 2020-01-01/2020-01-10 200", "b controlled 2020-01-01/2020-01-10 100"));
  EXPECT_EQ(std::get<geom::MultiPolygon>(out[0].geometry).polygons.size(), 1u);
  EXPECT_EQ(out[0].feature.text("changed"), "2020-01-01");
  EXPECT_EQ(out[0].feature.text("actor"), "a");
}

TEST(Dissolve, CutsWhereTheUnionChangesAndOnlyThere) {
  const auto out = dissolve({territory("a", "controlled", "2020-01-01/2020-01-10", square(0, 0)),
                             territory("a", "controlled", "2020-01-11/2020-01-20", square(0, 0)),  // another record, the same ground
                             territory("a", "controlled", "2020-01-05/..", square(1, 0))});
  EXPECT_THAT(describe(out), ElementsAre("a controlled 2020-01-01/2020-01-04 100", "a controlled 2020-01-05/2020-01-20 200",
                                         "a controlled 2020-01-21/.. 100"));
}

TEST(Dissolve, KeepsOpponentsApartAndPassesLinesThrough) {
  auto with = [](Territory t, const std::string& opponent) {
    t.feature.schema = std::make_shared<source::Schema>(std::vector<std::string>{"opponent", "note"});
    t.feature.values = {opponent, std::string("n")};
    return t;
  };
  const std::vector<std::string> keep{"note"};
  const auto out = dissolve({territory("", "ceasefire", "", geom::MultiLine{{{{0, 0}, {1, 1}}}}),
                             with(territory("a", "contested", "2020", square(0, 0)), "b"),
                             with(territory("a", "contested", "2020", square(1, 0)), "c")}, keep);
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].feature.text("opponent"), "b");
  EXPECT_EQ(out[1].feature.text("opponent"), "c");
  EXPECT_EQ(out[1].feature.text("note"), "n");
  EXPECT_EQ(out[2].status, "ceasefire");
}

TEST(Dissolve, ARangeLeavesOutOtherPeriods) {
  const std::vector<Territory> all{territory("a", "controlled", "2020-01-01/2020-01-10", square(0, 0)),
                                   territory("a", "controlled", "2020-01-11/2020-01-20", square(1, 0))};
  const auto range = time::parse_edtf("2020-01-15/2020-02-01").interval;
  EXPECT_THAT(describe(dissolve(all, {}, range)), ElementsAre("a controlled 2020-01-11/2020-01-20 100"));
}

TEST(Gains, WhatIsNewAndForHowLong) {
  const std::vector<Territory> all{territory("a", "controlled", "2020-01-01/..", square(0, 0)),
                                   territory("b", "controlled", "2020-01-01/2020-02-29", square(1, 0)),
                                   territory("a", "controlled", "2020-03-01/..", square(1, 0)),
                                   territory("a", "claimed", "2020-02-01/2020-02-29", square(2, 0)),
                                   territory("a", "controlled", "2020-03-10/2020-03-19", square(5, 5))};
  EXPECT_THAT(describe(gains(all)), ElementsAre("a gained 2020-03-01/2020-03-30 100", "a gained 2020-03-10/2020-03-19 100"));
  EXPECT_THAT(describe(gains(all, 5)), ElementsAre("a gained 2020-03-01/2020-03-05 100", "a gained 2020-03-10/2020-03-14 100"));
  EXPECT_THAT(describe(gains(dissolve(all))), testing::ElementsAreArray(describe(gains(all))));
  EXPECT_EQ(gains(all)[0].feature.text("status"), "gained");
  EXPECT_EQ(gains(all)[0].feature.text("changed"), "2020-03-01");
}

TEST(Gains, TheFirstControlOfAnActorIsAGainWhenOthersWereThereBefore) {
  const std::vector<Territory> all{territory("b", "controlled", "2020-01-01/2020-02-29", square(1, 0)),
                                   territory("a", "controlled", "2020-03-01/..", square(1, 0))};
  EXPECT_THAT(describe(gains(all)), ElementsAre("a gained 2020-03-01/2020-03-30 100"));
  const auto range = time::parse_edtf("2020-03-10/2020-03-12").interval;
  EXPECT_THAT(describe(gains(all, 30, range)), ElementsAre("a gained 2020-03-01/2020-03-30 100"));
}

class Embedded : public testing::Test {
 protected:
  static const Territories& control() {
    static const Territories all = [] {
      base::Problems problems;
      Territories read = read_territories(std::filesystem::path(SITMAP_SOURCE_DIR) / "geodata/conflict/control.geojson", real(), {}, problems);
      EXPECT_TRUE(problems.empty());
      return read;
    }();
    return all;
  }
  static double area_on(const std::vector<Territory>& all, time::Day day) {
    double sum = 0;
    for (const Territory& t : all)
      if (t.valid.contains(day)) sum += geom::area(t.geometry);
    return sum;
  }
};

TEST_F(Embedded, TheControlSetCoversItsGroundOnceEveryDay) {
  EXPECT_TRUE(control().left_out.empty());
  EXPECT_EQ(control().sources.size(), 4u);
  const double whole = area_on(control().all, time::from_civil({2000, 1, 1}));
  EXPECT_GT(whole, 1);
  for (time::Day day = time::from_civil({2020, 9, 20}); day < time::from_civil({2020, 12, 20}); day = day + 1)
    EXPECT_NEAR(area_on(control().all, day), whole, 1e-9) << time::to_iso(day);
  EXPECT_NEAR(area_on(control().all, time::from_civil({2022, 8, 25})), whole, 1e-9);
  EXPECT_NEAR(area_on(control().all, time::from_civil({2022, 8, 26})), whole, 1e-9);
}

TEST_F(Embedded, DissolvedItCoversTheSameWithoutSeams) {
  const auto start = std::chrono::steady_clock::now();
  const auto joined = dissolve(control().all);
  const auto new_ones = gains(joined);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  RecordProperty("milliseconds", std::to_string(took.count()));
  const double whole = area_on(control().all, time::from_civil({2000, 1, 1}));
  for (time::Day day = time::from_civil({2020, 9, 20}); day < time::from_civil({2020, 12, 20}); day = day + 1) {
    EXPECT_NEAR(area_on(joined, day), whole, 1e-9) << time::to_iso(day);
    std::vector<std::string> seen;
    for (const Territory& t : joined) {
      if (!t.valid.contains(day)) continue;
      const std::string key = t.actor + t.status + t.feature.text("opponent");
      EXPECT_EQ(std::count(seen.begin(), seen.end(), key), 0) << key << time::to_iso(day);
      seen.push_back(key);
    }
  }
  std::vector<std::string> gained;
  for (const Territory& t : new_ones) gained.push_back(t.actor + " " + t.feature.text("changed"));
  EXPECT_THAT(gained, ElementsAre("azerbaijan 2020-11-10", "azerbaijan 2020-11-20", "azerbaijan 2020-11-25", "azerbaijan 2020-12-01",
                                  "azerbaijan 2020-12-13", "azerbaijan 2022-08-26", "azerbaijan 2023-09-20"));
}

TEST_F(Embedded, LinesAreRead) {
  base::Problems problems;
  const auto lines = read_territories(std::filesystem::path(SITMAP_SOURCE_DIR) / "geodata/conflict/lines.geojson", real(), {}, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(lines.left_out.empty());
  ASSERT_EQ(lines.all.size(), 6u);
  EXPECT_EQ(time::to_edtf(lines.all[0].valid), "1994-05-12/2020-09-26");
  EXPECT_EQ(lines.all[0].feature.text("name_ru"), "Линия прекращения огня 1994 года");
}

}  // namespace
}  // namespace sitmap::events
