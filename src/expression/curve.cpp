// Step and interpolate.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

// CSS Easing Functions Level 1, section 2.3.1: y of the curve at x.
double bezier_y(const std::array<double, 4>& points, double x) {
  const auto along = [](double a, double b, double t) {
    const double u = 1 - t;
    return 3 * u * u * t * a + 3 * u * t * t * b + t * t * t;
  };
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  double low = 0, high = 1;  // x grows with t as its control points lie within 0..1
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (along(points[0], points[2], middle) < x ? low : high) = middle;
  }
  return along(points[1], points[3], (low + high) / 2);
}

double between(double a, double b, double t) { return a + t * (b - a); }

class CurveNode : public Node {
 public:
  CurveNode(Type node_type, NodePtr input, Stops stops)
      : Node(std::move(node_type)), input_(std::move(input)), stops_(std::move(stops)) {
    adopt(*input_);
    for (const NodePtr& output : stops_.outputs) adopt(*output);
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    visit(input_);
    for (const NodePtr& output : stops_.outputs) visit(output);
  }

 protected:
  bool input(Run& run, double& x) const {
    if (!input_->number(run, x)) return false;
    if (std::isnan(x)) return run.fail([] { return std::string("the input is not a number"); });
    return true;
  }

  NodePtr input_;
  Stops stops_;
};

class Step final : public CurveNode {
 public:
  using CurveNode::CurveNode;
  bool evaluate(Run& run, Value& out) const override {
    const Node* chosen = choose(run);
    return chosen && chosen->evaluate(run, out);
  }
  bool number(Run& run, double& out) const override {
    const Node* chosen = choose(run);
    return chosen && chosen->number(run, out);
  }
  bool boolean(Run& run, bool& out) const override {
    const Node* chosen = choose(run);
    return chosen && chosen->boolean(run, out);
  }
  bool color(Run& run, base::Color& out) const override {
    const Node* chosen = choose(run);
    return chosen && chosen->color(run, out);
  }

 private:
  const Node* choose(Run& run) const {
    double x = 0;
    if (!input(run, x)) return nullptr;
    return stops_.outputs[stop_below(stops_.labels.data(), stops_.labels.size(), x)].get();
  }
};

class Interpolate final : public CurveNode {
 public:
  Interpolate(Type node_type, NodePtr input, Interpolation how, Stops stops)
      : CurveNode(std::move(node_type), std::move(input), std::move(stops)), how_(how) {
    for (const NodePtr& output : stops_.outputs) {
      if (!output->literal()) return;
      if (const double* number = output->literal()->get_if<double>()) numbers_.push_back(*number);
      if (const base::Color* color = output->literal()->get_if<base::Color>()) colors_.push_back(*color);
    }
  }

  bool number(Run& run, double& out) const override {
    if (type.kind != Kind::Number) return Node::number(run, out);
    Between at;
    if (!find(run, at)) return false;
    if (numbers_.size() == stops_.outputs.size()) {
      out = at.same ? numbers_[at.index] : between(numbers_[at.index], numbers_[at.index + 1], at.t);
      return true;
    }
    double lower = 0, upper = 0;
    if (!stops_.outputs[at.index]->number(run, lower)) return false;
    if (at.same) return out = lower, true;
    if (!stops_.outputs[at.index + 1]->number(run, upper)) return false;
    return out = between(lower, upper, at.t), true;
  }

  bool color(Run& run, base::Color& out) const override {
    if (type.kind != Kind::Color) return Node::color(run, out);
    Between at;
    if (!find(run, at)) return false;
    if (colors_.size() == stops_.outputs.size()) {
      out = at.same ? colors_[at.index] : mix(colors_[at.index], colors_[at.index + 1], at.t, how_.space);
      return true;
    }
    base::Color lower, upper;
    if (!stops_.outputs[at.index]->color(run, lower)) return false;
    if (at.same) return out = lower, true;
    if (!stops_.outputs[at.index + 1]->color(run, upper)) return false;
    return out = mix(lower, upper, at.t, how_.space), true;
  }

  bool evaluate(Run& run, Value& out) const override {
    if (type.kind == Kind::Number) {
      double result = 0;
      if (!number(run, result)) return false;
      return out = result, true;
    }
    if (type.kind == Kind::Color) {
      base::Color result;
      if (!color(run, result)) return false;
      return out = result, true;
    }
    Between at;
    if (!find(run, at)) return false;
    if (at.same) return stops_.outputs[at.index]->evaluate(run, out);
    Value lower, upper;
    if (!stops_.outputs[at.index]->evaluate(run, lower) || !stops_.outputs[at.index + 1]->evaluate(run, upper)) return false;
    return interpolate_values(run, lower, upper, at.t, how_.space, out);
  }

 private:
  struct Between {
    std::size_t index = 0;
    double t = 0;
    bool same = false;  // exactly the output at index
  };
  bool find(Run& run, Between& at) const {
    double x = 0;
    const auto& labels = stops_.labels;
    if (!input(run, x)) return false;
    if (x <= labels.front()) return at = {0, 0, true}, true;
    if (x >= labels.back()) return at = {labels.size() - 1, 0, true}, true;
    at.index = stop_below(labels.data(), labels.size(), x);
    at.t = how_.factor(x, labels[at.index], labels[at.index + 1]);
    return true;
  }

  Interpolation how_;
  std::vector<double> numbers_;
  std::vector<base::Color> colors_;
};

// Labels and outputs from the list's item `first` on.
std::optional<Stops> read_stops(Parser& parser, const JsonNode& list, const Place& at, std::size_t first, Type& type,
                                bool known_type, std::optional<double> first_label) {
  Stops stops;
  bool good = true;
  double last = -std::numeric_limits<double>::infinity();
  for (std::size_t i = first; i < list.size(); i += 2) {
    std::size_t output = i + 1;
    double label = 0;
    if (first_label && i == first) {
      label = *first_label;
      output = i--;
    } else {
      const JsonNode json = list.at(i);
      if (!json.is_number()) {
        good = parser.fail(json, at.inside(i, nullptr), fmt::format("stops must be plain numbers, found {}", json.describe()));
      } else {
        label = json.as_number();
        if (!stops.labels.empty() && label <= last)
          good = parser.fail(json, at.inside(i, nullptr),
                             fmt::format("stops must ascend, but {} follows {}", number_text(label), number_text(last)));
      }
    }
    last = label;
    NodePtr value = parser.parse(list.at(output), at.passing(output, known_type ? &type : nullptr));
    good = good && value;
    if (value && !known_type) {
      type = value->type;
      known_type = true;
    }
    stops.labels.push_back(label);
    stops.outputs.push_back(std::move(value));
  }
  if (!good) return std::nullopt;
  return stops;
}

NodePtr curve_input(Parser& parser, const JsonNode& list, std::size_t index, const Place& at) {
  const Type number{.kind = Kind::Number, .item = {}, .length = {}};
  Place place = at.inside(index, &number);
  place.zoom_input = at.curve;
  return parser.parse(list.at(index), place);
}

NodePtr step(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 4, SIZE_MAX)) return nullptr;
  if (list.size() % 2 != 1) return parser.fail(list, at, "'step' needs an input, a first value, and pairs of a stop and a value");
  NodePtr input = curve_input(parser, list, 1, at);
  const bool known = at.wanted && at.wanted->kind != Kind::Any;
  Type type = known ? *at.wanted : Type{};
  auto stops = read_stops(parser, list, at, 2, type, known, -std::numeric_limits<double>::infinity());
  if (!input || !stops) return nullptr;
  return make_step(std::move(input), std::move(*stops), std::move(type));
}

bool read_interpolation(Parser& parser, const JsonNode& json, const Place& at, Interpolation& how) {
  if (!json.is_array() || json.size() == 0 || !json.at(0).is_string())
    return parser.fail(json, at, "expected the kind of interpolation", "for example [\"linear\"]");
  const std::string_view name = json.at(0).as_string();
  if (name == "linear") return true;
  if (name == "exponential") {
    if (json.size() < 2 || !json.at(1).is_number())
      return parser.fail(json, at, "'exponential' needs its base, a plain number");
    how.base = json.at(1).as_number();
    return true;
  }
  if (name == "cubic-bezier") {
    std::array<double, 4> points{};
    bool good = json.size() == 5;
    for (std::size_t i = 0; good && i < 4; ++i) {
      good = json.at(i + 1).is_number();
      if (good) points[i] = json.at(i + 1).as_number();
      good = good && points[i] >= 0 && points[i] <= 1;
    }
    if (!good) return parser.fail(json, at, "'cubic-bezier' needs four numbers between 0 and 1");
    how.bezier = points;
    return true;
  }
  const std::vector<std::string> known{"linear", "exponential", "cubic-bezier"};
  parser.fail(json.at(0), at.inside(0, nullptr), fmt::format("unknown interpolation '{}'", name), base::suggestion(name, known));
  return false;
}

bool interpolatable(const Type& type) {
  switch (type.kind) {
    case Kind::Number:
    case Kind::Color:
    case Kind::Padding:
    case Kind::Offsets:
    case Kind::NumberArray:
    case Kind::ColorArray:
    case Kind::Error: return true;
    case Kind::Array: return type.item_type().kind == Kind::Number && type.length.has_value();
    default: return false;
  }
}

NodePtr interpolate(Parser& parser, const JsonNode& list, const Place& at, ColorSpace space) {
  if (!parser.count(list, at, 4, SIZE_MAX)) return nullptr;
  if (list.size() % 2 != 1)
    return parser.fail(list, at, "'interpolate' needs its kind, an input, and pairs of a stop and a value");
  Interpolation how;
  how.space = space;
  bool good = read_interpolation(parser, list.at(1), at.inside(1, nullptr), how);
  NodePtr input = curve_input(parser, list, 2, at);
  bool known = at.wanted && at.wanted->kind != Kind::Any;
  Type type = known ? *at.wanted : Type{};
  if (space != ColorSpace::Rgb && type.kind != Kind::ColorArray) {
    type = {.kind = Kind::Color, .item = {}, .length = {}};
    known = true;
  }
  auto stops = read_stops(parser, list, at, 3, type, known, std::nullopt);
  if (!good || !input || !stops) return nullptr;
  if (!interpolatable(type)) return parser.fail(list, at, fmt::format("{} cannot be interpolated", to_text(type)), "use 'step'");
  if (at.curve && is_zoom(*input) && !parser.expected().interpolated)
    return parser.fail(list, at, "this property cannot be interpolated", "use 'step'");
  return make_interpolate(std::move(input), how, std::move(*stops), std::move(type));
}

}  // namespace

double Interpolation::factor(double input, double lower, double upper) const {
  const double whole = upper - lower, done = input - lower;
  if (whole == 0) return 0;
  if (bezier) return bezier_y(*bezier, done / whole);
  if (base == 1) return done / whole;
  return (std::pow(base, done) - 1) / (std::pow(base, whole) - 1);
}

std::size_t stop_below(const double* labels, std::size_t count, double input) {
  const double* after = std::upper_bound(labels, labels + count, input);
  return after == labels ? 0 : static_cast<std::size_t>(after - labels) - 1;
}

bool interpolate_values(Run& run, const Value& lower, const Value& upper, double t, ColorSpace space, Value& out) {
  const double *number_a = lower.get_if<double>(), *number_b = upper.get_if<double>();
  if (number_a && number_b) return out = between(*number_a, *number_b, t), true;
  const base::Color *color_a = lower.get_if<base::Color>(), *color_b = upper.get_if<base::Color>();
  if (color_a && color_b) return out = mix(*color_a, *color_b, t, space), true;
  const Array *list_a = lower.array(), *list_b = upper.array();
  if (list_a && list_b && list_a->size() == list_b->size()) {
    Array items(list_a->size());
    for (std::size_t i = 0; i < items.size(); ++i)
      if (!interpolate_values(run, (*list_a)[i], (*list_b)[i], t, space, items[i])) return false;
    return out = std::move(items), true;
  }
  if (lower == upper) return out = lower, true;  // the anchors of offsets
  return run.fail([&] { return fmt::format("cannot interpolate between {} and {}", to_json(lower), to_json(upper)); });
}

NodePtr make_step(NodePtr input, Stops stops, Type type) {
  return std::make_shared<Step>(std::move(type), std::move(input), std::move(stops));
}

NodePtr make_interpolate(NodePtr input, Interpolation how, Stops stops, Type type) {
  return std::make_shared<Interpolate>(std::move(type), std::move(input), how, std::move(stops));
}

std::vector<Operator> curve_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"step", step},
      {"interpolate", [](P& p, const J& j, const Place& at) { return interpolate(p, j, at, ColorSpace::Rgb); }},
      {"interpolate-hcl", [](P& p, const J& j, const Place& at) { return interpolate(p, j, at, ColorSpace::Hcl); }},
      {"interpolate-lab", [](P& p, const J& j, const Place& at) { return interpolate(p, j, at, ColorSpace::Lab); }},
  };
}

}  // namespace sitmap::expression
