#pragma once
// What the operators of text share. Internal.

#include <span>
#include <string>
#include <string_view>

#include "expression/parser.hpp"

namespace sitmap::expression {

// The argument's string; nullptr after an error. `scratch` may hold it.
const std::string* text_of(Run& run, const NodePtr& arg, Value& scratch);

// The members of an options object, each an expression; unknown members are problems.
struct Option {
  std::string_view name;
  Type type;
  NodePtr node = {};
};
bool read_options(Parser& parser, const JsonNode& object, const Place& at, std::span<Option> options);

}  // namespace sitmap::expression
