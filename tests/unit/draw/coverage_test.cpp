#include "draw/coverage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "draw/stroker.hpp"
#include "unit/draw/golden.hpp"

namespace sitmap::draw {
namespace {

using geom::Point;
using scene::FillRule;

constexpr PixelBox kArea{-3, 5, 60, 50};
constexpr geom::Box kWhole{-3, 5, 57, 55};

double swept(Coverage& coverage, FillRule rule = FillRule::NonZero) {
  double sum = 0;
  coverage.sweep(rule, [&](int x, int y, int count, int a) {
    EXPECT_GE(x, kArea.x);
    EXPECT_LE(x + count, kArea.x + kArea.width);
    EXPECT_GE(y, kArea.y);
    EXPECT_LT(y, kArea.y + kArea.height);
    EXPECT_GT(a, 0);
    EXPECT_LE(a, 255);
    sum += count * a / 255.0;
  });
  return sum;
}

double shoelace(const std::vector<Point>& p) {
  double twice = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const Point a = p[i], b = p[(i + 1) % p.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice / 2);
}

void add(Coverage& coverage, const std::vector<Point>& p) {
  for (std::size_t i = 0; i < p.size(); ++i) coverage.edge(p[i], p[(i + 1) % p.size()]);
}

TEST(Coverage, IsTheExactArea) {
  Coverage coverage;
  coverage.begin(kArea, kWhole);
  add(coverage, {{1.25, 10.5}, {7.75, 10.5}, {7.75, 12.25}, {1.25, 12.25}});
  EXPECT_NEAR(swept(coverage), 6.5 * 1.75, 0.05);
  EXPECT_EQ(swept(coverage), 0);  // forgotten
  std::mt19937 random(7);
  const auto number = [&](double low, double high) { return low + (high - low) * random() / 4294967296.0; };
  for (int i = 0; i < 200; ++i) {
    const std::vector<Point> triangle{{number(-3, 57), number(5, 55)}, {number(-3, 57), number(5, 55)}, {number(-3, 57), number(5, 55)}};
    coverage.begin(kArea, kWhole);
    add(coverage, triangle);
    EXPECT_NEAR(swept(coverage), shoelace(triangle), 0.7);
  }
}

TEST(Coverage, IsCutToTheClipWithItsFractions) {
  Coverage coverage;
  coverage.begin(kArea, {10.25, 10.5, 20.75, 15});
  add(coverage, {{-1000, -1000}, {1000, -1000}, {1000, 1000}, {-1000, 1000}});
  EXPECT_NEAR(swept(coverage), 10.5 * 4.5, 0.1);
  coverage.begin(kArea, kWhole);
  add(coverage, {{-500, 30}, {27, -497}, {554, 30}, {27, 557}});
  EXPECT_NEAR(swept(coverage), 60 * 50, 0.01);
  // Cut away or left as it is: the same inside.
  std::mt19937 random(3);
  const auto number = [&] { return -60 + 160 * (random() / 4294967296.0); };
  for (int i = 0; i < 100; ++i) {
    const std::vector<Point> p{{number(), number()}, {number(), number()}, {number(), number()}};
    Coverage wide;
    wide.begin({-100, -100, 250, 250}, {-100, -100, 150, 150});
    add(wide, p);
    double expected = 0;
    wide.sweep(FillRule::NonZero, [&](int x, int y, int count, int a) {
      if (y < kArea.y || y >= kArea.y + kArea.height) return;
      const int from = std::max(x, kArea.x), to = std::min(x + count, kArea.x + kArea.width);
      if (to > from) expected += (to - from) * a / 255.0;
    });
    coverage.begin(kArea, kWhole);
    add(coverage, p);
    EXPECT_NEAR(swept(coverage), expected, 0.5);
  }
}

TEST(Coverage, FillRules) {
  const std::vector<Point> outer{{10, 10}, {30, 10}, {30, 30}, {10, 30}}, inner{{15, 15}, {25, 15}, {25, 25}, {15, 25}};
  Coverage coverage;
  coverage.begin(kArea, kWhole);
  add(coverage, outer);
  add(coverage, inner);
  EXPECT_NEAR(swept(coverage, FillRule::EvenOdd), 300, 0.1);
  add(coverage, outer);
  add(coverage, inner);
  EXPECT_NEAR(swept(coverage, FillRule::NonZero), 400, 0.1);
}

TEST(Coverage, HostileEdges) {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  Coverage coverage;
  coverage.begin(kArea, kWhole);
  const double odd[] = {nan, inf, -inf, 1e308, -1e308, 1e-308, 57, 55, 5, -3, 56.9999999, 54.99999999, 0};
  for (const double a : odd)
    for (const double b : odd)
      for (const double c : odd)
        for (const double d : odd) coverage.edge({a, b}, {c, d});
  swept(coverage, FillRule::EvenOdd);
  coverage.begin(kArea, {});
  coverage.edge({0, 0}, {50, 50});
  EXPECT_EQ(swept(coverage), 0);
}

double stroke_area(const scene::SharedPath& line, Pen pen) {
  Coverage coverage;
  coverage.begin(kArea, kWhole);
  add_stroke(coverage, *line, pen, 1);
  return swept(coverage);
}

TEST(Stroker, CapsAndJoins) {
  const auto straight = path({{10, 20}, {30, 20}}, false);
  EXPECT_NEAR(stroke_area(straight, {.half = 2}), 80, 0.1);
  EXPECT_NEAR(stroke_area(straight, {.half = 2, .cap = scene::Cap::Square}), 96, 0.1);
  EXPECT_NEAR(stroke_area(straight, {.half = 2, .cap = scene::Cap::Round}), 80 + 4 * std::numbers::pi, 0.4);
  const auto corner = path({{10, 20}, {30, 20}, {30, 40}}, false);
  const double bevel = 160 - 4 + 2;  // what both cover once, and the triangle
  EXPECT_NEAR(stroke_area(corner, {.half = 2, .join = scene::Join::Bevel}), bevel, 0.2);
  EXPECT_NEAR(stroke_area(corner, {.half = 2, .join = scene::Join::Miter}), bevel + 2, 0.2);
  EXPECT_NEAR(stroke_area(corner, {.half = 2, .join = scene::Join::Round}), 160 - 4 + std::numbers::pi, 0.3);
  EXPECT_NEAR(stroke_area(corner, {.half = 2, .join = scene::Join::Miter, .miter_limit = 1.2}), bevel, 0.2);
  EXPECT_NEAR(stroke_area(path({{10, 20}, {30, 20}, {30, 40}, {10, 40}}), {.half = 1, .join = scene::Join::Miter}), 22 * 22 - 18 * 18, 0.2);
}

TEST(Stroker, GentleBendsAreCoveredOnce) {
  for (const double half : {0.35, 1.0, 4.0}) {
    std::vector<Point> circle;
    for (int i = 0; i < 200; ++i) circle.push_back({27 + 15 * std::cos(i * std::numbers::pi / 100), 30 + 15 * std::sin(i * std::numbers::pi / 100)});
    for (const auto join : {scene::Join::Miter, scene::Join::Round, scene::Join::Bevel})
      EXPECT_NEAR(stroke_area(path(circle), {.half = half, .join = join}), 2 * std::numbers::pi * 15 * 2 * half, 0.4 + half);
  }
}

TEST(Stroker, SharpZigzagsHaveNoHoles) {
  std::vector<Point> zigzag;
  for (int i = 0; i < 40; ++i) zigzag.push_back({10.0 + i * 0.7, 30.0 + (i % 2) * 1.5});
  Coverage coverage;
  coverage.begin(kArea, kWhole);
  add_stroke(coverage, *path(zigzag, false), {.half = 5, .join = scene::Join::Round}, 1);
  int full = 0;
  coverage.sweep(FillRule::NonZero, [&](int x, int y, int count, int a) {
    if (y >= 28 && y < 33)
      for (int i = x; i < x + count; ++i) full += i >= 12 && i < 36 && a == 255 ? 1 : 0;
  });
  EXPECT_EQ(full, 24 * 5);
}

TEST(Stroker, Dashes) {
  const auto line = path({{0, 20}, {12, 20}, {50, 20}}, false);
  EXPECT_NEAR(stroke_area(line, {.half = 1, .dash = {4, 6}}), 5 * 8, 0.3);
  EXPECT_NEAR(stroke_area(line, {.half = 1, .dash = {4, 6}, .dash_offset = 2}), 5 * 8, 0.3);
  EXPECT_NEAR(stroke_area(line, {.half = 1, .dash = {5}}), 5 * 10, 0.3);
  EXPECT_NEAR(stroke_area(line, {.half = 1.5, .cap = scene::Cap::Round, .dash = {0, 10}}), 6 * 1.5 * 1.5 * std::numbers::pi, 1.5);
  EXPECT_GT(stroke_area(path({{0, 20}, {1e6, 20}}, false), {.half = 1, .dash = {0.06}}), 50);
}

}  // namespace
}  // namespace sitmap::draw
