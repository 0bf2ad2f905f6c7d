// Numbers: arithmetic, functions, constants, colours from channels.

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

constexpr double kPi = 3.14159265358979323846, kE = 2.71828182845904523536, kLn2 = 0.69314718055994530942,
                 kLn10 = 2.30258509299404568402, kInfinity = std::numeric_limits<double>::infinity();

template <double (*F)(double)>
class Unary final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(Run& run, double& out) const override {
    double x = 0;
    if (!args_[0]->number(run, x)) return false;
    out = F(x);
    return true;
  }
};

template <double (*F)(double, double)>
class Binary final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(Run& run, double& out) const override {
    double a = 0, b = 0;
    if (!args_[0]->number(run, a) || !args_[1]->number(run, b)) return false;
    out = F(a, b);
    return true;
  }
};

template <double (*F)(double, double)>
class Fold final : public NumberNode {
 public:
  Fold(std::vector<NodePtr> args, double start) : NumberNode(std::move(args)), start_(start) {}
  bool number(Run& run, double& out) const override {
    double result = start_;
    for (const NodePtr& arg : args_) {
      double x = 0;
      if (!arg->number(run, x)) return false;
      result = F(result, x);
    }
    out = result;
    return true;
  }

 private:
  double start_;
};

double sum(double a, double b) { return a + b; }
double product(double a, double b) { return a * b; }
double least(double a, double b) { return std::isnan(a) || std::isnan(b) ? std::nan("") : std::min(a, b); }
double greatest(double a, double b) { return std::isnan(a) || std::isnan(b) ? std::nan("") : std::max(a, b); }
double difference(double a, double b) { return a - b; }
double quotient(double a, double b) { return a / b; }
double remainder_of(double a, double b) { return std::fmod(a, b); }
// ECMAScript: one to the power of an infinity or NaN is NaN.
double power(double a, double b) {
  if (std::isnan(b) || (std::abs(a) == 1 && std::isinf(b))) return std::nan("");
  return std::pow(a, b);
}
double negative(double x) { return -x; }
double root(double x) { return std::sqrt(x); }
double log_10(double x) { return std::log(x) / kLn10; }
double log_2(double x) { return std::log(x) / kLn2; }
double log_e(double x) { return std::log(x); }
double sine(double x) { return std::sin(x); }
double cosine(double x) { return std::cos(x); }
double tangent(double x) { return std::tan(x); }
double arc_sine(double x) { return std::asin(x); }
double arc_cosine(double x) { return std::acos(x); }
double arc_tangent(double x) { return std::atan(x); }
double absolute(double x) { return std::abs(x); }
double rounded(double x) { return std::round(x); }  // halves away from zero, as the spec says
double floor_of(double x) { return std::floor(x); }
double ceiling(double x) { return std::ceil(x); }

template <class N>
NodePtr unary(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Number);
  return args ? std::make_shared<N>(std::move(*args)) : nullptr;
}

template <class N>
NodePtr binary(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 2)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Number);
  return args ? std::make_shared<N>(std::move(*args)) : nullptr;
}

template <double (*F)(double, double)>
NodePtr folded(Parser& parser, const JsonNode& list, const Place& at, double start) {
  auto args = parser.arguments(list, 1, at, Kind::Number);
  return args ? std::make_shared<Fold<F>>(std::move(*args), start) : nullptr;
}

NodePtr minus(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 2)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Number);
  if (!args) return nullptr;
  if (args->size() == 1) return std::make_shared<Unary<negative>>(std::move(*args));
  return std::make_shared<Binary<difference>>(std::move(*args));
}

NodePtr constant(Parser& parser, const JsonNode& list, const Place& at, double value) {
  if (!parser.count(list, at, 0, 0)) return nullptr;
  return std::make_shared<Literal>(Value(value));
}

class Rgba final : public ListNode {
 public:
  explicit Rgba(std::vector<NodePtr> args) : ListNode({.kind = Kind::Color, .item = {}, .length = {}}, std::move(args)) {}
  bool color(Run& run, base::Color& out) const override {
    double c[4] = {0, 0, 0, 1};
    for (std::size_t i = 0; i < args_.size(); ++i)
      if (!args_[i]->number(run, c[i])) return false;
    for (std::size_t i = 0; i < 3; ++i)
      if (!(c[i] >= 0 && c[i] <= 255))
        return run.fail([&] {
          return fmt::format("red, green and blue must be between 0 and 255, found {}, {}, {}", number_text(c[0]),
                             number_text(c[1]), number_text(c[2]));
        });
    if (!(c[3] >= 0 && c[3] <= 1))
      return run.fail([&] { return fmt::format("alpha must be between 0 and 1, found {}", number_text(c[3])); });
    out = {static_cast<float>(c[0] / 255), static_cast<float>(c[1] / 255), static_cast<float>(c[2] / 255),
           static_cast<float>(c[3])};
    return true;
  }
  bool evaluate(Run& run, Value& out) const override {
    base::Color result;
    if (!color(run, result)) return false;
    out = result;
    return true;
  }
};

NodePtr rgba(Parser& parser, const JsonNode& list, const Place& at, std::size_t count) {
  if (!parser.count(list, at, count, count)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Number);
  return args ? std::make_shared<Rgba>(std::move(*args)) : nullptr;
}

NodePtr to_rgba(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Color);
  if (!args) return nullptr;
  return std::make_shared<FunctionNode>(
      array_type({.kind = Kind::Number, .item = {}, .length = {}}, 4), std::move(*args),
      [](Run& run, const std::vector<NodePtr>& inputs, Value& out) {
        base::Color c;
        if (!inputs[0]->color(run, c)) return false;
        out = Array{channel_number(c.r), channel_number(c.g), channel_number(c.b), alpha_number(c.a)};
        return true;
      });
}

}  // namespace

std::vector<Operator> arithmetic_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"+", [](P& p, const J& j, const Place& at) { return folded<sum>(p, j, at, 0); }},
      {"*", [](P& p, const J& j, const Place& at) { return folded<product>(p, j, at, 1); }},
      {"min", [](P& p, const J& j, const Place& at) { return folded<least>(p, j, at, kInfinity); }},
      {"max", [](P& p, const J& j, const Place& at) { return folded<greatest>(p, j, at, -kInfinity); }},
      {"-", minus},
      {"/", binary<Binary<quotient>>},
      {"%", binary<Binary<remainder_of>>},
      {"^", binary<Binary<power>>},
      {"sqrt", unary<Unary<root>>},
      {"log10", unary<Unary<log_10>>},
      {"log2", unary<Unary<log_2>>},
      {"ln", unary<Unary<log_e>>},
      {"sin", unary<Unary<sine>>},
      {"cos", unary<Unary<cosine>>},
      {"tan", unary<Unary<tangent>>},
      {"asin", unary<Unary<arc_sine>>},
      {"acos", unary<Unary<arc_cosine>>},
      {"atan", unary<Unary<arc_tangent>>},
      {"abs", unary<Unary<absolute>>},
      {"round", unary<Unary<rounded>>},
      {"floor", unary<Unary<floor_of>>},
      {"ceil", unary<Unary<ceiling>>},
      {"ln2", [](P& p, const J& j, const Place& at) { return constant(p, j, at, kLn2); }},
      {"pi", [](P& p, const J& j, const Place& at) { return constant(p, j, at, kPi); }},
      {"e", [](P& p, const J& j, const Place& at) { return constant(p, j, at, kE); }},
      {"rgb", [](P& p, const J& j, const Place& at) { return rgba(p, j, at, 3); }},
      {"rgba", [](P& p, const J& j, const Place& at) { return rgba(p, j, at, 4); }},
      {"to-rgba", to_rgba},
  };
}

}  // namespace sitmap::expression
