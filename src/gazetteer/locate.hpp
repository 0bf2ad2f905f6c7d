#pragma once
// The search itself: readings of the query → hits → candidates → ranked → matched, ambiguous or unknown.

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_index.hpp"

namespace sitmap::gazetteer {

Match locate(const Database& database, const NameIndex& index, std::string_view query, const Hints& hints);

}  // namespace sitmap::gazetteer
