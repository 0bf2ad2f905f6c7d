#include "expression/type.hpp"

#include <fmt/format.h>

namespace sitmap::expression {

const Type& Type::item_type() const {
  static const Type any;
  return item ? *item : any;
}

Type array_type(Type item, std::optional<std::size_t> length) {
  Type type{.kind = Kind::Array, .item = nullptr, .length = length};
  if (item.kind != Kind::Any) type.item = std::make_shared<const Type>(std::move(item));
  return type;
}

Type type_for(const Expected& expected) {
  if (expected.kind == Kind::Array) return array_type({.kind = expected.item, .item = {}, .length = {}}, expected.length);
  return {.kind = expected.kind, .item = {}, .length = {}};
}

Type type_of(const Value& value) {
  Kind kind = Kind::Null;
  if (value.get_if<bool>()) kind = Kind::Boolean;
  else if (value.get_if<double>()) kind = Kind::Number;
  else if (value.get_if<std::string>()) kind = Kind::String;
  else if (value.get_if<base::Color>()) kind = Kind::Color;
  else if (value.get_if<ImageName>()) kind = Kind::Image;
  else if (value.formatted()) kind = Kind::Formatted;
  else if (value.object()) kind = Kind::Object;
  if (const Array* array = value.array()) {
    if (array->empty()) return array_type({}, 0);
    Type item = type_of(array->front());
    for (std::size_t i = 1; i < array->size(); ++i) {
      // Two arrays never count as one type here: so does the reference implementation.
      if (item.kind == Kind::Array || type_of((*array)[i]).kind != item.kind) {
        item = {};
        break;
      }
    }
    return array_type(std::move(item), array->size());
  }
  return {.kind = kind, .item = {}, .length = {}};
}

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::Any: return "value";
    case Kind::Null: return "null";
    case Kind::Boolean: return "boolean";
    case Kind::Number: return "number";
    case Kind::String: return "string";
    case Kind::Color: return "color";
    case Kind::Array: return "array";
    case Kind::Object: return "object";
    case Kind::Formatted: return "formatted";
    case Kind::Image: return "resolvedImage";
    case Kind::Padding: return "padding";
    case Kind::Offsets: return "variableAnchorOffsetCollection";
    case Kind::NumberArray: return "numberArray";
    case Kind::ColorArray: return "colorArray";
    case Kind::Collator: return "collator";
    case Kind::Error: return "error";
  }
  return "value";
}

std::string to_text(const Type& type) {
  if (type.kind != Kind::Array) return name_of(type.kind);
  const Type& item = type.item_type();
  if (type.length) return fmt::format("array<{}, {}>", to_text(item), *type.length);
  return item.kind == Kind::Any ? "array" : fmt::format("array<{}>", to_text(item));
}

bool accepts(const Type& expected, const Type& actual) {
  if (actual.kind == Kind::Error) return true;
  if (expected.kind == Kind::Array) {
    if (actual.kind != Kind::Array) return false;
    const bool empty_literal = actual.length == 0U && actual.item_type().kind == Kind::Any;
    if (!empty_literal && !accepts(expected.item_type(), actual.item_type())) return false;
    return !expected.length || expected.length == actual.length;
  }
  if (expected.kind == actual.kind) return true;
  return expected.kind == Kind::Any && actual.kind != Kind::Collator;
}

bool holds(const Type& type, const Value& value) {
  switch (type.kind) {
    case Kind::Any: return true;
    case Kind::Null: return value.is_null();
    case Kind::Boolean: return value.get_if<bool>() != nullptr;
    case Kind::Number: return value.get_if<double>() != nullptr;
    case Kind::String: return value.get_if<std::string>() != nullptr;
    case Kind::Color: return value.get_if<base::Color>() != nullptr;
    case Kind::Object: return value.object() != nullptr;
    case Kind::Formatted: return value.formatted() != nullptr;
    case Kind::Image: return value.get_if<ImageName>() != nullptr;
    case Kind::Error: return false;
    case Kind::Collator: return value.object() != nullptr;
    case Kind::Padding:
    case Kind::Offsets:
    case Kind::NumberArray:
    case Kind::ColorArray: return value.array() != nullptr;
    case Kind::Array: break;
  }
  const Array* array = value.array();
  if (!array || (type.length && *type.length != array->size())) return false;
  if (type.item_type().kind == Kind::Any) return true;
  for (const Value& item : *array)
    if (!holds(type.item_type(), item)) return false;
  return true;
}

bool same_kind(const Type& a, const Type& b) { return a.kind == b.kind; }

}  // namespace sitmap::expression
