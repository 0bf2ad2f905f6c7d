#include "draw/mask.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "draw/pixels.hpp"

namespace sitmap::draw {
namespace {

TEST(Mask, DilationIsAsWideAsAsked) {
  Mask mask({0, 0, 41, 41});
  mask.row(20)[20] = 255;  // a pixel: a square of 1, its edge half a pixel from its middle
  for (const double radius : {0.5, 1.0, 2.5, 8.0}) {
    const Mask out = mask.dilated(radius);
    double across = 0;
    for (int x = 0; x < 41; ++x) across += out.row(20)[x] / 255.0;
    EXPECT_NEAR(across, 1 + 2 * radius, 0.02) << radius;
    for (int i = 0; i < 20; ++i) EXPECT_EQ(out.row(20)[20 + i], out.row(20 - i)[20]);  // the same all round
  }
}

TEST(Mask, DilationGoesOnFromAPartlyCoveredEdge) {
  Mask mask({0, 0, 41, 3});
  for (int y = 0; y < 3; ++y) {
    mask.row(y)[17] = 64;  // from 17.75 to 22.5
    for (int x = 18; x < 22; ++x) mask.row(y)[x] = 255;
    mask.row(y)[22] = 128;
  }
  const Mask out = mask.dilated(2);
  double across = 0;
  for (int x = 0; x < 41; ++x) across += out.row(1)[x] / 255.0;
  EXPECT_NEAR(across, 4.75 + 4, 0.02);
}

TEST(Mask, BlurKeepsTheSumAndReachesAsFarAsAsked) {
  Mask mask({-5, 7, 61, 61});
  mask.row(30)[30] = 255;
  mask.row(30)[31] = 255;
  Mask wide({0, 0, 61, 61});
  for (int y = 10; y < 51; ++y)
    for (int x = 30; x < 61; ++x) wide.row(y)[x] = 255;
  wide.blur(9);
  EXPECT_EQ(wide.row(30)[25], 0);
  EXPECT_EQ(wide.row(30)[34], 255);
  EXPECT_NEAR(wide.row(30)[29] + wide.row(30)[30], 255, 3);
  for (int x = 20; x < 40; ++x) EXPECT_LE(wide.row(30)[x], wide.row(30)[x + 1]);
}

TEST(CompositeRow, MatchesTheFormula) {
  std::uint32_t worst = 0;
  for (std::uint32_t a = 0; a < 256; a += 5)
    for (std::uint32_t d = 0; d < 256; d += 3) {
      const std::uint32_t src = a << 24 | a << 16 | (a / 2) << 8 | a / 3;
      std::uint32_t dst = 0xff000000U | d << 16 | d << 8 | d;
      composite_row(&dst, &src, 1, 255);
      const double expected = a + d * (255.0 - a) / 255.0;
      worst = std::max(worst, static_cast<std::uint32_t>(std::abs(expected - (dst >> 16 & 255)) + 0.5));
      EXPECT_EQ(dst >> 24, 255U);
    }
  EXPECT_EQ(worst, 1U * (worst > 0));
}

TEST(Sheet, ClearsAndKeepsWhatWasTouched) {
  Sheet sheet(200, 130);
  sheet.touch({150, 100, 100, 100});
  sheet.pixels()[120 * 200 + 199] = 0xff112233U;
  encode::Picture page(200, 130), again(200, 130);
  sheet.composite_onto(page, 255);
  EXPECT_EQ(page.pixels[120 * 200 + 199], 0xff112233U);
  const Kept kept(sheet, 255);
  sheet.clear();
  EXPECT_EQ(sheet.pixels()[120 * 200 + 199], 0U);
  kept.composite_onto(again);
  EXPECT_EQ(page.pixels, again.pixels);
  sheet.touch({-50, -50, 10, 10});
  sheet.touch({500, 0, 10, 10});
  sheet.touch({});
}

}  // namespace
}  // namespace sitmap::draw
