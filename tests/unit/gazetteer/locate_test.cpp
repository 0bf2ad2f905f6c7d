#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <thread>

#include "base/problem.hpp"
#include "geom/operations.hpp"
#include "real.hpp"

namespace sitmap::gazetteer {
namespace {

TEST(Locate, WellKnownNamesakes) {
  EXPECT_EQ(id_of("Washington"), "geonames:4140963");
  EXPECT_EQ(id_of("New York"), "geonames:5128581");
  EXPECT_EQ(id_of("Moscow"), "geonames:524901");
  EXPECT_EQ(id_of("Goris"), "geonames:174895");
  EXPECT_EQ(real().locate("Azerbaijan").best.value().place.country, "AZ");
  EXPECT_EQ(real().locate("Azerbaijan").best.value().place.kind, "country");
  EXPECT_EQ(real().locate("Armenia").best.value().place.country, "AM");
  EXPECT_EQ(real().locate("Luxembourg").best.value().place.kind, "country");
  EXPECT_EQ(real().locate("Paris").best.value().place.country, "FR");
}

TEST(Locate, GeorgiaIsAmbiguousUntilSomethingSettlesIt) {
  const Match alone = real().locate("Georgia");
  EXPECT_EQ(alone.status, Status::Ambiguous) << explain(alone);
  EXPECT_FALSE(alone.best);
  EXPECT_GE(alone.candidates.size(), 2u);
  EXPECT_NE(alone.advice.find("Georgia (country)"), std::string::npos) << alone.advice;
  EXPECT_EQ(real().locate("Georgia", caucasus()).best.value().place.country, "GE");
  Hints america;
  america.countries = {"US"};
  EXPECT_EQ(real().locate("Georgia", america).best.value().place.country, "US");
  EXPECT_EQ(real().locate("Georgia (country)").best.value().place.country, "GE");
  EXPECT_EQ(real().locate("Georgia, United States").best.value().place.country, "US");
}

// What the advice says must work.
TEST(Locate, AdviceSettlesIt) {
  for (const char* name : {"Georgia", "Martuni", "Springfield", "Севан"}) {
    const Match match = real().locate(name);
    ASSERT_EQ(match.status, Status::Ambiguous) << explain(match);
    std::string_view advice = match.advice;
    int tried = 0;
    for (std::size_t at = advice.find('\''); at != advice.npos; at = advice.find('\'', at + 1)) {
      const std::size_t end = advice.find('\'', at + 1);
      ASSERT_NE(end, advice.npos);
      const Match settled = real().locate(advice.substr(at + 1, end - at - 1));
      EXPECT_EQ(settled.status, Status::Matched) << explain(settled);
      at = end;
      ++tried;
    }
    EXPECT_EQ(tried, 2) << advice;
  }
}

TEST(Locate, ContextAndKindWords) {
  EXPECT_EQ(id_of("Jermuk, Armenia"), "geonames:174884");
  EXPECT_EQ(id_of("Goris (Syunik)"), "geonames:174895");
  EXPECT_EQ(id_of("Goris, Syunik Province, Armenia"), "geonames:174895");
  EXPECT_EQ(id_of("Goris, AM"), "geonames:174895");
  EXPECT_EQ(id_of("Shusha, Nagorno-Karabakh"), "geonames:147105");
  EXPECT_EQ(id_of("Lachin / Berdzor"), "geonames:147625");
  EXPECT_EQ(id_of("Gegharkunik province"), "geonames:828261");
  EXPECT_EQ(id_of("Syunik marz"), "geonames:409314");
  EXPECT_EQ(id_of("Kalbajar raion"), "geonames:586047");
  EXPECT_EQ(id_of("Kəlbəcər rayonu"), "geonames:586047");
  EXPECT_EQ(id_of("Лачинский район"), "geonames:147626");
  EXPECT_EQ(real().locate("Lake Sevan").best.value().place.kind, "lake");
  EXPECT_EQ(id_of("Şuşa"), "geonames:147105");
  EXPECT_EQ(real().locate("Goris, Azerbaijan").status, Status::Unknown);
  EXPECT_EQ(real().locate("Goris district").status, Status::Unknown);
}

// An unknown region's name must not become a far village's.
TEST(Locate, AMinorPlaceFarFromTheMapIsNotTaken) {
  EXPECT_EQ(id_of("Pyatykhatky"), "geonames:695965");
  const Match far = real().locate("Pyatykhatky", caucasus());
  EXPECT_EQ(far.status, Status::Ambiguous) << explain(far);
  EXPECT_NE(far.advice.find("Ukraine"), std::string::npos) << far.advice;
  EXPECT_EQ(id_of("Pyatykhatky, Ukraine", caucasus()), "geonames:695965");
  EXPECT_EQ(id_of("England"), "admin1:GB-ENG");
}

TEST(Locate, LachinTownDistrictAndCorridorAreThree) {
  const Match town = real().locate("Lachin"), district = real().locate("Lachin district"),
              corridor = real().locate("Lachin corridor");
  ASSERT_TRUE(town.best && district.best && corridor.best);
  EXPECT_EQ(town.best->place.feature_class, "P");
  EXPECT_EQ(district.best->place.kind, "district");
  EXPECT_TRUE(std::holds_alternative<geom::MultiPolygon>(district.best->place.geometry));
  EXPECT_EQ(corridor.best->place.kind, "corridor");
  EXPECT_TRUE(std::holds_alternative<geom::MultiLine>(corridor.best->place.geometry));
  // GeoNames' own point is 4 km off.
  EXPECT_LT(geom::distance_m(town.best->place.at, {46.5575, 39.6367}), 1500);
}

TEST(Locate, TheDayDecidesBetweenDatedStates) {
  Hints hints;
  hints.on = time::parse_iso_day("2021-06-01");
  EXPECT_EQ(id_of("Lachin corridor", hints), "sitmap:lachin_corridor_2020");
  hints.on = time::parse_iso_day("2023-05-01");
  EXPECT_EQ(id_of("Lachin corridor", hints), "sitmap:lachin_corridor_2022");
  hints.on = time::parse_iso_day("2030-01-01");
  EXPECT_EQ(id_of("Lachin corridor", hints), "sitmap:lachin_corridor_2022");
  EXPECT_EQ(id_of("Lachin corridor"), "sitmap:lachin_corridor_2022");
  const Match match = real().locate("Lachin corridor");
  ASSERT_FALSE(match.candidates.empty());
  EXPECT_EQ(match.candidates.front().place.id, "sitmap:lachin_corridor_2020");
}

TEST(Locate, BordersOfAnyTwoNeighbours) {
  for (const char* name : {"Armenia–Azerbaijan border", "Azerbaijan-Armenia border",
                           "border between Azerbaijan and Armenia", "Armenia's border with Azerbaijan"}) {
    const Match match = real().locate(name);
    ASSERT_TRUE(match.best) << explain(match);
    EXPECT_EQ(match.best->place.id, "sitmap:armenia_azerbaijan_border");
    EXPECT_TRUE(std::holds_alternative<geom::MultiLine>(match.best->place.geometry));
  }
  for (const char* name : {"France–Spain border", "Armenia-Georgia border", "India—Pakistan border", "US-Mexico border",
                           "Guinea-Bissau–Senegal border", "border of Sudan and South Sudan"}) {
    const Match match = real().locate(name);
    ASSERT_TRUE(match.best) << explain(match);
    EXPECT_EQ(match.best->place.kind, "border") << explain(match);
  }
  const Match none = real().locate("Peru–Japan border");
  EXPECT_EQ(none.status, Status::Unknown);
  EXPECT_EQ(none.advice, "Peru and Japan share no land border");
  EXPECT_EQ(real().locate("Atlantis–Armenia border").status, Status::Unknown);
}

// The line lies on the outlines that are drawn: every vertex is a vertex of both countries.
TEST(Locate, ABorderIsTheTwoCountriesCommonBorder) {
  const Place border = real().locate("Armenia-Azerbaijan border").best.value().place;
  const Place armenia = real().locate("Armenia").best.value().place, azerbaijan = real().locate("Azerbaijan").best.value().place;
  const auto near_boundary = [](const Place& country, geom::Point p) {
    double best = 1e9;
    for (const geom::Point q : geom::vertices(country.geometry)) best = std::min(best, std::hypot(p.x - q.x, p.y - q.y));
    return best;
  };
  const auto points = geom::vertices(border.geometry);
  ASSERT_GT(points.size(), 500u);
  double worst = 0;
  for (std::size_t i = 0; i < points.size(); i += 7)
    worst = std::max({worst, near_boundary(armenia, points[i]), near_boundary(azerbaijan, points[i])});
  EXPECT_LT(worst, 0.0005);
  double length = 0;
  for (const geom::Path& line : std::get<geom::MultiLine>(border.geometry).lines)
    for (std::size_t i = 1; i < line.size(); ++i) length += geom::distance_m(line[i - 1], line[i]);
  EXPECT_NEAR(length / 1000, 1000, 150);  // 996 km officially, Nakhchivan's part among them
}

TEST(Locate, TypingErrorsAreNeverMatched) {
  for (const auto& [typed, meant] : std::vector<std::pair<const char*, const char*>>{
           {"Jermouk", "geonames:174884"}, {"Stepanakrt", "geonames:146970"}, {"Gegharkunikk", "geonames:828261"},
           {"Lachin coridor", "sitmap:lachin_corridor_2022"}, {"Джермюк", "geonames:174884"}}) {
    const Match match = real().locate(typed);
    EXPECT_EQ(match.status, Status::Unknown) << explain(match);
    EXPECT_FALSE(match.best);
    ASSERT_FALSE(match.candidates.empty()) << typed;
    EXPECT_EQ(match.candidates.front().place.id, meant) << explain(match);
    EXPECT_EQ(match.advice.rfind("did you mean", 0), 0u) << match.advice;
    EXPECT_LE(match.candidates.size(), 10u);
    for (const Scored& c : match.candidates) EXPECT_LE(c.score, 0.5);
  }
  EXPECT_EQ(real().locate("Qwertzuiopasd").status, Status::Unknown);
  EXPECT_TRUE(real().locate("Qwertzuiopasd").candidates.empty());
}

TEST(Locate, HostileInputIsUnknownAndFast) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& name :
       {std::string(10 << 20, 'x'), std::string("Jer\0muk", 7), std::string("\xff\xfe Jermuk"), std::string(),
        std::string("   "), std::string("'; DROP TABLE places; --"), std::string("%"), std::string("\" OR 1=1"),
        std::string(400, ','), std::string(399, '('), std::string("border between and "), std::string("\xc3\x28")}) {
    const Match match = real().locate(name);
    EXPECT_EQ(match.status, Status::Unknown);
    EXPECT_FALSE(match.advice.empty());
    EXPECT_EQ(match.query, name);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Locate, SameAnswersFromSeveralThreads) {
  const std::vector<std::string> names = {"Goris", "Georgia", "Jermouk", "Washington", "Armenia–Azerbaijan border", "Լաչին"};
  std::vector<std::string> expected;
  for (const std::string& name : names) expected.push_back(explain(real().locate(name)));
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int round = 0; round < 3; ++round)
          for (std::size_t i = 0; i < names.size(); ++i)
            if (explain(real().locate(names[i])) != expected[i]) ++wrong[static_cast<std::size_t>(t)];
      });
  }
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(Locate, ByIdAndFormerId) {
  EXPECT_EQ(real().by_id("geonames:174884").value().name, "Jermuk");
  EXPECT_EQ(real().by_id("admin1:AZE-1735").value().id, "geonames:147626");
  EXPECT_FALSE(real().by_id("geonames:0"));
  EXPECT_EQ(id_of("geonames:174884"), "geonames:174884");
}

TEST(Locate, APlaceIsWhole) {
  const Place jermuk = real().by_id("geonames:174884").value();
  EXPECT_EQ(jermuk.country, "AM");
  EXPECT_EQ(jermuk.admin, (std::vector<std::string>{"Armenia", "Vayots Dzor"}));
  EXPECT_EQ(jermuk.name_in({"hy"}), "Ջերմուկ");
  EXPECT_EQ(jermuk.name_in({"ru"}), "Джермук");
  EXPECT_EQ(jermuk.name_in({"xx", "az"}), "Cermuk");
  EXPECT_EQ(jermuk.name_in({"xx"}), "Jermuk");
  EXPECT_GT(jermuk.precision_m, 0);
  EXPECT_FALSE(jermuk.source.empty());
  EXPECT_TRUE(std::holds_alternative<geom::MultiPoint>(jermuk.geometry));
  const Info info = real().info();
  EXPECT_GT(info.places, 50'000);
  EXPECT_GT(info.names, info.places);
  EXPECT_NE(info.built_from.find("places.csv"), std::string::npos);
}

TEST(Open, SaysWhatIsWrong) {
  EXPECT_THROW(Gazetteer::open("/nonexistent/gazetteer.sqlite"), base::IoError);
  const auto file = std::filesystem::path(testing::TempDir()) / "no gazetteer?#.sqlite";
  std::ofstream(file) << "this is no database, only a text that is longer than a header of SQLite would be: "
                      << std::string(200, 'x');
  EXPECT_THROW(Gazetteer::open(file), base::InputError);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace sitmap::gazetteer
