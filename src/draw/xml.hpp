#pragma once
// Pieces of XML text.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sitmap::draw {

std::string escape_xml(std::string_view text);   // for text and attributes; what XML 1.0 forbids is left out
std::string decimal(double value, int decimals = 2);  // no zeros at the end, never "-0", no exponent
std::string base64(std::span<const std::uint8_t> bytes);
std::string xml_id(std::string_view name);       // a name that may stand in id=""

}  // namespace sitmap::draw
