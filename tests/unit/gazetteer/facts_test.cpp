// Every place of the reported events, in the languages it is written in.

#include <gtest/gtest.h>

#include "real.hpp"

namespace sitmap::gazetteer {
namespace {

struct Case {
  const char* name;
  const char* id;
};

constexpr Case kEnglish[] = {
    {"Armenia-Azerbaijan border", "sitmap:armenia_azerbaijan_border"},
    {"Azerbaijan", "geonames:587116"},
    {"Gegharkunik", "geonames:828261"},
    {"Jermuk", "geonames:174884"},
    {"Lachin corridor", "sitmap:lachin_corridor_2022"},
    {"Moscow", "geonames:524901"},
    {"Nagorno-Karabakh", "sitmap:nagorno_karabakh"},
    {"New York", "geonames:5128581"},
    {"Washington", "geonames:4140963"},
    {"Yerevan", "geonames:616052"},
    {"districts surrounding Nagorno-Karabakh", "sitmap:surrounding_districts"},
    {"Stepanakert", "geonames:146970"},
    {"Khankendi", "geonames:146970"},
    {"Sotk", "sitmap:sotk"},
    {"Armenia", "geonames:174982"},
};

constexpr Case kOthers[] = {
    {"Հայ-ադրբեջանական սահման", "sitmap:armenia_azerbaijan_border"},
    {"Azərbaycan–Ermənistan sərhədi", "sitmap:armenia_azerbaijan_border"},
    {"армяно-азербайджанская граница", "sitmap:armenia_azerbaijan_border"},
    {"Ադրբեջան", "geonames:587116"}, {"Azərbaycan", "geonames:587116"}, {"Азербайджан", "geonames:587116"},
    {"Գեղարքունիք", "geonames:828261"}, {"Գեղարքունիքի մարզ", "geonames:828261"}, {"Geğarkunik", "geonames:828261"},
    {"Гегаркуник", "geonames:828261"}, {"Гегаркуникская область", "geonames:828261"},
    {"Ջերմուկ", "geonames:174884"}, {"Cermuk", "geonames:174884"}, {"Джермук", "geonames:174884"},
    {"Լաչինի միջանցք", "sitmap:lachin_corridor_2022"}, {"Բերձորի միջանցք", "sitmap:lachin_corridor_2022"},
    {"Laçın dəhlizi", "sitmap:lachin_corridor_2022"}, {"Лачинский коридор", "sitmap:lachin_corridor_2022"},
    {"Մոսկվա", "geonames:524901"}, {"Moskva", "geonames:524901"}, {"Москва", "geonames:524901"},
    {"Լեռնային Ղարաբաղ", "sitmap:nagorno_karabakh"}, {"Արցախ", "sitmap:nagorno_karabakh"},
    {"Dağlıq Qarabağ", "sitmap:nagorno_karabakh"}, {"Нагорный Карабах", "sitmap:nagorno_karabakh"},
    {"Նյու Յորք", "geonames:5128581"}, {"Nyu-York", "geonames:5128581"}, {"Нью-Йорк", "geonames:5128581"},
    {"Վաշինգտոն", "geonames:4140963"}, {"Vaşinqton", "geonames:4140963"}, {"Вашингтон", "geonames:4140963"},
    {"Երևան", "geonames:616052"}, {"İrəvan", "geonames:616052"}, {"Ереван", "geonames:616052"},
    {"Լեռնային Ղարաբաղի հարակից շրջաններ", "sitmap:surrounding_districts"},
    {"Ստեփանակերտ", "geonames:146970"}, {"Xankəndi", "geonames:146970"}, {"Степанакерт", "geonames:146970"},
};

void expect_all(std::span<const Case> cases, const Hints& hints) {
  for (const Case& c : cases) {
    const Match match = real().locate(c.name, hints);
    EXPECT_EQ(match.status, Status::Matched) << explain(match);
    if (match.best) {
      EXPECT_EQ(match.best->place.id, c.id) << explain(match);
    }
  }
}

TEST(Facts, EnglishWithoutHints) { expect_all(kEnglish, {}); }
TEST(Facts, OtherLanguagesWithoutHints) { expect_all(kOthers, {}); }
TEST(Facts, WithTheMapsAreaAndNeighbours) {
  expect_all(kEnglish, caucasus());
  expect_all(kOthers, caucasus());
}

TEST(Facts, ShapesAreWhatTheMapNeeds) {
  const auto shape = [](const char* name) { return real().locate(name).best.value().place.geometry; };
  for (const char* area : {"Gegharkunik", "Nagorno-Karabakh", "districts surrounding Nagorno-Karabakh", "Azerbaijan"})
    EXPECT_TRUE(std::holds_alternative<geom::MultiPolygon>(shape(area))) << area;
  for (const char* line : {"Lachin corridor", "Armenia-Azerbaijan border"})
    EXPECT_TRUE(std::holds_alternative<geom::MultiLine>(shape(line))) << line;
  EXPECT_TRUE(real().locate("Nagorno-Karabakh").best.value().place.valid.has_value());
}

}  // namespace
}  // namespace sitmap::gazetteer
