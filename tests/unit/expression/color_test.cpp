#include <gtest/gtest.h>

#include "feature.hpp"

namespace sitmap::expression {
namespace {

std::string css(std::string_view text) {
  const auto color = parse_css_color(text);
  return color ? to_text(Value(*color)) : "none";
}

TEST(CssColor, ReadsEveryForm) {
  EXPECT_EQ(css("FireBrick"), "rgba(178,34,34,1)");
  EXPECT_EQ(css("#b22"), "rgba(187,34,34,1)");
  EXPECT_EQ(css("#B2222280"), "rgba(178,34,34,0.5019608)");
  EXPECT_EQ(css("rgb(178 34 34 / 50%)"), "rgba(178,34,34,0.5)");
  EXPECT_EQ(css("rgba(178, 34, 34, .25)"), "rgba(178,34,34,0.25)");
  EXPECT_EQ(css("hsl(0.5turn 100% 50%)"), "rgba(0,255,255,1)");
  EXPECT_EQ(css("hsl(200grad, 100%, 50%)"), "rgba(0,255,255,1)");
  EXPECT_EQ(css("hsl(3.14159265rad 100% 50%)"), "rgba(0,255,255,1)");
  EXPECT_EQ(css("hsl(-240 100% 50%)"), "rgba(0,255,0,1)");
  EXPECT_EQ(css("hwb(0 0% 0%)"), "rgba(255,0,0,1)");
  EXPECT_EQ(css("hwb(120 60% 60%)"), "rgba(128,128,128,1)");
  EXPECT_EQ(css("color(srgb 1 0.5 0 / 0.5)"), "rgba(255,128,0,0.5)");
  EXPECT_EQ(css("rgb(none 255 none)"), "rgba(0,255,0,1)");
  EXPECT_EQ(css("transparent"), "rgba(0,0,0,0)");
}

TEST(CssColor, RefusesTheRest) {
  for (const char* text : {"", "#", "#12345", "reed", "rgb()", "rgb(1,2)", "rgb(1 2 3 4)", "rgb(1, 2 3)", "rgb(1,2,3,4,5)", "rgb(1deg,2,3)",
                           "rgb(1%,2,3)", "hsl(1,2,3)", "rgb(1,2,3", "rgb 1,2,3)", "lab(1 2 3)", "url(red)", "rgb(1e999,0,0)", "rgb(nan,0,0)",
                           "color(srgb)", "color(display-p3 1 0 0)", ")", "()", "rgb(1 2 3 /)", "rgb(,1,2,3)"})
    EXPECT_EQ(css(text), "none") << text;
}

TEST(TextOfNumbers, IsThatOfEcmaScript) {
  const auto text = [](double number) { return to_text(Value(number)); };
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(-0.0), "0");
  EXPECT_EQ(text(1e21), "1e+21");
  EXPECT_EQ(text(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(text(1e-7), "1e-7");
  EXPECT_EQ(text(5e-324), "5e-324");
  EXPECT_EQ(text(1.7976931348623157e308), "1.7976931348623157e+308");
}

}  // namespace
}  // namespace sitmap::expression
