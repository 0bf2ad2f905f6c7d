#include <gtest/gtest.h>

#include <random>

#include "style_helpers.hpp"

namespace sitmap::style {
namespace {

class Feature final : public expression::FeatureView {
 public:
  explicit Feature(expression::Object properties) : properties_(std::move(properties)) {}
  expression::Value property(std::string_view name) const override {
    const auto found = properties_.find(name);
    return found == properties_.end() ? expression::Value{} : found->second;
  }
  bool has(std::string_view name) const override { return properties_.find(name) != properties_.end(); }
  expression::Object properties() const override { return properties_; }
  expression::Value id() const override { return {}; }
  std::string_view geometry_type() const override { return "Point"; }

 private:
  expression::Object properties_;
};

TEST(Properties, HaveTheDefaultsOfTheSpecification) {
  PropertySet none;
  const expression::Context context;
  EXPECT_EQ(none.number("line-width", context), 1);
  EXPECT_EQ(none.number("line-miter-limit", context), 2);
  EXPECT_EQ(none.number("circle-radius", context), 5);
  EXPECT_EQ(none.number("text-size", context), 16);
  EXPECT_EQ(none.number("fill-sort-key", context), 0);
  EXPECT_EQ(base::to_css(none.color("fill-color", context)), "#000000");
  EXPECT_EQ(none.color("text-halo-color", context).a, 0);
  EXPECT_EQ(none.color("fill-outline-color", context).a, 0);
  EXPECT_EQ(none.text("line-cap", context), "butt");
  EXPECT_EQ(none.text("text-field", context), "");
  EXPECT_EQ(none.text("fill-pattern", context), "");
  EXPECT_TRUE(none.boolean("fill-antialias", context));
  EXPECT_FALSE(none.boolean("text-optional", context));
  EXPECT_EQ(none.numbers("text-offset", context), (std::vector<double>{0, 0}));
  EXPECT_EQ(none.numbers("icon-padding", context), (std::vector<double>{2, 2, 2, 2}));
  EXPECT_TRUE(none.numbers("line-dasharray", context).empty());
  EXPECT_EQ(none.texts("text-font", context), (std::vector<std::string>{"Open Sans Regular", "Arial Unicode MS Regular"}));
  EXPECT_FALSE(none.has("line-width"));
  EXPECT_THROW(none.number("line-widht", context), std::logic_error);
}

TEST(Properties, AreEvaluatedForTheFeature) {
  const Style style = read_layers(R"({"id": "a", "type": "line", "source": "s", "source-layer": "x",
      "layout": {"line-cap": ["match", ["get", "kind"], "road", "round", "square"]},
      "paint": {"line-width": ["interpolate", ["linear"], ["zoom"], 5, 1, 10, 6], "line-color": ["get", "color"], "line-blur": 3,
                "line-dasharray": [2, 1], "line-opacity": ["interpolate", ["linear"], ["get", "age"], 0, 1, 14, 0], "line-gap-width": ["get", "gap"]}})");
  const PropertySet& properties = style.layers[0].properties;
  const Feature feature(expression::Object{{"kind", "road"}, {"color", "#b22222"}, {"age", 7.0}, {"gap", -4.0}});
  expression::Context context;
  context.zoom = 7;
  context.feature = &feature;
  EXPECT_EQ(properties.number("line-width", context), 3);
  EXPECT_EQ(properties.number("line-opacity", context), 0.5);
  EXPECT_EQ(properties.number("line-blur", context), 3);
  EXPECT_EQ(properties.number("line-gap-width", context), 0);  // clamped
  EXPECT_EQ(base::to_css(properties.color("line-color", context)), "#b22222");
  EXPECT_EQ(properties.text("line-cap", context), "round");
  EXPECT_EQ(properties.numbers("line-dasharray", context), (std::vector<double>{2, 1}));
  const Feature other(expression::Object{{"color", "no colour"}, {"age", "old"}});
  context.feature = &other;
  EXPECT_EQ(base::to_css(properties.color("line-color", context)), "#000000");  // the default after a run-time error
  EXPECT_EQ(properties.number("line-opacity", context), 1);
  EXPECT_EQ(properties.text("line-cap", context), "square");
  const PropertySet copy = properties;
  EXPECT_EQ(copy.number("line-blur", context), 3);
  EXPECT_EQ(copy.dependencies().properties, (std::set<std::string, std::less<>>{"age", "color", "gap", "kind"}));
}

TEST(Properties, OfSymbols) {
  const Style style = read_layers(R"({"id": "a", "type": "symbol", "source": "s", "source-layer": "x",
      "layout": {"text-field": "{name} – {n}", "icon-image": "{kind}-icon", "text-font": ["Noto Sans Bold"], "icon-padding": [1, 2],
                 "text-variable-anchor": ["top", "left"], "text-variable-anchor-offset": ["top", [0, 1]],
                 "text-offset": ["match", ["get", "kind"], "x", ["literal", [0, 1]], ["literal", [0, 2]]]}})");
  const PropertySet& properties = style.layers[0].properties;
  const Feature feature(expression::Object{{"name", "Երևան"}, {"n", 5.0}, {"kind", "x"}});
  expression::Context context;
  context.feature = &feature;
  EXPECT_EQ(properties.text("text-field", context), "Երևան – 5");
  EXPECT_EQ(properties.text("icon-image", context), "x-icon");
  EXPECT_EQ(properties.texts("text-font", context), (std::vector<std::string>{"Noto Sans Bold"}));
  EXPECT_EQ(properties.numbers("icon-padding", context), (std::vector<double>{1, 2, 1, 2}));
  EXPECT_EQ(properties.texts("text-variable-anchor", context), (std::vector<std::string>{"top", "left"}));
  EXPECT_EQ(properties.numbers("text-offset", context), (std::vector<double>{0, 1}));
  EXPECT_EQ(properties.value("text-variable-anchor-offset", context).array()->size(), 2U);
}

TEST(Pattern, IsReadFromItsName) {
  const auto plain = parse_pattern("hatch");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->kind, scene::Pattern::Kind::Hatch);
  const auto full = parse_pattern("hatch:color=#b22222:angle=30:spacing=6:width=1.5:background=#00000080");
  ASSERT_TRUE(full);
  EXPECT_EQ(base::to_css(full->color), "#b22222");
  EXPECT_EQ(base::to_css(full->second), "#00000080");
  EXPECT_EQ(full->angle_deg, 30);
  EXPECT_EQ(full->spacing, 6);
  EXPECT_EQ(full->width, 1.5);
  EXPECT_EQ(parse_pattern("crosshatch:color=red")->kind, scene::Pattern::Kind::CrossHatch);
  EXPECT_EQ(parse_pattern("dots:spacing=4:width=2")->kind, scene::Pattern::Kind::Dots);
  EXPECT_EQ(parse_pattern("stripes:color=red:background=blue:spacing=10")->width, 5);
}

TEST(Pattern, TellsWhatIsWrong) {
  const auto why = [](std::string_view name) {
    std::string problem;
    EXPECT_FALSE(parse_pattern(name, &problem));
    return problem;
  };
  EXPECT_EQ(why("star"), "");
  EXPECT_EQ(why("hatching"), "");
  EXPECT_EQ(why("hatch:color=rde"), "'rde' is no colour");
  EXPECT_EQ(why("hatch:spacing=0"), "'spacing' of the pattern must be over 0 and at most 1000, found 0");
  EXPECT_EQ(why("hatch:spacing=nan"), "'spacing' of the pattern must be a number, found 'nan'");
  EXPECT_EQ(why("hatch:"), "expected key=value in the pattern, found ''");
  EXPECT_EQ(why("hatch:width=9"), "the lines of the pattern are wider (9) than their spacing (8)");
}

// A whole style, cut and changed at random places (fixed seed).
TEST(Mutations, OfStylesNeverCrash) {
  const std::string whole = R"({"version":8,"name":"m","sprite":["a"],"center":[1,2],"sources":{"s":{"type":"vector","url":"sitmap:"},
    "g":{"type":"geojson","data":{"type":"FeatureCollection","features":[]}},"r":{"type":"raster","url":"a.tif"}},
    "layers":[{"id":"b","type":"background","paint":{"background-color":"#fff","background-pattern":"hatch:color=red"}},
    {"id":"f","type":"fill","source":"s","source-layer":"x","filter":["all",["==","a",1],["in","$type","Polygon"]],
     "paint":{"fill-color":{"property":"a","stops":[[0,"red"],[5,"blue"]]},"fill-opacity":["interpolate",["linear"],["zoom"],5,0,9,1]}},
    {"id":"t","type":"symbol","source":"g","layout":{"text-field":["format",["get","n"],{"font-scale":0.8}],"icon-padding":[1,2,3],
     "text-variable-anchor-offset":["top",[0,1]],"text-font":["step",["zoom"],["literal",["A"]],5,["literal",["B"]]]}},
    {"id":"r","type":"raster","source":"r","minzoom":3,"maxzoom":9,"metadata":{"x":1}}]})";
  std::mt19937 random(8);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  const std::string_view pieces[] = {"null", "[]", "{}", "\"\"", "0", "-1e9", "true", "[\"get\",\"a\"]", "\"x\"", "[[[[]]]]"};
  int read_whole = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text = whole;
    for (std::size_t change = 0; change < 1 + below(2); ++change) {
      const std::size_t colon = text.find_first_of(":,", below(text.size()));
      if (colon == std::string::npos) continue;
      const std::size_t end = text.find_first_of(",]}", colon + 1);
      if (end == std::string::npos) continue;
      if (below(3) == 0) text[below(text.size())] = static_cast<char>(32 + below(95));
      else text.replace(colon + 1, end - colon - 1, pieces[below(std::size(pieces))]);
    }
    base::Problems problems;
    try {
      const Style style = read(text, problems);
      ++read_whole;
      const Feature feature(expression::Object{{"a", 3.0}});
      expression::Context context;
      context.feature = &feature;
      for (const Layer& layer : style.layers)
        for (const PropertySpec& spec : properties_of(layer.type)) {
          layer.properties.number(spec.name, context);
          layer.properties.color(spec.name, context);
          layer.properties.text(spec.name, context);
          layer.properties.numbers(spec.name, context);
        }
    } catch (const base::InputError& error) {
      ++refused;
      EXPECT_NE(std::string(error.what()), "");
    }
  }
  EXPECT_GT(read_whole, 100);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace sitmap::style
