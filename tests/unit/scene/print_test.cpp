#include <gtest/gtest.h>

#include <limits>

#include "scene/scene.hpp"

namespace sitmap::scene {
namespace {

SharedPath line(std::vector<Point> points, bool closed = false) {
  auto data = std::make_shared<PathData>();
  data->subpaths.push_back({std::move(points), closed});
  return data;
}

TEST(Print, OneItemALine) {
  auto layer = std::make_shared<Layer>();
  layer->name = "land \"and\" sea";
  layer->opacity = 0.5F;
  layer->clip = geom::Box{0, 0, 100, 50};
  layer->items.push_back(Fill{.path = line({{0, 0}, {10, 0}, {10, 10.005}}, true), .paint = Color{1, 0, 0, 1}, .opacity = 0.25F});
  layer->items.push_back(Fill{.path = line({{0, 0}, {1, 0}, {1, 1}}, true),
                              .paint = Pattern{Pattern::Kind::Dots, {0, 0, 0, 1}, {1, 1, 1, 1}, 30, 6, 2},
                              .rule = FillRule::NonZero});
  layer->items.push_back(Stroke{.path = line({{-0.001, 0}, {3, 4}}), .color = {0, 0, 1, 1}, .width = 1.5,
                                .cap = Cap::Round, .dash = {4, 2}});
  layer->items.push_back(Circle{.center = {5, 6}, .radius = 3, .fill = {0, 1, 0, 1}, .stroke = {1, 1, 1, 1}, .stroke_width = 1});
  Text text;
  text.origin = {7, 8};
  text.halo = {1, 1, 1, 1};
  text.halo_width = 1.2;
  text.runs.push_back({.font_file = "NotoSans-Regular.ttf", .family = "Noto Sans", .size = 12, .text = "a\"b\n",
                       .glyphs = {{.index = 4, .at = {0, 0}}}});
  layer->items.push_back(text);
  layer->items.push_back(Image{.file = "/somewhere/icon.svg", .center = {1, 2}, .tint = Color{0, 0, 0, 1}});
  Scene scene;
  scene.width = 100;
  scene.height = 50;
  scene.title = "T";
  scene.layers.push_back(layer);
  EXPECT_EQ(print(scene),
            "scene 100.00x50.00 background #ffffff\n"
            "title \"T\"\n"
            "layer \"land \\\"and\\\" sea\" opacity 0.50 clip 0.00,0.00 100.00,50.00\n"
            "  fill #ff0000 opacity 0.25 M0.00,0.00 L10.00,0.00 L10.00,10.01 Z\n"
            "  fill dots(#000000 angle 30.00 spacing 6.00 width 2.00 on #ffffff) nonzero M0.00,0.00 L1.00,0.00 L1.00,1.00 Z\n"
            "  stroke #0000ff width 1.50 round-cap dash 4.00 2.00 M0.00,0.00 L3.00,4.00\n"
            "  circle 5.00,6.00 radius 3.00 fill #00ff00 stroke #ffffff width 1.00\n"
            "  text 7.00,8.00 #000000 halo #ffffff width 1.20 [\"a\\\"b\\x0a\" NotoSans-Regular.ttf 12.00 1 glyphs from 0.00,0.00]\n"
            "  image \"icon.svg\" 1.00,2.00 size 16.00x16.00 tint #000000\n");
}

TEST(Print, LongPathsAreTheirBeginningAndAFingerprint) {
  std::vector<Point> points;
  for (int i = 0; i < 200; ++i) points.push_back({i * 1.0, i % 2 * 1.0});
  Layer a;
  a.items.push_back(Stroke{.path = line(points)});
  points[150].y += 0.5;
  Layer b;
  b.items.push_back(Stroke{.path = line(points)});
  EXPECT_NE(print(a).find("… (200 points in 1 parts, "), std::string::npos);
  EXPECT_NE(print(a), print(b));
}

TEST(Print, MissingPathsAndOddNumbersDontStopIt) {
  Layer layer;
  layer.items.push_back(Fill{});
  layer.items.push_back(Circle{.center = {std::numeric_limits<double>::quiet_NaN(), 0}});
  EXPECT_NE(print(layer).find("fill #000000 none"), std::string::npos);
  EXPECT_NE(print(layer).find("circle nan,0.00"), std::string::npos);
}

}  // namespace
}  // namespace sitmap::scene
