#include "base/color.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sitmap::base {
namespace {

int byte_of(float channel) { return static_cast<int>(std::lround(std::clamp(channel, 0.0F, 1.0F) * 255.0F)); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_css(const Color& color) {
  const int a = byte_of(color.a);
  std::string out = fmt::format("#{:02x}{:02x}{:02x}", byte_of(color.r), byte_of(color.g), byte_of(color.b));
  if (a != 255) out += fmt::format("{:02x}", a);
  return out;
}

std::optional<Color> parse_hex_color(std::string_view text) {
  if (!text.starts_with('#')) return std::nullopt;
  text.remove_prefix(1);
  const bool is_short = text.size() == 3 || text.size() == 4;
  if (!is_short && text.size() != 6 && text.size() != 8) return std::nullopt;
  float channels[4] = {0, 0, 0, 1};
  const std::size_t step = is_short ? 1 : 2;
  for (std::size_t i = 0; i * step < text.size(); ++i) {
    const int high = hex_digit(text[i * step]);
    const int low = is_short ? high : hex_digit(text[i * step + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    channels[i] = static_cast<float>(high * 16 + low) / 255.0F;
  }
  return Color{channels[0], channels[1], channels[2], channels[3]};
}

double relative_luminance(const Color& color) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double contrast_ratio(const Color& a, const Color& b) {
  const double la = relative_luminance(a), lb = relative_luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace sitmap::base
