// The whole of composing on the embedded data: what changes between frames, and what doesn't.
#include "compose/composition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <thread>

#include "document/read.hpp"
#include "geom/operations.hpp"

namespace sitmap::compose {
namespace {

using testing::Contains;
using testing::HasSubstr;

const char* const kShare = SITMAP_BINARY_DIR "/share/sitmap";

time::Day day(const char* text) { return *time::parse_iso_day(text); }

events::Event event(const std::string& id, double lon, double lat, const char* from, const char* to, double precision_m = 100) {
  events::Event out;
  out.id = id;
  out.title = "Title of " + id;
  out.kind = "shelling";
  out.when.first = day(from);
  out.when.last = day(to);
  events::Site site;
  site.written = id;
  site.at = {lon, lat};
  site.geometry = geom::point(site.at);
  site.precision_m = precision_m;
  out.sites = {site};
  return out;
}

events::Territory territory(const std::string& id, double lon, const char* from, const char* to) {
  events::Territory out;
  out.id = out.name = id;
  out.actor = "Azerbaijan";
  out.status = "controlled";
  out.geometry = geom::MultiPolygon{{{{{lon, 39.4}, {lon + 0.6, 39.4}, {lon + 0.6, 39.9}, {lon, 39.9}, {lon, 39.4}}, {}}}};
  if (from != nullptr) out.valid.first = day(from);
  if (to != nullptr) out.valid.last = day(to);
  return out;
}

struct World {
  source::Catalogue catalogue{std::filesystem::path(kShare) / "geodata"};
  text::FontSet fonts{{SITMAP_SOURCE_DIR "/styles/fonts"}};
  style::Style news = [] {
    base::Problems problems;
    return style::read_style(SITMAP_SOURCE_DIR "/styles/news-light.json", problems);
  }();
};
const World& world() {
  static const World the_world;
  return the_world;
}

Input input(int tween = 3) {
  Input in;
  in.style = &world().news;
  in.catalogue = &world().catalogue;
  in.fonts = &world().fonts;
  in.events.events = {event("north", 45.6, 40.4, "2020-10-01", "2020-10-01"), event("south", 46.4, 39.3, "2020-10-03", "2020-10-05"),
                      event("east", 47.0, 39.9, "2020-10-04", "2020-10-04"), event("vague", 46.6, 39.8, "2020-10-02", "2020-10-06", 15000)};
  in.events.events[3].sites[0].precision = events::Precision::Vague;
  in.events.events[0].claim = {"killed", 12.0, std::nullopt, "Armenia", "soldiers", ""};
  in.events.rows = 4;
  in.territories.all = {territory("west", 45.9, nullptr, "2020-10-03"), territory("next", 46.5, "2020-10-04", nullptr)};
  in.schedule = time::make_schedule(day("2020-10-01"), day("2020-10-06"), {}, {.fps = 10, .hold_seconds = 1, .tween_frames = tween});
  in.sequence = true;
  in.area.shape = geom::MultiPoint{{{45, 39}, {47.5, 40.8}}};
  in.page = {720, 480};
  in.words.title = "Six days";
  return in;
}

std::vector<std::string> messages(const base::Problems& problems) {
  std::vector<std::string> out;
  for (const base::Problem& problem : problems.all()) out.push_back(problem.name + ": " + problem.message);
  return out;
}

TEST(Composition, AFrameIsTheSameInWhateverOrderItIsAskedFor) {
  base::Problems problems;
  const Composition forward(input(), problems), backward(input(), problems), parallel(input(), problems);
  const std::size_t frames = forward.frames();
  ASSERT_GT(frames, 15U);
  std::vector<std::string> a(frames), b(frames), c(frames);
  for (std::size_t f = 0; f < frames; ++f) a[f] = scene::print(forward.scene(f));
  for (std::size_t f = frames; f-- > 0;) b[f] = scene::print(backward.scene(f));
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (std::size_t f = (t * 7) % 4; f < frames; f += 4) c[f] = scene::print(parallel.scene(f));
      });
  }
  for (std::size_t f = 0; f < frames; ++f) {
    EXPECT_EQ(a[f], b[f]) << f;
    EXPECT_EQ(a[f], c[f]) << f;
  }
  EXPECT_NE(a.front(), a.back());
}

TEST(Composition, LayersThatDoNotChangeAreOnePointer) {
  base::Problems problems;
  const Composition composition(input(), problems);
  std::set<std::string> changing{"date", "legend", "claims"};
  for (const style::Layer& layer : world().news.layers)
    if (layer.source_layer == "event" || layer.source_layer == "control" || layer.source_layer == "line") changing.insert(layer.id);
  std::map<std::string, scene::SharedLayer> first;
  for (const scene::SharedLayer& layer : composition.scene(0).layers)
    if (!changing.contains(layer->name)) first[layer->name] = layer;
  EXPECT_GT(first.size(), 5U);
  EXPECT_TRUE(first.contains("frame") && first.contains("furniture"));
  for (std::size_t f = 1; f < composition.frames(); ++f) {
    std::size_t seen = 0;
    for (const scene::SharedLayer& layer : composition.scene(f).layers) {
      if (changing.contains(layer->name)) continue;
      ++seen;
      EXPECT_EQ(layer, first[layer->name]) << layer->name << " in frame " << f;
    }
    EXPECT_EQ(seen, first.size()) << f;
  }
}

TEST(Composition, LabelsKeepTheirPlaceThroughTheWholeSequence) {
  base::Problems problems;
  const Composition composition(input(), problems);
  std::map<std::string, std::set<std::pair<double, double>>> places;
  std::map<std::string, std::size_t> most;
  for (std::size_t f = 0; f < composition.frames(); ++f) {
    std::map<std::string, std::size_t> here;
    for (const scene::SharedLayer& layer : composition.scene(f).layers) {
      if (layer->name == "date" || layer->name == "legend" || layer->name == "claims") continue;
      for (const scene::Item& item : layer->items)
        if (const auto* text = std::get_if<scene::Text>(&item)) {
          std::string words = layer->name + ": ";
          for (const scene::GlyphRun& run : text->runs) words += run.text;
          geom::Point at = text->origin;
          if (!text->runs.empty() && !text->runs[0].glyphs.empty()) at = at + text->runs[0].glyphs[0].at;
          places[words].insert({at.x, at.y});
          ++here[words];
        }
    }
    for (const auto& [words, count] : here) most[words] = std::max(most[words], count);
  }
  std::size_t own = 0;
  for (const auto& [words, where] : places) {
    EXPECT_LE(where.size(), most[words]) << words;
    own += words.find("Title of ") != std::string::npos ? 1 : 0;
  }
  EXPECT_GE(own, 2U) << "the events are named";
}

TEST(Composition, EventsAppearOnTheirDay) {
  base::Problems problems;
  const Composition composition(input(0), problems);
  const auto names = [&](std::size_t frame) {
    std::string all;
    for (const scene::SharedLayer& layer : composition.scene(frame).layers)
      for (const scene::Item& item : layer->items)
        if (const auto* text = std::get_if<scene::Text>(&item))
          for (const scene::GlyphRun& run : text->runs) all += run.text;
    return all;
  };
  EXPECT_THAT(names(0), HasSubstr("north"));
  EXPECT_THAT(names(0), testing::Not(HasSubstr("south")));
  EXPECT_THAT(names(2), HasSubstr("south"));
}

TEST(Composition, AVaguePlaceIsNeverAPoint) {
  Input in = input(0);
  in.events.events = {in.events.events[3]};
  base::Problems problems;
  const Composition composition(std::move(in), problems);
  std::set<std::string> circles;
  for (const style::Layer& layer : world().news.layers)
    if (layer.source_layer == "event" && layer.type == style::LayerType::Circle) circles.insert(layer.id);
  for (const scene::SharedLayer& layer : composition.scene(3).layers) EXPECT_FALSE(circles.contains(layer->name)) << layer->name;
}

TEST(Composition, ASecondRunIsTheSame) {
  base::Problems problems;
  const Composition one(input(), problems), two(input(), problems);
  EXPECT_EQ(one.labels_text(), two.labels_text());
}

TEST(Composition, WhatLiesOutsideTheMapIsNamed) {
  Input in = input();
  in.events.events.push_back(event("far", -74, 40.7, "2020-10-02", "2020-10-02"));
  base::Problems problems;
  const Composition composition(std::move(in), problems);
  EXPECT_THAT(messages(problems), Contains("event-outside-map: the event 'far' lies outside the map (far)"));
}

TEST(Composition, TheDescriptionSaysTitleDateAndSources) {
  base::Problems problems;
  const Composition composition(input(), problems);
  const std::string words = composition.scene(composition.frames() - 1).description;
  EXPECT_THAT(words, HasSubstr("Map: Six days."));
  EXPECT_THAT(words, HasSubstr("As of 6 October 2020."));
  EXPECT_THAT(words, HasSubstr("Sources: "));
  Input in = input();
  in.words.alt_text = "My own words.";
  EXPECT_EQ(Composition(std::move(in), problems).scene(0).description, "My own words.");
}

style::Style style_of(const std::string& layers, const std::string& metadata = "{}") {
  base::Problems problems;
  return style::read_style(document::parse_json(R"({"version": 8, "metadata": )" + metadata +
                                                    R"(, "sources": {"base": {"type": "vector", "url": "sitmap:base"}}, "layers": [)" + layers + "]}",
                                                "style.json"),
                           "style.json", problems);
}

TEST(Composition, MissingFontsAndIconsAreNamed) {
  const style::Style style = style_of(
      R"({"id": "e", "type": "symbol", "source": "base", "source-layer": "event", "layout": {"icon-image": "airprot", "text-field": ["get", "title"], "text-font": ["Helvetica Nova"]}})",
      R"({"sitmap:furniture": {"font": "Frutiger"}})");
  Input in = input();
  in.style = &style;
  base::Problems problems;
  const Composition composition(std::move(in), problems);
  EXPECT_THAT(messages(problems), Contains(HasSubstr("there is no icon 'airprot'")));
  EXPECT_THAT(messages(problems), Contains(HasSubstr("the font 'Helvetica Nova' is not there")));
  EXPECT_THAT(messages(problems), Contains(HasSubstr("the font 'Frutiger' is not there")));
  EXPECT_TRUE(problems.has_errors());
  EXPECT_TRUE(std::any_of(problems.all().begin(), problems.all().end(), [](const base::Problem& p) { return p.message.find("airprot") != std::string::npos && p.where.line == 1; }));
}

// The texts of the legend at a frame, and whether it has a mark for each.
std::pair<std::vector<std::string>, std::size_t> legend(const scene::Scene& scene) {
  std::vector<std::string> texts;
  std::size_t marks = 0;
  for (const scene::SharedLayer& layer : scene.layers)
    if (layer->name == "legend")
      for (const scene::Item& item : layer->items) {
        if (const auto* text = std::get_if<scene::Text>(&item)) {
          texts.emplace_back();
          for (const scene::GlyphRun& run : text->runs) texts.back() += run.text;
        } else {
          ++marks;
        }
      }
  return {texts, marks};
}

TEST(Legend, HoldsWhatIsVisibleAndEachClassOnce) {
  const style::Style style = style_of(
      R"({"id": "c", "type": "fill", "source": "base", "source-layer": "control", "paint": {"fill-color": "#c33"}, "metadata": {"sitmap:legend": "Held"}},)"
      R"({"id": "e", "type": "circle", "source": "base", "source-layer": "event", "filter": ["==", ["get", "place_precision"], "point"],)"
      R"( "metadata": {"sitmap:legend": {"by": "kind", "labels": {"shelling": "Shelling", "clash": {"en": "Clash", "fr": "Combat"}}}}})");
  Input in = input(0);
  in.style = &style;
  in.territories.all = {territory("next", 46.5, "2020-10-04", nullptr)};
  in.events.events[1].kind = "clash";
  in.furniture.claims = Switch::Off;
  in.words.languages = {"fr", "en"};
  base::Problems problems;
  const Composition composition(std::move(in), problems);
  EXPECT_THAT(legend(composition.scene(0)).first, testing::ElementsAre("Shelling"));
  EXPECT_THAT(legend(composition.scene(2)).first, testing::UnorderedElementsAre("Shelling", "Combat"));
  EXPECT_THAT(legend(composition.scene(5)).first, testing::UnorderedElementsAre("Held", "Shelling", "Combat"));
  EXPECT_GE(legend(composition.scene(5)).second, 3U);
}

TEST(MapFurniture, BoxesStandApartOnTheMap) {
  for (const auto& [width, height] : {std::pair{1200.0, 800.0}, {720.0, 720.0}, {720.0, 1280.0}, {480.0, 320.0}}) {
    const time::Schedule schedule{{{day("2022-09-12"), day("2022-09-19")}}, {}, 25};
    FurnitureInput furniture;
    furniture.fonts = &world().fonts;
    furniture.words.title = "Title";
    furniture.page = {width, height};
    furniture.schedule = &schedule;
    furniture.settings.north_arrow = Switch::On;
    const PageLayout layout(furniture);
    const geom::Geometry area = geom::MultiPoint{{{45, 39}, {47, 41}}};
    const auto view = projection::View::fit(projection::Projection::automatic(geom::geo_bounds(area)), area, {width, height}, layout.margins());
    std::vector<LegendEntry> entries;
    for (const char* text : {"Shelling", "Clash", "Controlled by Azerbaijan", "A class with a name that is long enough for two lines in a legend"}) entries.push_back({text, {}});
    const std::vector<ClaimLine> claims(3, {"Servicemen killed", "135", "killed", "Armenia", "16 Sep 2022"});
    const MapFurniture placed = place_map_furniture(furniture, layout, view, entries, claims, {}, {});
    SCOPED_TRACE(testing::Message() << width << " × " << height);
    EXPECT_FALSE(placed.legend_box.empty());
    const geom::Box map = layout.map_box().expanded(1e-6);
    for (std::size_t i = 0; i < placed.occupied.size(); ++i) {
      const geom::Box& box = placed.occupied[i];
      EXPECT_TRUE(map.contains(geom::Point{box.min_x, box.min_y}) && map.contains(geom::Point{box.max_x, box.max_y})) << i;
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(box.intersects(placed.occupied[j])) << i << " and " << j;
    }
  }
}

}  // namespace
}  // namespace sitmap::compose
