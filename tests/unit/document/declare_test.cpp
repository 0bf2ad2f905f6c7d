#include "document/declare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <variant>

#include "helpers.hpp"
#include "schema_validator.hpp"

namespace sitmap::document::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

enum class Legend { Auto, On, Off };
struct Size {
  int width = 0, height = 0;
  bool operator==(const Size&) const = default;
};
struct Area {
  std::vector<Located<std::string>> places;
  std::optional<std::array<double, 4>> bbox;
  std::optional<std::array<double, 2>> centre;
  std::optional<float> zoom;
  std::optional<double> scale;
  Extent pad{Extent::Unit::Percent, 10};
};
struct Furniture {
  Legend legend = Legend::Auto;
  base::Color color{1, 0, 0, 1};
  double hold = 1;
};
struct MapFile {
  Located<std::string> title;
  Located<Size> size{{1600, 900}};
  std::optional<Located<int>> scale;
  float quality = 0.5F;
  Area area;
  Furniture furniture;
  std::vector<std::filesystem::path> events;
  std::vector<std::pair<std::string, double>> weights;
  std::string day = "2022-09-13";
  Node notes;
  base::Location where;
};

Record<Area> area() {
  Record<Area> r("area", "What the map shows.");
  r.optional("places", &Area::places, list_of(located(text()), {.min = 1, .max = 3}), "Places that must be in view.");
  r.optional("bbox", &Area::bbox, array_of<4>(number({.min = -180, .max = 180})), "West, south, east, north.");
  r.optional("centre", &Area::centre, array_of<2>(number()), "Longitude, latitude.");
  r.optional("zoom", &Area::zoom, number({.min = 0, .max = 24}), "Zoom as on web maps.");
  r.optional("scale", &Area::scale, number({.min = 0, .above_min = true}), "Denominator.");
  r.optional("pad", &Area::pad, extent(), "Space around it.", {.examples = {R"("15%")", "40", R"("40 px")"}});
  r.exactly_one({"places", "bbox", "centre"}).at_most_one({"zoom", "scale"}).needs("zoom", "centre");
  return r;
}
Record<Furniture> furniture() {
  Record<Furniture> r("furniture");
  r.optional("legend", &Furniture::legend,
             either<Legend>({one_of<Legend>("legend", {{"auto", Legend::Auto, {"automatic"}}}),
                             converted<Legend>(boolean(), [](bool on) { return on ? Legend::On : Legend::Off; },
                                               [](const Legend& l) { return l == Legend::Auto ? std::nullopt : std::optional(l == Legend::On); })}),
             "Whether to draw a legend.", {.examples = {R"("auto")", "true"}});
  r.optional("color", &Furniture::color, color(), "Colour of the frame.", {.examples = {R"("#b22222")"}});
  r.optional("hold", &Furniture::hold, duration(), "How long.", {.examples = {R"("500 ms")", R"("2 min")"}});
  return r;
}
Type<Size> size() {
  return either<Size>({one_of<Size>("size", {{"article", {1600, 900}}, {"4k", {3840, 2160}, {"uhd"}}}),
                       converted<Size>(array_of<2>(integer(16, 16384)), [](std::array<int, 2> wh) { return Size{wh[0], wh[1]}; },
                                       [](const Size& s) { return std::optional(std::array{s.width, s.height}); })});
}
Type<std::string> day() {
  return parsed<std::string>(
      "a day such as 2022-09-13", Scalars::TextOrNumber, R"("pattern": "^[0-9]{4}(-(0[0-9]|1[0-2])(-[0-9]{2})?)?$", "minimum": 1000, "maximum": 9999)",
      [](std::string_view text) -> Parsed<std::string> {
        const bool shape = text.size() == 4 || text.size() == 7 || text.size() == 10;
        if (!shape || text[0] == '-' || !std::all_of(text.begin(), text.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); })) return {};
        if (text.size() > 4 && (text[4] != '-' || text.substr(5, 2) > "12")) return {{}, "that month doesn't exist", "months are 01 to 12"};
        return {std::string(text)};
      },
      [](const std::string& text) { return text; });
}
Record<MapFile> map_file() {
  Record<MapFile> r("map file");
  r.required("title", &MapFile::title, text(), "What the map is called.");
  r.optional("size", &MapFile::size, size(), "Size of the picture.", {.examples = {R"("uhd")", "[800, 600]"}});
  r.optional("scale", &MapFile::scale, integer(1, 4), "Device pixels per pixel.");
  r.optional("quality", &MapFile::quality, number({.min = 0, .max = 1}), "Of the film.");
  r.required("area", &MapFile::area, area().type(), "What the map shows.");
  r.optional("furniture", &MapFile::furniture, furniture().type(), "What stands beside the map.");
  r.optional("events", &MapFile::events, one_or_more(path()), "Tables of events.");
  r.optional("weights", &MapFile::weights, map_of(number({.min = 0})), "Weights by kind.");
  r.optional("day", &MapFile::day, day(), "A day.");
  r.optional("notes", &MapFile::notes, anything(), "Free.");
  r.location(&MapFile::where);
  return r;
}

const char* const kGood =
    "title: Two days\nsize: uhd\nscale: 2\narea:\n  places: [Jermuk, Lachin]\n  pad: 15%\n"
    "furniture: {legend: false, color: '#b2222280', hold: 500 ms}\nevents: a.csv\nweights: {killed: 2, wounded: 0.5}\nday: 2022\nnotes: [1, {a: b}]\nx-mine: 1\n";

std::vector<std::string> problems_of(const std::string& text) {
  base::Problems problems;
  const auto value = map_file().read(yaml(text), problems);
  EXPECT_NE(value.has_value(), problems.has_errors());
  std::vector<std::string> out;
  for (const base::Problem& p : problems.all())
    out.push_back(std::to_string(p.where.line) + ":" + std::to_string(p.where.column) + " " + p.message + (p.hint.empty() ? "" : " | " + p.hint));
  return out;
}

TEST(Declare, ReadsIntoTheStruct) {
  base::Problems problems;
  const auto map = map_file().read(yaml(kGood), problems);
  ASSERT_TRUE(map) << problems.all().at(0).message;
  EXPECT_EQ(*map->title, "Two days");
  EXPECT_EQ(map->title.where.column, 8);
  EXPECT_EQ(*map->size, (Size{3840, 2160}));
  EXPECT_EQ(map->scale->value, 2);
  EXPECT_EQ(map->scale->where.line, 3);
  EXPECT_EQ(map->quality, 0.5F);
  EXPECT_EQ(map->area.places.at(1).value, "Lachin");
  EXPECT_EQ(map->area.places.at(1).where.column, 20);
  EXPECT_EQ(map->area.pad, (Extent{Extent::Unit::Percent, 15}));
  EXPECT_EQ(map->area.pad.pixels(200), 30);
  EXPECT_FALSE(map->area.bbox);
  EXPECT_EQ(map->furniture.legend, Legend::Off);
  EXPECT_NEAR(map->furniture.color.a, 0.502, 0.001);
  EXPECT_EQ(map->furniture.hold, 0.5);
  EXPECT_THAT(map->events, ElementsAre("a.csv"));
  EXPECT_EQ(map->weights.at(1), (std::pair<std::string, double>("wounded", 0.5)));
  EXPECT_EQ(map->day, "2022");
  EXPECT_EQ(map->notes.size(), 2U);
  EXPECT_EQ(map->where.line, 1);
}

TEST(Declare, DefaultsStay) {
  base::Problems problems;
  const auto map = map_file().read(yaml("{title: x, area: {bbox: [44, 38, 47, 41]}}"), problems);
  ASSERT_TRUE(map);
  EXPECT_EQ(*map->size, (Size{1600, 900}));
  EXPECT_TRUE(map->size.where.file.empty());
  EXPECT_FALSE(map->scale);
  EXPECT_TRUE(map->notes.is_null());
}

TEST(Declare, AllProblemsAtOnce) {
  EXPECT_THAT(problems_of("titel: x\nsize: artcle\nscale: 2.5\nquality: no\narea:\n  places: [Jermuk, 7]\n  padd: 1\n  pad: 5 cm\n"
                          "furniture:\n  colour: '#fff'\n  legend: atuo\nevents: []\n"),
              ElementsAre("1:1 unknown key 'titel' in 'map file' | did you mean 'title'?",
                          "1:1 'title' is missing in 'map file' | What the map is called.",
                          "2:7 unknown size 'artcle' | did you mean 'article'?",
                          "3:8 expected a whole number from 1 to 4, found number 2.5",
                          "4:10 expected a number from 0 to 1, found text 'no'",
                          "7:3 unknown key 'padd' in 'area' | did you mean 'pad'?",
                          "6:20 expected text, found number 7 | to mean text, put it in quotes: \"7\"",
                          "8:8 expected a percentage such as 15% or a number of pixels, found text '5 cm'",
                          "10:3 unknown key 'colour' in 'furniture' | did you mean 'color'?",
                          "11:11 unknown legend 'atuo' | did you mean 'auto'?",
                          "12:9 expected a list of at least 1 (each a path), found an empty list"));
}

TEST(Declare, RulesBetweenKeys) {
  EXPECT_THAT(problems_of("title: x\narea: {}\n"), ElementsAre("2:7 'area' needs one of 'places', 'bbox' or 'centre'"));
  EXPECT_THAT(problems_of("title: x\narea:\n  places: [a]\n  centre: [1, 2]\n"),
              ElementsAre("4:3 'places' and 'centre' can't stand together in 'area' | keep one of them"));
  EXPECT_THAT(problems_of("title: x\narea:\n  places: [a]\n  zoom: 3\n"), ElementsAre("4:9 'zoom' in 'area' needs 'centre' beside it"));
}

TEST(Declare, WrongKinds) {
  EXPECT_THAT(problems_of(""), ElementsAre("1:1 expected an object (map file), found nothing | write a value, or remove the key"));
  EXPECT_THAT(problems_of("[1]"), ElementsAre("1:1 expected an object (map file), found a list of 1 item"));
  EXPECT_THAT(problems_of("title:\narea: [a]\n"), ElementsAre("1:1 expected text, found nothing | write a value, or remove the key",
                                                             "2:7 expected an object (area), found a list of 1 item"));
  EXPECT_THAT(problems_of("title: ' '\narea: {places: [a]}\n"), ElementsAre("1:8 expected text, found text ' '"));
  EXPECT_THAT(problems_of("title: a\narea: {places: [a]}\nday: 2022-13-01\n"), ElementsAre("3:6 that month doesn't exist | months are 01 to 12"));
  EXPECT_THAT(problems_of("title: a\narea: {places: [a]}\nday: x\n"), ElementsAre("3:6 expected a day such as 2022-09-13, found text 'x'"));
}

TEST(Declare, ChecksRunOnceTheRestIsRight) {
  struct Range {
    double from = 0, to = 0;
  };
  Record<Range> r("range");
  r.required("from", &Range::from, number(), "").required("to", &Range::to, number(), "");
  r.check([](const Range& range, const Node& node, base::Problems& problems) {
    if (range.from > range.to) problems.error(node.find("to")->location(), "it ends before it starts");
  });
  base::Problems problems;
  EXPECT_FALSE(r.read(yaml("{from: 2, to: 1}"), problems));
  EXPECT_EQ(problems.all().at(0).message, "it ends before it starts");
  EXPECT_EQ(r.read_leniently(yaml("{from: 5, to: x}"), problems).from, 5);
  EXPECT_EQ(problems.all().size(), 2U);
}

TEST(Declare, Beside) {
  EXPECT_EQ(beside({"maps/a/map.yaml", 1, 1, {}}, "../events.csv"), "maps/events.csv");
  EXPECT_EQ(beside({"map.yaml", 1, 1, {}}, "events.csv"), "events.csv");
  EXPECT_EQ(beside({"maps/map.yaml", 1, 1, {}}, "/x/e.csv"), "/x/e.csv");
}

TEST(Schema, IsStableAndSaysDefaults) {
  const std::string schema = json_schema(map_file(), {.id = "https://example.org/map.json", .title = "map file", .description = "A map."});
  EXPECT_EQ(schema, json_schema(map_file(), {.id = "https://example.org/map.json", .title = "map file", .description = "A map."}));
  const Node node = json(schema);
  EXPECT_EQ(node.member(0).key, "$schema");
  EXPECT_EQ(node.find("$id")->as_string(), "https://example.org/map.json");
  const Node properties = *node.find("properties");
  EXPECT_EQ(properties.find("size")->find("default")->to_json(), "\"article\"");
  EXPECT_EQ(properties.find("quality")->find("default")->to_json(), "0.5");
  EXPECT_FALSE(properties.find("scale")->has("default"));
  EXPECT_FALSE(properties.find("title")->has("default"));
  EXPECT_EQ(properties.find("area")->find("properties")->find("pad")->find("default")->to_json(), "\"10%\"");
  EXPECT_EQ(properties.find("furniture")->find("properties")->find("color")->find("default")->to_json(), "\"#ff0000\"");
  EXPECT_EQ(properties.find("area")->find("description")->as_string(), "What the map shows.");
  EXPECT_EQ(node.find("required")->to_json(), R"(["title","area"])");
}

// A float member is shown as the number its declaration wrote, not as its double.
TEST(Schema, FloatDefaults) {
  struct S {
    float f = 0.1F;
  };
  Record<S> r("s");
  r.optional("f", &S::f, number(), "");
  EXPECT_EQ(json(json_schema(r, {})).find("properties")->find("f")->find("default")->to_json(), "0.1");
}

bool reader_accepts(const Node& node) {
  static const Record<MapFile> record = map_file();
  base::Problems problems;
  return record.read(node, problems).has_value();
}

// Every default and example of the schema must itself be accepted, by both.
TEST(Agreement, DefaultsAndExamplesAreValid) {
  const Node schema = json(json_schema(map_file(), {}));
  int seen = 0;
  const auto visit = [&](const auto& self, const Node& record) -> void {
    for (const Member& property : record.find("properties")->members()) {
      std::vector<Node> values;
      if (auto value = property.value.find("default")) values.push_back(*value);
      if (auto examples = property.value.find("examples"))
        for (const Node& example : examples->items()) values.push_back(example);
      for (const Node& value : values) {
        ++seen;
        EXPECT_TRUE(validates(property.value, value)) << property.key << " " << value.to_json();
        const std::string_view in = property.value.path().find("properties.area") != std::string::npos ? "area"
                                    : property.value.path().find("properties.furniture") != std::string::npos ? "furniture" : "";
        std::string text = in == "area" ? "{\"title\": \"x\", \"area\": {\"bbox\": [1, 2, 3, 4], \"" + std::string(property.key) + "\": " + value.to_json() + "}}"
                                        : "{\"title\": \"x\", \"area\": {\"bbox\": [1, 2, 3, 4]}, \"" + std::string(property.key) + "\": " + value.to_json() + "}";
        if (in == "furniture") text = "{\"title\": \"x\", \"area\": {\"bbox\": [1, 2, 3, 4]}, \"furniture\": {\"" + std::string(property.key) + "\": " + value.to_json() + "}}";
        EXPECT_TRUE(reader_accepts(json(text))) << text;
      }
      if (property.value.has("properties")) self(self, property.value);
    }
  };
  visit(visit, schema);
  EXPECT_GT(seen, 12);
}

// Values to put in place of parts of a good document: of every kind, at and beside every boundary.
const char* const kValues[] = {
    "null", "true", "false", "0", "-1", "1", "1.0", "1.5", "2", "4", "5", "16", "15", "16384", "16385", "24.5", "180", "180.5", "-180", "1e300", "2022",
    "\"\"", "\" \"", "\"x\"", "\"article\"", "\"uhd\"", "\"Article\"", "\"auto\"", "\"automatic\"", "\"15%\"", "\"15 px\"", "\"-1%\"", "\"1 s\"", "\"1s\"", "\"1  s\"", "\".5 s\"",
    "\"500 ms\"", "\"2 min\"", "\"1 h\"", "\"#fff\"", "\"#ffff\"", "\"#fffff\"", "\"#FFFFFFFF\"", "\"fff\"", "\"2022-09\"", "\"2022-09-1\"", "\"1.\"", "\"1.5%\"", "\"15%\\n\"",
    "[]", "[1]", "[1, 2]", "[16, 16]", "[1, 2, 3, 4]", "[1, 2, 3, \"4\"]", "[\"a\"]", "[\"a\", \"b\", \"c\"]", "[\"a\", \"b\", \"c\", \"d\"]", "[[16, 16]]", "[null]",
    "{}", "{\"a\": 1}", "{\"a\": -1}", "{\"places\": [\"a\"]}", "{\"bbox\": [1, 2, 3, 4], \"zoom\": 1}", "{\"centre\": [1, 2], \"zoom\": 1, \"scale\": 5}",
    "{\"centre\": [1, 2], \"scale\": 0}", "{\"legend\": true}", "{\"x-note\": 1}",
};

struct Replaced {  // the document with the node at `path` replaced (or removed, or an unknown key put beside it)
  static void print(const Node& node, const std::string& path, const char* value, std::string& out) {
    if (node.path() == path && value) {
      out += value;
    } else if (node.is_array()) {
      out += '[';
      for (const Node& item : node.items()) {
        if (!value && item.path() == path) continue;
        if (out.back() != '[') out += ',';
        print(item, path, value, out);
      }
      out += ']';
    } else if (node.is_object()) {
      out += '{';
      for (const Member& member : node.members()) {
        if (!value && member.value.path() == path) continue;
        if (out.back() != '{') out += ',';
        out += json_quoted(member.key) + ":";
        print(member.value, path, value, out);
      }
      out += '}';
    } else {
      out += node.to_json();
    }
  }
};

void collect_paths(const Node& node, std::vector<std::string>& paths) {
  paths.push_back(node.path());
  for (const Node& item : node.items()) collect_paths(item, paths);
  for (const Member& member : node.members()) collect_paths(member.value, paths);
}

TEST(Agreement, ReaderAndSchemaAcceptTheSame) {
  const Node schema = json(json_schema(map_file(), {.id = "x", .title = "y", .description = "z"}));
  const Node full = json(R"({"title": "x", "size": [800, 600], "scale": 2, "quality": 0.5,
    "area": {"centre": [45, 40], "zoom": 7, "pad": "15%"},
    "furniture": {"legend": "auto", "color": "#b22222", "hold": "1 s"},
    "events": ["a.csv"], "weights": {"a": 1}, "day": "2022-09-13", "notes": null, "x-mine": {}})");
  const Node other = json(R"({"title": "x", "area": {"places": ["a", "b"], "bbox": [1, 2, 3, 4], "scale": 1000, "zoom": 1}, "unknown": 1})");
  int accepted = 0, refused = 0;
  const auto compare = [&](const std::string& text) {
    const Node node = json(text);
    const bool by_schema = validates(schema, node), by_reader = reader_accepts(node);
    EXPECT_EQ(by_schema, by_reader) << text;
    (by_reader ? accepted : refused)++;
  };
  std::vector<const char*> values(std::begin(kValues), std::end(kValues));
  values.push_back(nullptr);  // removed
  for (const Node& base : {full, other}) {
    std::vector<std::string> paths;
    collect_paths(base, paths);
    for (const std::string& path : paths)
      for (const char* value : values) {
        if (path.empty() && !value) continue;
        std::string text;
        Replaced::print(base, path, value, text);
        compare(text);
      }
  }
  std::mt19937 random(1);  // several changes at once
  std::vector<std::string> paths;
  collect_paths(full, paths);
  for (int i = 0; i < 3000; ++i) {
    std::string text = full.to_json();
    for (int edit = 0; edit < 3; ++edit) {
      const std::string& path = paths[1 + random() % (paths.size() - 1)];
      std::string next;
      Replaced::print(json(text), path, values[random() % values.size()], next);
      text = next;
    }
    compare(text);
  }
  EXPECT_GT(accepted, 300);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace sitmap::document::testing
