#include "compose/theme.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace sitmap::compose {

Theme read_theme(const style::Style& style, base::Problems& problems) {
  Theme theme;
  const auto node = style.metadata.find("sitmap:furniture");
  if (!node) return theme;
  const std::pair<const char*, scene::Color Theme::*> colors[] = {
      {"paper", &Theme::paper}, {"ink", &Theme::ink},     {"muted", &Theme::muted}, {"accent", &Theme::accent},
      {"rule", &Theme::rule},   {"water", &Theme::water}, {"land", &Theme::land},   {"focus", &Theme::focus}};
  for (const document::Member& member : node->members()) {
    if (member.key == "font" && member.value.is_string()) {
      theme.font = std::string(member.value.as_string());
      continue;
    }
    bool known = false;
    for (const auto& [name, field] : colors) {
      if (member.key != name) continue;
      known = true;
      const auto color = member.value.is_string() ? expression::parse_css_color(member.value.as_string()) : std::nullopt;
      if (color)
        theme.*field = *color;
      else
        problems.error(member.value.location(), fmt::format("'{}' must be a colour", member.key), "write \"#rrggbb\"");
    }
    if (!known) {
      std::vector<std::string> names{"font"};
      for (const auto& [name, field] : colors) names.emplace_back(name);
      problems.error(member.key_location(), fmt::format("unknown key '{}' in 'sitmap:furniture'", member.key),
                     base::suggestion(member.key, names));
    }
  }
  return theme;
}

}  // namespace sitmap::compose
