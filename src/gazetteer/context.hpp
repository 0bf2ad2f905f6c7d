#pragma once
// What a query says around a name: "Armenia" in "Jermuk, Armenia".

#include <string>
#include <vector>

#include "gazetteer/database.hpp"
#include "gazetteer/name_index.hpp"

namespace sitmap::gazetteer {

class Context {
 public:
  Context(const Database& database, const NameIndex& index, const std::string& folded);

  // The place lies in the country or unit, near the town, or is the same place by its other name.
  bool fits(const Row& row) const;

 private:
  const Database& database_;
  std::vector<Row> meant_;
};

}  // namespace sitmap::gazetteer
