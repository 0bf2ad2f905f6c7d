#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "draw/draw.hpp"
#include "draw/xml.hpp"
#include "text/shape.hpp"
#include "unit/draw/golden.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;
using testing::HasSubstr;
using testing::Not;

constexpr SvgOptions kBare{.embed_fonts = false};

std::string item(scene::Item item_) { return to_svg(scene_of(100, 50, {layer_of({std::move(item_)})}), test_fonts(), kBare); }

// Every id once, every reference defined.
void expect_sound_ids(const std::string& svg) {
  std::set<std::string> ids;
  const std::regex id("\\bid=\"([^\"]*)\""), reference("url\\(#([^)]*)\\)");
  for (auto it = std::sregex_iterator(svg.begin(), svg.end(), id); it != std::sregex_iterator(); ++it)
    EXPECT_TRUE(ids.insert((*it)[1]).second) << (*it)[1];
  for (auto it = std::sregex_iterator(svg.begin(), svg.end(), reference); it != std::sregex_iterator(); ++it)
    EXPECT_TRUE(ids.contains((*it)[1])) << (*it)[1];
}

TEST(Svg, HasANamedGroupForEachLayerAndMetadata) {
  scene::Scene scene = scene_of(100, 50.5, {layer_of({}, "land & sea"), layer_of({}, "land & sea"), layer_of({}, "2020")});
  scene.title = "War <2020>";
  scene.description = "alt \x01text";
  scene.language = "az";
  const std::string svg = to_svg(scene, test_fonts());
  EXPECT_THAT(svg, HasSubstr("<title>War &lt;2020&gt;</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc>alt text</desc>"));
  EXPECT_THAT(svg, HasSubstr("width=\"100\" height=\"50.5\" viewBox=\"0 0 100 50.5\""));
  EXPECT_THAT(svg, HasSubstr("xml:lang=\"az\""));
  EXPECT_THAT(svg, HasSubstr("<g id=\"land---sea\" inkscape:groupmode=\"layer\" inkscape:label=\"land &amp; sea\">"));
  EXPECT_THAT(svg, HasSubstr("<g id=\"land---sea_2\""));
  EXPECT_THAT(svg, HasSubstr("<g id=\"l2020\""));
  expect_sound_ids(svg);
}

TEST(Svg, PathsHaveTwoDecimals) {
  EXPECT_THAT(item(scene::Fill{.path = path({{0.126, 1}, {10, 1.999}, {-0.001, 5}}), .paint = Color{1, 0, 0, 0.5F}}),
              HasSubstr("<path d=\"M0.13,1 10,2 0,5Z\" fill=\"#ff0000\" fill-opacity=\"0.5\" fill-rule=\"evenodd\"/>"));
  EXPECT_THAT(item(scene::Stroke{.path = path({{0, 0}, {5, 5}}, false), .color = {0, 0, 0, 1}, .width = 1.25,
                                 .cap = scene::Cap::Round, .join = scene::Join::Round, .dash = {4, 2}}),
              HasSubstr("<path d=\"M0,0 5,5\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1.25\" "
                        "stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke-dasharray=\"4,2\"/>"));
}

TEST(Svg, PatternsAreDefinedOnce) {
  const scene::Pattern hatch{scene::Pattern::Kind::Hatch, {1, 0, 0, 1}, {0, 0, 0, 0}, 45, 8, 2};
  scene::Pattern other = hatch;
  other.kind = scene::Pattern::Kind::Dots;
  const auto fill = [](const scene::Pattern& p) { return scene::Fill{.path = path({{0, 0}, {9, 0}, {9, 9}}), .paint = p}; };
  const std::string svg = to_svg(scene_of(50, 50, {layer_of({fill(hatch), fill(hatch), fill(other)})}), test_fonts());
  std::size_t count = 0;
  for (std::size_t at = svg.find("<pattern"); at != std::string::npos; at = svg.find("<pattern", at + 1)) ++count;
  EXPECT_EQ(count, 2U);
  EXPECT_THAT(svg, HasSubstr("patternTransform=\"rotate(-45) translate(0,-4)\""));
  expect_sound_ids(svg);
}

TEST(Svg, TextIsLiveAndEachWordHasItsPlace) {
  scene::Text text = label("Lake Sevan", {10, 20}, 16, "Noto Sans Italic");
  text.halo = {1, 1, 1, 1};
  text.halo_width = 1.5;
  const std::string svg = item(text);
  EXPECT_THAT(svg, HasSubstr("font-family=\"'Noto Sans', sans-serif\" font-size=\"16\" font-style=\"italic\""));
  EXPECT_THAT(svg, HasSubstr("stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""));
  EXPECT_THAT(svg, testing::ContainsRegex("<tspan x=\"10\" y=\"20\">Lake </tspan><tspan x=\"46[0-9.]+\" y=\"20\">Sevan</tspan>"));
}

TEST(Svg, RightToLeftRunsBeginAtTheirRightEnd) {
  const std::string svg = item(label("خرطوم Khartoum", {0, 20}));
  EXPECT_THAT(svg, testing::ContainsRegex("direction=\"rtl\" unicode-bidi=\"bidi-override\" x=\"1[0-9.]+\" y=\"20\">خرطوم</text>"));
  EXPECT_THAT(svg, HasSubstr("<tspan x=\"0\" y=\"20\">Khartoum</tspan>"));
}

TEST(Svg, CurvedTextStandsLetterByLetter) {
  geom::Path curve;
  for (int i = 0; i <= 20; ++i) curve.push_back({i * 5.0, 20 + i * i * 0.05});
  const auto kura = text::along_path(test_fonts(), "Kura", {}, curve);
  ASSERT_TRUE(kura);
  EXPECT_THAT(item(*kura), testing::ContainsRegex("<text transform=\"translate\\([0-9.,]+\\) rotate\\([0-9.]+\\)\">K</text>"));
  const auto nile = text::along_path(test_fonts(), "نيل", {}, curve);
  ASSERT_TRUE(nile);
  EXPECT_THAT(item(*nile), HasSubstr("<path aria-label=\"نيل\" d=\"M"));
}

TEST(Svg, FontsAreEmbeddedAsSubsets) {
  const scene::Scene scene = scene_of(100, 50, {layer_of({label("Goris Գորիս", {5, 20})})});
  const std::string svg = to_svg(scene, test_fonts());
  EXPECT_THAT(svg, HasSubstr("@font-face{font-family:\"Noto Sans\";font-weight:400;font-style:normal;src:url(data:font/ttf;base64,AAEAAAA"));
  EXPECT_THAT(svg, HasSubstr("@font-face{font-family:\"Noto Sans Armenian\""));
  EXPECT_LT(svg.size(), 60000U);
  EXPECT_THAT(to_svg(scene, test_fonts(), kBare), Not(HasSubstr("@font-face")));
  const std::string outlines = to_svg(scene, test_fonts(), {.text = SvgOptions::Text::Outlines});
  EXPECT_THAT(outlines, Not(HasSubstr("<text")));
  EXPECT_THAT(outlines, Not(HasSubstr("@font-face")));
}

TEST(Svg, TheSameSceneGivesTheSameBytes) {
  scene::Layer layer = layer_of({label("Goris", {5, 20}), scene::Circle{.center = {5, 5}, .fill = {1, 0, 0, 1}, .blur = 3},
                                 scene::Stroke{.path = path({{0, 0}, {9, 9}}), .width = 6, .blur = 3, .clip = path({{0, 0}, {9, 0}, {9, 9}})}});
  layer.clip = geom::Box{0, 0, 50, 50};
  const scene::Scene scene = scene_of(100, 50, {layer, layer});
  const std::string svg = to_svg(scene, test_fonts());
  EXPECT_EQ(svg, to_svg(scene, test_fonts()));
  expect_sound_ids(svg);
}

TEST(Svg, HostileTextAndNumbers) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string svg = item(label("</text><script>\"&' \xff\x02", {nan, 20}));
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(item(scene::Fill{.path = path({{nan, 0}, {1, 1}, {2, 2}})}), HasSubstr("M1,1 2,2Z"));
}

TEST(Xml, Decimals) {
  EXPECT_EQ(decimal(0), "0");
  EXPECT_EQ(decimal(-0.001), "0");
  EXPECT_EQ(decimal(0.05), "0.05");
  EXPECT_EQ(decimal(-0.05), "-0.05");
  EXPECT_EQ(decimal(100), "100");
  EXPECT_EQ(decimal(1234.5), "1234.5");
  EXPECT_EQ(decimal(-12.345, 3), "-12.345");
  EXPECT_EQ(decimal(1e300).substr(0, 2), "10");
  EXPECT_EQ(decimal(std::numeric_limits<double>::infinity()), "0");
}

TEST(Xml, Base64AndIds) {
  const auto encode = [](std::string_view s) { return base64({reinterpret_cast<const std::uint8_t*>(s.data()), s.size()}); };
  EXPECT_EQ(encode(""), "");
  EXPECT_EQ(encode("f"), "Zg==");
  EXPECT_EQ(encode("fo"), "Zm8=");
  EXPECT_EQ(encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(xml_id("a Աբ"), "a-----");
  EXPECT_EQ(xml_id(""), "layer");
}

}  // namespace
}  // namespace sitmap::draw
