#include "gazetteer/place.hpp"

#include <tuple>

namespace sitmap::gazetteer {
namespace {

// "az-Latn" also serves "az", and "az" serves "az-AZ": the part before the first hyphen decides.
std::string_view primary(std::string_view language) { return language.substr(0, language.find('-')); }

int preference(NameKind kind) {
  switch (kind) {
    case NameKind::Official: return 0;
    case NameKind::Local: return 1;
    case NameKind::Exonym: return 1;
    case NameKind::Transliteration: return 2;
    case NameKind::Former: return 3;
  }
  return 3;
}

}  // namespace

std::string Place::name_in(const std::vector<std::string>& languages, std::optional<time::Day> on) const {
  for (const std::string& language : languages) {
    const Name* best = nullptr;
    auto order = [&](const Name& n) {
      const bool off = on && n.valid && !n.valid->contains(*on);
      const bool today_former = !on && n.kind == NameKind::Former;
      return std::tuple(off, today_former, n.language != language, preference(n.kind));
    };
    for (const Name& n : names) {
      if (n.language.empty() || primary(n.language) != primary(language)) continue;
      if (best == nullptr || order(n) < order(*best)) best = &n;
    }
    if (best != nullptr) return best->text;
    if (primary(language) == "en") return name;
  }
  return name;
}

}  // namespace sitmap::gazetteer
