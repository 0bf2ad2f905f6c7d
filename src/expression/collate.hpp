#pragma once
// Locale-dependent comparing of strings, after the operator "collator". Internal.

#include <string>

#include "expression/tree.hpp"

namespace sitmap::expression {

// order < 0, 0 or > 0; `collator` evaluates to an object of the members case-sensitive, diacritic-sensitive, locale.
bool collate(Run& run, const Node& collator, const std::string& a, const std::string& b, int& order);

}  // namespace sitmap::expression
