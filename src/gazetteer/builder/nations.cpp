#include <algorithm>
#include <array>

#include "gazetteer/builder/entries.hpp"
#include "geom/operations.hpp"

namespace sitmap::gazetteer::builder {
namespace {

struct Nation {
  std::string_view code, iso, name;
  std::array<std::pair<std::string_view, std::string_view>, 4> names;  // language, name
};

constexpr std::array<Nation, 4> kNations = {{
    {"GB.ENG", "GB-ENG", "England", {{{"ru", "Англия"}, {"hy", "Անգլիա"}, {"az", "İngiltərə"}, {"fr", "Angleterre"}}}},
    {"GB.SCT", "GB-SCT", "Scotland", {{{"ru", "Шотландия"}, {"hy", "Շոտլանդիա"}, {"az", "Şotlandiya"}, {"fr", "Écosse"}}}},
    {"GB.WLS", "GB-WLS", "Wales", {{{"ru", "Уэльс"}, {"hy", "Ուելս"}, {"az", "Uels"}, {"fr", "pays de Galles"}}}},
    {"GB.NIR", "GB-NIR", "Northern Ireland",
     {{{"ru", "Северная Ирландия"}, {"hy", "Հյուսիսային Իռլանդիա"}, {"az", "Şimali İrlandiya"}, {"fr", "Irlande du Nord"}}}},
}};

}  // namespace

std::vector<Entry> nations(const Votes& votes) {
  std::vector<Entry> out;
  for (const Nation& nation : kNations) {
    std::vector<std::pair<std::string, const Entry*>> parts;
    for (const auto& [unit, counts] : votes) {
      const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
      if (most != counts.end() && most->first == nation.code) parts.emplace_back(unit->place.id, unit);
    }
    if (parts.empty()) continue;
    std::sort(parts.begin(), parts.end());  // by id: the map's order is that of addresses
    Entry entry;
    Place& place = entry.place;
    std::vector<geom::Geometry> shapes;
    for (const auto& [id, unit] : parts) {
      shapes.push_back(unit->place.geometry);
      place.population += unit->place.population;
      place.source = unit->place.source;
    }
    place.id = "admin1:" + std::string(nation.iso);
    place.name = nation.name;
    place.kind = "nation";
    place.feature_class = "A";
    place.feature_code = "ADM1";
    place.country = "GB";
    place.geometry = geom::unite(shapes);
    place.precision_m = 3000;
    place.rank = 3;
    entry.codes = {std::string(nation.iso)};
    for (const auto& [language, name] : nation.names) add_name(entry, std::string(name), std::string(language), NameKind::Exonym);
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace sitmap::gazetteer::builder
