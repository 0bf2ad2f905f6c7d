#include "events/cells.hpp"

#include <gtest/gtest.h>

#include "events/wkt.hpp"

namespace sitmap::events {
namespace {

std::string edtf(std::string_view start, std::string_view end = {}) {
  const When when = parse_when(start, end);
  return when.interval ? time::to_edtf(*when.interval) : "no: " + when.complaint.reason + " | " + when.complaint.hint;
}

TEST(ParseWhen, TakesIsoDatesAndIntervals) {
  EXPECT_EQ(edtf("2022-09-13"), "2022-09-13");
  EXPECT_EQ(edtf("2022-09-12", "2022-09-14"), "2022-09-12/2022-09-14");
  EXPECT_EQ(edtf("2022-09-13", "2022-09-13"), "2022-09-13");
  EXPECT_EQ(edtf("1991/1994"), "1991/1994");
  EXPECT_EQ(edtf(" 2022-09 "), "2022-09");
}

TEST(ParseWhen, TakesTheWritingOfKnownDataSets) {
  EXPECT_EQ(edtf("2020-09-27 00:00:00.000", "2020-09-28 00:00:00.000"), "2020-09-27/2020-09-28");
  EXPECT_EQ(edtf("27 September 2020"), "2020-09-27");
  EXPECT_EQ(edtf("01-Oct-2020"), "2020-10-01");
}

TEST(ParseWhen, RefusesWhatItWouldHaveToGuess) {
  EXPECT_EQ(edtf("13.09.2022"), "no: '13.09.2022' is not an ISO date | write 2022-09-13");
  EXPECT_EQ(edtf("13/09/2022"), "no: '13/09/2022' is not an ISO date | write 2022-09-13");
  EXPECT_EQ(edtf("9/13/2022"), "no: '9/13/2022' is not an ISO date | write 2022-09-13");
  EXPECT_EQ(edtf("04/09/2022"), "no: '04/09/2022' is not an ISO date | write 2022-09-04 or 2022-04-09, whichever is meant");
  EXPECT_EQ(edtf("04.09.22"), "no: '04.09.22' is not an ISO date | write it as 2022-09-13 (year-month-day)");
  EXPECT_EQ(edtf("2022-09-13", "14.09.2022"), "no: '14.09.2022' is not an ISO date | write 2022-09-14");
}

TEST(ParseWhen, SaysWhatIsWrong) {
  EXPECT_TRUE(edtf("").starts_with("no: there is no date"));
  EXPECT_TRUE(edtf("2022-02-30").starts_with("no: "));
  EXPECT_TRUE(edtf("2022-13-01").starts_with("no: "));
  EXPECT_TRUE(edtf("2022-09-14", "2022-09-12").starts_with("no: "));
  EXPECT_TRUE(edtf("yesterday").starts_with("no: "));
  EXPECT_TRUE(edtf("31 February 2020").starts_with("no: "));
}

std::string amount(std::string_view text) {
  const auto a = parse_amount(text);
  if (!a) return "none";
  return std::to_string(static_cast<int>(a->value)) + (a->max ? "-" + std::to_string(static_cast<int>(*a->max)) : "") +
         (a->exact ? "" : " inexact");
}

TEST(ParseAmount, NumbersRangesAndQualifiers) {
  EXPECT_EQ(amount("20"), "20");
  EXPECT_EQ(amount("20-30"), "20-30 inexact");
  EXPECT_EQ(amount("20–30"), "20-30 inexact");
  EXPECT_EQ(amount("20 to 30"), "20-30 inexact");
  EXPECT_EQ(amount("about 20"), "20 inexact");
  EXPECT_EQ(amount("~20"), "20 inexact");
  EXPECT_EQ(amount(">100"), "100 inexact");
  EXPECT_EQ(amount("at least 100"), "100 inexact");
  EXPECT_EQ(amount("100+"), "100 inexact");
  EXPECT_EQ(amount("some 20-30"), "20-30 inexact");
}

TEST(ParseAmount, RefusesWhatItWouldHaveToGuess) {
  for (const char* text : {"", "many", "30-20", "6,500", "up to 20", "20-30-40", "nan", "inf", "-", "about", "1 000", "<5"})
    EXPECT_EQ(amount(text), "none") << text;
}

std::string coordinates(std::string_view lon, std::string_view lat) {
  const Coordinates c = parse_coordinates(lon, lat);
  return c.at ? "at" : c.complaint.reason + " | " + c.complaint.hint;
}

TEST(ParseCoordinates, ChecksRangesAndSaysWhatToDo) {
  EXPECT_EQ(coordinates("46.5", "39.8"), "at");
  EXPECT_EQ(coordinates("39.8", "95"), "latitude 95 is outside ±90 | are lat and lon swapped?");
  EXPECT_EQ(coordinates("139", "95"), "latitude 95 is outside ±90 | ");
  EXPECT_EQ(coordinates("200", "39.8"), "longitude 200 is outside ±180 | ");
  EXPECT_EQ(coordinates("46,5", "39.8"), "longitude '46,5' has a decimal comma | write 46.5");
  EXPECT_EQ(coordinates("46.5", "39°48'N"), "latitude '39°48'N' is not a number | write degrees such as 46.0812");
  EXPECT_EQ(coordinates("", "39.8"), "there is a latitude without a longitude | fill in both, or neither");
  EXPECT_EQ(coordinates("nan", "39.8"), "longitude 'nan' is not a number | write degrees such as 46.0812");
}

TEST(ParseWkt, KindsOfGeometry) {
  EXPECT_EQ(parse_wkt("POINT (46.5 39.8)"), geom::point({46.5, 39.8}));
  EXPECT_EQ(parse_wkt("SRID=4326;Point Z(46.5 39.8 1200)"), geom::point({46.5, 39.8}));
  EXPECT_EQ(parse_wkt("multipoint((1 2), 3 4)"), geom::Geometry(geom::MultiPoint{{{1, 2}, {3, 4}}}));
  EXPECT_EQ(parse_wkt("LINESTRING(0 0,1 1)"), geom::Geometry(geom::MultiLine{{{{0, 0}, {1, 1}}}}));
  EXPECT_EQ(parse_wkt("POLYGON((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1))")->index(), 3u);
  EXPECT_EQ(parse_wkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))")->index(), 3u);
}

TEST(ParseWkt, RefusesTheRest) {
  for (const char* text : {"", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "POINT(1 2, 3 4)", "POLYGON((0 0,1 0,1 1))",
                           "POLYGON((0 0,1 0,0 0))", "LINESTRING(0 0)", "GEOMETRYCOLLECTION(POINT(1 2))", "SRID=3857;POINT(1 2)",
                           "POINT(nan 2)", "CIRCLE(1 2 3)", "((((((("})
    EXPECT_FALSE(parse_wkt(text)) << text;
}

}  // namespace
}  // namespace sitmap::events
