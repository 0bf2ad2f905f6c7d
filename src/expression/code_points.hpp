#pragma once
// Lengths and positions of UTF-8 text in Unicode code points; an invalid byte counts as one.

#include <cstddef>
#include <string_view>

namespace sitmap::expression {

inline bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

inline std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += starts_code_point(c) ? 1U : 0U;
  return count;
}

inline std::size_t byte_of_code_point(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (starts_code_point(text[at]) && index-- == 0) return at;
  return at;
}

}  // namespace sitmap::expression
