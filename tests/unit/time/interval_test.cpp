#include "time/interval.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/text.hpp"

namespace sitmap::time {
namespace {

Interval read(std::string_view text) {
  const ParsedInterval parsed = parse_edtf(text);
  EXPECT_TRUE(parsed.interval) << text << ": " << parsed.reason;
  return parsed.interval.value_or(Interval{});
}
std::string days(std::string_view text) {
  const Interval i = read(text);
  return (i.first ? to_iso(*i.first) : "..") + " " + (i.last ? to_iso(*i.last) : "..");
}
std::string reason(std::string_view text) {
  const ParsedInterval parsed = parse_edtf(text);
  EXPECT_FALSE(parsed.interval) << text;
  return parsed.reason;
}

TEST(Edtf, Units) {
  EXPECT_EQ(days("2022-09-13"), "2022-09-13 2022-09-13");
  EXPECT_EQ(days("2022-09"), "2022-09-01 2022-09-30");
  EXPECT_EQ(days("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(days("2022"), "2022-01-01 2022-12-31");
  EXPECT_EQ(days("202X"), "2020-01-01 2029-12-31");
  EXPECT_EQ(days("19XX"), "1900-01-01 1999-12-31");
  EXPECT_EQ(days("2022-21"), "2022-03-01 2022-05-31");
  EXPECT_EQ(days("2022-22"), "2022-06-01 2022-08-31");
  EXPECT_EQ(days("2022-23"), "2022-09-01 2022-11-30");
  EXPECT_EQ(days("2023-24"), "2023-12-01 2024-02-29");
  EXPECT_EQ(days("2022-XX"), "2022-01-01 2022-12-31");
  EXPECT_EQ(days("2022-09-XX"), "2022-09-01 2022-09-30");
  EXPECT_EQ(days("-0043-03-15"), "-0043-03-15 -0043-03-15");
  EXPECT_EQ(read("2022-09").precision(), Precision::Month);
  EXPECT_EQ(read("2022-XX-XX").precision(), Precision::Year);
  EXPECT_EQ(read("202X").precision(), Precision::Decade);
  EXPECT_EQ(read("2022/2022-09-14").precision(), Precision::Year);
  EXPECT_EQ(name_of(read("2022-23").precision()), "season");
}

TEST(Edtf, Intervals) {
  EXPECT_EQ(days("2022-09-12/2022-09-14"), "2022-09-12 2022-09-14");
  EXPECT_EQ(days("2022-09/2023"), "2022-09-01 2023-12-31");
  EXPECT_EQ(days("../2022"), ".. 2022-12-31");
  EXPECT_EQ(days("/2022"), ".. 2022-12-31");
  EXPECT_EQ(days("2022-09/.."), "2022-09-01 ..");
  EXPECT_EQ(days("2022-09/"), "2022-09-01 ..");
  EXPECT_EQ(days(" 2022-09-12 / 2022-09-14 "), "2022-09-12 2022-09-14");
  EXPECT_EQ(days("2022-09-13/2022-09"), "2022-09-13 2022-09-30");
}

TEST(Edtf, Qualifiers) {
  EXPECT_TRUE(read("1991~").approximate);
  EXPECT_FALSE(read("1991~").uncertain);
  EXPECT_TRUE(read("1991?").uncertain);
  EXPECT_TRUE(read("1991%").uncertain && read("1991%").approximate);
  EXPECT_TRUE(read("1991/1994~").approximate);
  EXPECT_TRUE(read("1991?/..").uncertain);
}

TEST(Edtf, TimesOfDayAreCutToTheDay) {
  for (const char* text : {"2022-09-13T14:00Z", "2022-09-13T14:00:30.5+04:00", "2022-09-13 14:00", "2022-09-13T14", "2022-09-13T140030Z", "2022-09-13T24:00", "2022-09-13T00:05~"})
    EXPECT_EQ(days(text), "2022-09-13 2022-09-13") << text;
  EXPECT_EQ(reason("2022-09-13T25:00"), "the time '25:00' doesn't exist");
  EXPECT_EQ(reason("2022-09-13T12:61"), "the time '12:61' doesn't exist");
  EXPECT_NE(reason("2022-09-13Tx"), "");
}

TEST(Edtf, ReasonsSayWhy) {
  EXPECT_EQ(reason("2022-13-01"), "month 13 doesn't exist");
  EXPECT_EQ(reason("2022-00"), "month 00 doesn't exist");
  EXPECT_EQ(reason("2022-02-30"), "30 February doesn't exist in any year");
  EXPECT_EQ(reason("2022-02-29"), "29 February 2022 doesn't exist");
  EXPECT_EQ(reason("2022-04-31"), "31 April doesn't exist in any year");
  EXPECT_EQ(reason("2022-01-32"), "day 32 doesn't exist");
  EXPECT_EQ(reason("2022-09-14/2022-09-12"), "it ends before it starts");
  EXPECT_EQ(reason(""), "the date is empty");
  EXPECT_EQ(reason("  "), "the date is empty");
  EXPECT_EQ(reason("/"), "the date is empty");
  EXPECT_EQ(reason("13.09.2022"), "'13.09.2022' is not an ISO date; did you mean 2022-09-13?");
  EXPECT_EQ(reason("13-09-2022"), "'13-09-2022' is not an ISO date; did you mean 2022-09-13?");
  EXPECT_EQ(reason("2022-25"), "month 25 doesn't exist");
  EXPECT_EQ(reason("2022-~09"), "'~' stands at the end of a date");
  EXPECT_NE(reason("09/13/2022").find("'/' stands twice"), std::string::npos);
  EXPECT_NE(reason("September 2022").find("is not a date; write 2022-09-13"), std::string::npos);
  EXPECT_EQ(reason("Y12022"), "years beyond 9999 are not supported");
  for (const char* bad : {"20222", "222", "2022-9-13", "2022-09-1", "2022-09-13-01", "2022-", "-", "X", "XXXX", "2X22", "2022-X9", "2022-XX-13", "202X-09", "..", "~", "2022-09-13T", "２０２２"})
    EXPECT_NE(reason(bad), "") << bad;
}

TEST(Edtf, TwoColumns) {
  EXPECT_EQ(parse_edtf("2022-09-12", "").interval, read("2022-09-12"));
  EXPECT_EQ(parse_edtf("2022-09-12", "2022-09-14").interval, read("2022-09-12/2022-09-14"));
  EXPECT_EQ(parse_edtf("", "2022").interval, read("/2022"));
  EXPECT_EQ(parse_edtf("2022-09-12/2022-09-14", "").interval, read("2022-09-12/2022-09-14"));
  EXPECT_EQ(parse_edtf("2022", "..").interval, read("2022/.."));
  EXPECT_EQ(parse_edtf("2022-09-12", "2022-09-10").reason, "it ends before it starts");
  EXPECT_FALSE(parse_edtf("2022-09-12/2022-09-14", "2022-09-15").interval);
  EXPECT_FALSE(parse_edtf("", "").interval);
}

TEST(Edtf, PrintsWhatItRead) {
  for (const char* text : {"2022-09-13", "2022-09", "2022", "202X", "19XX", "2022-21", "2023-24", "2022-09-12/2022-09-14", "../2022", "2022-09/..",
                           "1991~", "1991?", "2022-09%", "2022-24/2023-21", "1991~/1994~", "-0043-03-15", "2022/2022-09-14"})
    EXPECT_EQ(to_edtf(read(text)), text);
  EXPECT_EQ(to_edtf(read("2022-09-01/2022-09-30")), "2022-09-01/2022-09-30");  // said to the day, kept to the day
  EXPECT_EQ(to_edtf(read("/2022")), "../2022");
}

TEST(Edtf, OverlapAndContain) {
  EXPECT_TRUE(read("2022").overlaps(read("2022-09-13")));
  EXPECT_TRUE(read("2022-09-12/2022-09-14").overlaps(read("2022-09-14/..")));
  EXPECT_FALSE(read("2022-09-12/2022-09-14").overlaps(read("2022-09-15/..")));
  EXPECT_FALSE(read("2022-09-15/..").overlaps(read("../2022-09-14")));
  EXPECT_TRUE(read("../2022").overlaps(read("2021/..")));
  EXPECT_TRUE(read("2022-09/..").contains(*parse_iso_day("2023-01-01")));
  EXPECT_FALSE(read("2022-09/..").contains(*parse_iso_day("2022-08-31")));
}

TEST(Describe, English) {
  const std::pair<const char*, const char*> expected[] = {
      {"2022-09-13", "13 September 2022"}, {"2022-09-12/2022-09-14", "12–14 September 2022"},
      {"2020-09-27/2020-11-10", "27 September – 10 November 2020"}, {"2020-12-30/2021-01-02", "30 December 2020 – 2 January 2021"},
      {"2022-09", "September 2022"}, {"2022-09/2022-11", "September–November 2022"}, {"2020-09/2022-11", "September 2020 – November 2022"},
      {"2022", "2022"}, {"1991/1994", "1991–1994"}, {"1991~", "about 1991"}, {"1991?", "1991 (?)"}, {"199X", "1990s"}, {"19XX", "1900–1999"},
      {"2022-21", "spring 2022"}, {"2022-24", "winter 2022/2023"}, {"2020-11-10/..", "since 10 November 2020"}, {"../2022-09", "until September 2022"},
      {"2022/2022-09-14", "2022 – 14 September 2022"}, {"1991%/..", "since ≈ 1991 (?)"}, {"../..", "date unknown"}};
  for (const auto& [text, words] : expected) EXPECT_EQ(describe(read(text), "en"), words) << text;
}

TEST(Describe, OtherLanguages) {
  const std::tuple<const char*, const char*, const char*> expected[] = {
      {"2022-09-12/2022-09-14", "ru", "12–14 сентября 2022 г."}, {"2020-09-27/2020-11-10", "ru", "27 сентября – 10 ноября 2020 г."},
      {"2022-09/..", "ru", "с сентября 2022 г."}, {"../2022-09", "ru", "по сентябрь 2022 г."}, {"2022-09", "ru", "сентябрь 2022 г."},
      {"1991~", "ru", "около 1991 г."}, {"2022-09~", "ru", "около сентября 2022 г."}, {"2020-11-10/..", "uk", "з 10 листопада 2020 р."},
      {"2020-11-10/..", "fr", "depuis le 10 novembre 2020"}, {"2020-11/..", "fr", "depuis novembre 2020"}, {"199X", "de", "1990er Jahre"},
      {"2022-09-12/2022-09-14", "hy", "12–14 սեպտեմբերի, 2022 թ."}, {"2022-09-12/2022-09-14", "az", "12–14 sentyabr 2022"},
      {"2022-09-12/2022-09-14", "ka", "12–14 სექტემბერი, 2022"}, {"2022-09-12/2022-09-14", "zh", "2022年9月12–14日"},
      {"2020-09-27/2020-11-10", "ja", "2020年9月27日 – 11月10日"}, {"2022-09-12/2022-09-14", "de", "12–14. September 2022"},
      {"2020-11-10/..", "az", "10 noyabr 2020 –"}, {"1991~", "ka", "≈ 1991"}, {"2022-21", "tr", "Mart–Mayıs 2022"}, {"1991/1994", "fa", "۱۹۹۱–۱۹۹۴"}};
  for (const auto& [text, language, words] : expected) EXPECT_EQ(describe(read(text), language), words) << text << " " << language;
}

TEST(Edtf, RandomTextsNeverCrashAndAcceptedOnesRoundTrip) {
  static constexpr std::string_view kPieces[] = {"2022", "-", "09", "13", "/", "..", "X", "XX", "~", "?", "%", "T", "14:00", "Z", " ", "0", "9", "21", "24", "-0044", "Y", "31", "02", "29", "\xFF", "é", "."};
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 9; n > 0; --n)
      if (random() % 20 == 0) text += static_cast<char>(random() % 256);
      else text += kPieces[random() % std::size(kPieces)];
    const ParsedInterval parsed = parse_edtf(text);
    ASSERT_EQ(parsed.interval.has_value(), parsed.reason.empty()) << text;
    if (!parsed.interval) continue;
    ++accepted;
    const std::string printed = to_edtf(*parsed.interval);
    ASSERT_EQ(parse_edtf(printed).interval, parsed.interval) << text << " → " << printed;
    for (const char* language : {"en", "ru", "ja", "fa", "xx"}) ASSERT_FALSE(describe(*parsed.interval, language).empty());
  }
  EXPECT_GT(accepted, 2000);
}

TEST(Edtf, EveryDayReadsBack) {
  for (Day day = from_civil({-1000, 1, 1}); day <= from_civil({3000, 12, 31}); day = day + 17)
    ASSERT_EQ(parse_edtf(to_iso(day)).interval, (Interval{.first = day, .last = day})) << to_iso(day);
}

// However an Interval was made, printing it is safe.
TEST(Edtf, IntervalsThatNoTextGives) {
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) {
    Interval interval;
    const auto day = [&] { return Day{static_cast<std::int32_t>(random() % 2'000'000) - 1'000'000}; };
    if (random() % 4) interval.first = day();
    if (random() % 4) interval.last = day();
    interval.first_precision = static_cast<Precision>(random() % 6);
    interval.last_precision = static_cast<Precision>(random() % 6);
    ASSERT_FALSE(to_edtf(interval).empty());
    ASSERT_FALSE(describe(interval, "ru").empty());
  }
}

}  // namespace
}  // namespace sitmap::time
