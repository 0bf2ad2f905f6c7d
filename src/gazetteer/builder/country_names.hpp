#pragma once
// English names of countries that news texts use beside the layers' own.

#include <string_view>
#include <utility>
#include <vector>

namespace sitmap::gazetteer::builder {

// (name, whether it is a former name) of the country with this ISO 3166-1 alpha-3 code.
std::vector<std::pair<std::string_view, bool>> other_country_names(std::string_view a3);

}  // namespace sitmap::gazetteer::builder
