#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/file.hpp"
#include "draw/draw.hpp"
#include "text/shape.hpp"
#include "unit/draw/golden.hpp"

namespace sitmap::draw {
namespace {

using testing::HasSubstr;

scene::Scene sample() {
  scene::Text text = label("Yerevan Երևան", {10, 30});
  text.halo = {1, 1, 1, 1};
  text.halo_width = 1.5;
  geom::Path curve;
  for (int i = 0; i <= 20; ++i) curve.push_back({i * 5.0, 60 + i * i * 0.05});
  scene::Layer layer = layer_of({text, label("خرطوم Khartoum", {5, 50}, 12), *text::along_path(test_fonts(), "Kura", {}, curve),
                                 scene::Fill{.path = star({60, 20}, 20, 9, 5), .paint = scene::Pattern{}},
                                 scene::Stroke{.path = star({60, 20}, 20, 9, 5), .width = 5, .blur = 2, .clip = star({60, 20}, 20, 9, 5)},
                                 scene::Circle{.center = {50, 50}, .fill = {1, 0, 0, 0.5F}, .stroke = {0, 0, 0, 1}, .stroke_width = 1},
                                 scene::Circle{.center = {50, 50}, .fill = {1, 0, 0, 0.5F}, .blur = 3},
                                 scene::Image{.file = SITMAP_SOURCE_DIR "/tests/unit/draw/data/plane.svg", .center = {90, 40}, .tint = scene::Color{1, 0, 0, 1}},
                                 scene::Image{.file = SITMAP_SOURCE_DIR "/tests/unit/draw/data/plane.svg", .center = {70, 40}}});
  scene::Layer faded = layer_of({scene::Circle{.center = {80, 20}, .fill = {0, 0, 1, 1}}});
  faded.opacity = 0.5F;
  faded.clip = geom::Box{0, 0, 85, 90};
  scene::Scene scene = scene_of(120, 90, {layer, faded});
  scene.title = "Two days";
  scene.description = "alt text";
  return scene;
}

TEST(Pdf, OnePageWithFontsAndMetadata) {
  const std::string pdf = to_pdf({sample()}, test_fonts(), "2022-09-15");
  EXPECT_TRUE(pdf.starts_with("%PDF-1."));
  EXPECT_THAT(pdf, HasSubstr("/Title (Two days)"));
  EXPECT_THAT(pdf, HasSubstr("/CreationDate (20220915000000Z"));
  EXPECT_THAT(pdf, HasSubstr("/MediaBox [ 0 0 90 67.5 ]"));
  EXPECT_THAT(pdf, HasSubstr("/FontFile"));
  EXPECT_THAT(pdf, HasSubstr("/ToUnicode"));
}

TEST(Pdf, TheSameScenesGiveTheSameBytes) {
  const std::string first = to_pdf({sample()}, test_fonts());
  to_pdf({sample(), sample()}, test_fonts(), "2020-01-01");
  EXPECT_EQ(first, to_pdf({sample()}, test_fonts()));
}

TEST(Pdf, TextCanBeSelected) {
  if (std::system("pdftotext -v > /dev/null 2>&1") != 0) GTEST_SKIP() << "pdftotext is not installed";
  const std::string stem = SITMAP_BINARY_DIR "/pdf_test";
  std::ofstream(stem + ".pdf", std::ios::binary) << to_pdf({sample()}, test_fonts());
  ASSERT_EQ(std::system(("pdftotext -enc UTF-8 '" + stem + ".pdf' '" + stem + ".txt'").c_str()), 0);
  const std::string text = base::read_file(stem + ".txt");
  EXPECT_THAT(text, HasSubstr("Yerevan"));
  EXPECT_THAT(text, HasSubstr("Երևան"));
  EXPECT_THAT(text, HasSubstr("خرطوم"));
}

TEST(Pdf, NoPagesAndHostileScenes) {
  EXPECT_TRUE(to_pdf({}, test_fonts()).starts_with("%PDF"));
  EXPECT_TRUE(to_pdf({scene_of(0, -5, {layer_of({scene::Fill{}, scene::Stroke{}, scene::Text{}})})}, test_fonts(), "rubbish").starts_with("%PDF"));
}

}  // namespace
}  // namespace sitmap::draw
