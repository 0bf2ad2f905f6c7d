#pragma once
// From a folded name to places. The search stands behind this interface, so that an index in memory can replace it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/record.hpp"

namespace sitmap::gazetteer {

class Database;

struct NameHit {
  std::int64_t place = 0;
  Quality quality = Quality::Primary;
};

struct NearKey {
  std::string key;
  std::size_t distance = 0;  // optimal string alignment, in code points
};

class NameIndex {
 public:
  virtual ~NameIndex() = default;
  virtual std::vector<NameHit> exact(std::string_view key) const = 0;
  // Keys within the distance, nearest first, then in byte order; at most `most`.
  virtual std::vector<NearKey> near(std::string_view key, std::size_t distance, std::size_t most) const = 0;
};

// Exact names by the file's index; near names by a pass over all keys, which are read when first asked for.
std::unique_ptr<NameIndex> make_sqlite_name_index(const Database& database);

}  // namespace sitmap::gazetteer
