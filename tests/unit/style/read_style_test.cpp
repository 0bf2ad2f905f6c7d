#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "style_helpers.hpp"

namespace sitmap::style {
namespace {

TEST(ReadStyle, TakesAWholeStyle) {
  base::Problems problems;
  const Style style = read(R"({
    "version": 8, "name": "Test", "center": [45.5, 39.8], "zoom": 7, "bearing": 5, "glyphs": "x/{fontstack}/{range}.pbf",
    "metadata": {"sitmap:furniture": {"title": "#333"}},
    "sources": {"sitmap": {"type": "vector", "url": "sitmap:"}, "own": {"type": "geojson", "data": "own.geojson"},
                "relief": {"type": "raster-dem", "url": "dem.tif", "encoding": "mapbox"},
                "photo": {"type": "raster", "url": "photo.tif", "tileSize": 256}},
    "layers": [
      {"id": "ground", "type": "background", "paint": {"background-color": "#eee"}},
      {"id": "photo", "type": "raster", "source": "photo"},
      {"id": "relief", "type": "hillshade", "source": "relief", "paint": {"hillshade-illumination-direction": 300}},
      {"id": "land", "type": "fill", "source": "sitmap", "source-layer": "countries", "minzoom": 2, "maxzoom": 10,
       "filter": ["==", ["get", "kind"], "country"], "metadata": {"sitmap:legend": "Land"},
       "paint": {"fill-color": ["match", ["get", "side"], "a", "#fff", "#000"], "fill-opacity": ["get", "age"]}},
      {"id": "own", "type": "symbol", "source": "own", "layout": {"visibility": "none", "text-field": "{name}"}}
    ]})", problems);
  EXPECT_TRUE(problems.empty()) << told(problems.all());
  EXPECT_EQ(style.name, "Test");
  EXPECT_EQ(style.center, (geom::Point{45.5, 39.8}));
  EXPECT_EQ(style.zoom, 7);
  ASSERT_EQ(style.layers.size(), 5U);
  ASSERT_EQ(style.sources.size(), 4U);
  EXPECT_EQ(style.source("own")->data.as_string(), "own.geojson");
  EXPECT_EQ(style.source("sitmap")->url, "sitmap:");
  EXPECT_EQ(style.source("none"), nullptr);
  EXPECT_TRUE(style.metadata.has("sitmap:furniture"));
  const Layer& land = style.layers[3];
  EXPECT_EQ(land.source_layer, "countries");
  EXPECT_EQ(land.min_zoom, 2);
  EXPECT_EQ(land.max_zoom, 10);
  EXPECT_EQ(land.metadata.find("sitmap:legend")->as_string(), "Land");
  EXPECT_EQ(land.columns(), (std::set<std::string, std::less<>>{"age", "kind", "side"}));
  EXPECT_FALSE(land.dependencies().zoom);
  EXPECT_EQ(land.where.line, 11);
  EXPECT_FALSE(style.layers[4].visible);
  EXPECT_EQ(style.layers[4].columns(), (std::set<std::string, std::less<>>{"name"}));
  EXPECT_EQ(style.layers[2].properties.number("hillshade-illumination-direction", {}), 300);
  EXPECT_EQ(base::to_css(style.layers[2].properties.color("hillshade-highlight-color", {})), "#ffffff");
}

TEST(ReadStyle, TellsEveryProblemInOneRun) {
  EXPECT_EQ(told(R"({
  "verion": 8,
  "sources": {"s": {"type": "vectr", "url": "sitmap:"}, "t": {"type": "vector"}, "g": {"type": "geojson", "dat": 5}},
  "layers": [
    {"id": "a", "type": "fil", "source": "s"},
    {"id": "b", "type": "fill", "source": "q", "source-layer": "x"},
    {"id": "b", "type": "line", "source": "s", "source-layer": "x", "paint": {"line-colour": "red"}},
    {"type": "line", "sorce": "s"}
  ]})"),
            "2:3: unknown key 'verion' in the style | did you mean 'version'?\n"
            "1:1: the style has no 'version' | write \"version\": 8\n"
            "3:29: unknown type 'vectr' of source 's' | did you mean 'vector'?\n"
            "3:62: source 't' has no 'url' | write \"url\": \"sitmap:\" for sitmap's own layers\n"
            "3:107: unknown key 'dat' in source 'g' | did you mean 'data'?\n"
            "3:87: source 'g' has no 'data' | write \"data\": \"file.geojson\"\n"
            "5:25: unknown type 'fil' of layer 'a' | did you mean 'fill'?\n"
            "6:43: layer 'b' draws an unknown source 'q' | did you mean 's'?\n"
            "7:12: layer id 'b' stands twice | first in line 6\n"
            "7:79: unknown property 'line-colour' in 'paint' of a line layer | did you mean 'line-color'?\n"
            "8:5: the layer has no 'id'\n"
            "8:22: unknown key 'sorce' in the layer | did you mean 'source'?\n"
            "8:5: the layer has no 'source'\n");
}

TEST(ReadStyle, ChecksProperties) {
  const auto paint = [](std::string_view type, std::string_view members) {
    return told(around("{\"id\": \"a\", \"type\": \"" + std::string(type) + "\", \"source\": \"s\", \"source-layer\": \"x\",\n\"paint\": {" + std::string(members) + "}}"));
  };
  EXPECT_EQ(paint("fill", R"("fill-color": "fierbrick")"), "3:25: fill-color: 'fierbrick' is no colour | did you mean 'firebrick'?\n");
  EXPECT_EQ(paint("fill", R"("fill-opacity": 2)"), "3:27: fill-opacity: 2 is more than the most allowed, 1\n");
  EXPECT_EQ(paint("fill", R"("fill-antialias": "yes")"), "3:29: fill-antialias: expected boolean, found text 'yes'\n");
  EXPECT_EQ(paint("fill", R"("fill-translate": [1])"), "3:29: fill-translate: expected array<number, 2>, found a list of 1 item\n");
  EXPECT_EQ(paint("fill", R"("line-color": "red")"),
            "3:11: unknown property 'line-color' in 'paint' of a fill layer | did you mean 'fill-color'?\n");
  EXPECT_EQ(paint("line", R"("line-cap": "round")"), "3:11: 'line-cap' stands in 'paint' | move it to 'layout'\n");
  EXPECT_EQ(paint("line", R"("width": 2)"), "3:11: unknown property 'width' in 'paint' of a line layer | did you mean 'line-width'?\n");
  EXPECT_EQ(paint("circle", R"("raster-contrast": 2)"),
            "3:11: unknown property 'raster-contrast' in 'paint' of a circle layer | it is a property of 'raster' layers\n");
  EXPECT_EQ(paint("line", R"("line-width": ["intrpolate", ["linear"], ["zoom"], 5, 1, 9, 3])"),
            "3:26: line-width: unknown operator 'intrpolate' (at [0]) | did you mean 'interpolate'?\n");
  EXPECT_EQ(paint("line", R"("line-dasharray": ["litteral", [1, 2]])"), "3:29: line-dasharray: unknown operator 'litteral' | did you mean 'literal'?\n");
  EXPECT_EQ(paint("line", R"("line-translate": ["get", "x"])"),
            "3:29: line-translate: this property cannot depend on the feature | use a value that is the same for the whole layer\n");
  EXPECT_EQ(paint("fill", R"("fill-pattern": "hatch:colr=red")"),
            "3:27: fill-pattern: unknown key 'colr' in the pattern: did you mean 'color'?\n");
  EXPECT_EQ(paint("fill", R"("fill-pattern": ["match", ["get", "side"], "a", "hatch:angle=x", "dots"])"),
            "3:59: fill-pattern: 'angle' of the pattern must be a number, found 'x' (at [3])\n");
  EXPECT_EQ(paint("fill", R"("fill-color-transition": {"duration": 5})"),
            "3:36: [style-part-ignored] 'fill-color-transition' is ignored: changes over time come from the data\n");
  EXPECT_EQ(paint("line", R"("line-gradient": ["interpolate", ["linear"], ["line-progress"], 0, "red", 1, "blue"])"), "");
  EXPECT_EQ(paint("line", R"("line-width": ["interpolate", ["linear"], ["line-progress"], 0, 1, 1, 2])"),
            "3:53: line-width: 'line-progress' cannot be used in this property (at [2])\n");
}

TEST(ReadStyle, WarnsOfWhatIsNotDrawn) {
  EXPECT_EQ(told(R"({
  "version": 8, "pitch": 30, "light": {}, "terrain": {"source": "s"}, "sky": {}, "transition": {},
  "sources": {"s": {"type": "vector", "url": "https://example.org/tiles.json"}, "v": {"type": "video", "urls": []}},
  "layers": [
    {"id": "heat", "type": "heatmap", "source": "s", "paint": {"heatmap-radius": 5}},
    {"id": "roads", "type": "line", "source": "s", "source-layer": "roads"},
    {"id": "high", "type": "fill-extrusion", "source": "nowhere"}
  ]})"),
            "2:26: [style-part-ignored] 'pitch' is ignored: the map is flat\n"
            "2:39: [style-part-ignored] 'light' is ignored: the map is flat\n"
            "2:78: [style-part-ignored] 'sky' is ignored: the map is flat\n"
            "2:54: [style-part-ignored] 'terrain' is ignored: the map is flat\n"
            "2:96: [style-part-ignored] 'transition' is ignored: changes over time come from the data\n"
            "5:28: [layer-skipped] layer 'heat' is left out: layers of type 'heatmap' are not drawn\n"
            "6:47: [layer-skipped] layer 'roads' is left out: source 's' is neither sitmap's own nor a file\n"
            "7:28: [layer-skipped] layer 'high' is left out: layers of type 'fill-extrusion' are not drawn\n");
}

TEST(ReadStyle, ChecksLayersAgainstSources) {
  EXPECT_EQ(told(around(R"({"id": "a", "type": "raster", "source": "s"})")),
            "2:41: a layer of type 'raster' needs a source of type raster, but 's' is vector\n");
  EXPECT_EQ(told(around(R"({"id": "a", "type": "fill", "source": "s"})")),
            "2:1: layer 'a' has no 'source-layer' | name the layer of source 's' to draw\n");
  EXPECT_EQ(told(around(R"({"id": "a", "ref": "b"})")),
            "2:20: layer 'a' refers to another layer, which version 8 no longer allows | write the layer out\n");
  EXPECT_EQ(told(around(R"({"id": "a", "type": "line", "source": "s", "source-layer": "x", "minzoom": 30})")),
            "2:76: 'minzoom' must be a number from 0 to 24, found number 30\n");
  EXPECT_EQ(told(around(R"({"id": "a", "type": "line", "source": "s", "source-layer": "x", "filter": ["=", "a", 1]})")),
            "2:76: filter: unknown operator '=' (at [0]) | did you mean '=='?\n");
}

TEST(ReadStyle, RefusesWhatIsNoStyle) {
  EXPECT_EQ(told("[]"), "1:1: a style must be an object, found an empty list\n");
  EXPECT_EQ(told("{}"),
            "1:1: the style has no 'version' | write \"version\": 8\n"
            "1:1: the style has no 'sources' | write \"sources\": {\"sitmap\": {\"type\": \"vector\", \"url\": \"sitmap:\"}}\n"
            "1:1: the style has no 'layers'\n");
  EXPECT_EQ(told(R"({"version": 7, "sources": [], "layers": {}})"),
            "1:13: 'version' must be 8, found number 7 | sitmap reads the MapLibre Style Specification, version 8\n"
            "1:27: 'sources' must be an object, found an empty list\n"
            "1:41: 'layers' must be a list, found an empty object\n");
}

TEST(ReadStyle, FindsItsFolderOfIcons) {
  const std::filesystem::path folder = std::filesystem::path(SITMAP_BINARY_DIR) / "style-test";
  std::filesystem::create_directories(folder / "icons");
  const auto read_with = [&](std::string_view sprite, base::Problems& problems) {
    const std::string text = "{\"version\": 8, \"sprite\": " + std::string(sprite) + ", \"sources\": {}, \"layers\": []}";
    return read_style(document::parse_json(text, "style.json"), folder / "style.json", problems);
  };
  base::Problems problems;
  EXPECT_EQ(read_with("\"icons\"", problems).icons_folder, folder / "icons");
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(read_with("\"https://example.org/sprite\"", problems).icons_folder.empty());
  EXPECT_EQ(told(problems.all()), "1:26: [style-part-ignored] 'sprite' is ignored: nothing is fetched from the network\n");
  EXPECT_THROW(read_with("\"nowhere\"", problems), base::InputError);
}

TEST(FindStyle, TakesPathsAndSuggestsNames) {
  const std::filesystem::path folder = std::filesystem::path(SITMAP_BINARY_DIR) / "style-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "own.json") << "{}";
  EXPECT_EQ(find_style("own.json", folder), folder / "own.json");
  EXPECT_EQ(find_style("./own.json", folder), folder / "own.json");
  EXPECT_THROW(find_style("other.json", folder), base::InputError);
}

TEST(Repository, StylesHaveNoProblems) {
  const std::filesystem::path folder = std::filesystem::path(SITMAP_SOURCE_DIR) / "styles";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no styles yet";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().string());
    base::Problems problems;
    try {
      read_style(entry.path(), problems);
    } catch (const base::InputError& error) {
      ADD_FAILURE() << error.what();
    }
    EXPECT_TRUE(problems.empty()) << told(problems.all());
  }
}

}  // namespace
}  // namespace sitmap::style
