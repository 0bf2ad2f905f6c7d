#pragma once
// A small JSON Schema validator of the keywords that the declarations emit; an unknown keyword fails the test.

#include <gtest/gtest.h>
#include <regex.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "document/node.hpp"

namespace sitmap::document::testing {

// POSIX extended expressions read the patterns that are emitted alike, once their escapes are characters. (std::regex
// does not compile without warnings under GCC 12's sanitizers.)
inline bool matches(std::string_view pattern, std::string_view text) {
  struct Compiled {
    regex_t regex{};
    Compiled() = default;
    Compiled(const Compiled&) = delete;
    ~Compiled() { regfree(&regex); }
  };
  static std::map<std::string, Compiled, std::less<>> compiled;
  auto found = compiled.find(pattern);
  if (found == compiled.end()) {
    std::string posix(pattern);
    for (const auto& [escape, character] : {std::pair("\\t", "\t"), {"\\r", "\r"}, {"\\n", "\n"}, {"\\u0000", "\x01"}})
      for (auto at = posix.find(escape); at != std::string::npos; at = posix.find(escape)) posix.replace(at, std::string_view(escape).size(), character);
    found = compiled.try_emplace(std::string(pattern)).first;
    EXPECT_EQ(regcomp(&found->second.regex, posix.c_str(), REG_EXTENDED | REG_NOSUB), 0) << pattern;
  }
  return regexec(&found->second.regex, std::string(text).c_str(), 0, nullptr, 0) == 0;
}

inline bool has_type(const Node& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number() && value.as_number() == std::trunc(value.as_number());
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  ADD_FAILURE() << "unknown type " << type;
  return false;
}

inline bool validates(const Node& schema, const Node& value) {
  if (schema.is_bool()) return schema.as_bool();
  static const std::set<std::string, std::less<>> kNotes = {"$schema", "$id", "title", "description", "default", "examples"};
  const auto count_valid = [&](const Node& schemas) {
    std::size_t count = 0;
    for (const Node& one : schemas.items()) count += validates(one, value) ? 1 : 0;
    return count;
  };
  bool ok = true;
  for (const Member& member : schema.members()) {
    const std::string_view key = member.key;
    const Node& rule = member.value;
    if (kNotes.contains(key) || key == "patternProperties" || key == "additionalProperties") continue;
    if (key == "type") {
      bool any = rule.is_string() && has_type(value, rule.as_string());
      for (const Node& type : rule.items()) any = any || has_type(value, type.as_string());
      ok = ok && any;
    } else if (key == "minimum") {
      ok = ok && (!value.is_number() || value.as_number() >= rule.as_number());
    } else if (key == "exclusiveMinimum") {
      ok = ok && (!value.is_number() || value.as_number() > rule.as_number());
    } else if (key == "maximum") {
      ok = ok && (!value.is_number() || value.as_number() <= rule.as_number());
    } else if (key == "pattern") {
      ok = ok && (!value.is_string() || matches(rule.as_string(), value.as_string()));
    } else if (key == "enum") {
      const auto items = rule.items();
      ok = ok && std::any_of(items.begin(), items.end(), [&](const Node& item) { return item == value; });
    } else if (key == "items") {
      for (const Node& item : value.items()) ok = ok && validates(rule, item);
    } else if (key == "minItems") {
      ok = ok && (!value.is_array() || static_cast<double>(value.size()) >= rule.as_number());
    } else if (key == "maxItems") {
      ok = ok && (!value.is_array() || static_cast<double>(value.size()) <= rule.as_number());
    } else if (key == "anyOf") {
      ok = ok && count_valid(rule) > 0;
    } else if (key == "oneOf") {
      ok = ok && count_valid(rule) == 1;
    } else if (key == "allOf") {
      ok = ok && count_valid(rule) == rule.size();
    } else if (key == "not") {
      ok = ok && !validates(rule, value);
    } else if (key == "required") {
      for (const Node& name : rule.items()) ok = ok && (!value.is_object() || value.has(name.as_string()));
    } else if (key == "dependentRequired") {
      for (const Member& dependency : rule.members())
        if (value.has(dependency.key))
          for (const Node& name : dependency.value.items()) ok = ok && value.has(name.as_string());
    } else if (key == "properties") {
      for (const Member& property : rule.members())
        if (const auto child = value.find(property.key)) ok = ok && validates(property.value, *child);
    } else {
      ADD_FAILURE() << "keyword '" << key << "' is not known to the test's validator";
    }
  }
  if (const auto additional = schema.find("additionalProperties"); additional && value.is_object())
    for (const Member& member : value.members()) {
      if (const auto properties = schema.find("properties"); properties && properties->has(member.key)) continue;
      bool matched = false;
      if (const auto patterns = schema.find("patternProperties"))
        for (const Member& pattern : patterns->members())
          if (matches(pattern.key, member.key)) matched = true, ok = ok && validates(pattern.value, member.value);
      if (!matched) ok = ok && validates(*additional, member.value);
    }
  return ok;
}

}  // namespace sitmap::document::testing
