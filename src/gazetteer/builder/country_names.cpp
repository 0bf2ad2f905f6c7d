#include "gazetteer/builder/country_names.hpp"

#include <array>

namespace sitmap::gazetteer::builder {
namespace {

struct Row {
  std::string_view a3, name;
  bool former = false;
};

constexpr std::array<Row, 69> kNames = {{
    {"USA", "United States of America"}, {"USA", "USA"}, {"USA", "US"}, {"USA", "U.S."}, {"USA", "America"},
    {"USA", "United States"}, {"GBR", "UK"}, {"GBR", "Great Britain"}, {"GBR", "Britain"}, {"GBR", "United Kingdom"},
    {"RUS", "Russian Federation"}, {"IRN", "Islamic Republic of Iran"}, {"IRN", "Persia", true}, {"TUR", "Türkiye"},
    {"TUR", "Turkey"}, {"TUR", "Turkiye"}, {"CZE", "Czech Republic"}, {"CZE", "Czechia"}, {"MMR", "Burma"},
    {"MMR", "Myanmar"}, {"CIV", "Ivory Coast"}, {"CIV", "Côte d’Ivoire"}, {"COD", "Democratic Republic of the Congo"},
    {"COD", "DR Congo"}, {"COD", "DRC"}, {"COD", "Congo-Kinshasa"}, {"COD", "Zaire", true},
    {"COG", "Republic of the Congo"}, {"COG", "Congo-Brazzaville"}, {"COG", "Congo"}, {"SWZ", "Swaziland", true},
    {"SWZ", "Eswatini"}, {"MKD", "Macedonia"}, {"MKD", "North Macedonia"}, {"TLS", "East Timor"},
    {"TLS", "Timor-Leste"}, {"KOR", "Republic of Korea"}, {"KOR", "South Korea"}, {"PRK", "North Korea"}, {"PRK", "DPRK"},
    {"VAT", "Holy See"}, {"VAT", "Vatican"}, {"ARE", "UAE"}, {"ARE", "Emirates"}, {"CPV", "Cape Verde"}, {"CPV", "Cabo Verde"},
    {"PSE", "Palestine"}, {"PSE", "State of Palestine"}, {"PSE", "Palestinian Territories"}, {"LAO", "Laos"},
    {"SYR", "Syrian Arab Republic"}, {"BIH", "Bosnia"}, {"BIH", "Bosnia and Herzegovina"}, {"CAF", "CAR"},
    {"CHN", "People’s Republic of China"}, {"TWN", "Republic of China"}, {"HKG", "Hong Kong"}, {"MAC", "Macau"},
    {"GEO", "Republic of Georgia"}, {"ARM", "Republic of Armenia"}, {"AZE", "Republic of Azerbaijan"},
    {"BLR", "Belorussia", true}, {"MDA", "Republic of Moldova"}, {"LKA", "Ceylon", true}, {"THA", "Siam", true},
    {"ETH", "Abyssinia", true}, {"BFA", "Upper Volta", true}, {"DEU", "Federal Republic of Germany"}, {"NLD", "Holland"},
}};

}  // namespace

std::vector<std::pair<std::string_view, bool>> other_country_names(std::string_view a3) {
  std::vector<std::pair<std::string_view, bool>> names;
  for (const Row& row : kNames)
    if (row.a3 == a3) names.emplace_back(row.name, row.former);
  return names;
}

}  // namespace sitmap::gazetteer::builder
