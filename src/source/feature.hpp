#pragma once
// Features as style expressions see them.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geom/geometry.hpp"

namespace sitmap::source {

using Value = std::variant<std::monostate, bool, double, std::string>;  // monostate: null

// Column names, shared by all features of a table.
class Schema {
 public:
  explicit Schema(std::vector<std::string> names);
  std::optional<std::size_t> find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
};

struct Feature {
  std::int64_t id = -1;                 // -1: none
  geom::Geometry geometry;              // longitude, latitude, degrees WGS 84
  std::shared_ptr<const Schema> schema;
  std::vector<Value> values;            // one per column of the schema

  const Value& get(std::string_view name) const;  // null value for unknown names
  std::string text(std::string_view name) const;  // "" for null; numbers printed shortest
  std::optional<double> number(std::string_view name) const;
};

struct Table {
  std::shared_ptr<const Schema> schema;
  std::vector<Feature> features;
  std::vector<std::string> sources;     // ids of geodata/sources.json, or attributions as written
};

}  // namespace sitmap::source
