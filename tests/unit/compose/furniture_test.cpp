// Scale bar, claims, and the bands of the page.
#include "compose/furniture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "compose/situation.hpp"

namespace sitmap::compose {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const text::FontSet& fonts() {
  static const text::FontSet set({SITMAP_SOURCE_DIR "/styles/fonts"});
  return set;
}
time::Day day(const char* text) { return *time::parse_iso_day(text); }

TEST(ScaleBar, ItsLengthIsRoundAndFits) {
  for (double metres = 0.01; metres < 30000; metres *= 1.37) {
    const ScaleBar bar = choose_scale_bar(metres, 120);
    EXPECT_LE(bar.length_px, 120 * (1 + 1e-9)) << metres;
    EXPECT_GE(bar.length_px, 120 * 0.39) << metres;
    const double digit = bar.length_m / std::pow(10, std::floor(std::log10(bar.length_m) + 1e-9));
    EXPECT_TRUE(std::abs(digit - 1) < 1e-6 || std::abs(digit - 2) < 1e-6 || std::abs(digit - 5) < 1e-6) << bar.text;
    EXPECT_NEAR(bar.length_px * metres, bar.length_m, 1e-6 * bar.length_m);
    EXPECT_NE(bar.text.substr(0, 2), "0 ") << metres;
  }
}

TEST(ScaleBar, TextIsTheLength) {
  EXPECT_EQ(choose_scale_bar(500, 120).text, "50 km");
  EXPECT_EQ(choose_scale_bar(10, 120).text, "1 km");
  EXPECT_EQ(choose_scale_bar(1, 120).text, "100 m");
  EXPECT_EQ(choose_scale_bar(9, 120).text, "1 km");
  EXPECT_EQ(choose_scale_bar(10000, 120).text, "1000 km");
}

TEST(ScaleBar, NoScaleNoBar) {
  for (const double metres : {0.0, -1.0, std::nan("")}) EXPECT_EQ(choose_scale_bar(metres, 100).length_px, 0);
  EXPECT_EQ(choose_scale_bar(100, 0).length_px, 0);
}

events::Event claim(const char* id, const char* from, const char* to, const char* who, double value, const char* about = "soldiers") {
  events::Event event;
  event.id = id;
  event.title = id;
  event.when.first = day(from);
  event.when.last = day(to);
  event.claim = {"killed", value, std::nullopt, who, about, ""};
  return event;
}
std::vector<std::string> values(const std::vector<ClaimLine>& lines) {
  std::vector<std::string> out;
  for (const ClaimLine& line : lines) out.push_back(line.who + " " + line.value);
  return out;
}

TEST(Claims, TheNewestOfEachPartyStandsAndBothSidesAreKept) {
  events::Events events;
  events.events = {claim("a", "2022-09-12", "2022-09-13", "Armenia", 49), claim("b", "2022-09-12", "2022-09-14", "Azerbaijan", 50),
                   claim("c", "2022-09-12", "2022-09-16", "Armenia", 135), claim("d", "2022-09-12", "2022-09-20", "Armenia", 207)};
  EXPECT_THAT(values(claims_at(events, {day("2022-09-13"), day("2022-09-13")}, "en", 8)), ElementsAre("Armenia 49"));
  EXPECT_THAT(values(claims_at(events, {day("2022-09-15"), day("2022-09-15")}, "en", 8)), ElementsAre("Azerbaijan 50", "Armenia 49"));
  EXPECT_THAT(values(claims_at(events, {day("2022-09-17"), day("2022-09-17")}, "en", 8)), ElementsAre("Armenia 135", "Azerbaijan 50"));
  EXPECT_THAT(claims_at(events, {day("2022-09-11"), day("2022-09-11")}, "en", 8), SizeIs(0));
}

TEST(Claims, TheOrderOfRowsDoesNotMatter) {
  events::Events events;
  events.events = {claim("c", "2022-09-12", "2022-09-16", "Armenia", 135), claim("a", "2022-09-12", "2022-09-13", "Armenia", 49)};
  EXPECT_THAT(values(claims_at(events, {day("2022-09-17"), day("2022-09-17")}, "en", 8)), ElementsAre("Armenia 135"));
}

TEST(Claims, DifferentMattersStandSideBySideUpToTheMost) {
  events::Events events;
  for (int i = 0; i < 12; ++i) events.events.push_back(claim(("e" + std::to_string(i)).c_str(), "2022-09-12", "2022-09-12", "Armenia", i, ("about " + std::to_string(i)).c_str()));
  EXPECT_THAT(claims_at(events, {day("2022-09-12"), day("2022-09-12")}, "en", 8), SizeIs(8));
  EXPECT_THAT(claims_at(events, {day("2022-09-12"), day("2022-09-12")}, "en", 50), SizeIs(12));
}

TEST(Claims, RangesAndThousandsAreSetAsTextsAre) {
  events::Events events;
  events.events = {claim("a", "2022-09-12", "2022-09-12", "x", 5000), claim("b", "2022-09-12", "2022-09-12", "y", 12345), claim("c", "2022-09-12", "2022-09-12", "z", 3)};
  events.events[2].claim.value_max = 7;
  EXPECT_THAT(values(claims_at(events, {day("2022-09-12"), day("2022-09-12")}, "en", 8)), ElementsAre("y 12\u2009345", "x 5000", "z 3–7"));
}

struct Page {
  FurnitureInput input;
  time::Schedule schedule;
  Page(double width, double height, bool sequence, const char* title = "Clashes on the border of Armenia and Azerbaijan") {
    schedule = sequence ? time::make_schedule(day("2022-09-12"), day("2022-10-19"), {}, {}) : time::Schedule{{{day("2022-09-12"), day("2022-09-19")}}, {}, 25};
    input.fonts = &fonts();
    input.words.title = title;
    input.words.subtitle = "Reported shelling and clashes, 12–19 September 2022";
    input.page = {width, height};
    input.schedule = &schedule;
    input.sequence = sequence;
    input.attributions = {"Natural Earth", "GeoNames", "© somebody else whose name is long enough to need a second line on a narrow page"};
  }
};

TEST(PageLayout, BandsNeverOverlapAndLeaveTheMapMostOfThePage) {
  for (const auto& [width, height] : {std::pair{1200.0, 800.0}, {720.0, 720.0}, {720.0, 1280.0}, {1280.0, 720.0}, {480.0, 320.0}, {300.0, 200.0}})
    for (const bool sequence : {false, true}) {
      const Page page(width, height, sequence);
      const PageLayout layout(page.input);
      const geom::Box map = layout.map_box();
      SCOPED_TRACE(testing::Message() << width << " × " << height << (sequence ? " film" : " still"));
      EXPECT_GT(map.width(), 0.9 * width);
      EXPECT_GT(map.height(), width < 400 ? 0.1 * height : width < 600 ? 0.2 * height : 0.5 * height);
      const auto& boxes = layout.occupied();
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        EXPECT_LE(std::min(boxes[i].max_y, map.max_y) - std::max(boxes[i].min_y, map.min_y), 1e-6) << "a band lies on the map";
        for (std::size_t j = 0; j < i; ++j)
          EXPECT_LE(std::min(boxes[i].max_y, boxes[j].max_y) - std::max(boxes[i].min_y, boxes[j].min_y), 1e-6) << "two bands overlap";
      }
    }
}

// The date's first letter, in the layer of a frame.
std::optional<geom::Point> date_at(const scene::Layer& layer) {
  for (const scene::Item& item : layer.items)
    if (const auto* text = std::get_if<scene::Text>(&item)) return text->origin;
  return std::nullopt;
}

TEST(PageLayout, TheDateStandsAtOnePlaceInEveryFrame) {
  for (const auto& [width, height] : {std::pair{1280.0, 720.0}, {720.0, 1280.0}}) {
    const Page page(width, height, true);
    const PageLayout layout(page.input);
    const auto first = date_at(*layout.at_frame(0));
    ASSERT_TRUE(first);
    for (std::size_t f = 1; f < page.schedule.frames.size(); ++f) EXPECT_EQ(*date_at(*layout.at_frame(f)), *first) << f;
  }
}

TEST(PageLayout, NothingIsSaidAboutDatesWhereThereAreNone) {
  Page page(1200, 800, false);
  page.schedule = {};
  const PageLayout layout(page.input);
  EXPECT_TRUE(layout.at_frame(0)->items.empty());
}

TEST(PageLayout, SwitchesTakeFurnitureAway) {
  Page page(1200, 800, true);
  const geom::Box with = PageLayout(page.input).map_box();
  page.input.settings.timeline = Switch::Off;
  const geom::Box without_timeline = PageLayout(page.input).map_box();
  EXPECT_GT(without_timeline.max_y, with.max_y);
  page.input.settings.source_line = Switch::Off;
  EXPECT_EQ(PageLayout(page.input).map_box().max_y, 800);
  page.input.settings.date = Switch::Off;
  page.input.words.title = page.input.words.subtitle = "";
  EXPECT_EQ(PageLayout(page.input).map_box().min_y, 0);
}

}  // namespace
}  // namespace sitmap::compose
