#include "job/map_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.hpp"
#include "document/read.hpp"
#include "unit/document/schema_validator.hpp"

namespace sitmap::job {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class MapFileTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  MapFile read(const std::string& text) const {
    base::write_file(folder_ / "map.yaml", text);
    return read_map_file(folder_ / "map.yaml");
  }
  std::vector<std::string> problems(const std::string& text) const {
    std::vector<std::string> out;
    try {
      read(text);
    } catch (const base::InputError& error) {
      for (const base::Problem& problem : error.problems())
        out.push_back(std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) + " " + problem.message);
    }
    return out;
  }
  fs::path folder_ = fs::temp_directory_path() / ("sitmap-job-" + std::to_string(::getpid()));
};

TEST_F(MapFileTest, ATitleIsEnough) {
  const MapFile map = read("title: T\n");
  EXPECT_EQ(map.title, "T");
  EXPECT_EQ(map.size, (Size{1200, 800, 1}));
  EXPECT_EQ(map.style.value, "news-light");
  EXPECT_EQ(map.projection.value, "auto");
  EXPECT_THAT(map.languages, ElementsAre("en"));
  EXPECT_TRUE(map.outputs.empty());
  EXPECT_FALSE(map.time.from);
  EXPECT_EQ(map.time.step, time::Step{});
  EXPECT_EQ(map.furniture.legend, compose::Switch::Auto);
}

TEST_F(MapFileTest, EveryKeyIsRead) {
  const MapFile map = read(R"(title: T
subtitle: S
note: N
alt_text: A
area: { places: [Jermuk, Goris], pad: 12%, bearing: 10 }
projection: EPSG:32638
size: square
scale: 2
style: print
language: [hy, en]
worldview: international
data:
  events: [a.csv, b.csv]
  control: c.geojson
  actors: actors.json
  layers: { roads: roads.gpkg, rail: { file: all.gpkg, layer: rail, where: "gauge > 1" } }
  columns: { start: begun }
  pins: { Lachin: "sitmap:lachin-town" }
  countries: [AM, AZ]
labels:
  - Goris
  - { place: Jermuk, text: Spa, kind: town, rank: 2, offset: [10, -5] }
time: { from: 2022-09-12, to: 2022-09, step: 1 week, hold: 500 ms, tween: 12 frames, fps: 30 }
furniture: { legend: off, legend_title: L, claims: true, scale_bar: none, locator: false, north_arrow: on, timeline: auto, date: on, source_line: on, source: Mine }
fonts: more-fonts
outputs: [a.png, "frames/{date}.png"]
)");
  EXPECT_EQ(map.subtitle, "S");
  EXPECT_EQ(map.note, "N");
  EXPECT_EQ(map.alt_text, "A");
  ASSERT_EQ(map.area.places.size(), 2U);
  EXPECT_EQ(map.area.places[1].value, "Goris");
  EXPECT_EQ(map.area.places[1].where.line, 5);
  EXPECT_EQ(map.area.pad.amount, 12);
  EXPECT_EQ(map.area.bearing, 10);
  EXPECT_EQ(map.projection.value, "EPSG:32638");
  EXPECT_EQ(map.size, (Size{720, 720, 1.5}));
  EXPECT_EQ(map.scale, 2);
  EXPECT_EQ(map.style.value, "print");
  EXPECT_THAT(map.languages, ElementsAre("hy", "en"));
  ASSERT_EQ(map.data.events.size(), 2U);
  EXPECT_EQ(map.data.control[0].value, "c.geojson");
  EXPECT_EQ(map.data.actors->value, "actors.json");
  ASSERT_EQ(map.data.layers.size(), 2U);
  for (const auto& [name, layer] : map.data.layers) EXPECT_EQ(layer.file, name == "roads" ? "roads.gpkg" : "all.gpkg");
  EXPECT_THAT(map.data.columns, ElementsAre(std::pair<std::string, std::string>("start", "begun")));
  EXPECT_THAT(map.data.pins, ElementsAre(std::pair<std::string, std::string>("Lachin", "sitmap:lachin-town")));
  EXPECT_THAT(map.data.countries, ElementsAre("AM", "AZ"));
  ASSERT_EQ(map.labels.size(), 2U);
  EXPECT_EQ(map.labels[0].place.value, "Goris");
  EXPECT_EQ(map.labels[1].text, "Spa");
  EXPECT_EQ(map.labels[1].rank, 2);
  EXPECT_EQ((*map.labels[1].offset)[1], -5);
  EXPECT_EQ(time::to_iso(*map.time.from->value.first), "2022-09-12");
  EXPECT_EQ(time::to_iso(*map.time.to->value.last), "2022-09-30");
  EXPECT_EQ(map.time.step.count, 7);
  EXPECT_EQ(map.time.hold, 0.5);
  EXPECT_EQ(map.time.tween, 12);
  EXPECT_EQ(map.time.fps, 30);
  using compose::Switch;
  const compose::Furniture& f = map.furniture;
  EXPECT_EQ(f.legend, Switch::Off);
  EXPECT_EQ(f.claims, Switch::On);
  EXPECT_EQ(f.scale_bar, Switch::Off);
  EXPECT_EQ(f.locator, Switch::Off);
  EXPECT_EQ(f.north_arrow, Switch::On);
  EXPECT_EQ(f.timeline, Switch::Auto);
  EXPECT_EQ(f.source_text, "Mine");
  EXPECT_EQ(f.legend_title, "L");
  EXPECT_EQ(map.fonts.at(0).value, "more-fonts");
  EXPECT_EQ(map.outputs[1].value, "frames/{date}.png");
}

TEST_F(MapFileTest, AreasInTheirForms) {
  EXPECT_EQ((*read("title: T\narea: { bbox: [170, -20, -170, -10] }\n").area.bbox)[2], -170);
  const MapFile scaled = read("title: T\narea: { center: [46, 40], scale: 2000000 }\n");
  EXPECT_EQ(*scaled.area.scale, 2e6);
  EXPECT_EQ(*read("title: T\narea: { center: [46, 40], zoom: 7.5 }\n").area.zoom, 7.5);
  EXPECT_THAT(problems("title: T\narea: { center: [46, 40] }\n"), ElementsAre(HasSubstr("'center' needs 'scale' or 'zoom'")));
  EXPECT_THAT(problems("title: T\narea: { places: [Goris], scale: 2000000 }\n"), ElementsAre(HasSubstr("need 'center'")));
  EXPECT_THAT(problems("title: T\narea: { center: [46, 40], zoom: 3, scale: 2000000 }\n"), testing::SizeIs(1));
  EXPECT_THAT(problems("title: T\narea: { center: [40, 146], zoom: 3 }\n"), ElementsAre(HasSubstr("a latitude is outside ±90")));
}

TEST_F(MapFileTest, AllProblemsAreShownAtOnce) {
  EXPECT_THAT(problems("titel: T\nsize: huge\nscale: 99\ntime: { from: someday }\noutputs: [a.doc]\nworldview: mine\n"),
              testing::UnorderedElementsAre("1:1 unknown key 'titel' in 'map file'", HasSubstr("'title' is missing"), HasSubstr("2:7"), HasSubstr("3:8"),
                                            "4:15 'someday' is not a date", "5:11 '.doc' is no kind of output",
                                            "6:12 unknown worldview 'mine'"));
}

TEST_F(MapFileTest, AFolderOrAnotherFileIsNoMapFile) {
  EXPECT_THROW(read_map_file(folder_), base::InputError);
  base::write_file(folder_ / "events.csv", "id\n");
  EXPECT_THROW(read_map_file(folder_ / "events.csv"), base::InputError);
  EXPECT_THROW(read_map_file(folder_ / "nothing.yaml"), base::IoError);
  EXPECT_THROW(read(""), base::InputError);
}

TEST(Sizes, NamesAndNumbers) {
  EXPECT_EQ(*parse_size("article"), (Size{1200, 800, 1}));
  EXPECT_EQ(*parse_size("1600x900"), (Size{1600, 900, 1}));
  EXPECT_EQ(*parse_size("4K"), *parse_size("4k"));
  const std::pair<const char*, std::pair<int, int>> device[] = {
      {"article", {1200, 800}}, {"square", {1080, 1080}}, {"story", {1080, 1920}}, {"video", {1920, 1080}}, {"4k", {3840, 2160}}};
  for (const auto& [name, pixels] : device) {
    const Size size = *parse_size(name);
    EXPECT_EQ(size.width * size.scale, pixels.first) << name;
    EXPECT_EQ(size.height * size.scale, pixels.second) << name;
  }
  for (const char* wrong : {"", "x", "1600", "1600x", "x900", "0x0", "-5x100", "15x100", "99999x100", "1e3x900", "1600x900x2", "1600 x 900"})
    EXPECT_FALSE(parse_size(wrong)) << wrong;
}

TEST(Schema, ThePublishedFileIsWhatTheProgramPrints) {
  EXPECT_TRUE(base::read_file(SITMAP_SOURCE_DIR "/docs/map.schema.json") == map_file_schema())
      << "run 'sitmap schema > docs/map.schema.json'";
}

TEST(Schema, SaysWhatReadingSays) {
  const document::Node schema = document::parse_json(map_file_schema(), "schema.json");
  const auto agree = [&](const std::string& yaml) {
    const document::Node node = document::parse_yaml(yaml, "map.yaml");
    base::Problems problems;
    static_cast<void>(map_file_record().read(node, problems));
    return std::pair(document::testing::validates(schema, node), !problems.has_errors());
  };
  for (const char* good : {"title: T", "title: T\nsize: [100, 100]", "title: T\nsize: 4k", "title: T\narea: { places: Goris }", "title: T\nfurniture: { legend: false }",
                           "title: T\ntime: { from: 2022-09-12, tween: 3 frames }", "title: T\nlabels: [Goris, { place: Jermuk, rank: 1 }]"})
    EXPECT_EQ(agree(good), std::pair(true, true)) << good;
  for (const char* bad : {"size: 4k", "title: T\nsize: [100]", "title: T\nsize: enormous", "title: T\ncolour: red", "title: T\narea: { bbox: [1, 2, 3] }",
                          "title: T\nfurniture: { legend: 3 }", "title: T\nscale: 100", "title: [T]", "title: T\nlabels: [{ rank: 1 }]", "title: T\ntime: { tween: many frames }"})
    EXPECT_EQ(agree(bad), std::pair(false, false)) << bad;
}

TEST(Schema, TheSamplesAreValid) {
  const document::Node schema = document::parse_json(map_file_schema(), "schema.json");
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(SITMAP_SOURCE_DIR "/samples")) {
    const fs::path file = entry.path() / "map.yaml";
    if (!fs::exists(file)) continue;
    ++count;
    EXPECT_TRUE(document::testing::validates(schema, document::parse_yaml(base::read_file(file), file.string()))) << file;
    EXPECT_NO_THROW(read_map_file(file)) << file;
  }
  EXPECT_GE(count, 5U);
}

}  // namespace
}  // namespace sitmap::job
