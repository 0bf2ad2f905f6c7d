#include "time/day.hpp"

#include <gtest/gtest.h>

namespace sitmap::time {
namespace {

TEST(Day, KnownDays) {
  EXPECT_EQ(from_civil({1970, 1, 1}).number, 0);
  EXPECT_EQ(from_civil({2022, 9, 13}).number, 19248);
  EXPECT_EQ(from_civil({2000, 2, 29}).number, 11016);
  EXPECT_EQ(from_civil({1969, 12, 31}).number, -1);
  EXPECT_EQ(to_civil({19248}), (CivilDate{2022, 9, 13}));
}

TEST(Day, EveryDayFromMinus1000To3000RoundTrips) {
  Day expected = from_civil({-1000, 1, 1});
  for (int year = -1000; year <= 3000; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= days_in_month(year, month); ++day) {
        const CivilDate date{year, month, day};
        ASSERT_TRUE(exists(date));
        ASSERT_EQ(from_civil(date), expected);
        ASSERT_EQ(to_civil(expected), date);
        ASSERT_EQ(parse_iso_day(to_iso(expected)), expected) << to_iso(expected);
        expected = expected + 1;
      }
  EXPECT_EQ(expected, from_civil({3001, 1, 1}));
}

TEST(Day, ExtremesDoNotOverflow) {
  for (const std::int32_t number : {INT32_MIN, INT32_MIN + 1, INT32_MAX - 1, INT32_MAX}) {
    const CivilDate date = to_civil({number});
    EXPECT_TRUE(exists(date)) << number;
    EXPECT_FALSE(to_iso({number}).empty());
    EXPECT_FALSE(format_date({number}, "en").empty());
  }
}

TEST(Day, Existence) {
  EXPECT_TRUE(exists({2000, 2, 29}));
  EXPECT_FALSE(exists({1900, 2, 29}));
  EXPECT_FALSE(exists({2022, 2, 29}));
  EXPECT_TRUE(exists({0, 2, 29}));
  EXPECT_FALSE(exists({2022, 13, 1}));
  EXPECT_FALSE(exists({2022, 0, 1}));
  EXPECT_FALSE(exists({2022, 4, 31}));
  EXPECT_FALSE(exists({2022, 4, 0}));
}

TEST(Day, IsoParsingIsExact) {
  EXPECT_EQ(to_iso({19248}), "2022-09-13");
  EXPECT_EQ(to_iso(from_civil({-43, 3, 15})), "-0043-03-15");
  for (const char* bad : {"", "2022-9-13", "2022-09-31", "2022/09/13", " 2022-09-13", "2022-09-13 ", "2022-09-13T00", "22-09-13",
                          "2O22-09-13", "2022-13-01", "2022-00-01", "2022-01-00", "--022-01-01", "-0000-01-01", "+2022-01-01"})
    EXPECT_FALSE(parse_iso_day(bad)) << bad;
}

TEST(FormatDate, LongInEveryLanguage) {
  const Day day = from_civil({2022, 9, 13});
  const std::pair<const char*, const char*> expected[] = {
      {"en", "13 September 2022"},      {"hy", "13 սեպտեմբերի, 2022 թ."}, {"az", "13 sentyabr 2022"},
      {"ru", "13 сентября 2022 г."},    {"ka", "13 სექტემბერი, 2022"},    {"fa", "۱۳ سپتامبر ۲۰۲۲"},
      {"ar", "١٣ سبتمبر ٢٠٢٢"},         {"tr", "13 Eylül 2022"},          {"uk", "13 вересня 2022 р."},
      {"fr", "13 septembre 2022"},      {"de", "13. September 2022"},     {"es", "13 de septiembre de 2022"},
      {"it", "13 settembre 2022"},      {"pt", "13 de setembro de 2022"}, {"pl", "13 września 2022"},
      {"he", "13 בספטמבר 2022"},        {"zh", "2022年9月13日"},          {"ja", "2022年9月13日"},
      {"ru-RU", "13 сентября 2022 г."}, {"zh_Hans_CN", "2022年9月13日"},  {"RU", "13 сентября 2022 г."},
      {"xx", "13 September 2022"},      {"", "13 September 2022"},        {"rus", "13 September 2022"}};
  for (const auto& [language, text] : expected) EXPECT_EQ(format_date(day, language), text) << language;
}

TEST(FormatDate, OtherStyles) {
  const Day day = from_civil({2022, 9, 3});
  EXPECT_EQ(format_date(day, "en", DateStyle::Short), "3 Sep 2022");
  EXPECT_EQ(format_date(day, "ka", DateStyle::Short), "3 სექ. 2022");
  EXPECT_EQ(format_date(day, "de", DateStyle::Short), "3. Sept. 2022");
  EXPECT_EQ(format_date(day, "ru", DateStyle::MonthYear), "сентябрь 2022 г.");
  EXPECT_EQ(format_date(day, "pl", DateStyle::MonthYear), "wrzesień 2022");
  EXPECT_EQ(format_date(day, "hy", DateStyle::MonthYear), "2022 թ. սեպտեմբեր");
  EXPECT_EQ(format_date(day, "ja", DateStyle::MonthYear), "2022年9月");
  EXPECT_EQ(format_date(day, "ja", DateStyle::Year), "2022年");
  EXPECT_EQ(format_date(day, "fa", DateStyle::Year), "۲۰۲۲");
}

TEST(FormatDate, NoPatternLeavesAHole) {
  for (const char* language : {"en", "hy", "az", "ru", "ka", "fa", "ar", "tr", "uk", "fr", "de", "es", "it", "pt", "pl", "he", "zh", "ja",
                               "nl", "ro", "sr", "bg", "el", "hu", "cs", "sv"})
    for (int month = 1; month <= 12; ++month)
      for (const DateStyle style : {DateStyle::Long, DateStyle::Short, DateStyle::MonthYear, DateStyle::Year}) {
        const std::string text = format_date(from_civil({2022, month, 28}), language, style);
        EXPECT_EQ(text.find('%'), std::string::npos) << text;
        EXPECT_EQ(text.find("  "), std::string::npos) << text;
        EXPECT_GE(text.size(), 4U);
      }
}

}  // namespace
}  // namespace sitmap::time
