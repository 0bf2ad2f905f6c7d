// CSS Color Module Level 4: named and hexadecimal colours, rgb(), hsl(), hwb() in both the comma and the space form,
// and color(srgb …). `none` is zero.

#include <algorithm>
#include <cmath>
#include <charconv>

#include "base/text.hpp"
#include "expression/css_names.hpp"
#include "expression/expression.hpp"

namespace sitmap::expression {
namespace {

struct Component {
  double value = 0;
  std::string_view unit;  // "", "%", "deg", "grad", "rad", "turn"
};

// The inside of the parentheses: components, separated all by commas or all by spaces with '/' before alpha.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<std::vector<Component>> read(std::size_t count) {
    std::vector<Component> out;
    bool commas = false;
    skip_space();
    while (out.size() <= count) {
      auto component = read_component();
      if (!component) return std::nullopt;
      out.push_back(*component);
      const bool spaced = skip_space();
      if (text_.empty()) break;
      if (out.size() == 1) {
        commas = text_.front() == ',';
        if (!commas && !spaced) return std::nullopt;
      }
      if (out.size() < count) {
        if (commas != take(',')) return std::nullopt;
        if (!commas && !spaced) return std::nullopt;
      } else if (out.size() == count) {
        if (!take(commas ? ',' : '/')) return std::nullopt;
      } else {
        return std::nullopt;
      }
      skip_space();
    }
    if (out.size() < count || out.size() > count + 1) return std::nullopt;
    return out;
  }

 private:
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool skip_space() {
    const std::size_t before = text_.size();
    while (!text_.empty() && std::string_view(" \t\n\r\f").find(text_.front()) != std::string_view::npos)
      text_.remove_prefix(1);
    return text_.size() != before;
  }
  std::optional<Component> read_component() {
    Component out;
    if (text_.starts_with("none")) {
      text_.remove_prefix(4);
      return out;
    }
    const bool plus = text_.size() > 1 && text_[0] == '+' && text_[1] != '-';
    if (plus) text_.remove_prefix(1);
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), out.value);
    if (error != std::errc{} || !std::isfinite(out.value)) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    for (const std::string_view unit : {"%", "deg", "grad", "rad", "turn"}) {
      if (!text_.starts_with(unit)) continue;
      out.unit = unit;
      text_.remove_prefix(unit.size());
      break;
    }
    return out;
  }

  std::string_view text_;
};

float unit_clamp(double value) { return static_cast<float>(std::clamp(value, 0.0, 1.0)); }

std::optional<float> alpha_of(const std::vector<Component>& parts) {
  if (parts.size() < 4) return 1.0F;
  if (parts[3].unit == "%") return unit_clamp(parts[3].value / 100);
  if (!parts[3].unit.empty()) return std::nullopt;
  return unit_clamp(parts[3].value);
}

// Degrees in [0, 360).
std::optional<double> hue_of(const Component& part) {
  double degrees = part.value;
  if (part.unit == "%") return std::nullopt;
  if (part.unit == "grad") degrees *= 0.9;
  if (part.unit == "rad") degrees *= 180 / 3.14159265358979323846;
  if (part.unit == "turn") degrees *= 360;
  degrees = std::fmod(degrees, 360.0);
  return degrees < 0 ? degrees + 360 : degrees;
}

// One channel of hsl(): CSS Color 4, section 7.1.
double hsl_channel(double hue, double saturation, double lightness, double n) {
  const double k = std::fmod(n + hue / 30, 12.0);
  const double chroma = saturation * std::min(lightness, 1 - lightness);
  return lightness - chroma * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
}

std::optional<base::Color> rgb_color(const std::vector<Component>& parts, double number_range) {
  float channels[3];
  for (std::size_t i = 0; i < 3; ++i) {
    if (parts[i].unit != parts[0].unit || (!parts[i].unit.empty() && parts[i].unit != "%")) return std::nullopt;
    channels[i] = unit_clamp(parts[i].value / (parts[i].unit == "%" ? 100 : number_range));
  }
  const auto alpha = alpha_of(parts);
  if (!alpha) return std::nullopt;
  return base::Color{channels[0], channels[1], channels[2], *alpha};
}

std::optional<base::Color> hue_color(const std::vector<Component>& parts, bool whiteness) {
  const auto hue = hue_of(parts[0]);
  const auto alpha = alpha_of(parts);
  if (!hue || !alpha || parts[1].unit != "%" || parts[2].unit != "%") return std::nullopt;
  const double second = std::clamp(parts[1].value, 0.0, 100.0) / 100, third = std::clamp(parts[2].value, 0.0, 100.0) / 100;
  float channels[3];
  const double offsets[3] = {0, 8, 4};
  for (std::size_t i = 0; i < 3; ++i) {
    double channel = 0;
    if (!whiteness) channel = hsl_channel(*hue, second, third, offsets[i]);
    else if (second + third >= 1) channel = second / (second + third);
    else channel = hsl_channel(*hue, 1, 0.5, offsets[i]) * (1 - second - third) + second;
    channels[i] = unit_clamp(channel);
  }
  return base::Color{channels[0], channels[1], channels[2], *alpha};
}

}  // namespace

std::optional<base::Color> parse_css_color(std::string_view given) {
  const std::string lower = base::ascii_lower(base::trim(given));
  const std::string_view text = lower;
  if (text.starts_with('#')) return base::parse_hex_color(text);
  if (text == "transparent") return base::Color{0, 0, 0, 0};
  if (!text.ends_with(')')) {
    const auto* found = std::lower_bound(std::begin(kNamedColors), std::end(kNamedColors), text,
                                         [](const NamedColor& named, std::string_view name) { return named.name < name; });
    if (found == std::end(kNamedColors) || found->name != text) return std::nullopt;
    const auto channel = [&](int shift) { return static_cast<float>((found->rgb >> shift) & 0xFFU) / 255.0F; };
    return base::Color{channel(16), channel(8), channel(0), 1};
  }
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(0, open);
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  const bool is_color = name == "color";
  if (is_color) {
    inside = base::trim(inside);
    if (!inside.starts_with("srgb ")) return std::nullopt;
    inside.remove_prefix(5);
  }
  if (!is_color && name != "rgb" && name != "rgba" && name != "hsl" && name != "hsla" && name != "hwb") return std::nullopt;
  const auto parts = Reader(inside).read(3);
  if (!parts) return std::nullopt;
  if (is_color) return rgb_color(*parts, 1);
  if (name.starts_with("rgb")) return rgb_color(*parts, 255);
  return hue_color(*parts, name == "hwb");
}

}  // namespace sitmap::expression
