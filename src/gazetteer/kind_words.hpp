#pragma once
// Words in a name that say what is meant: "Lachin corridor", "Syunik marz", "озеро Севан".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sitmap::gazetteer {

enum class Group {
  Country, Admin, Region, Settlement, Corridor, Border, Lake, River, Sea, Mountain, Island, Airport, Bridge, Pass, Line
};

struct KindReading {
  std::string core;  // folded, without the kind word
  Group group;
  std::string word;  // the word, folded
};

// The readings of a folded name that begins or ends with a kind word; none when it has none.
std::vector<KindReading> strip_kind_words(std::string_view folded);

// The group of a folded text that is nothing but a kind word ("town").
std::optional<Group> group_of(std::string_view folded);

// Whether a place of this kind belongs to the group.
bool belongs(Group group, std::string_view kind, std::string_view feature_class, std::string_view feature_code);

}  // namespace sitmap::gazetteer
