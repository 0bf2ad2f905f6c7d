#pragma once
// Conversions of values, as the operators to-number, to-color … and implicit conversions do them. Internal.

#include <optional>

#include "expression/expression.hpp"

namespace sitmap::expression {

// ECMAScript's Number(): null and "" are 0, booleans 0 and 1, "0x1f" 31, surrounding space is ignored.
std::optional<double> to_number(const Value& value);
std::optional<base::Color> to_color(const Value& value);  // CSS text, or a list of 3 or 4 channels (0..255, alpha 0..1)
bool to_boolean(const Value& value);                      // false for null, false, 0, NaN and ""
// To any kind that has an implicit conversion; nothing when the value does not fit.
std::optional<Value> convert(const Value& value, Kind kind);

}  // namespace sitmap::expression
