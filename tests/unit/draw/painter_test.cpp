#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

#include "base/problem.hpp"
#include "draw/draw.hpp"
#include "unit/draw/golden.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;

scene::Layer base_layer(float shade) {
  scene::Text text = label("Yerevan Երևան", {20, 60}, 18);
  text.halo = {1, 1, 1, 0.8F};
  text.halo_width = 2;
  return layer_of({scene::Fill{.path = star({100, 70}, 65, 40, 11), .paint = Color{shade, 0.6F, 0.5F, 0.7F}},
                   scene::Stroke{.path = star({80, 70}, 60, 50, 13), .color = {0, 0, 0, 0.6F}, .width = 1.3},
                   scene::Stroke{.path = star({80, 70}, 60, 50, 13), .color = {0, 0, 1, 0.6F}, .width = 9, .blur = 4}, text});
}

// Two shared layers, a changing one, and two shared ones above it.
std::vector<scene::Scene> frames(int count) {
  std::vector<scene::SharedLayer> shared;
  for (int i = 0; i < 4; ++i) {
    scene::Layer layer = base_layer(0.2F * static_cast<float>(i));
    if (i == 2) layer.opacity = 0.6F;
    shared.push_back(std::make_shared<scene::Layer>(std::move(layer)));
  }
  std::vector<scene::Scene> out;
  for (int f = 0; f < count; ++f) {
    scene::Scene scene = scene_of(200, 140, {});
    scene.layers = {shared[0], shared[1], nullptr, shared[2], shared[3]};
    scene.layers[2] = std::make_shared<scene::Layer>(
        layer_of({scene::Circle{.center = {20.0 + 9 * f, 50}, .radius = 12, .fill = {1, 0, 0, 0.5F}, .stroke = {1, 1, 1, 1}, .stroke_width = 1}}));
    if (f > count / 2) scene.layers.pop_back();
    out.push_back(scene);
  }
  return out;
}

TEST(Painter, KeptLayersGiveTheSamePixels) {
  const std::vector<scene::Scene> scenes = frames(8);
  Painter told(test_fonts(), 1), untold(test_fonts(), 1), many(test_fonts(), 1);
  told.expect(scenes);
  many.set_jobs(3);
  for (const scene::Scene& scene : scenes) {
    Painter alone(test_fonts(), 1);
    const encode::Picture picture = alone.draw(scene);
    EXPECT_EQ(told.draw(scene).pixels, picture.pixels);
    EXPECT_EQ(untold.draw(scene).pixels, picture.pixels);
    EXPECT_EQ(many.draw(scene).pixels, picture.pixels);
  }
  EXPECT_EQ(told.draw(scenes[0]).pixels, untold.draw(scenes[0]).pixels);  // more often than told
}

TEST(Painter, AnyNumberOfThreadsInAnyOrder) {
  const std::vector<scene::Scene> scenes = frames(12);
  std::vector<encode::Picture> expected;
  for (const scene::Scene& scene : scenes) {
    Painter alone(test_fonts(), 1.5);
    expected.push_back(alone.draw(scene));
  }
  Painter painter(test_fonts(), 1.5);
  painter.expect(scenes);
  std::vector<encode::Picture> got(scenes.size());
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < scenes.size(); i += 4) got[scenes.size() - 1 - i] = painter.draw(scenes[scenes.size() - 1 - i]);
    });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < scenes.size(); ++i) EXPECT_EQ(got[i].pixels, expected[i].pixels) << i;
}

TEST(Painter, ALayerThatCameAndWentIsNotTakenForANewOne) {
  Painter painter(test_fonts(), 1);
  std::vector<std::uint32_t> last;
  for (int i = 0; i < 20; ++i) {
    scene::Scene scene = scene_of(30, 30, {layer_of({scene::Circle{.center = {15, 15}, .radius = 3.0 + i * 0.5, .fill = {1, 0, 0, 1}}})});
    std::vector<std::uint32_t> pixels = painter.draw(scene).pixels;
    EXPECT_NE(pixels, last) << i;
    last = std::move(pixels);
  }
}

TEST(Painter, HostileScenes) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  scene::Text text = label("x", {nan, 0});
  scene::Layer layer = layer_of({
      scene::Fill{}, scene::Stroke{}, scene::Circle{.center = {nan, inf}, .radius = nan}, text, scene::Text{},
      scene::Fill{.path = path({{nan, 0}, {1e300, 5}, {-inf, 9}, {3, 1e18}}), .paint = Color{1, 0, 0, 1}},
      scene::Fill{.path = path({}), .paint = scene::Pattern{}},
      scene::Fill{.path = path({{0, 0}, {10, 0}, {10, 10}}), .paint = scene::Pattern{.spacing = 0, .width = -1}},
      scene::Fill{.path = path({{0, 0}, {10, 0}, {10, 10}}), .paint = scene::Pattern{.angle_deg = nan, .spacing = nan, .width = inf}},
      scene::Stroke{.path = path({{0, 0}, {9, 9}}), .width = nan},
      scene::Stroke{.path = path({{0, 0}, {9, 9}}), .dash = {0, 0}},
      scene::Stroke{.path = path({{0, 0}, {9, 9}}), .dash = {-1, nan}, .dash_offset = inf},
      scene::Stroke{.path = path({{0, 0}, {9, 9}}), .width = 5, .blur = 1e9},
      scene::Stroke{.path = path({{0, 0}, {9, 9}}), .clip = path({})},
      scene::Circle{.center = {5, 5}, .radius = -3, .stroke = {0, 0, 0, 1}, .stroke_width = -1},
      scene::Circle{.center = {5, 5}, .radius = 3, .fill = {1, 1, 1, 1}, .blur = 1e9},
      scene::Image{.file = "/no/file.svg", .center = {500, 500}}, scene::Image{.file = "", .width = -1}});
  layer.clip = geom::Box{-5, -5, 1e9, 1e9};
  scene::Scene scene = scene_of(20, 20, {layer});
  scene.layers.push_back(nullptr);
  Painter painter(test_fonts(), 1);
  EXPECT_EQ(painter.draw(scene).pixels.size(), 400U);
  layer.clip = geom::Box{};
  EXPECT_NO_THROW(painter.draw(scene_of(20, 20, {layer})));
}

TEST(Painter, BadPicturesAndSizesAreReported) {
  Painter painter(test_fonts(), 1);
  EXPECT_THROW(painter.draw(scene_of(0, 10, {})), base::InputError);
  EXPECT_THROW(painter.draw(scene_of(40000, 10, {})), base::InputError);
  EXPECT_THROW(painter.draw(scene_of(std::nan(""), 10, {})), base::InputError);
  const auto image = [](const std::string& file) {
    return scene_of(20, 20, {layer_of({scene::Image{.file = file, .center = {10, 10}}})});
  };
  EXPECT_THROW(painter.draw(image("/no/such.png")), base::IoError);
  const std::string folder = SITMAP_BINARY_DIR;
  std::ofstream(folder + "/bad_icon.svg") << "<svg";
  std::ofstream(folder + "/bad_icon.png") << "no picture";
  EXPECT_THROW(painter.draw(image(folder + "/bad_icon.svg")), base::InputError);
  EXPECT_THROW(painter.draw(image(folder + "/bad_icon.png")), base::InputError);
}

}  // namespace
}  // namespace sitmap::draw
