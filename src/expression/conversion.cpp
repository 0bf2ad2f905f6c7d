// Literals, type assertions and conversions.

#include <fmt/format.h>

#include <cmath>

#include "expression/convert.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

// The first argument that is of the type.
class Assertion final : public ListNode {
 public:
  using ListNode::ListNode;
  bool evaluate(Run& run, Value& out) const override {
    for (const NodePtr& arg : args_) {
      if (!arg->evaluate(run, out)) return false;
      if (holds(type, out)) return true;
    }
    return fails(run, out);
  }
  const Value* view(Run& run, Value& scratch) const override {
    const Value* value = nullptr;
    for (const NodePtr& arg : args_) {
      value = arg->view(run, scratch);
      if (!value || holds(type, *value)) return value;
    }
    return fails(run, *value), nullptr;
  }

 private:
  bool fails(Run& run, const Value& value) const {
    return run.fail([&] { return fmt::format("expected {} but found {}", to_text(type), type_name(value)); });
  }
};

std::string shown(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  return text ? fmt::format("'{}'", *text) : to_json(value);
}

class Coercion final : public ListNode {
 public:
  using ListNode::ListNode;
  bool evaluate(Run& run, Value& out) const override {
    if (type.kind == Kind::Color) {
      base::Color result;
      if (!color(run, result)) return false;
      out = result;
      return true;
    }
    if (type.kind == Kind::Number) {
      double result = 0;
      if (!number(run, result)) return false;
      out = result;
      return true;
    }
    Value scratch;
    const Value* value = nullptr;
    for (const NodePtr& arg : args_) {
      value = arg->view(run, scratch);
      if (!value) return false;
      if (auto converted = convert(*value, type.kind)) return out = std::move(*converted), true;
    }
    return run.fail([&] { return fmt::format("{} is no {}", shown(*value), to_text(type)); });
  }
  bool number(Run& run, double& out) const override {
    if (type.kind != Kind::Number) return Node::number(run, out);
    Value scratch;
    const Value* value = nullptr;
    for (const NodePtr& arg : args_) {
      value = arg->view(run, scratch);
      if (!value) return false;
      if (const auto converted = to_number(*value)) return out = *converted, true;
    }
    return run.fail([&] { return fmt::format("{} is no number", shown(*value)); });
  }
  bool color(Run& run, base::Color& out) const override {
    if (type.kind != Kind::Color) return Node::color(run, out);
    Value scratch;
    const Value* value = nullptr;
    for (const NodePtr& arg : args_) {
      value = arg->view(run, scratch);
      if (!value) return false;
      if (const auto converted = to_color(*value)) return out = *converted, true;
    }
    return run.fail([&] { return fmt::format("{} is no colour", shown(*value)); });
  }
};

// ["semiliteral", [a, b]]: a list whose items are expressions.
class List final : public ListNode {
 public:
  List(Type node_type, std::vector<NodePtr> args) : ListNode(std::move(node_type), std::move(args)) {}
  bool evaluate(Run& run, Value& out) const override {
    Array items(args_.size());
    for (std::size_t i = 0; i < args_.size(); ++i)
      if (!args_[i]->evaluate(run, items[i])) return false;
    out = std::move(items);
    return true;
  }
};

Type of(Kind kind) { return {.kind = kind, .item = {}, .length = {}}; }

NodePtr assertion(Parser& parser, const JsonNode& list, const Place& at, Kind kind) {
  if (!parser.count(list, at, 1, SIZE_MAX)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Any);
  return args ? std::make_shared<Assertion>(of(kind), std::move(*args)) : nullptr;
}

NodePtr array_assertion(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, SIZE_MAX)) return nullptr;
  std::size_t first = 1;
  Type item;
  std::optional<std::size_t> length;
  if (list.size() > 2) {
    const JsonNode name = list.at(1);
    const std::string_view text = name.is_string() ? name.as_string() : std::string_view{};
    if (text == "string") item = of(Kind::String);
    else if (text == "number") item = of(Kind::Number);
    else if (text == "boolean") item = of(Kind::Boolean);
    else
      return parser.fail(name, at.inside(1, nullptr),
                         fmt::format("the item type of 'array' must be \"string\", \"number\" or \"boolean\", found {}",
                                     name.describe()));
    ++first;
  }
  if (list.size() > 3) {
    const JsonNode given = list.at(2);
    if (!given.is_null()) {
      const auto whole = given.is_number() ? given.as_integer() : std::nullopt;
      if (!whole || *whole < 0)
        return parser.fail(given, at.inside(2, nullptr),
                           fmt::format("the length of 'array' must be a whole number, found {}", given.describe()));
      length = static_cast<std::size_t>(*whole);
    }
    ++first;
  }
  auto args = parser.arguments(list, first, at, Kind::Any);
  return args ? std::make_shared<Assertion>(array_type(item, length), std::move(*args)) : nullptr;
}

NodePtr coercion(Parser& parser, const JsonNode& list, const Place& at, Kind kind) {
  const bool several = kind == Kind::Number || kind == Kind::Color;
  if (!parser.count(list, at, 1, several ? SIZE_MAX : 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Any);
  return args ? std::make_shared<Coercion>(of(kind), std::move(*args)) : nullptr;
}

NodePtr literal(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto value = literal_value(list.at(1));
  if (!value) return parser.fail(list.at(1), at.inside(1, nullptr), "cannot read this value");
  Type type = type_of(*value);
  // An empty list is of whatever item type is asked for.
  if (type.kind == Kind::Array && type.length == 0U && at.wanted && at.wanted->kind == Kind::Array &&
      at.wanted->length.value_or(0) == 0)
    type = *at.wanted;
  return std::make_shared<Literal>(std::move(*value), std::move(type));
}

NodePtr semiliteral(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  if (!list.at(1).is_array()) return literal(parser, list, at);
  auto args = parser.arguments(list.at(1), 0, at.inside(1, nullptr), Kind::Any);
  if (!args) return nullptr;
  Type item = args->empty() ? Type{} : args->front()->type;
  for (const NodePtr& arg : *args)
    if (arg->type.kind != item.kind || item.kind == Kind::Array) item = {};
  Type type = array_type(item, args->size());
  return std::make_shared<List>(std::move(type), std::move(*args));
}

NodePtr typeof_operator(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Any);
  if (!args) return nullptr;
  return std::make_shared<FunctionNode>(of(Kind::String), std::move(*args),
                                        [](Run& run, const std::vector<NodePtr>& inputs, Value& out) {
                                          Value scratch;
                                          const Value* value = inputs[0]->view(run, scratch);
                                          if (!value) return false;
                                          out = type_name(*value);
                                          return true;
                                        });
}

}  // namespace

NodePtr make_assertion(Type type, NodePtr input) {
  return std::make_shared<Assertion>(std::move(type), std::vector<NodePtr>{std::move(input)});
}

NodePtr make_coercion(Type type, NodePtr input) {
  return std::make_shared<Coercion>(std::move(type), std::vector<NodePtr>{std::move(input)});
}

std::optional<Value> literal_value(const JsonNode& json) {
  if (json.is_null()) return Value{};
  if (json.is_bool()) return Value(json.as_bool());
  if (json.is_number()) return Value(json.as_number());
  if (json.is_string()) return Value(std::string(json.as_string()));
  if (json.is_array()) {
    Array items;
    items.reserve(json.size());
    for (const JsonNode& item : json.items()) {
      auto value = literal_value(item);
      if (!value) return std::nullopt;
      items.push_back(std::move(*value));
    }
    return Value(std::move(items));
  }
  Object members;
  for (const document::Member& member : json.members()) {
    auto value = literal_value(member.value);
    if (!value) return std::nullopt;
    members.emplace(member.key, std::move(*value));
  }
  return Value(std::move(members));
}

std::vector<Operator> conversion_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"literal", literal},
      {"semiliteral", semiliteral},
      {"array", array_assertion},
      {"boolean", [](P& p, const J& j, const Place& at) { return assertion(p, j, at, Kind::Boolean); }},
      {"number", [](P& p, const J& j, const Place& at) { return assertion(p, j, at, Kind::Number); }},
      {"string", [](P& p, const J& j, const Place& at) { return assertion(p, j, at, Kind::String); }},
      {"object", [](P& p, const J& j, const Place& at) { return assertion(p, j, at, Kind::Object); }},
      {"to-boolean", [](P& p, const J& j, const Place& at) { return coercion(p, j, at, Kind::Boolean); }},
      {"to-color", [](P& p, const J& j, const Place& at) { return coercion(p, j, at, Kind::Color); }},
      {"to-number", [](P& p, const J& j, const Place& at) { return coercion(p, j, at, Kind::Number); }},
      {"to-string", [](P& p, const J& j, const Place& at) { return coercion(p, j, at, Kind::String); }},
      {"typeof", typeof_operator},
  };
}

}  // namespace sitmap::expression
