#include "expression/convert.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "expression/type.hpp"

namespace sitmap::expression {
namespace {

std::optional<double> number_of_text(std::string_view given) {
  const std::string_view text = base::trim(given);
  if (text.empty()) return 0.0;
  if (text.size() > 2 && text[0] == '0') {
    const char kind = text[1];
    const int radix = kind == 'x' || kind == 'X' ? 16 : kind == 'o' || kind == 'O' ? 8 : kind == 'b' || kind == 'B' ? 2 : 0;
    if (radix != 0) {
      unsigned long long whole = 0;
      const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), whole, radix);
      if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
      return static_cast<double>(whole);
    }
  }
  if (text == "Infinity" || text == "+Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  const auto plausible = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'; };
  for (const char c : text)
    if (!plausible(c)) return std::nullopt;  // "nan" and "inf" are no numbers there
  return base::parse_double(text);
}

std::optional<Value> padding(const Value& value) {
  if (const double* all = value.get_if<double>()) return Value(Array{*all, *all, *all, *all});
  const Array* items = value.array();
  if (!items || items->empty() || items->size() > 4) return std::nullopt;
  for (const Value& item : *items)
    if (!item.get_if<double>()) return std::nullopt;
  const Array& v = *items;
  switch (v.size()) {
    case 1: return Value(Array{v[0], v[0], v[0], v[0]});
    case 2: return Value(Array{v[0], v[1], v[0], v[1]});
    case 3: return Value(Array{v[0], v[1], v[2], v[1]});
    default: return value;
  }
}

bool is_anchor(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  if (!text) return false;
  for (const char* known : {"center", "left", "right", "top", "bottom", "top-left", "top-right", "bottom-left", "bottom-right"})
    if (*text == known) return true;
  return false;
}

std::optional<Value> offsets(const Value& value) {
  const Array* items = value.array();
  if (!items || items->empty() || items->size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < items->size(); i += 2) {
    const Array* offset = (*items)[i + 1].array();
    if (!is_anchor((*items)[i]) || !offset || offset->size() != 2) return std::nullopt;
    if (!(*offset)[0].get_if<double>() || !(*offset)[1].get_if<double>()) return std::nullopt;
  }
  return value;
}

std::optional<Value> list_of(const Value& value, Kind item_kind) {
  const Array* items = value.array();
  if (!items) {
    auto single = convert(value, item_kind);
    if (!single) return std::nullopt;
    return Value(Array{std::move(*single)});
  }
  if (items->empty()) return std::nullopt;
  Array out;
  for (const Value& item : *items) {
    auto converted = convert(item, item_kind);
    if (!converted) return std::nullopt;
    out.push_back(std::move(*converted));
  }
  return Value(std::move(out));
}

}  // namespace

std::optional<double> to_number(const Value& value) {
  if (value.is_null()) return 0.0;
  if (const double* number = value.get_if<double>()) {
    if (std::isnan(*number)) return std::nullopt;
    return *number;
  }
  if (const bool* flag = value.get_if<bool>()) return *flag ? 1.0 : 0.0;
  if (const std::string* text = value.get_if<std::string>()) return number_of_text(*text);
  if (const Array* items = value.array()) {  // as its text: "" for an empty one, the item's for one of one item
    if (items->empty()) return 0.0;
    if (items->size() > 1 || items->front().get_if<bool>()) return std::nullopt;
    return to_number(items->front());
  }
  return std::nullopt;
}

std::optional<base::Color> to_color(const Value& value) {
  if (const base::Color* color = value.get_if<base::Color>()) return *color;
  if (const std::string* text = value.get_if<std::string>()) return parse_css_color(*text);
  const Array* items = value.array();
  if (!items || items->size() < 3 || items->size() > 4) return std::nullopt;
  double c[4] = {0, 0, 0, 1};
  for (std::size_t i = 0; i < items->size(); ++i) {
    const double* channel = (*items)[i].get_if<double>();
    if (!channel || !(*channel >= 0 && *channel <= (i < 3 ? 255 : 1))) return std::nullopt;
    c[i] = *channel;
  }
  return base::Color{static_cast<float>(c[0] / 255), static_cast<float>(c[1] / 255), static_cast<float>(c[2] / 255),
                     static_cast<float>(c[3])};
}

bool to_boolean(const Value& value) {
  if (value.is_null()) return false;
  if (const bool* flag = value.get_if<bool>()) return *flag;
  if (const double* number = value.get_if<double>()) return *number != 0 && !std::isnan(*number);
  if (const std::string* text = value.get_if<std::string>()) return !text->empty();
  return true;
}

std::optional<Value> convert(const Value& value, Kind kind) {
  switch (kind) {
    case Kind::Boolean: return Value(to_boolean(value));
    case Kind::String: return Value(to_text(value));
    case Kind::Number:
      if (value.get_if<double>()) return value;
      return std::nullopt;
    case Kind::Color:
      if (const auto color = to_color(value)) return Value(*color);
      return std::nullopt;
    case Kind::Formatted:
      if (value.formatted()) return value;
      return Value(Formatted{.sections = {{.text = to_text(value), .image = {}, .scale = {}, .fonts = {}, .color = {}}}});
    case Kind::Image:
      if (value.get_if<ImageName>()) return value;
      if (to_text(value).empty()) return Value{};  // no image
      return Value(ImageName{to_text(value)});
    case Kind::Padding: return padding(value);
    case Kind::Offsets: return offsets(value);
    case Kind::NumberArray: return list_of(value, Kind::Number);
    case Kind::ColorArray: return list_of(value, Kind::Color);
    default: return value;
  }
}

}  // namespace sitmap::expression
