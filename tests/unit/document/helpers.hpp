#pragma once
#include <string>

#include "base/problem.hpp"
#include "document/read.hpp"

namespace sitmap::document::testing {

inline Node yaml(std::string text) { return parse_yaml(std::move(text), "t.yaml"); }
inline Node json(std::string text) { return parse_json(std::move(text), "t.json"); }

// The message of the error that reading gives, as the user sees it; "" when it reads.
template <class Read>
std::string error_of(Read read) {
  try {
    read();
  } catch (const base::InputError& error) {
    return error.what();
  }
  return {};
}
inline std::string yaml_error(std::string text) {
  return error_of([&] { yaml(std::move(text)); });
}
inline std::string json_error(std::string text) {
  return error_of([&] { json(std::move(text)); });
}

inline std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace sitmap::document::testing
