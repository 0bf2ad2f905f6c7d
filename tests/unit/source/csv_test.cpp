#include "source/csv.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sitmap::source {
namespace {

TEST(Csv, KeepsQuotedSeparatorsQuotesAndLineEnds) {
  base::Problems problems;
  const Csv csv = parse_csv("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n1,2", "t.csv", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(csv.rows[0].cells, (std::vector<std::string>{"x, \"y\"", "two\nlines"}));
  EXPECT_EQ(csv.rows[0].line, 2);
  EXPECT_EQ(csv.rows[1].line, 4);
}

TEST(Csv, NamesEveryBrokenRowAndKeepsTheOthers) {
  base::Problems problems;
  const Csv csv = parse_csv("a,b\n1\n2,3,4\n5,6\n\xff,7\n\"open,8\n", "t.csv", problems);
  ASSERT_EQ(csv.rows.size(), 1U);
  EXPECT_EQ(csv.rows[0].cells[0], "5");
  ASSERT_EQ(problems.all().size(), 4U);
  EXPECT_EQ(problems.all()[0].where.line, 2);
  EXPECT_EQ(problems.all()[0].message, "the row has 1 cells, the header 2 columns");
  EXPECT_EQ(problems.all()[2].message, "the row is not valid UTF-8");
  EXPECT_EQ(problems.all()[3].message, "a quoted cell that starts here doesn't end");
}

TEST(Csv, ChoosesTheSeparatorAndSkipsTheByteOrderMark) {
  base::Problems problems;
  EXPECT_EQ(parse_csv("\xEF\xBB\xBFname;x\nA;1,5\n", "t.csv", problems).rows.at(0).cells.at(1), "1,5");
  EXPECT_EQ(parse_csv("a\tb\n1\t2\n", "t.tsv", problems).header.size(), 2U);
}

TEST(Csv, RefusesDuplicateAndMissingHeaders) {
  base::Problems problems;
  EXPECT_THROW(parse_csv("a,b,A\n", "t.csv", problems), base::InputError);
  EXPECT_THROW(parse_csv(" \n\n", "t.csv", problems), base::InputError);
}

TEST(Csv, NumbersOnlyWhereTheWholeColumnIsNumeric) {
  base::Problems problems;
  const Table table = to_table(parse_csv("lon,lat,code,n,m\n46.5,39.5,007,1,\n47,40,12,x,3\n", "t.csv", problems));
  ASSERT_EQ(table.features.size(), 2U);
  EXPECT_EQ(table.features[0].number("lon"), 46.5);
  EXPECT_EQ(table.features[0].text("code"), "007");
  EXPECT_TRUE(std::holds_alternative<std::string>(table.features[0].get("n")));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.features[0].get("m")));
  EXPECT_EQ(std::get<geom::MultiPoint>(table.features[1].geometry).points.at(0), (geom::Point{47, 40}));
}

TEST(Csv, RandomBytesNeverCrash) {
  std::mt19937 random(7);
  const std::string alphabet = "a,;\"\n\r\t1.\xff\xc3\xa9";
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (unsigned n = random() % 60; n > 0; --n) text += alphabet[random() % alphabet.size()];
    base::Problems problems;
    try {
      to_table(parse_csv(text, "t.csv", problems));
    } catch (const base::InputError&) {
    }
  }
}

}  // namespace
}  // namespace sitmap::source
