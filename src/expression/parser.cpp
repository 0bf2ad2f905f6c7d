#include "expression/parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace sitmap::expression {

Place Place::inside(std::size_t index, const Type* type) const {
  Place out;
  out.path = fmt::format("{}[{}]", path, index);
  out.wanted = type;
  out.scope = scope;
  out.depth = depth + 1;
  return out;
}

Place Place::passing(std::size_t index, const Type* type) const {
  Place out = inside(index, type);
  out.result = result;
  return out;
}

Failed Parser::fail(const JsonNode& json, const Place& at, std::string_view message, std::string hint) {
  std::string text(message);
  if (!at.path.empty()) text += fmt::format(" (at {})", at.path);
  problems_.error(json.location(), std::move(text), std::move(hint));
  return {};
}

bool Parser::count(const JsonNode& list, const Place& at, std::size_t least, std::size_t most) {
  const std::size_t given = list.size() - 1;
  if (given >= least && given <= most) return true;
  std::string wanted = fmt::format("{}", least);
  if (most == SIZE_MAX) wanted = fmt::format("at least {}", least);
  else if (most != least) wanted = fmt::format("{} or {}", least, most);
  const bool one = most == SIZE_MAX ? least == 1 : most == 1;
  fail(list, at, fmt::format("'{}' takes {} argument{}, found {}", list.at(0).as_string(), wanted, one ? "" : "s", given));
  return false;
}

NodePtr Parser::argument(const JsonNode& list, std::size_t index, const Place& at, const Type* type) {
  return parse(list.at(index), at.inside(index, type));
}

NodePtr Parser::argument(const JsonNode& list, std::size_t index, const Place& at, Kind kind) {
  const Type type{.kind = kind, .item = {}, .length = {}};
  return parse(list.at(index), at.inside(index, &type));
}

std::optional<std::vector<NodePtr>> Parser::arguments(const JsonNode& list, std::size_t first, const Place& at, Kind kind) {
  std::vector<NodePtr> out;
  for (std::size_t i = first; i < list.size(); ++i) {
    NodePtr arg = argument(list, i, at, kind);
    if (arg) out.push_back(std::move(arg));
  }
  if (out.size() + first != list.size()) return std::nullopt;
  return out;
}

NodePtr Parser::parse(const JsonNode& json, const Place& at) {
  if (at.depth > kMaxNesting)
    return fail(json, {}, fmt::format("the expression is nested more than {} levels deep", kMaxNesting));
  if (json.is_object())
    return fail(json, at, "an object cannot stand in an expression", "write [\"literal\", {…}]");
  if (json.is_array()) return parse_list(json, at);
  const auto value = literal_value(json);
  if (!value) return fail(json, at, "cannot read this value");
  return annotate(std::make_shared<Literal>(*value), json, at);
}

NodePtr Parser::parse_list(const JsonNode& json, const Place& at) {
  if (json.size() == 0)
    return fail(json, at, "an expression needs an operator", "write [\"literal\", []] for an empty list");
  const JsonNode name = json.at(0);
  if (!name.is_string())
    return fail(name, at.inside(0, nullptr), fmt::format("expected the name of an operator, found {}", name.describe()),
                "write [\"literal\", […]] for a list of values");
  const Operator* op = find_operator(name.as_string());
  if (!op) {
    for (const std::string_view later : {"within", "distance", "global-state"})
      if (name.as_string() == later)
        return fail(name, at.inside(0, nullptr), fmt::format("operator '{}' is not supported", later),
                    "it is valid in the style specification, but sitmap cannot evaluate it");
    const auto near = similar_operator(name.as_string());
    return fail(name, at.inside(0, nullptr), fmt::format("unknown operator '{}'", name.as_string()),
                near ? fmt::format("did you mean '{}'?", *near) : "write [\"literal\", […]] for a list of values");
  }
  NodePtr node = op->parse(*this, json, at);
  if (!node) return nullptr;
  if (node->depth > kMaxNesting)
    return fail(json, {}, fmt::format("the expression is nested more than {} levels deep", kMaxNesting));
  return annotate(std::move(node), json, at);
}

// Where a value of unknown type stands for a number, string …, its type is checked at run time; where a colour, an
// image or formatted text is wanted, a string is converted. All other misfits are errors now.
NodePtr Parser::annotate(NodePtr node, const JsonNode& json, const Place& at) {
  if (!at.wanted || at.wanted->kind == Kind::Any) {
    if (at.wanted && !accepts(*at.wanted, node->type))
      return fail(json, at, fmt::format("expected value but found {}", to_text(node->type)));
    return check_result(fold(std::move(node), json, at), json, at);
  }
  const Kind wanted = at.wanted->kind, found = node->type.kind;
  const bool asserts = (wanted == Kind::String || wanted == Kind::Number || wanted == Kind::Boolean ||
                        wanted == Kind::Object || wanted == Kind::Array) &&
                       found == Kind::Any;
  const bool coerces =
      ((wanted == Kind::Color || wanted == Kind::Formatted || wanted == Kind::Image) &&
       (found == Kind::Any || found == Kind::String)) ||
      ((wanted == Kind::Padding || wanted == Kind::NumberArray) &&
       (found == Kind::Any || found == Kind::Number || found == Kind::Array)) ||
      (wanted == Kind::ColorArray && (found == Kind::Any || found == Kind::String || found == Kind::Array)) ||
      (wanted == Kind::Offsets && (found == Kind::Any || found == Kind::Array));
  if (asserts || coerces) {
    const Annotation how = at.annotation != Annotation::Default ? at.annotation
                           : asserts                            ? Annotation::Default
                                                                : Annotation::Coerce;
    if (how == Annotation::Coerce) node = make_coercion(*at.wanted, std::move(node));
    else if (how == Annotation::Default) node = make_assertion(*at.wanted, std::move(node));
  } else if (!accepts(*at.wanted, node->type)) {
    return fail(json, at, fmt::format("expected {} but found {}", to_text(*at.wanted), to_text(node->type)));
  }
  return check_result(fold(std::move(node), json, at), json, at);
}

NodePtr Parser::fold(NodePtr node, const JsonNode& json, const Place& at) {
  if (!node || node->literal() || node->flags != 0 || node->type.kind == Kind::Collator) return node;
  static const Context nothing;
  std::string error;
  Run run{.context = nothing, .error = &error, .bindings = std::vector<std::optional<Value>>(bindings_)};
  Value value;
  if (!node->evaluate(run, value)) return fail(json, at, error);
  return std::make_shared<Literal>(std::move(value), node->type);
}

NodePtr Parser::check_result(NodePtr node, const JsonNode& json, const Place& at) {
  if (!node || !at.result || !node->literal()) return node;
  if (auto complaint = check_value(*node->literal(), *at.result))
    return fail(json, at, complaint->message, std::move(complaint->hint));
  return node;
}

namespace {
const std::vector<Operator>& operators() {
  static const std::vector<Operator> all = [] {
    std::vector<Operator> out;
    for (auto list : {arithmetic_operators(), comparison_operators(), conversion_operators(), curve_operators(),
                      decision_operators(), locale_operators(), lookup_operators(), text_operators()})
      out.insert(out.end(), list.begin(), list.end());
    std::sort(out.begin(), out.end(), [](const Operator& a, const Operator& b) { return a.name < b.name; });
    return out;
  }();
  return all;
}
}  // namespace

const Operator* find_operator(std::string_view name) {
  const auto& all = operators();
  const auto found = std::lower_bound(all.begin(), all.end(), name,
                                      [](const Operator& op, std::string_view wanted) { return op.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

std::optional<std::string> similar_operator(std::string_view name) {
  constexpr std::pair<std::string_view, const char*> kOtherLanguages[] = {
      {"=", "=="}, {"===", "=="}, {"!==", "!="}, {"<>", "!="}, {"&&", "all"}, {"and", "all"}, {"||", "any"},
      {"or", "any"}, {"not", "!"}, {"if", "case"}, {"pow", "^"}, {"log", "ln"}, {"mod", "%"}};
  for (const auto& [there, here] : kOtherLanguages)
    if (there == name) return here;
  if (name.size() < 3) return std::nullopt;  // everything is near to a sign
  return base::closest(name, operator_names());
}

std::vector<std::string> operator_names() {
  std::vector<std::string> out;
  for (const Operator& op : operators()) out.emplace_back(op.name);
  return out;
}

bool is_operator(std::string_view name) { return find_operator(name) != nullptr; }

}  // namespace sitmap::expression
