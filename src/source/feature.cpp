#include "source/feature.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sitmap::source {

Schema::Schema(std::vector<std::string> names) : names_(std::move(names)) {}

std::optional<std::size_t> Schema::find(std::string_view name) const {
  const auto it = std::find(names_.begin(), names_.end(), name);
  if (it == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(it - names_.begin());
}

const Value& Feature::get(std::string_view name) const {
  static const Value kNull;
  if (!schema) return kNull;
  const auto index = schema->find(name);
  return index && *index < values.size() ? values[*index] : kNull;
}

std::string Feature::text(std::string_view name) const {
  const Value& value = get(name);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return base::print_double(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  return {};
}

std::optional<double> Feature::number(std::string_view name) const {
  const Value& value = get(name);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return base::parse_double(base::trim(*text));
  return std::nullopt;
}

}  // namespace sitmap::source
