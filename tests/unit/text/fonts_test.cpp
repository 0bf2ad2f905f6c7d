#include "text/fonts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/problem.hpp"
#include "unit/text/fonts_for_tests.hpp"
#include "text/outline.hpp"
#include "text/shape.hpp"

namespace sitmap::text {
namespace {

namespace fs = std::filesystem;

fs::path scratch(const std::string& name) {
  const fs::path folder = fs::path(SITMAP_BINARY_DIR) / "text_test" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(ParseFontName, FamilyWeightAndSlope) {
  const auto is = [](std::string_view text, std::string_view family, int weight, bool italic) {
    const FontName name = parse_font_name(text);
    EXPECT_EQ(name.family, family) << text;
    EXPECT_EQ(name.weight, weight) << text;
    EXPECT_EQ(name.italic, italic) << text;
  };
  is("Noto Sans Bold Italic", "Noto Sans", 700, true);
  is("Noto Sans Regular", "Noto Sans", 400, false);
  is("Noto Sans", "Noto Sans", 400, false);
  is("Noto Sans Italic", "Noto Sans", 400, true);
  is("Open Sans Semi Bold", "Open Sans", 600, false);
  is("Open Sans SemiBold", "Open Sans", 600, false);
  is(" Noto  Sans  Armenian Light ", "Noto Sans Armenian", 300, false);
  is("Bold", "Bold", 400, false);
  is("", "", 400, false);
}

TEST(FontSet, KnowsItsFamiliesAndFiles) {
  const FontSet& fonts = test_fonts();
  EXPECT_THAT(fonts.families(), testing::IsSupersetOf({"Noto Sans", "Noto Sans Armenian", "Noto Sans Georgian"}));
  EXPECT_TRUE(std::ranges::is_sorted(fonts.families()));
  EXPECT_TRUE(fonts.has_family("Noto Sans"));
  EXPECT_FALSE(fonts.has_family("Helvetica"));
  EXPECT_TRUE(fs::is_regular_file(fonts.file("NotoSans-Bold.ttf")));
  EXPECT_THROW(fonts.file("../NotoSans-Bold.ttf"), base::IoError);
}

TEST(FontSet, MissingAndEmptyFoldersAreReported) {
  EXPECT_THROW(FontSet({"/no/such/folder"}), base::IoError);
  const FontSet empty({scratch("empty")});
  EXPECT_THROW(empty.families(), base::IoError);
  EXPECT_THROW(shape(empty, "x", {}), base::IoError);
}

TEST(FontSet, BrokenFilesAreLeftOut) {
  const fs::path folder = scratch("broken");
  std::ofstream(folder / "empty.ttf").flush();
  std::ofstream(folder / "noise.ttf") << std::string(3000, '\x7f');
  fs::copy_file(font_folder() / "NotoSans-Regular.ttf", folder / "NotoSans-Regular.ttf");
  std::ifstream whole(font_folder() / "NotoSans-Bold.ttf", std::ios::binary);
  std::string bytes(4000, '\0');
  whole.read(bytes.data(), 4000);
  std::ofstream(folder / "cut.ttf", std::ios::binary) << bytes;
  const FontSet fonts({folder});
  EXPECT_THAT(fonts.families(), testing::Contains("Noto Sans"));
  EXPECT_GT(shape(fonts, "Bold", {.fonts = {"Noto Sans Bold"}}).width, 0);
}

TEST(FontSet, TheEarlierFolderWins) {
  const fs::path folder = scratch("mine");
  fs::copy_file(font_folder() / "NotoSans-Bold.ttf", folder / "NotoSans-Regular.ttf");
  const FontSet fonts({folder, font_folder()});
  EXPECT_EQ(fonts.file("NotoSans-Regular.ttf"), folder / "NotoSans-Regular.ttf");
}

TEST(GlyphOutline, InEmsWithYDown) {
  const Shaped shaped = shape(test_fonts(), "H", {});
  const scene::GlyphRun& run = shaped.runs.at(0);
  const Outline& outline = glyph_outline(test_fonts(), run.font_file, run.glyphs.at(0).index);
  EXPECT_NEAR(outline.box.min_y, -0.714, 0.002);  // Noto Sans: capitals are 714 units high
  EXPECT_NEAR(outline.box.max_y, 0, 0.001);
  EXPECT_GT(outline.box.min_x, 0);
  EXPECT_EQ(&outline, &glyph_outline(test_fonts(), run.font_file, run.glyphs.at(0).index));
  EXPECT_THROW(glyph_outline(test_fonts(), "other.ttf", 1), base::IoError);
  EXPECT_TRUE(glyph_outline(test_fonts(), run.font_file, 9999999).verbs.empty());
}

}  // namespace
}  // namespace sitmap::text
