// What happens before there are pixels: expressions, projection, names found, labels placed.

#include <benchmark/benchmark.h>

#include "document/read.hpp"
#include "expression/expression.hpp"
#include "gazetteer/gazetteer.hpp"
#include "label/label.hpp"
#include "made_inputs.hpp"
#include "projection/view.hpp"

namespace {

using namespace sitmap;

class Event final : public expression::FeatureView {
 public:
  expression::Value property(std::string_view name) const override {
    if (name == "age") return 5.0;
    return name == "kind" ? expression::Value("violence") : expression::Value();
  }
  bool has(std::string_view name) const override { return !property(name).is_null(); }
  expression::Object properties() const override { return {}; }
  expression::Value id() const override { return {}; }
  std::string_view geometry_type() const override { return "Point"; }
};

expression::Expression parse(const char* text, expression::Kind kind) {
  expression::Expected expected;
  expected.kind = kind;
  base::Problems problems;
  auto out = expression::Expression::parse(document::parse_json(text, "benchmark"), expected, problems);
  problems.throw_if_errors();
  return out;
}

void match_color(benchmark::State& state) {
  const auto color = parse(R"(["match", ["get", "kind"], "battle", "#c0392b", "shelling", "#e67e22", "airstrike", "#8e44ad",
                             "violence", "#2c3e50", "protest", "#2980b9", "#000"])", expression::Kind::Color);
  const Event event;
  expression::Context context;
  context.feature = &event;
  base::Color out;
  for (auto _ : state) benchmark::DoNotOptimize(color.evaluate_color(context, out));
}
BENCHMARK(match_color);

void interpolate_age(benchmark::State& state) {
  const auto opacity = parse(R"(["interpolate", ["linear"], ["get", "age"], 0, 1, 7, 0.5, 14, 0])", expression::Kind::Number);
  const Event event;
  expression::Context context;
  context.feature = &event;
  double out = 0;
  for (auto _ : state) benchmark::DoNotOptimize(opacity.evaluate_number(context, out));
}
BENCHMARK(interpolate_age);

void project_polygon(benchmark::State& state) {
  const auto lambert = projection::Projection::from_text("+proj=lcc +lat_1=38.5 +lat_2=41.5 +lat_0=40 +lon_0=47 +datum=WGS84");
  const auto view = projection::View::projected_box(lambert, {-512000, -288000, 512000, 288000}, {benchmarks::kWidth, benchmarks::kHeight});
  const auto vertices = static_cast<std::size_t>(state.range(0));
  const geom::Geometry polygon = geom::MultiPolygon{{{benchmarks::island({47, 40}, 3, vertices, 1), {}}}};
  for (auto _ : state) benchmark::DoNotOptimize(view.project(polygon));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(project_polygon)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void place_labels(benchmark::State& state) {
  const label::Problem problem = benchmarks::label_problem(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(label::solve(problem));
}
BENCHMARK(place_labels)->Arg(200)->Arg(2000)->Unit(benchmark::kMillisecond);

void locate_exact_name(benchmark::State& state) {
  const auto gazetteer = gazetteer::Gazetteer::open_embedded();
  const char* const names[] = {"Jermuk", "Stepanakert", "Gegharkunik", "Yerevan", "Ganja"};
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(gazetteer.locate(names[i++ % std::size(names)]));
}
BENCHMARK(locate_exact_name)->Unit(benchmark::kMicrosecond);

}  // namespace
