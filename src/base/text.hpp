#pragma once
// Text helpers. All strings are UTF-8; no function looks at the locale.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sitmap::base {

std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);  // keeps empty parts; "" gives one empty part
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string ascii_lower(std::string_view text);

bool valid_utf8(std::string_view text);
// The first `count` code points; invalid bytes count as one each.
std::string_view code_point_prefix(std::string_view text, int count);
// Columns on a terminal: wide characters count 2, combining marks 0.
std::size_t display_width(std::string_view text);

// Whole-text number parsing, locale-free; nothing when anything is left over. Accepts a leading '+'.
std::optional<double> parse_double(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);
// The shortest text that reads back as the same double ("0.1", "12", "1e+21").
std::string print_double(double value);

// Optimal string alignment distance over code points, at most `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit = 64);
// The candidate nearest to a misspelt name (case ignored), when near enough to be meant.
std::optional<std::string> closest(std::string_view name, std::span<const std::string> candidates);
// "did you mean 'color'?" or, when nothing is near, "known are a, b, c" (at most 12), or "" for no candidates.
std::string suggestion(std::string_view name, std::span<const std::string> candidates);

}  // namespace sitmap::base
