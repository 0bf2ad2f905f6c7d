#pragma once
// A feature made of an object, and short ways to read expressions from JSON text.

#include "document/read.hpp"
#include "expression/expression.hpp"

namespace sitmap::expression {

class TestFeature final : public FeatureView {
 public:
  explicit TestFeature(Object properties, std::string geometry = "LineString", Value id = 5.0)
      : properties_(std::move(properties)), geometry_(std::move(geometry)), id_(std::move(id)) {}
  Value property(std::string_view name) const override {
    const auto found = properties_.find(name);
    return found == properties_.end() ? Value{} : found->second;
  }
  bool has(std::string_view name) const override { return properties_.find(name) != properties_.end(); }
  Object properties() const override { return properties_; }
  Value id() const override { return id_; }
  std::string_view geometry_type() const override { return geometry_; }

 private:
  Object properties_;
  std::string geometry_;
  Value id_;
};

inline Value value_of(const document::Node& json) {
  if (json.is_bool()) return json.as_bool();
  if (json.is_number()) return json.as_number();
  if (json.is_string()) return std::string(json.as_string());
  if (json.is_array()) {
    Array items;
    for (const auto& item : json.items()) items.push_back(value_of(item));
    return items;
  }
  if (!json.is_object()) return {};
  Object members;
  for (const auto& member : json.members()) members.emplace(member.key, value_of(member.value));
  return members;
}

inline Expected expected(Kind kind) {
  Expected out;
  out.kind = kind;
  return out;
}

inline Expression parse(std::string text, const Expected& wanted, base::Problems& problems) {
  return Expression::parse(document::parse_json(std::move(text), "test.json"), wanted, problems);
}

inline Expression parse(std::string text, const Expected& wanted = {}) {
  base::Problems problems;
  Expression out = parse(std::move(text), wanted, problems);
  problems.throw_if_errors();
  return out;
}

}  // namespace sitmap::expression
