#include "expression/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

std::shared_ptr<const Program> constant_program(Value value) {
  auto program = std::make_shared<Program>();
  program->root = std::make_shared<Literal>(value);
  program->constant = std::move(value);
  return program;
}

const std::shared_ptr<const Program>& null_program() {
  static const std::shared_ptr<const Program> program = constant_program({});
  return program;
}

double clamped(double number, const Expected& expected) {
  if (expected.minimum) number = std::max(number, *expected.minimum);
  if (expected.maximum) number = std::min(number, *expected.maximum);
  return number;
}

// The last look at a result: no NaN, within range, of the enumeration.
bool settle(Run& run, const Expected& expected, Value& value) {
  if (expected.kind == Kind::Any) return true;
  if (const double* number = value.get_if<double>()) {
    if (std::isnan(*number)) return run.fail([] { return std::string("the result is not a number"); });
    if (expected.minimum || expected.maximum) value = clamped(*number, expected);
    return true;
  }
  if (const std::string* text = value.get_if<std::string>()) {
    const auto& known = expected.enumeration;
    if (known.empty() || std::find(known.begin(), known.end(), *text) != known.end()) return true;
    return run.fail([&] { return fmt::format("unknown value '{}'", *text); });
  }
  if (const Array* items = value.array(); items && (expected.minimum || expected.maximum || !expected.enumeration.empty())) {
    Array settled = *items;
    for (Value& item : settled)
      if (!settle(run, expected, item)) return false;
    value = std::move(settled);
  }
  return true;
}

bool takes_lists(Kind kind) {
  return kind == Kind::Array || kind == Kind::Padding || kind == Kind::Offsets || kind == Kind::NumberArray || kind == Kind::ColorArray;
}

NodePtr parse_root(Parser& parser, const JsonNode& json, const Expected& expected) {
  if (json.is_object() && (json.has("stops") || json.has("property") || json.has("type")) && expected.kind != Kind::Any &&
      expected.kind != Kind::Object)
    return parse_legacy_function(parser, json);
  const bool named = json.is_array() && json.size() > 0 && json.at(0).is_string();
  const bool expression = json.is_array() && ((named && is_operator(json.at(0).as_string())) || !takes_lists(expected.kind));
  if (!expression && !(json.is_object() && expected.kind == Kind::Any)) return parse_constant(parser, json, expected);
  const Type type = type_for(expected);
  Place place;
  place.wanted = expected.kind == Kind::Any ? nullptr : &type;
  place.result = &expected;
  place.curve = true;
  if (expected.kind == Kind::String && expected.enumeration.empty()) place.annotation = Annotation::Coerce;
  return parser.parse(json, place);
}

std::shared_ptr<const Program> finish(Parser& parser, const JsonNode& json, NodePtr root, const Expected& expected) {
  auto program = std::make_shared<Program>();
  program->root = std::move(root);
  program->expected = expected;
  program->bindings = parser.bindings();
  program->dependencies = dependencies_of(program->root);
  const Dependencies& found = program->dependencies;
  if (found.feature && !expected.allow_feature) {
    parser.fail(json, {}, "this property cannot depend on the feature", "use a value that is the same for the whole layer");
    return nullptr;
  }
  if (found.zoom && !expected.allow_zoom) {
    parser.fail(json, {}, "this property cannot depend on 'zoom'");
    return nullptr;
  }
  if (found.constant()) {
    const Context nothing;
    Run run{.context = nothing, .error = nullptr, .bindings = {}};
    Value value;
    if (program->root->evaluate(run, value) && settle(run, program->expected, value)) program->constant = std::move(value);
  }
  return program;
}

}  // namespace

Expression::Expression() : program_(null_program()) {}
Expression::~Expression() = default;
Expression::Expression(const Expression&) = default;
Expression& Expression::operator=(const Expression&) = default;
Expression::Expression(Value constant) : program_(constant_program(std::move(constant))) {}
Expression::Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Expression Expression::parse(const document::Node& json, const Expected& expected, base::Problems& problems) {
  Parser parser(expected, problems);
  NodePtr root = parse_root(parser, json, expected);
  auto program = root ? finish(parser, json, std::move(root), expected) : nullptr;
  return program ? Expression(std::move(program)) : Expression();
}

Expression Expression::parse_filter(const document::Node& json, base::Problems& problems) {
  Expected expected;
  expected.kind = Kind::Boolean;
  Parser parser(expected, problems);
  NodePtr root;
  if (is_legacy_filter(json)) {
    root = parse_legacy_filter(parser, json, {});
  } else {
    warn_of_mixed_filter(problems, json, 0);
    const Type type = type_for(expected);
    Place place;
    place.wanted = &type;
    root = parser.parse(json, place);
  }
  auto program = root ? finish(parser, json, std::move(root), expected) : nullptr;
  return program ? Expression(std::move(program)) : Expression();
}

std::optional<Value> Expression::evaluate(const Context& context, std::string* error) const {
  if (program_->constant) return program_->constant;
  Run run{.context = context, .error = error, .bindings = {}};
  Value value;
  if (!program_->root->evaluate(run, value) || !settle(run, program_->expected, value)) return std::nullopt;
  return value;
}

bool Expression::evaluate_number(const Context& context, double& out) const {
  if (program_->constant) {
    const double* number = program_->constant->get_if<double>();
    return number && (out = *number, true);
  }
  Run run{.context = context, .error = nullptr, .bindings = {}};
  if (!program_->root->number(run, out) || std::isnan(out)) return false;
  out = clamped(out, program_->expected);
  return true;
}

bool Expression::evaluate_color(const Context& context, base::Color& out) const {
  if (program_->constant) {
    const base::Color* color = program_->constant->get_if<base::Color>();
    return color && (out = *color, true);
  }
  Run run{.context = context, .error = nullptr, .bindings = {}};
  return program_->root->color(run, out);
}

bool Expression::evaluate_boolean(const Context& context, bool& out) const {
  if (program_->constant) {
    const bool* flag = program_->constant->get_if<bool>();
    return flag && (out = *flag, true);
  }
  Run run{.context = context, .error = nullptr, .bindings = {}};
  return program_->root->boolean(run, out);
}

const Value* Expression::constant() const { return program_->constant ? &*program_->constant : nullptr; }

const Dependencies& Expression::dependencies() const { return program_->dependencies; }

}  // namespace sitmap::expression
