#pragma once
// The ways to read what was written as a place name.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gazetteer/kind_words.hpp"

namespace sitmap::gazetteer {

struct Reading {
  std::string core;                  // folded name
  std::optional<Group> group{};      // what the kind word asks for
  std::string group_word{};
  std::vector<std::string> context{};  // folded: "armenia" of "Jermuk, Armenia"; each must hold
};

// "Jermuk, Armenia", "Goris (Syunik)", "Lachin / Berdzor", "Syunik marz", "the city of Goris" …; the whole text first.
// Empty for invalid UTF-8 and for texts without letters.
std::vector<Reading> readings_of(std::string_view query);

// The two folded names of "A–B border", "border between A and B", "A's border with B"; every cut that is possible.
std::vector<std::pair<std::string, std::string>> border_cuts(std::string_view query);

}  // namespace sitmap::gazetteer
