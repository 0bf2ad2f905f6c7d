// Plain JSON values as property values, and the checks on every constant a property may get.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "expression/convert.hpp"
#include "expression/css_names.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

std::optional<Complaint> check_number(double number, const Expected& expected) {
  if (std::isnan(number)) return Complaint{"the value is not a number", {}};
  if (expected.minimum && number < *expected.minimum)
    return Complaint{fmt::format("{} is less than the least allowed, {}", number_text(number), number_text(*expected.minimum)), {}};
  if (expected.maximum && number > *expected.maximum)
    return Complaint{fmt::format("{} is more than the most allowed, {}", number_text(number), number_text(*expected.maximum)), {}};
  return std::nullopt;
}

std::optional<Complaint> check_text(const std::string& text, const Expected& expected) {
  const auto& known = expected.enumeration;
  if (known.empty() || std::find(known.begin(), known.end(), text) != known.end()) return std::nullopt;
  return Complaint{fmt::format("unknown value '{}'", text), base::suggestion(text, known)};
}

std::string color_hint(std::string_view text) {
  std::vector<std::string> names;
  for (const NamedColor& named : kNamedColors) names.emplace_back(named.name);
  if (const auto near = base::closest(text, names)) return fmt::format("did you mean '{}'?", *near);
  return "write a CSS colour such as \"#b22222\", \"firebrick\" or \"rgba(178, 34, 34, 0.5)\"";
}

std::string wanted(const Expected& expected) { return to_text(type_for(expected)); }

// The value as the property holds it; a complaint when it doesn't fit.
std::optional<Value> typed(const JsonNode& json, const Expected& expected, Complaint& complaint) {
  const auto unfit = [&] {
    complaint = {fmt::format("expected {}, found {}", wanted(expected), json.describe()), {}};
    return std::nullopt;
  };
  const auto value = literal_value(json);
  if (!value) return unfit();
  switch (expected.kind) {
    case Kind::Color:
    case Kind::ColorArray: {
      const Value* text = value->array() && !value->array()->empty() ? &value->array()->front() : &*value;
      if (expected.kind == Kind::Color && !value->get_if<std::string>()) return unfit();
      auto color = convert(*value, expected.kind);
      if (color) return color;
      if (!text->get_if<std::string>()) return unfit();
      const std::string& name = *text->get_if<std::string>();
      complaint = {fmt::format("'{}' is no colour", name), color_hint(name)};
      return std::nullopt;
    }
    case Kind::Formatted:
    case Kind::Image:
      if (!value->get_if<std::string>()) return unfit();
      return convert(*value, expected.kind);
    case Kind::Padding:
    case Kind::Offsets:
    case Kind::NumberArray: {
      auto converted = convert(*value, expected.kind);
      if (!converted) return unfit();
      return converted;
    }
    case Kind::Array: {
      if (!value->array() || (expected.length && *expected.length != value->array()->size())) return unfit();
      if (!holds(type_for(expected), *value)) return unfit();
      return value;
    }
    default:
      if (!holds(type_for(expected), *value)) return unfit();
      return value;
  }
}

}  // namespace

std::optional<Complaint> check_value(const Value& value, const Expected& expected) {
  if (expected.kind == Kind::Any) return std::nullopt;
  if (const double* number = value.get_if<double>())
    if (auto complaint = check_number(*number, expected)) return complaint;
  if (const std::string* text = value.get_if<std::string>())
    if (auto complaint = check_text(*text, expected)) return complaint;
  if (const Array* items = value.array(); items && expected.kind != Kind::Offsets) {
    for (const Value& item : *items) {
      const double* number = item.get_if<double>();
      const std::string* text = item.get_if<std::string>();
      auto complaint = number ? check_number(*number, expected) : text ? check_text(*text, expected) : std::nullopt;
      if (complaint) return complaint;
    }
  }
  if (expected.check) {
    std::string complaint = expected.check(value);
    if (!complaint.empty()) return Complaint{std::move(complaint), {}};
  }
  return std::nullopt;
}

NodePtr make_tokens(std::string_view text) {
  std::vector<NodePtr> parts;
  std::string plain;
  bool found = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = text[i] == '{' ? text.find_first_of("{}", i + 1) : std::string_view::npos;
    if (end == std::string_view::npos || text[end] != '}' || end == i + 1) {
      plain += text[i++];
      continue;
    }
    found = true;
    parts.push_back(std::make_shared<Literal>(Value(std::move(plain))));
    plain.clear();
    parts.push_back(make_get(std::string(text.substr(i + 1, end - i - 1))));
    i = end + 1;
  }
  if (!found) return nullptr;
  parts.push_back(std::make_shared<Literal>(Value(std::move(plain))));
  return make_concat(std::move(parts));
}

NodePtr parse_constant(Parser& parser, const JsonNode& json, const Expected& expected) {
  if (expected.tokens && json.is_string())
    if (NodePtr tokens = make_tokens(json.as_string())) return make_coercion(type_for(expected), std::move(tokens));
  Complaint complaint;
  auto value = typed(json, expected, complaint);
  if (value)
    if (auto found = check_value(*value, expected)) {
      complaint = std::move(*found);
      value.reset();
    }
  if (!value && json.is_array() && json.size() > 0 && json.at(0).is_string()) {
    if (const auto near = similar_operator(json.at(0).as_string()))
      complaint = {fmt::format("unknown operator '{}'", json.at(0).as_string()), fmt::format("did you mean '{}'?", *near)};
  }
  if (!value) return parser.fail(json, {}, complaint.message, std::move(complaint.hint));
  return std::make_shared<Literal>(std::move(*value), type_for(expected));
}

}  // namespace sitmap::expression
