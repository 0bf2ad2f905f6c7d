// From scenes to files: text shaped, scenes drawn, pictures encoded.

#include <benchmark/benchmark.h>

#include "draw/draw.hpp"
#include "encode/still.hpp"
#include "made_inputs.hpp"
#include "text/shape.hpp"

namespace {

using namespace sitmap;

void shape_name(benchmark::State& state) {
  const text::FontSet fonts = benchmarks::embedded_fonts();
  text::TextStyle style;
  style.fonts = {"Noto Sans Bold"};
  const auto& names = benchmarks::city_names();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(text::shape(fonts, names[i++ % names.size()], style));
}
BENCHMARK(shape_name)->Unit(benchmark::kMicrosecond);

void draw_still(benchmark::State& state) {
  const text::FontSet fonts = benchmarks::embedded_fonts();
  const scene::Scene scene = benchmarks::map_scene(fonts);
  for (auto _ : state) {
    draw::Painter painter(fonts, 1);
    painter.set_jobs(static_cast<int>(state.range(0)));
    benchmark::DoNotOptimize(painter.draw(scene));
  }
}
BENCHMARK(draw_still)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

// One more picture of a film in which only the circles changed.
void draw_next_frame(benchmark::State& state) {
  const text::FontSet fonts = benchmarks::embedded_fonts();
  scene::Scene scene = benchmarks::map_scene(fonts);
  draw::Painter painter(fonts, 1);
  for (int i = 0; i < 2; ++i) painter.draw(scene);  // what comes twice is kept
  for (auto _ : state) {
    scene.layers[3] = std::make_shared<scene::Layer>(*scene.layers[3]);
    benchmark::DoNotOptimize(painter.draw(scene));
  }
}
BENCHMARK(draw_next_frame)->Unit(benchmark::kMillisecond);

void encode_png(benchmark::State& state) {
  const text::FontSet fonts = benchmarks::embedded_fonts();
  const encode::Picture picture = draw::Painter(fonts, 1).draw(benchmarks::map_scene(fonts));
  encode::StillOptions options;
  options.effort = static_cast<int>(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) bytes = encode::encode_png(picture, options).size();
  state.counters["kB"] = static_cast<double>(bytes) / 1000;
}
BENCHMARK(encode_png)->Arg(1)->Arg(5)->Unit(benchmark::kMillisecond);

}  // namespace
