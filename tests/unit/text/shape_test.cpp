#include "text/shape.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <thread>

#include "unit/text/fonts_for_tests.hpp"

namespace sitmap::text {
namespace {

std::vector<std::string> files(const Shaped& shaped) {
  std::vector<std::string> out;
  for (const scene::GlyphRun& run : shaped.runs) out.push_back(run.font_file);
  return out;
}

std::vector<std::string> lines(const Shaped& shaped) {
  std::vector<std::string> out;
  double y = -1e9;
  for (const scene::GlyphRun& run : shaped.runs) {
    if (run.glyphs.front().at.y > y + 1) out.emplace_back();
    y = run.glyphs.front().at.y;
    out.back() += run.text;
  }
  return out;
}

std::string dump(const Shaped& shaped) {
  scene::Text text;
  text.runs = shaped.runs;
  scene::Layer layer;
  layer.items.push_back(text);
  std::string out = scene::print(layer);
  for (const scene::GlyphRun& run : shaped.runs)
    for (const scene::Glyph& g : run.glyphs)
      out += std::to_string(g.index) + ' ' + std::to_string(g.at.x) + ' ' + std::to_string(g.at.y) + ' ' +
             std::to_string(g.cluster) + '\n';
  return out;
}

const std::vector<std::string> kScripts = {"Jermuk",      "Yerevan Երևան", "Tbilisi თბილისი", "Xankəndi",
                                           "خرطوم Khartoum", "Степанакерт",    "تهران (ایران)",     "ירושלים",
                                           "काठमांडू",     "አዲስ አበባ",        "กรุงเทพมหานคร"};

TEST(Shape, UnhintedFractionalAdvances) {
  // Noto Sans: H is 741 units of 1000 wide.
  const Shaped shaped = shape(test_fonts(), "H", {.size = 13});
  EXPECT_NEAR(shaped.width, 13 * 0.741, 0.002);
  EXPECT_NEAR(shape(test_fonts(), "H", {.size = 26}).width, 2 * shaped.width, 1e-9);
  EXPECT_EQ(shaped.lines, 1);
  EXPECT_NEAR(shaped.ascent, 13 * 1.069, 0.01);
  EXPECT_NEAR(shaped.ink.min_y, -13 * 0.714, 0.01);
}

TEST(Shape, EveryScriptOfTheRegionHasItsFont) {
  for (const std::string& text : kScripts) EXPECT_TRUE(shape(test_fonts(), text, {}).missing.empty()) << text;
  EXPECT_THAT(files(shape(test_fonts(), "Yerevan Երևան", {})),
              testing::ElementsAre("NotoSans-Regular.ttf", "NotoSansArmenian-Regular.ttf"));
  EXPECT_THAT(files(shape(test_fonts(), "Լեռնային Ղարաբաղ", {.fonts = {"Noto Sans Bold"}})),
              testing::ElementsAre("NotoSansArmenian-Bold.ttf"));
  EXPECT_THAT(files(shape(test_fonts(), "Хач", {.fonts = {"Noto Sans Italic"}})),
              testing::ElementsAre("NotoSans-Italic.ttf"));
}

TEST(Shape, MissingLettersAreToldOnce) {
  const Shaped shaped = shape(test_fonts(), "a\U000F0000b\U000F0000\U000F0001", {});
  EXPECT_THAT(shaped.missing, testing::ElementsAre(U'\U000F0000', U'\U000F0001'));
  EXPECT_GT(shaped.width, shape(test_fonts(), "ab", {}).width);
}

TEST(Shape, RightToLeftRunsStandInVisualOrder) {
  const Shaped shaped = shape(test_fonts(), "خرطوم Khartoum", {});
  ASSERT_GE(shaped.runs.size(), 2U);
  EXPECT_EQ(shaped.runs.front().text, "Khartoum");  // the paragraph runs from right to left
  const scene::GlyphRun& arabic = shaped.runs.back();
  EXPECT_TRUE(arabic.right_to_left);
  EXPECT_EQ(arabic.text, "خرطوم");
  EXPECT_GT(arabic.glyphs.front().cluster, arabic.glyphs.back().cluster);
  for (std::size_t i = 1; i < arabic.glyphs.size(); ++i)
    EXPECT_GE(arabic.glyphs[i].at.x, arabic.glyphs[i - 1].at.x);
}

TEST(Shape, ClustersCoverTheirText) {
  for (const std::string& text : kScripts)
    for (const scene::GlyphRun& run : shape(test_fonts(), text, {}).runs) {
      std::vector<int> covered(run.text.size(), 0);
      std::uint32_t last = 1u << 31;
      for (const scene::Glyph& g : run.glyphs) {
        ASSERT_LE(g.cluster + g.cluster_length, run.text.size());
        if (g.cluster == last) continue;
        last = g.cluster;
        for (std::uint32_t i = 0; i < g.cluster_length; ++i) ++covered[g.cluster + i];
      }
      EXPECT_THAT(covered, testing::Each(1)) << run.text;
    }
}

TEST(Shape, LetterSpacingStandsBetweenLettersAndLeavesJoinedScriptsAlone) {
  const double plain = shape(test_fonts(), "fila", {}).width;
  const double spaced = shape(test_fonts(), "fila", {.letter_spacing = 0.5}).width;
  EXPECT_NEAR(spaced - plain, 3 * 8.0, 0.7);  // no ligature, kerning stays
  const Shaped arabic = shape(test_fonts(), "خرطوم", {.letter_spacing = 0.5});
  EXPECT_NEAR(arabic.width, shape(test_fonts(), "خرطوم", {}).width, 1e-9);
}

TEST(Shape, CaseFollowsTheLanguage) {
  const auto text = [](std::string_view language) {
    return shape(test_fonts(), "istiqlal", {.language = std::string(language), .uppercase = true}).runs.at(0).text;
  };
  EXPECT_EQ(text("az"), "İSTİQLAL");
  EXPECT_EQ(text("tr"), "İSTİQLAL");
  EXPECT_EQ(text("en"), "ISTIQLAL");
  EXPECT_EQ(text("no such language!"), "ISTIQLAL");
  EXPECT_EQ(shape(test_fonts(), "ISI", {.language = "az", .lowercase = true}).runs.at(0).text, "ısı");
}

TEST(Shape, LinesAreBalanced) {
  const Shaped shaped = shape(test_fonts(), "Nagorno-Karabakh Autonomous Oblast", {.max_width = 180});
  EXPECT_EQ(shaped.lines, 2);
  EXPECT_THAT(lines(shaped), testing::ElementsAre("Nagorno-Karabakh", "Autonomous Oblast"));
  EXPECT_NEAR(shaped.height, shaped.ascent + 1.2 * 16 + shaped.descent, 1e-9);
  EXPECT_THAT(lines(shape(test_fonts(), "one\ntwo three\r\n", {})), testing::ElementsAre("one", "two three"));
}

TEST(Shape, AlignmentMovesShorterLines) {
  const auto second_x = [](Align align) {
    return shape(test_fonts(), "mmmm\nm", {.align = align}).runs.at(1).glyphs.at(0).at.x;
  };
  EXPECT_EQ(second_x(Align::Left), 0);
  EXPECT_NEAR(second_x(Align::Right), 2 * second_x(Align::Center), 1e-9);
  EXPECT_GT(second_x(Align::Center), 10);
}

TEST(Shape, EmptyAndHostileText) {
  const Shaped empty = shape(test_fonts(), "", {});
  EXPECT_TRUE(empty.runs.empty());
  EXPECT_EQ(empty.width, 0);
  EXPECT_GT(empty.height, 0);
  for (const std::string text : {"\xff\xfe\xc0", "\x01\x02", "\u202e\u202eabc\u202c", "\u0301", "\u200d", "\n\n", "   "}) {
    const Shaped shaped = shape(test_fonts(), text, {.max_width = 5});
    EXPECT_TRUE(std::isfinite(shaped.width)) << text;
  }
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "\u202b\u202aא1a";
  EXPECT_GT(shape(test_fonts(), deep, {}).width, 0);
  EXPECT_EQ(shape(test_fonts(), "a\tb", {}).runs.at(0).text, "a b");
}

TEST(Shape, UnknownFontsFallBackToTheSet) {
  EXPECT_EQ(files(shape(test_fonts(), "x", {.fonts = {"Helvetica Bold", "Arial"}})).at(0), "NotoSans-Bold.ttf");
  EXPECT_EQ(files(shape(test_fonts(), "x", {.fonts = {"Helvetica", "Noto Sans Armenian"}})).at(0), "NotoSans-Regular.ttf");
  EXPECT_EQ(files(shape(test_fonts(), "ա", {.fonts = {"Helvetica", "Noto Sans Armenian"}})).at(0),
            "NotoSansArmenian-Regular.ttf");
}

TEST(Shape, DoesNotDependOnOrderOrThread) {
  std::vector<std::string> expected;
  for (const std::string& text : kScripts) expected.push_back(dump(shape(FontSet({font_folder()}), text, {})));
  std::vector<std::thread> threads;
  std::vector<std::vector<std::string>> got(4);
  for (std::size_t t = 0; t < got.size(); ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < kScripts.size(); ++i)
        got[t].push_back(dump(shape(test_fonts(), kScripts[(i * 3 + t) % kScripts.size()], {})));
    });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < got.size(); ++t)
    for (std::size_t i = 0; i < kScripts.size(); ++i) EXPECT_EQ(got[t][i], expected[(i * 3 + t) % kScripts.size()]);
}

geom::Path arc(double radius, bool reversed) {
  geom::Path out;
  for (int i = 0; i <= 60; ++i) {
    const double a = std::numbers::pi * (1.25 + 0.5 * i / 60);
    out.push_back({radius * std::cos(a), radius * std::sin(a)});
  }
  if (reversed) std::ranges::reverse(out);
  return out;
}

TEST(AlongPath, LettersFollowTheCurveUpright) {
  for (const bool reversed : {false, true}) {
    const auto text = along_path(test_fonts(), "Kura", {}, arc(100, reversed));
    ASSERT_TRUE(text.has_value());
    const std::vector<scene::Glyph>& glyphs = text->runs.at(0).glyphs;
    ASSERT_EQ(glyphs.size(), 4U);
    EXPECT_LT(glyphs.front().rotation, -0.05);
    EXPECT_GT(glyphs.back().rotation, 0.05);
    EXPECT_LT(glyphs.front().at.x, glyphs.back().at.x);
    for (const scene::Glyph& g : glyphs) EXPECT_NEAR(std::hypot(g.at.x, g.at.y), 100 - 0.35 * 16, 1.0);
  }
}

TEST(AlongPath, NothingWhenItDoesNotFitOrBendsTooMuch) {
  EXPECT_FALSE(along_path(test_fonts(), "A long river name", {}, arc(30, false)));
  EXPECT_FALSE(along_path(test_fonts(), "Kura", {}, {}));
  EXPECT_FALSE(along_path(test_fonts(), "Kura", {}, {{0, 0}, {0, 0}}));
  EXPECT_FALSE(along_path(test_fonts(), "", {}, arc(100, false)));
  const geom::Path corner{{0, 0}, {40, 0}, {40, 60}};
  EXPECT_FALSE(along_path(test_fonts(), "Araxes", {}, corner, 35));
}

TEST(AlongPath, SpreadFillsTheCurve) {
  const geom::Path line{{0, 0}, {300, 0}};
  const auto text = along_path(test_fonts(), "SYUNIK", {}, line, 35, 0.8);
  ASSERT_TRUE(text.has_value());
  const auto& glyphs = text->runs.at(0).glyphs;
  EXPECT_NEAR(glyphs.back().at.x + glyphs.back().advance - glyphs.front().at.x, 240, 0.5);
  const auto arabic = along_path(test_fonts(), "خرطوم", {}, line, 35, 0.8);
  ASSERT_TRUE(arabic.has_value());
  const auto& joined = arabic->runs.at(0).glyphs;
  EXPECT_LT(joined.back().at.x - joined.front().at.x, 60);
}

}  // namespace
}  // namespace sitmap::text
