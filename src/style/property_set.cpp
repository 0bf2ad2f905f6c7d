#include <fmt/format.h>

#include <stdexcept>

#include "style/properties.hpp"
#include "style/style.hpp"

namespace sitmap::style {
namespace {

using expression::Context;
using expression::Value;

double first_number(const Value& value) {
  if (const double* number = value.get_if<double>()) return *number;
  const expression::Array* items = value.array();
  return items && !items->empty() ? first_number(items->front()) : 0;
}

base::Color first_color(const Value& value) {
  if (const base::Color* color = value.get_if<base::Color>()) return *color;
  const expression::Array* items = value.array();
  return items && !items->empty() ? first_color(items->front()) : base::Color{0, 0, 0, 0};
}

bool flag_of(const Value& value) {
  const bool* flag = value.get_if<bool>();
  return flag && *flag;
}

}  // namespace

void PropertySet::set(std::string name, expression::Expression value, const PropertySpec* spec) {
  static_cast<void>(spec);
  if (const auto id = property_id(name)) {
    Entry made;
    made.value = value;
    if (const Value* constant = value.constant()) {
      const Value& kept = constant->is_null() ? property_spec(*id).default_value : *constant;
      made.constant = true;
      made.number = first_number(kept);
      made.color = first_color(kept);
      made.boolean = flag_of(kept);
    }
    if (index_.size() <= *id) index_.resize(std::size_t{*id} + 1, 0);
    if (index_[*id] == 0) {
      entries_.push_back(std::move(made));
      index_[*id] = static_cast<std::uint8_t>(entries_.size());
    } else {
      entries_[index_[*id] - 1U] = std::move(made);
    }
  }
  values_.insert_or_assign(std::move(name), std::move(value));
}

const PropertySet::Entry* PropertySet::entry(std::string_view name, std::uint8_t& id) const {
  const auto found = property_id(name);
  if (!found) throw std::logic_error(fmt::format("no layer type has a property '{}'", name));
  id = *found;
  return id < index_.size() && index_[id] > 0 ? &entries_[index_[id] - 1U] : nullptr;
}

bool PropertySet::has(std::string_view name) const { return values_.find(name) != values_.end(); }

const expression::Expression* PropertySet::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

double PropertySet::number(std::string_view name, const Context& context) const {
  PropertyId id = 0;
  const Entry* given = entry(name, id);
  if (given && given->constant) return given->number;
  const PropertySpec& spec = property_spec(id);
  if (given && spec.expected.kind == expression::Kind::Number) {
    double result = 0;
    if (given->value.evaluate_number(context, result)) return result;
  } else if (given) {
    if (const auto result = given->value.evaluate(context); result && !result->is_null()) return first_number(*result);
  }
  return first_number(spec.default_value);
}

base::Color PropertySet::color(std::string_view name, const Context& context) const {
  PropertyId id = 0;
  const Entry* given = entry(name, id);
  if (given && given->constant) return given->color;
  const PropertySpec& spec = property_spec(id);
  if (given && spec.expected.kind == expression::Kind::Color) {
    base::Color result;
    if (given->value.evaluate_color(context, result)) return result;
  } else if (given) {
    if (const auto result = given->value.evaluate(context); result && !result->is_null()) return first_color(*result);
  }
  return first_color(spec.default_value);
}

bool PropertySet::boolean(std::string_view name, const Context& context) const {
  PropertyId id = 0;
  const Entry* given = entry(name, id);
  if (given && given->constant) return given->boolean;
  bool result = false;
  if (given && given->value.evaluate_boolean(context, result)) return result;
  return flag_of(property_spec(id).default_value);
}

Value PropertySet::value(std::string_view name, const Context& context) const {
  PropertyId id = 0;
  if (const Entry* given = entry(name, id)) {
    auto result = given->value.evaluate(context);
    if (result && !result->is_null()) return std::move(*result);
  }
  return property_spec(id).default_value;
}

std::string PropertySet::text(std::string_view name, const Context& context) const {
  return expression::to_text(value(name, context));
}

std::vector<double> PropertySet::numbers(std::string_view name, const Context& context) const {
  const Value found = value(name, context);
  std::vector<double> out;
  if (const double* number = found.get_if<double>()) out.push_back(*number);
  if (const expression::Array* items = found.array())
    for (const Value& item : *items)
      if (const double* number = item.get_if<double>()) out.push_back(*number);
  return out;
}

std::vector<std::string> PropertySet::texts(std::string_view name, const Context& context) const {
  const Value found = value(name, context);
  std::vector<std::string> out;
  if (const std::string* text = found.get_if<std::string>()) out.push_back(*text);
  if (const expression::Array* items = found.array())
    for (const Value& item : *items) out.push_back(expression::to_text(item));
  return out;
}

expression::Dependencies PropertySet::dependencies() const {
  expression::Dependencies out;
  for (const auto& [name, value] : values_) out.merge(value.dependencies());
  return out;
}

expression::Dependencies Layer::dependencies() const {
  expression::Dependencies out = properties.dependencies();
  if (filter) out.merge(filter->dependencies());
  return out;
}

std::set<std::string, std::less<>> Layer::columns() const {
  const expression::Dependencies found = dependencies();
  if (found.all_properties) return {};
  return found.properties;
}

const Source* Style::source(std::string_view id) const {
  for (const Source& source : sources)
    if (source.id == id) return &source;
  return nullptr;
}

}  // namespace sitmap::style
