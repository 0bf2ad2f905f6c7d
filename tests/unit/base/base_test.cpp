#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>

#include "base/color.hpp"
#include "base/file.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"

namespace sitmap::base {
namespace {

TEST(Problem, ShowsFileLineColumnCaretAndHint) {
  EXPECT_EQ(format({Severity::Error, "", {"border.yaml", 14, 3, "  colour: x"}, "unknown key 'colour' in 'furniture'",
                    "did you mean 'color'?"}),
            "border.yaml:14:3: unknown key 'colour' in 'furniture'\n"
            "  14 |   colour: x\n"
            "     |   ^ did you mean 'color'?\n");
}

TEST(Problem, CaretStandsUnderTheCharacterInAnyScript) {
  const std::string text = format({Severity::Warning, "w", {"m.yaml", 1, 4, "日本 x"}, "m", ""});
  EXPECT_EQ(text, "m.yaml:1:4: warning: m [w]\n  1 | 日本 x\n    |      ^\n");
}

TEST(Text, EditDistanceCountsTranspositionsOnce) {
  EXPECT_EQ(edit_distance("jermuk", "jremuk"), 1U);
  EXPECT_EQ(edit_distance("Շուշի", "Շուշ"), 1U);
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3U);
}

TEST(Text, ClosestSuggestsOnlyWhatIsNear) {
  const std::vector<std::string> keys{"color", "legend", "scale_bar"};
  EXPECT_EQ(closest("colour", keys), "color");
  EXPECT_EQ(closest("Legend", keys), "legend");
  EXPECT_EQ(closest("projection", keys), std::nullopt);
}

TEST(Text, NumbersAreWholeTextsAndLocaleFree) {
  EXPECT_EQ(parse_double("+1.5"), 1.5);
  EXPECT_EQ(parse_double("1,5"), std::nullopt);
  EXPECT_EQ(parse_double("1.5 "), std::nullopt);
  EXPECT_EQ(parse_double("+-1"), std::nullopt);
  EXPECT_EQ(print_double(0.1), "0.1");
  EXPECT_EQ(print_double(-0.0), "0");
}

TEST(Color, HexFormsAndContrast) {
  EXPECT_EQ(to_css(*parse_hex_color("#b22")), "#bb2222");
  EXPECT_EQ(to_css(*parse_hex_color("#b2222280")), "#b2222280");
  EXPECT_FALSE(parse_hex_color("#b2222"));
  EXPECT_NEAR(contrast_ratio({0, 0, 0, 1}, {1, 1, 1, 1}), 21, 1e-6);
}

TEST(Workers, ResultsComeInOrderOnAnyNumberOfThreads) {
  for (const int jobs : {1, 2, 7}) {
    std::vector<int> made(100), taken;
    ordered_parallel(
        100, jobs, [&](std::size_t i, int) { made[i] = static_cast<int>(i * i); },
        [&](std::size_t i) { taken.push_back(made[i]); });
    ASSERT_EQ(taken.size(), 100U);
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(taken[i], static_cast<int>(i * i));
  }
}

TEST(Workers, TheFirstErrorByIndexIsThrown) {
  for (const int jobs : {1, 4}) {
    try {
      ordered_parallel(
          50, jobs,
          [&](std::size_t i, int) {
            if (i >= 10) throw std::runtime_error(std::to_string(i));
          },
          [](std::size_t) {});
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "10");
    }
  }
}

TEST(Workers, CancelStopsTheRun) {
  CancelToken cancel;
  std::atomic<int> taken = 0;
  EXPECT_THROW(ordered_parallel(
                   1000, 2, [](std::size_t, int) {},
                   [&](std::size_t i) {
                     ++taken;
                     if (i == 5) cancel.request();
                   },
                   &cancel),
               Cancelled);
  EXPECT_LT(taken, 100);
}

TEST(AtomicFile, AppearsWholeOrNotAtAll) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "sitmap_atomic";
  fs::remove_all(folder);
  {
    AtomicFile file(folder / "a.txt");
    file.write("half");
  }
  EXPECT_TRUE(fs::is_empty(folder));
  write_file(folder / "a.txt", "whole");
  EXPECT_EQ(read_file(folder / "a.txt"), "whole");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
  EXPECT_THROW(write_file(folder, "x"), IoError);
  EXPECT_THROW(write_file("/proc/nowhere/a", "x"), IoError);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace sitmap::base
