#pragma once
// What a map shows beside its data: the furniture and the words on it. Filled from the map file.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geom/geometry.hpp"

namespace sitmap::compose {

enum class Switch { Auto, On, Off };

struct Furniture {
  Switch legend = Switch::Auto, scale_bar = Switch::Auto, locator = Switch::Auto, timeline = Switch::Auto,
         source_line = Switch::Auto, date = Switch::Auto, claims = Switch::Auto, north_arrow = Switch::Auto;
  std::string source_text;                       // added to the collected attributions
  std::string legend_title;
};

struct Words {
  std::string title, subtitle, note, alt_text;   // alt_text empty: written from the data
  std::vector<std::string> languages{"en"};      // first choice first
  std::string worldview = "international";
};

}  // namespace sitmap::compose
