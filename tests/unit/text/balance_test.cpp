#include "text/balance.hpp"

#include <gtest/gtest.h>

namespace sitmap::text {
namespace {

// Words of letters one wide, spaces one wide.
std::vector<BreakUnit> units(const std::string& text) {
  std::vector<BreakUnit> out;
  for (std::size_t i = 0; i < text.size(); ++i)
    out.push_back({1, text[i] == ' ', i > 0 && text[i - 1] == ' ' && text[i] != ' ', 0});
  return out;
}
using Breaks = std::vector<std::size_t>;

TEST(BalancedBreaks, NothingToBreak) {
  EXPECT_EQ(balanced_breaks({}, 10), Breaks{});
  EXPECT_EQ(balanced_breaks(units("aaa bbb"), 7), Breaks{});
  EXPECT_EQ(balanced_breaks(units("aaa bbb"), 0), Breaks{});
  EXPECT_EQ(balanced_breaks(units("aaaaaaaaaaa"), 5), Breaks{});
}

TEST(BalancedBreaks, LinesAreAboutEqual) {
  EXPECT_EQ(balanced_breaks(units("aaaa bbbb cc dd"), 12), Breaks{10});
  EXPECT_EQ(balanced_breaks(units("aaaa bbbb cccc dddd"), 15), Breaks{10});
  EXPECT_EQ(balanced_breaks(units("aa bb cc dd ee ff"), 6), (Breaks{6, 12}));
}

TEST(BalancedBreaks, PenaltiesMoveABreak) {
  std::vector<BreakUnit> text = units("aaaa bbbb cccc dddd");
  text[10].penalty = 50;
  EXPECT_NE(balanced_breaks(text, 15), Breaks{10});
}

}  // namespace
}  // namespace sitmap::text
