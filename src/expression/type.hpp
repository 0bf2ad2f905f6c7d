#pragma once
// Static types of expressions, and how values meet them.

#include <memory>
#include <optional>
#include <string>

#include "expression/expression.hpp"

namespace sitmap::expression {

struct Type {
  Kind kind = Kind::Any;
  std::shared_ptr<const Type> item;   // of arrays; null means any
  std::optional<std::size_t> length;  // of arrays

  const Type& item_type() const;
};

Type array_type(Type item, std::optional<std::size_t> length = std::nullopt);
Type type_for(const Expected& expected);
Type type_of(const Value& value);
std::string to_text(const Type& type);  // "array<number, 2>"

bool accepts(const Type& expected, const Type& actual);  // actual is a subtype
bool holds(const Type& type, const Value& value);        // the same for a value
bool same_kind(const Type& a, const Type& b);

std::string number_text(double value);
std::string to_json(const Value& value);
// The numbers that a colour's channels stand for: 0..255 without the noise of float, and alpha.
double channel_number(float channel);
double alpha_number(float alpha);

}  // namespace sitmap::expression
