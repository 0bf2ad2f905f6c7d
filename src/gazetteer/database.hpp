#pragma once
// The gazetteer's SQLite file, read-only. Tables: meta(key, value); places(no, id, name, …; lon and lat in millionths
// of a degree; kind, admin and source are numbers of texts); texts(no, text); ids(id, place) with former ids;
// geometries(place, shape); keys(key, place, quality); borders(a, b, place).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/name_index.hpp"
#include "gazetteer/place.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace sitmap::gazetteer {

// What ranking needs of a place; cheap to read.
struct Row {
  std::int64_t no = 0;
  std::string id, name, kind, feature_class, feature_code, country;
  geom::Point at;
  double extent_km = 0;  // half the diagonal of its bounds
  std::int64_t population = 0;
  int rank = 8;
  bool curated = false;  // from the table of places checked by hand
  std::optional<time::Interval> valid;
};

class Database {
 public:
  explicit Database(std::filesystem::path file);  // IoError, InputError
  ~Database();

  std::vector<NameHit> hits(std::string_view key) const;
  void for_each_key(const std::function<void(std::string_view)>& use) const;  // sorted; no codes, no core forms
  std::optional<Row> row(std::int64_t no) const;
  Place place(const Row& row) const;                               // whole: names, admin, geometry, source
  std::vector<Name> names(std::int64_t no) const;
  geom::Geometry geometry(std::int64_t no) const;
  std::optional<std::int64_t> find_id(std::string_view id) const;
  std::optional<std::int64_t> border(std::string_view a, std::string_view b) const;  // of two countries, ISO alpha-2
  std::string meta(std::string_view key) const;

 private:
  struct Connection;
  class Lease;
  std::unique_ptr<Connection> connect() const;

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace sitmap::gazetteer
