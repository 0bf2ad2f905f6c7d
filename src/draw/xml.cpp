#include "draw/xml.hpp"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <cmath>

namespace sitmap::draw {

std::string escape_xml(std::string_view text) {
  std::string out;
  const int length = static_cast<int>(text.size());
  for (int at = 0; at < length;) {
    const int begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    if (c < 0)
      out += "\xEF\xBF\xBD";
    else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || c == 0xFFFE || c == 0xFFFF)
      continue;
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out.append(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
  }
  return out;
}

std::string decimal(double value, int decimals) {
  if (!std::isfinite(value)) return "0";
  static constexpr double kPowers[] = {1, 10, 100, 1000, 10000};
  if (decimals > 4 || std::abs(value) > 1e12) return fmt::format("{:.{}f}", value, decimals);
  long long units = std::llround(value * kPowers[decimals]);
  if (units == 0) return "0";
  while (decimals > 0 && units % 10 == 0) {
    units /= 10;
    --decimals;
  }
  // Digits from the back; this is most of the time of writing a map.
  char buffer[32];
  char* at = buffer + sizeof buffer;
  const bool negative = units < 0;
  auto rest = static_cast<unsigned long long>(negative ? -units : units);
  for (int i = 0; i < decimals; ++i, rest /= 10) *--at = static_cast<char>('0' + rest % 10);
  if (decimals > 0) *--at = '.';
  do *--at = static_cast<char>('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (negative) *--at = '-';
  return std::string(at, buffer + sizeof buffer);
}

std::string base64(std::span<const std::uint8_t> bytes) {
  constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const std::uint32_t three = static_cast<std::uint32_t>(bytes[i]) << 16 |
                                (left > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8 : 0) |
                                (left > 2 ? bytes[i + 2] : 0);
    out += kLetters[three >> 18];
    out += kLetters[three >> 12 & 63];
    out += left > 1 ? kLetters[three >> 6 & 63] : '=';
    out += left > 2 ? kLetters[three & 63] : '=';
  }
  return out;
}

std::string xml_id(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (out.empty() && digit) out += 'l';
    out += letter || digit ? c : '-';
  }
  return out.empty() ? "layer" : out;
}

}  // namespace sitmap::draw
