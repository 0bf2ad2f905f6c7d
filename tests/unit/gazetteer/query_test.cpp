#include "gazetteer/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sitmap::gazetteer {
namespace {

using ::testing::Contains;
using ::testing::Pair;

const Reading* reading(const std::vector<Reading>& all, std::string_view core) {
  for (const Reading& r : all)
    if (r.core == core) return &r;
  return nullptr;
}

TEST(Query, WholeTextComesFirst) {
  const auto all = readings_of("Washington, D.C.");
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().core, "washington dc");
  EXPECT_FALSE(all.front().group);
}

TEST(Query, ContextAfterCommaInParenthesesOrSlash) {
  for (const char* text : {"Goris, Syunik", "Goris (Syunik)", "Goris / Syunik"}) {
    const auto all = readings_of(text);
    const Reading* r = reading(all, "goris");
    ASSERT_NE(r, nullptr) << text;
    EXPECT_EQ(r->context, std::vector<std::string>{"syunik"}) << text;
  }
}

TEST(Query, KindWords) {
  const auto expect = [](std::string_view text, std::string_view core, Group group) {
    const auto all = readings_of(text);
    const Reading* r = reading(all, core);
    ASSERT_NE(r, nullptr) << text;
    EXPECT_EQ(r->group, group) << text;
  };
  expect("Lachin corridor", "lachin", Group::Corridor);
  expect("Kəlbəcər rayonu", "kelbecer", Group::Admin);
  expect("the city of Goris", "goris", Group::Settlement);
  expect("Syunik marz", "syunik", Group::Admin);
  expect("озеро Севан", "севан", Group::Lake);
  expect("Գեղարքունիքի մարզ", "գեղարքունիք", Group::Admin);
  expect("Georgia (country)", "georgia", Group::Country);
  expect("Mount Ararat", "ararat", Group::Mountain);
}

TEST(Query, BordersWithWhicheverDash) {
  for (const char* text : {"Armenia-Azerbaijan border", "Armenia–Azerbaijan border", "Armenia — Azerbaijan border",
                           "the border between Armenia and Azerbaijan", "border of Armenia and Azerbaijan",
                           "Armenia and Azerbaijan border", "Armenia/Azerbaijan border", "Armenia's border with Azerbaijan"})
    EXPECT_THAT(border_cuts(text), Contains(Pair("armenia", "azerbaijan"))) << text;
  EXPECT_THAT(border_cuts("Guinea-Bissau–Senegal border"), Contains(Pair("guinea bissau", "senegal")));
  EXPECT_TRUE(border_cuts("Armenia").empty());
  EXPECT_TRUE(border_cuts("border").empty());
}

TEST(Query, NothingFromNothing) {
  EXPECT_TRUE(readings_of("").empty());
  EXPECT_TRUE(readings_of("…").empty());
  EXPECT_TRUE(readings_of("\xff").empty());
  EXPECT_TRUE(readings_of(",,,()").empty());
}

}  // namespace
}  // namespace sitmap::gazetteer
