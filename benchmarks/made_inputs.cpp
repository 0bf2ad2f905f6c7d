#include "made_inputs.hpp"

#include <cmath>
#include <numbers>

#include "base/file.hpp"
#include "text/shape.hpp"

namespace sitmap::benchmarks {

geom::Path island(geom::Point center, double radius, std::size_t vertices, std::uint64_t seed) {
  Numbers numbers(seed);
  geom::Path ring;
  double r = radius;
  for (std::size_t i = 0; i < vertices; ++i) {
    r += (radius - r) * 0.05 + radius * numbers.between(-0.02, 0.02);
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(vertices);
    ring.push_back(center + geom::Point{std::cos(angle), std::sin(angle)} * r);
  }
  ring.push_back(ring.front());
  return ring;
}

label::Problem label_problem(std::size_t requests) {
  Numbers numbers(7);
  label::Problem problem;
  problem.page = {0, 0, kWidth, kHeight};
  for (std::size_t i = 0; i < requests; ++i) {
    const geom::Point at{numbers.between(0, kWidth), numbers.between(0, kHeight)};
    label::Request request;
    request.id = std::to_string(i);
    request.priority = std::floor(numbers.between(0, 5));
    request.candidates = label::around_point(at, 3, numbers.between(30, 110), 16, 3);
    problem.requests.push_back(std::move(request));
    problem.obstacles.push_back({{}, {at, 3, 3, 0}, 1, static_cast<int>(i)});
  }
  return problem;
}

const std::vector<std::string>& city_names() {
  static const std::vector<std::string> kNames{"Stepanakert / Xankəndi", "Mingəçevir", "Yerevan Երևան", "Tbilisi თბილისი",
                                               "Nakhchivan", "Sumqayıt", "Lankaran", "Ardabīl"};
  return kNames;
}

text::FontSet embedded_fonts() { return text::FontSet({base::data_folder() / "styles" / "fonts"}); }

scene::Scene map_scene(const text::FontSet& fonts) {
  Numbers numbers(3);
  const auto somewhere = [&] { return geom::Point{numbers.between(100, kWidth - 100), numbers.between(60, kHeight - 60)}; };
  const auto shape = [](geom::Path ring) { return scene::make_path(geom::MultiPolygon{{{std::move(ring), {}}}}); };
  auto land = std::make_shared<scene::Layer>(), areas = std::make_shared<scene::Layer>(), borders = std::make_shared<scene::Layer>(),
       events = std::make_shared<scene::Layer>(), names = std::make_shared<scene::Layer>();
  for (std::uint64_t i = 0; i < 8; ++i) {
    const auto country = shape(island(somewhere(), 320, 1500, i));
    land->items.emplace_back(scene::Fill{.path = country, .paint = scene::Color{0.93F, 0.92F, 0.88F, 1}});
    borders->items.emplace_back(scene::Stroke{.path = country, .color = {0.48F, 0.45F, 0.40F, 1}, .width = 2});
  }
  for (std::uint64_t i = 0; i < 120; ++i)
    areas->items.emplace_back(
        scene::Stroke{.path = shape(island(somewhere(), 60, 120, 100 + i)), .color = {0.79F, 0.76F, 0.71F, 1}, .width = 0.8});
  for (int i = 0; i < 60; ++i)
    events->items.emplace_back(scene::Circle{.center = somewhere(), .radius = 4 + 3 * std::sqrt(numbers.between(0, 20)),
                                             .fill = {0.75F, 0.22F, 0.17F, 0.75F}, .stroke = {1, 1, 1, 1}, .stroke_width = 1});
  text::TextStyle style;
  style.fonts = {"Noto Sans Bold"};
  for (std::size_t i = 0; i < 100; ++i) {
    scene::Text text;
    text.runs = text::shape(fonts, city_names()[i % city_names().size()], style).runs;
    text.origin = somewhere();
    text.color = {0.13F, 0.13F, 0.13F, 1};
    text.halo = {1, 1, 1, 1};
    text.halo_width = 2;
    names->items.emplace_back(std::move(text));
  }
  scene::Scene scene;
  scene.width = kWidth;
  scene.height = kHeight;
  scene.background = {0.81F, 0.87F, 0.90F, 1};
  scene.layers = {land, areas, borders, events, names};
  return scene;
}

}  // namespace sitmap::benchmarks
