#pragma once
// Fonts cut down to the letters of a document.

#include <cstdint>
#include <filesystem>
#include <set>
#include <vector>

namespace sitmap::draw {

// A TrueType/OpenType file with what the code points need, layout rules included. Empty when it can't be made.
std::vector<std::uint8_t> subset_font(const std::filesystem::path& file, const std::set<char32_t>& code_points);

std::set<char32_t> code_points(std::string_view text);

}  // namespace sitmap::draw
