#include "unit/draw/golden.hpp"

#include <cairo.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <numbers>

#include "text/shape.hpp"

namespace sitmap::draw {
namespace fs = std::filesystem;
namespace {

constexpr int kTolerance = 2;

void write(const fs::path& file, const encode::Picture& picture) {
  fs::create_directories(file.parent_path());
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.pixels.data()));
  cairo_surface_t* surface =
      cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, picture.width, picture.height, picture.width * 4);
  EXPECT_EQ(cairo_surface_write_to_png(surface, file.c_str()), CAIRO_STATUS_SUCCESS) << file;
  cairo_surface_destroy(surface);
}

encode::Picture read(const fs::path& file) {
  cairo_surface_t* png = cairo_image_surface_create_from_png(file.c_str());
  encode::Picture picture(cairo_image_surface_get_width(png), cairo_image_surface_get_height(png));
  auto* bytes = reinterpret_cast<unsigned char*>(picture.pixels.data());
  cairo_surface_t* surface =
      cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, picture.width, picture.height, picture.width * 4);
  cairo_t* cr = cairo_create(surface);
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface(cr, png, 0, 0);
  cairo_paint(cr);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  cairo_surface_destroy(png);
  return picture;
}

}  // namespace

const text::FontSet& test_fonts() {
  static const text::FontSet fonts = [] {
    const fs::path own = SITMAP_SOURCE_DIR "/styles/fonts";
    return text::FontSet({fs::exists(own / "NotoSans-Regular.ttf") ? own : "/usr/share/fonts/truetype/noto"});
  }();
  return fonts;
}

void expect_golden(const std::string& name, const encode::Picture& picture) {
  const fs::path expected_file = fs::path(SITMAP_SOURCE_DIR) / "tests/golden/draw" / name / "expected.png";
  const fs::path out = fs::path(SITMAP_BINARY_DIR) / "golden/draw" / name;
  if (const char* update = std::getenv("SITMAP_UPDATE_GOLDEN"); update != nullptr && *update == '1') {
    write(expected_file, picture);
    ADD_FAILURE() << "wrote " << expected_file << ": look at it";
    return;
  }
  if (!fs::exists(expected_file)) {
    write(out / "actual.png", picture);
    FAIL() << "no reference " << expected_file << "; drawn: " << out / "actual.png";
  }
  const encode::Picture expected = read(expected_file);
  ASSERT_EQ(expected.width, picture.width);
  ASSERT_EQ(expected.height, picture.height);
  encode::Picture difference(picture.width, picture.height);
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      const int a = static_cast<int>(picture.pixels[i] >> shift & 255), b = static_cast<int>(expected.pixels[i] >> shift & 255);
      most = std::max(most, std::abs(a - b));
    }
    if (most > kTolerance) ++beyond;
    difference.pixels[i] = 0xff000000U | (most > kTolerance ? 0xff0000U : static_cast<std::uint32_t>(most * 60) * 0x010101U);
  }
  if (beyond == 0) return;
  write(out / "actual.png", picture);
  write(out / "expected.png", expected);
  write(out / "difference.png", difference);
  ADD_FAILURE() << beyond << " pixels differ: see " << out;
}

scene::SharedPath path(std::vector<geom::Point> points, bool closed) {
  auto data = std::make_shared<scene::PathData>();
  data->subpaths.push_back({std::move(points), closed});
  return data;
}

scene::SharedPath star(geom::Point center, double outer, double inner, int points) {
  std::vector<geom::Point> out;
  for (int i = 0; i < 2 * points; ++i) {
    const double a = std::numbers::pi * (i / static_cast<double>(points) - 0.5), r = i % 2 == 0 ? outer : inner;
    out.push_back({center.x + r * std::cos(a), center.y + r * std::sin(a)});
  }
  return path(std::move(out));
}

scene::Scene scene_of(double width, double height, std::vector<scene::Layer> layers) {
  scene::Scene scene;
  scene.width = width;
  scene.height = height;
  scene.background = {0.96F, 0.96F, 0.94F, 1};
  for (scene::Layer& layer : layers) scene.layers.push_back(std::make_shared<scene::Layer>(std::move(layer)));
  return scene;
}

scene::Layer layer_of(std::vector<scene::Item> items, std::string name) {
  scene::Layer layer;
  layer.name = std::move(name);
  layer.items = std::move(items);
  return layer;
}

scene::Text label(std::string_view text, geom::Point at, double size, const std::string& font) {
  scene::Text out;
  out.runs = text::shape(test_fonts(), text, {.fonts = {font}, .size = size}).runs;
  out.origin = at;
  out.color = {0.1F, 0.1F, 0.15F, 1};
  return out;
}

}  // namespace sitmap::draw
