#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"
#include "style/style.hpp"

namespace sitmap::style {
namespace {

using scene::Pattern;

std::optional<Pattern::Kind> kind_of(std::string_view name) {
  if (name == "hatch") return Pattern::Kind::Hatch;
  if (name == "crosshatch") return Pattern::Kind::CrossHatch;
  if (name == "dots") return Pattern::Kind::Dots;
  if (name == "stripes") return Pattern::Kind::Stripes;
  return std::nullopt;
}

// "" or a complaint.
std::string set(Pattern& pattern, std::string_view key, std::string_view value) {
  if (key == "color" || key == "background") {
    const auto color = expression::parse_css_color(value);
    if (!color) return fmt::format("'{}' is no colour", value);
    (key == "color" ? pattern.color : pattern.second) = *color;
    return {};
  }
  const std::vector<std::string> known{"color", "angle", "spacing", "width", "background"};
  if (key != "angle" && key != "spacing" && key != "width") {
    const std::string hint = base::suggestion(key, known);
    return fmt::format("unknown key '{}' in the pattern: {}", key, hint);
  }
  const auto number = base::parse_double(value);
  if (!number || !std::isfinite(*number)) return fmt::format("'{}' of the pattern must be a number, found '{}'", key, value);
  if (key == "angle") {
    pattern.angle_deg = *number;
    return {};
  }
  if (*number <= 0 || *number > 1000) return fmt::format("'{}' of the pattern must be over 0 and at most 1000, found {}", key, value);
  (key == "spacing" ? pattern.spacing : pattern.width) = *number;
  return {};
}

}  // namespace

std::optional<Pattern> parse_pattern(std::string_view name, std::string* problem) {
  const auto parts = base::split(name, ':');
  const auto kind = kind_of(parts.front());
  if (!kind) return std::nullopt;
  Pattern pattern;
  pattern.kind = *kind;
  if (*kind == Pattern::Kind::Stripes) pattern.width = pattern.spacing / 2;
  bool width_given = false;
  std::string complaint;
  for (std::size_t i = 1; i < parts.size() && complaint.empty(); ++i) {
    const auto equals = parts[i].find('=');
    if (equals == std::string::npos) {
      complaint = fmt::format("expected key=value in the pattern, found '{}'", parts[i]);
      break;
    }
    const std::string key = parts[i].substr(0, equals);
    complaint = set(pattern, key, std::string_view(parts[i]).substr(equals + 1));
    width_given = width_given || key == "width";
  }
  if (*kind == Pattern::Kind::Stripes && !width_given) pattern.width = pattern.spacing / 2;
  if (complaint.empty() && pattern.width > pattern.spacing && *kind != Pattern::Kind::Dots)
    complaint = fmt::format("the lines of the pattern are wider ({}) than their spacing ({})",
                            base::print_double(pattern.width), base::print_double(pattern.spacing));
  if (complaint.empty()) return pattern;
  if (problem) *problem = complaint;
  return std::nullopt;
}

}  // namespace sitmap::style
