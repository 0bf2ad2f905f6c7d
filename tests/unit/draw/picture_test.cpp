// One fact per picture.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/problem.hpp"
#include "draw/draw.hpp"
#include "text/shape.hpp"
#include "unit/draw/golden.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;
using scene::Pattern;

constexpr Color kRed{0.7F, 0.13F, 0.13F, 1}, kBlue{0.15F, 0.3F, 0.6F, 1}, kGrey{0.75F, 0.75F, 0.72F, 1},
    kWhite{1, 1, 1, 1}, kNone{0, 0, 0, 0};

encode::Picture drawn(const scene::Scene& scene, double scale = 1, bool transparent = false) {
  Painter painter(test_fonts(), scale, transparent);
  return painter.draw(scene);
}

const std::string kIcon = SITMAP_SOURCE_DIR "/tests/unit/draw/data/plane.svg";

TEST(Picture, FillsWithHolesAndOpacity) {
  auto ring = std::make_shared<scene::PathData>(*star({50, 50}, 45, 30, 9));
  ring->subpaths.push_back(star({50, 50}, 20, 12, 5)->subpaths[0]);
  expect_golden("fill", drawn(scene_of(180, 100, {layer_of({
      scene::Fill{.path = ring, .paint = kRed},
      scene::Fill{.path = path({{80, 10}, {170, 20}, {160, 90}, {90, 80}}), .paint = kBlue, .opacity = 0.5F},
      scene::Fill{.path = star({140, 50}, 20, 8, 4), .paint = kWhite, .antialias = false}})})));
}

TEST(Picture, PatternsArePhasedByThePage) {
  scene::Layer layer;
  double x = 5;
  for (const auto kind : {Pattern::Kind::Hatch, Pattern::Kind::CrossHatch, Pattern::Kind::Dots, Pattern::Kind::Stripes}) {
    const Color second = kind == Pattern::Kind::Stripes ? kBlue : kNone;
    // Two neighbours: the pattern runs on from one to the other.
    layer.items.push_back(scene::Fill{.path = path({{x, 5}, {x + 25, 5}, {x + 25, 75}, {x, 75}}),
                                      .paint = Pattern{kind, kRed, second, 30, 8, 2.5}});
    layer.items.push_back(scene::Fill{.path = path({{x + 25, 5}, {x + 50, 15}, {x + 50, 65}, {x + 25, 75}}),
                                      .paint = Pattern{kind, kRed, second, 30, 8, 2.5}, .opacity = 0.6F});
    x += 55;
  }
  expect_golden("pattern", drawn(scene_of(230, 80, {layer})));
}

TEST(Picture, Strokes) {
  const auto zigzag = [](double y) { return path({{10, y}, {40, y - 14}, {70, y + 4}, {100, y - 10}, {150, y}}, false); };
  expect_golden("stroke", drawn(scene_of(160, 150, {layer_of({
      scene::Stroke{.path = zigzag(20), .color = kBlue, .width = 0.7},
      scene::Stroke{.path = zigzag(40), .color = kBlue, .width = 6, .join = scene::Join::Miter},
      scene::Stroke{.path = zigzag(65), .color = kBlue, .width = 6, .cap = scene::Cap::Round, .join = scene::Join::Round, .opacity = 0.5F},
      scene::Stroke{.path = zigzag(90), .color = kRed, .width = 2, .dash = {6, 3, 1, 3}},
      scene::Stroke{.path = zigzag(110), .color = kRed, .width = 3, .cap = scene::Cap::Round, .dash = {0, 6}},
      scene::Stroke{.path = zigzag(135), .color = kRed, .width = 10, .blur = 5}})})));
}

TEST(Picture, ASoftBandEndsAtItsCountry) {
  const scene::SharedPath country = star({60, 60}, 55, 35, 7);
  expect_golden("soft-band", drawn(scene_of(120, 120, {layer_of({
      scene::Fill{.path = country, .paint = kWhite},
      scene::Stroke{.path = country, .color = kBlue, .width = 16, .join = scene::Join::Round, .blur = 8, .opacity = 0.7F, .clip = country},
      scene::Stroke{.path = country, .color = kBlue, .width = 1, .join = scene::Join::Round}})})));
}

TEST(Picture, Circles) {
  expect_golden("circle", drawn(scene_of(150, 60, {layer_of({
      scene::Circle{.center = {20, 30}, .radius = 12, .fill = kRed},
      scene::Circle{.center = {55.5, 30.5}, .radius = 12, .fill = kRed, .stroke = kWhite, .stroke_width = 2},
      scene::Circle{.center = {90, 30}, .radius = 12, .fill = kRed.with_alpha(0.4F), .stroke = kRed, .stroke_width = 1.5, .opacity = 0.8F},
      scene::Circle{.center = {125, 30}, .radius = 18, .fill = kRed, .blur = 18}})})));
}

TEST(Picture, TextWithHalo) {
  scene::Text plain = label("Jermuk", {10, 25});
  scene::Text halo = label("Stepanakert / Xankəndi", {10, 50}, 14, "Noto Sans Bold");
  halo.halo = kWhite;
  halo.halo_width = 1.5;
  scene::Text soft = label("Lake Sevan", {10, 78}, 14, "Noto Sans Italic");
  soft.color = kBlue;
  soft.halo = kWhite;
  soft.halo_width = 3;
  soft.halo_blur = 2;
  scene::Text turned = label("Araxes", {140, 80}, 12);
  turned.rotation = -0.6;
  turned.opacity = 0.7F;
  expect_golden("halo", drawn(scene_of(200, 90, {layer_of({
      scene::Fill{.path = path({{0, 32}, {200, 32}, {200, 90}, {0, 90}}), .paint = kGrey}, plain, halo, soft, turned})})));
}

TEST(Picture, ScriptsOfTheRegion) {
  scene::Layer layer;
  double y = 22;
  for (const char* text : {"Yerevan Երևան", "Tbilisi თბილისი", "Gəncə, Şuşa, Xankəndi", "Степанакерт Ґ Ё", "خرطوم Khartoum",
                           "تهران (ایران) ۱۴۰۱", "ירושלים שָׁלוֹם", "काठमांडू", "አዲስ አበባ", "กรุงเทพมหานคร", "Đà Nẵng, Łódź"}) {
    layer.items.push_back(label(text, {10, y}));
    y += 26;
  }
  expect_golden("scripts", drawn(scene_of(220, 300, {layer})));
}

TEST(Picture, TextAlongACurve) {
  geom::Path curve;
  for (int i = 0; i <= 40; ++i) curve.push_back({10 + i * 5.0, 60 + 16 * std::sin(i / 40.0 * 2 * std::numbers::pi)});
  scene::Layer layer = layer_of({scene::Stroke{.path = path(curve, false), .color = kBlue.with_alpha(0.4F)}});
  const auto add = [&](std::string_view text, const text::TextStyle& style, double spread, geom::Point by) {
    geom::Path moved = curve;
    for (geom::Point& p : moved) p = p + by;
    auto along = text::along_path(test_fonts(), text, style, moved, 35, spread);
    ASSERT_TRUE(along.has_value()) << text;
    along->color = kBlue;
    along->halo = kWhite;
    along->halo_width = 1;
    layer.items.push_back(*along);
  };
  add("Kura", {.fonts = {"Noto Sans Italic"}, .size = 14}, 0, {0, -12});
  add("SYUNIK", {.size = 12}, 0.9, {0, 12});
  add("نهر النيل", {.size = 18}, 0, {0, 40});
  expect_golden("along-path", drawn(scene_of(220, 150, {layer})));
}

TEST(Picture, IconsAreDrawnAtTheirSizeAndTinted) {
  expect_golden("icon", drawn(scene_of(150, 60, {layer_of({
      scene::Image{.file = kIcon, .center = {20, 30}, .width = 24, .height = 24},
      scene::Image{.file = kIcon, .center = {60, 30}, .width = 40, .height = 40, .tint = kRed},
      scene::Image{.file = kIcon, .center = {110, 30}, .width = 30, .height = 30, .rotation = 0.8, .opacity = 0.5F}})})));
}

TEST(Picture, LayersHaveOpacityAndAClip) {
  scene::Layer faded = layer_of({scene::Circle{.center = {30, 30}, .radius = 20, .fill = kRed},
                                 scene::Circle{.center = {50, 30}, .radius = 20, .fill = kBlue}});
  faded.opacity = 0.5F;
  scene::Layer clipped = layer_of({scene::Circle{.center = {110, 30}, .radius = 25, .fill = kRed}, label("clipped", {85, 35}, 20)});
  clipped.clip = geom::Box{95, 15, 130, 45};
  expect_golden("layer", drawn(scene_of(150, 60, {faded, clipped})));
}

TEST(Picture, ScaleTwoHasTwiceTheDetail) {
  scene::Text text = label("Goris", {6, 24}, 14);
  text.halo = kWhite;
  text.halo_width = 1;
  const scene::Scene scene = scene_of(60, 36, {layer_of({
      scene::Fill{.path = path({{30, 0}, {60, 0}, {60, 36}, {30, 36}}), .paint = Pattern{Pattern::Kind::Hatch, kRed, kNone, 45, 6, 1.5}},
      text, scene::Image{.file = kIcon, .center = {50, 10}, .width = 14, .height = 14}})});
  const encode::Picture picture = drawn(scene, 2);
  EXPECT_EQ(picture.width, 120);
  EXPECT_EQ(picture.height, 72);
  expect_golden("scale-2", picture);
}

TEST(Picture, TransparentHasNoBackground) {
  const encode::Picture picture = drawn(scene_of(20, 20, {layer_of({scene::Circle{.center = {10, 10}, .radius = 5, .fill = kRed}})}), 1, true);
  EXPECT_EQ(picture.pixels[0], 0U);
  EXPECT_EQ(picture.pixels[10 * 20 + 10] >> 24, 255U);
}

}  // namespace
}  // namespace sitmap::draw
