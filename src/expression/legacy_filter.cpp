// Filters as they were written before expressions: ["==", "class", "city"], ["in", "$type", "Point"], ["none", …].
// Style Specification v8, "Other filter" (deprecated syntax). Values of another type never match.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

// What is looked at: a property, or with the names $type and $id the geometry or the id.
class Subject : public BooleanNode {
 public:
  explicit Subject(std::string name) : BooleanNode({}), name_(std::move(name)) { flags = kFeature; }
  void own_dependencies(Dependencies& out) const override {
    if (name_ != "$type" && name_ != "$id") out.properties.insert(name_);
  }

 protected:
  // False when the feature has no such property.
  bool look(const Run& run, Value& out) const {
    const FeatureView* feature = run.context.feature;
    if (!feature) return false;
    if (name_ == "$type") return out = std::string(feature->geometry_type()), true;
    if (name_ == "$id") return out = feature->id(), !out.is_null();
    out = feature->property(name_);
    return !out.is_null() || feature->has(name_);
  }

 private:
  std::string name_;
};

class Compare final : public Subject {
 public:
  Compare(std::string name, std::string_view op, Value value) : Subject(std::move(name)), op_(op), value_(std::move(value)) {}
  bool boolean(Run& run, bool& out) const override {
    Value found;
    const bool there = look(run, found);
    if (op_ == "==") return out = there && found == value_, true;
    if (op_ == "!=") return out = !(there && found == value_), true;
    const auto *a = found.get_if<double>(), *b = value_.get_if<double>();
    if (a && b) return out = ordered(*a, *b), true;
    const auto *text_a = found.get_if<std::string>(), *text_b = value_.get_if<std::string>();
    if (text_a && text_b) return out = ordered(*text_a, *text_b), true;
    const auto *flag_a = found.get_if<bool>(), *flag_b = value_.get_if<bool>();
    return out = flag_a && flag_b && ordered(*flag_a, *flag_b), true;
  }

 private:
  template <class T>
  bool ordered(const T& a, const T& b) const {
    if (op_ == "<") return a < b;
    if (op_ == ">") return a > b;
    if (op_ == "<=") return a <= b;
    return a >= b;
  }
  std::string op_;
  Value value_;
};

class OneOf final : public Subject {
 public:
  OneOf(std::string name, std::vector<std::string> texts, std::vector<Value> others)
      : Subject(std::move(name)), texts_(std::move(texts)), others_(std::move(others)) {
    std::sort(texts_.begin(), texts_.end());
  }
  bool boolean(Run& run, bool& out) const override {
    Value found;
    out = false;
    if (!look(run, found)) return true;
    if (const std::string* text = found.get_if<std::string>()) out = std::binary_search(texts_.begin(), texts_.end(), *text);
    else out = std::find(others_.begin(), others_.end(), found) != others_.end();
    return true;
  }

 private:
  std::vector<std::string> texts_;
  std::vector<Value> others_;
};

class Has final : public Subject {
 public:
  explicit Has(std::string name) : Subject(std::move(name)) {}
  bool boolean(Run& run, bool& out) const override {
    Value found;
    return out = look(run, found), true;
  }
};

const std::vector<std::string>& filter_operators() {
  static const std::vector<std::string> all{"==", "!=", "<", ">", "<=", ">=", "in", "!in", "has", "!has", "all", "any", "none"};
  return all;
}

bool check_value_of(Parser& parser, const JsonNode& value, std::string_view name, bool null_allowed) {
  if (name == "$type") {
    const std::vector<std::string> known{"Point", "LineString", "Polygon"};
    if (value.is_string() && std::find(known.begin(), known.end(), value.as_string()) != known.end()) return true;
    return parser.fail(value, {}, fmt::format("unknown geometry type {}", value.describe()),
                       base::suggestion(value.is_string() ? value.as_string() : "", known));
  }
  if (value.is_string() || value.is_number() || value.is_bool() || (null_allowed && value.is_null())) return true;
  return parser.fail(value, {}, fmt::format("expected a string, number or boolean, found {}", value.describe()));
}

enum class Class { Expression, Legacy, Neutral };

Class classify(const JsonNode& json, int depth = 0) {
  if (json.is_bool()) return Class::Neutral;
  if (!json.is_array() || json.size() == 0 || depth > kMaxNesting) return Class::Legacy;
  const std::string_view op = json.at(0).is_string() ? json.at(0).as_string() : std::string_view{};
  const auto text = [&](std::size_t i) { return json.size() > i && json.at(i).is_string() ? json.at(i).as_string() : std::string_view{}; };
  if (op == "has") {
    if (json.size() < 2 || text(1) == "$id" || text(1) == "$type") return Class::Legacy;
    return json.size() == 2 ? Class::Neutral : Class::Expression;
  }
  if (op == "in")
    return json.size() >= 3 && (!json.at(1).is_string() || json.at(2).is_array()) ? Class::Expression : Class::Legacy;
  if (op == "!in" || op == "!has" || op == "none") return Class::Legacy;
  if (op == "==" || op == "!=" || op == ">" || op == ">=" || op == "<" || op == "<=")
    return json.size() != 3 || json.at(1).is_array() || json.at(2).is_array() ? Class::Expression : Class::Legacy;
  if (op == "any" || op == "all") {
    Class found = Class::Neutral;
    for (std::size_t i = 1; i < json.size(); ++i) {
      const Class child = classify(json.at(i), depth + 1);
      if (child == Class::Expression) return child;
      if (child == Class::Legacy) found = child;
    }
    return found;
  }
  return Class::Expression;
}

}  // namespace

bool is_legacy_filter(const JsonNode& json) { return classify(json) == Class::Legacy; }

NodePtr parse_legacy_filter(Parser& parser, const JsonNode& json, const Place& at) {
  if (at.depth > kMaxNesting)
    return parser.fail(json, {}, fmt::format("the filter is nested more than {} levels deep", kMaxNesting));
  if (json.is_bool()) return std::make_shared<Literal>(Value(json.as_bool()));
  if (!json.is_array() || json.size() == 0 || !json.at(0).is_string())
    return parser.fail(json, {}, fmt::format("expected a filter, found {}", json.describe()),
                       "for example [\"==\", [\"get\", \"kind\"], \"town\"]");
  const std::string_view op = json.at(0).as_string();
  const auto& known = filter_operators();
  if (std::find(known.begin(), known.end(), op) == known.end())
    return parser.fail(json.at(0), {}, fmt::format("unknown filter operator '{}'", op), base::suggestion(op, known));
  if (op == "all" || op == "any" || op == "none") {
    std::vector<NodePtr> children;
    bool good = true;
    for (std::size_t i = 1; i < json.size(); ++i) {
      NodePtr child = parse_legacy_filter(parser, json.at(i), at.inside(i, nullptr));
      good = good && child;
      children.push_back(std::move(child));
    }
    if (!good) return nullptr;
    if (op == "all") return make_all(std::move(children));
    NodePtr any = make_any(std::move(children));
    return op == "any" ? any : make_not(std::move(any));
  }
  const bool has = op == "has" || op == "!has", in = op == "in" || op == "!in";
  const std::size_t wanted = has ? 2 : 3;
  if (in ? json.size() < 2 : json.size() != wanted)
    return parser.fail(json, {}, fmt::format("filter '{}' takes {}", op, has ? "a property" : in ? "a property and values" : "a property and a value"));
  if (!json.at(1).is_string())
    return parser.fail(json.at(1), {}, fmt::format("expected the name of a property, found {}", json.at(1).describe()));
  const std::string name(json.at(1).as_string());
  if (has) {
    NodePtr node = name == "$type" ? NodePtr(std::make_shared<Literal>(Value(true))) : NodePtr(std::make_shared<Has>(name));
    return op == "has" ? node : make_not(std::move(node));
  }
  bool good = true;
  for (std::size_t i = 2; i < json.size(); ++i)
    good = check_value_of(parser, json.at(i), name, op == "==" || op == "!=") && good;
  if (name == "$type" && !in && op != "==" && op != "!=") good = parser.fail(json, {}, fmt::format("'$type' cannot be ordered with '{}'", op));
  if (!good) return nullptr;
  if (!in) return std::make_shared<Compare>(name, op, *literal_value(json.at(2)));
  std::vector<std::string> texts;
  std::vector<Value> others;
  for (std::size_t i = 2; i < json.size(); ++i) {
    if (json.at(i).is_string()) texts.emplace_back(json.at(i).as_string());
    else others.push_back(*literal_value(json.at(i)));
  }
  NodePtr node = std::make_shared<OneOf>(name, std::move(texts), std::move(others));
  return op == "in" ? node : make_not(std::move(node));
}

void warn_of_mixed_filter(base::Problems& problems, const JsonNode& json, int depth) {
  if (!json.is_array() || json.size() == 0 || !json.at(0).is_string() || depth > kMaxNesting) return;
  const std::string_view op = json.at(0).as_string();
  if (op != "all" && op != "any" && op != "!") return;
  for (std::size_t i = 1; i < json.size(); ++i) {
    const JsonNode child = json.at(i);
    if (!child.is_array()) continue;
    if (is_legacy_filter(child)) {
      std::string hint;
      if (child.size() == 3 && child.at(1).is_string() && child.at(1).as_string().substr(0, 1) != "$")
        hint = fmt::format("write [{}, [\"get\", {}], {}]", child.at(0).to_json(), child.at(1).to_json(), child.at(2).to_json());
      problems.warn("mixed-filter", child.location(), "an old filter inside an expression compares two constants", hint);
    } else {
      warn_of_mixed_filter(problems, child, depth + 1);
    }
  }
}

}  // namespace sitmap::expression
