#include "expression/value.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "document/json_writer.hpp"
#include "expression/type.hpp"

namespace sitmap::expression {

std::string Formatted::plain() const {
  std::string out;
  for (const FormattedSection& section : sections) out += section.text;
  return out;
}

const Array* Value::array() const {
  const auto* held = get_if<std::shared_ptr<const Array>>();
  return held ? held->get() : nullptr;
}

const Object* Value::object() const {
  const auto* held = get_if<std::shared_ptr<const Object>>();
  return held ? held->get() : nullptr;
}

const Formatted* Value::formatted() const {
  const auto* held = get_if<std::shared_ptr<const Formatted>>();
  return held ? held->get() : nullptr;
}

namespace {

bool same(const FormattedSection& a, const FormattedSection& b) {
  return a.text == b.text && a.image == b.image && a.scale == b.scale && a.fonts == b.fonts && a.color == b.color;
}

void append_json(std::string& out, const Value& value);

void append_json(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "null";
  } else if (const double* number = value.get_if<double>()) {
    out += std::isfinite(*number) ? number_text(*number) : "null";
  } else if (const Array* array = value.array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      append_json(out, (*array)[i]);
    }
    out += ']';
  } else if (const Object* object = value.object()) {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : *object) {
      if (!first) out += ',';
      first = false;
      out += document::json_quoted(key);
      out += ':';
      append_json(out, member);
    }
    out += '}';
  } else if (const bool* flag = value.get_if<bool>()) {
    out += *flag ? "true" : "false";
  } else {
    out += document::json_quoted(to_text(value));
  }
}

}  // namespace

bool Value::operator==(const Value& other) const {
  if (storage_.index() != other.storage_.index()) return false;
  if (const Array* array_here = array()) return *array_here == *other.array();
  if (const Object* object_here = object()) return *object_here == *other.object();
  if (const Formatted* text = formatted()) {
    const auto& a = text->sections;
    const auto& b = other.formatted()->sections;
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!same(a[i], b[i])) return false;
    return true;
  }
  if (const ImageName* image = get_if<ImageName>()) return image->name == other.get_if<ImageName>()->name;
  if (const double* number = get_if<double>()) return *number == *other.get_if<double>();
  if (const bool* flag = get_if<bool>()) return *flag == *other.get_if<bool>();
  if (const std::string* text = get_if<std::string>()) return *text == *other.get_if<std::string>();
  if (const base::Color* color = get_if<base::Color>()) return *color == *other.get_if<base::Color>();
  return true;
}

// ECMAScript's Number::toString: the shortest digits, plain between 1e-6 and 1e21.
std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value == 0) return "0";
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  static_cast<void>(error);
  const std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));  // "-1.25e-07"
  const std::size_t e = shortest.find('e');
  int exponent = 0;
  std::from_chars(shortest.data() + e + (shortest[e + 1] == '+' ? 2 : 1), shortest.data() + shortest.size(), exponent);
  if (exponent < -6 || exponent >= 21)
    return fmt::format("{}e{}{}", shortest.substr(0, e), exponent < 0 ? "" : "+", exponent);
  std::string digits;
  for (const char c : shortest.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  const std::string sign = value < 0 ? "-" : "";
  if (exponent < 0) return fmt::format("{}0.{}{}", sign, std::string(static_cast<std::size_t>(-exponent - 1), '0'), digits);
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return fmt::format("{}{}{}", sign, digits, std::string(whole - digits.size(), '0'));
  return fmt::format("{}{}.{}", sign, digits.substr(0, whole), digits.substr(whole));
}

double channel_number(float channel) { return std::round(static_cast<double>(channel) * 255.0 * 1e4) / 1e4; }

// A float's own shortest digits, so that 0.3F is 0.3 and not 0.300000012.
double alpha_number(float alpha) {
  char buffer[64];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, alpha);
  double value = 0;
  std::from_chars(buffer, written.ptr, value);
  return value;
}

std::string to_json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string to_text(const Value& value) {
  if (value.is_null()) return {};
  if (const std::string* text = value.get_if<std::string>()) return *text;
  if (const double* number = value.get_if<double>()) return number_text(*number);
  if (const bool* flag = value.get_if<bool>()) return *flag ? "true" : "false";
  if (const base::Color* color = value.get_if<base::Color>())
    return fmt::format("rgba({},{},{},{})", std::lround(color->r * 255.0F), std::lround(color->g * 255.0F),
                       std::lround(color->b * 255.0F), number_text(alpha_number(color->a)));
  if (const ImageName* image = value.get_if<ImageName>()) return image->name;
  if (const Formatted* text = value.formatted()) return text->plain();
  return to_json(value);
}

std::string type_name(const Value& value) { return to_text(type_of(value)); }

}  // namespace sitmap::expression
