// Choosing: case, match, coalesce, let and var; logic.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

Type of(Kind kind) { return {.kind = kind, .item = {}, .length = {}}; }

class All final : public BooleanNode {
 public:
  All(std::vector<NodePtr> args, bool stop_at) : BooleanNode(std::move(args)), stop_at_(stop_at) {}
  bool boolean(Run& run, bool& out) const override {
    for (const NodePtr& arg : args_) {
      bool flag = false;
      if (!arg->boolean(run, flag)) return false;
      if (flag == stop_at_) return out = stop_at_, true;
    }
    return out = !stop_at_, true;
  }

 private:
  bool stop_at_;
};

class Not final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(Run& run, bool& out) const override {
    bool flag = false;
    if (!args_[0]->boolean(run, flag)) return false;
    return out = !flag, true;
  }
};

NodePtr logic(Parser& parser, const JsonNode& list, const Place& at, bool stop_at) {
  auto args = parser.arguments(list, 1, at, Kind::Boolean);
  return args ? std::make_shared<All>(std::move(*args), stop_at) : nullptr;
}

NodePtr negation(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Boolean);
  return args ? std::make_shared<Not>(std::move(*args)) : nullptr;
}

// Where a branch's value goes: what the property or the enclosing expression asks for, else the first branch's type.
const Type* branch_type(const Place& at) { return at.wanted && at.wanted->kind != Kind::Any ? at.wanted : nullptr; }

class Case final : public ChoiceNode {
 public:
  Case(Type node_type, std::vector<NodePtr> tests, std::vector<NodePtr> outputs)
      : ChoiceNode(std::move(node_type)), tests_(std::move(tests)), outputs_(std::move(outputs)) {
    for (const NodePtr& test : tests_) adopt(*test);
    for (const NodePtr& output : outputs_) adopt(*output);
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    for (const NodePtr& test : tests_) visit(test);
    for (const NodePtr& output : outputs_) visit(output);
  }

 protected:
  const Node* choose(Run& run) const override {
    for (std::size_t i = 0; i < tests_.size(); ++i) {
      bool flag = false;
      if (!tests_[i]->boolean(run, flag)) return nullptr;
      if (flag) return outputs_[i].get();
    }
    return outputs_.back().get();
  }

 private:
  std::vector<NodePtr> tests_, outputs_;  // one output more than tests
};

NodePtr case_operator(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 3, SIZE_MAX)) return nullptr;
  if (list.size() % 2 != 0)
    return parser.fail(list, at, "'case' needs pairs of a condition and a value, and then a value for all else");
  const Type* type = branch_type(at);
  Type first;
  std::vector<NodePtr> tests, outputs;
  bool good = true;
  for (std::size_t i = 1; i < list.size(); i += 2) {
    const bool last = i + 1 == list.size();
    if (!last) {
      tests.push_back(parser.argument(list, i, at, Kind::Boolean));
      good = good && tests.back();
    }
    const std::size_t output = last ? i : i + 1;
    NodePtr value = parser.parse(list.at(output), at.passing(output, type));
    good = good && value;
    if (value && !type) {
      first = value->type;
      type = &first;
    }
    outputs.push_back(std::move(value));
  }
  if (!good) return nullptr;
  return std::make_shared<Case>(*type, std::move(tests), std::move(outputs));
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class Match final : public ChoiceNode {
 public:
  Match(Type node_type, NodePtr input, std::vector<NodePtr> outputs)
      : ChoiceNode(std::move(node_type)), input_(std::move(input)), outputs_(std::move(outputs)) {
    adopt(*input_);
    for (const NodePtr& output : outputs_) adopt(*output);
  }
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> texts;
  std::unordered_map<double, std::size_t> numbers;

  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    visit(input_);
    for (const NodePtr& output : outputs_) visit(output);
  }

 protected:
  const Node* choose(Run& run) const override {
    Value scratch;
    const Value* value = input_->view(run, scratch);
    if (!value) return nullptr;
    if (const std::string* text = value->get_if<std::string>()) {
      const auto found = texts.find(std::string_view(*text));
      if (found != texts.end()) return outputs_[found->second].get();
    } else if (const double* number = value->get_if<double>()) {
      const auto found = numbers.find(*number);
      if (found != numbers.end()) return outputs_[found->second].get();
    }
    return outputs_.back().get();
  }

 private:
  NodePtr input_;
  std::vector<NodePtr> outputs_;  // the last is for all else
};

NodePtr match_operator(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 4, SIZE_MAX)) return nullptr;
  if (list.size() % 2 != 1)
    return parser.fail(list, at, "'match' needs an input, pairs of labels and a value, and then a value for all else");
  const Type* type = branch_type(at);
  Type first;
  Kind label_kind = Kind::Any;
  bool good = true;
  decltype(Match::texts) texts;
  decltype(Match::numbers) numbers;
  std::vector<NodePtr> outputs;

  const auto take_label = [&](const JsonNode& label, std::size_t index) {
    const auto wrong = [&](std::string message) {
      parser.fail(label, at.inside(index, nullptr), message);
      good = false;
    };
    if (!label.is_number() && !label.is_string())
      return wrong(fmt::format("labels must be numbers or strings, found {}", label.describe()));
    const Kind kind = label.is_number() ? Kind::Number : Kind::String;
    if (label_kind == Kind::Any) label_kind = kind;
    if (kind != label_kind)
      return wrong(fmt::format("labels must all be of one type: expected {} but found {}", name_of(label_kind), name_of(kind)));
    bool added = false;
    if (kind == Kind::Number) {
      const double number = label.as_number();
      if (number != std::floor(number) || std::abs(number) > 9007199254740991.0)
        return wrong(fmt::format("number labels must be whole, found {}", number_text(number)));
      added = numbers.emplace(number == 0 ? 0.0 : number, outputs.size()).second;
    } else {
      added = texts.emplace(label.as_string(), outputs.size()).second;
    }
    if (!added) wrong(fmt::format("label {} stands twice", label.to_json()));
  };

  for (std::size_t i = 2; i < list.size(); i += 2) {
    const bool last = i + 1 == list.size();
    if (!last) {
      const JsonNode labels = list.at(i);
      if (!labels.is_array()) take_label(labels, i);
      else if (labels.size() == 0) good = parser.fail(labels, at.inside(i, nullptr), "a branch needs at least one label");
      else
        for (const JsonNode& label : labels.items()) take_label(label, i);
    }
    const std::size_t output = last ? i : i + 1;
    NodePtr value = parser.parse(list.at(output), at.passing(output, type));
    good = good && value;
    if (value && !type) {
      first = value->type;
      type = &first;
    }
    outputs.push_back(std::move(value));
  }
  NodePtr input = parser.argument(list, 1, at, Kind::Any);
  if (!good || !input) return nullptr;
  if (input->type.kind != Kind::Any && !accepts(of(label_kind), input->type))
    return parser.fail(list.at(1), at.inside(1, nullptr),
                       fmt::format("expected {} like the labels but found {}", name_of(label_kind), to_text(input->type)));
  auto node = std::make_shared<Match>(*type, std::move(input), std::move(outputs));
  node->texts = std::move(texts);
  node->numbers = std::move(numbers);
  return node;
}

class Coalesce final : public ListNode {
 public:
  using ListNode::ListNode;
  bool evaluate(Run& run, Value& out) const override {
    for (const NodePtr& arg : args_) {
      if (!arg->evaluate(run, out)) return false;
      if (!out.is_null()) return true;
    }
    return true;
  }
};

NodePtr coalesce(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, SIZE_MAX)) return nullptr;
  const Type* type = branch_type(at);
  Type first;
  std::vector<NodePtr> args;
  bool good = true;
  for (std::size_t i = 1; i < list.size(); ++i) {
    Place place = at.passing(i, type);
    place.annotation = Annotation::Omit;  // a check of each argument would turn null into an error
    place.curve = at.curve;
    NodePtr arg = parser.parse(list.at(i), place);
    good = good && arg;
    if (arg && !type) {
      first = arg->type;
      type = &first;
    }
    args.push_back(std::move(arg));
  }
  if (!good) return nullptr;
  const bool checked_outside =
      at.wanted && std::any_of(args.begin(), args.end(), [&](const NodePtr& arg) { return !accepts(*at.wanted, arg->type); });
  return std::make_shared<Coalesce>(checked_outside ? Type{} : *type, std::move(args));
}

// --- Let and var ---

class Let final : public ChoiceNode {
 public:
  explicit Let(NodePtr result) : ChoiceNode(result->type), result_(std::move(result)) { adopt(*result_); }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override { visit(result_); }

 protected:
  const Node* choose(Run&) const override { return result_.get(); }

 private:
  NodePtr result_;
};

// A binding is worked out when it is first used, and then kept: within one evaluation its value cannot change.
class Var final : public Node {
 public:
  Var(NodePtr bound, std::size_t slot) : Node(bound->type), bound_(std::move(bound)), slot_(slot) { adopt(*bound_); }
  bool evaluate(Run& run, Value& out) const override {
    const Value* value = look(run);
    return value && (out = *value, true);
  }
  const Value* view(Run& run, Value& scratch) const override {
    const Value* value = look(run);
    if (!value) return nullptr;
    scratch = *value;  // the slots may move
    return &scratch;
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override { visit(bound_); }

 private:
  const Value* look(Run& run) const {
    if (bound_->literal()) return bound_->literal();
    if (run.bindings.size() <= slot_) run.bindings.resize(slot_ + 1);
    if (!run.bindings[slot_]) {
      Value value;
      if (!bound_->evaluate(run, value)) return nullptr;
      run.bindings[slot_] = std::move(value);
    }
    return &*run.bindings[slot_];
  }

  NodePtr bound_;
  std::size_t slot_;
};

NodePtr let(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 3, SIZE_MAX)) return nullptr;
  if (list.size() % 2 != 0)
    return parser.fail(list, at, "'let' needs pairs of a name and a value, and then the result");
  Scope scope{.outer = at.scope, .bindings = {}};
  bool good = true;
  for (std::size_t i = 1; i + 1 < list.size(); i += 2) {
    const JsonNode name = list.at(i);
    NodePtr bound = parser.argument(list, i + 1, at);
    good = good && bound;
    const auto plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    const std::string_view text = name.is_string() ? name.as_string() : std::string_view{};
    if (!name.is_string() || !std::all_of(text.begin(), text.end(), plain)) {
      good = parser.fail(name, at.inside(i, nullptr),
                         fmt::format("a variable's name is made of letters, digits and '_', found {}", name.describe()));
      continue;
    }
    scope.bindings.push_back({std::string(text), std::move(bound), parser.next_binding()});
  }
  Place place = at.passing(list.size() - 1, at.wanted);
  place.scope = &scope;
  place.curve = at.curve;
  NodePtr result = parser.parse(list.at(list.size() - 1), place);
  if (!good || !result) return nullptr;
  return std::make_shared<Let>(std::move(result));
}

NodePtr var(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  const JsonNode name = list.at(1);
  if (!name.is_string())
    return parser.fail(name, at.inside(1, nullptr), fmt::format("'var' takes a name, found {}", name.describe()));
  std::vector<std::string> known;
  for (const Scope* scope = at.scope; scope; scope = scope->outer) {
    for (auto binding = scope->bindings.rbegin(); binding != scope->bindings.rend(); ++binding) {
      if (binding->name != name.as_string()) {
        known.push_back(binding->name);
        continue;
      }
      if (!binding->bound) return nullptr;  // its problem has been told
      if (binding->bound->literal()) return binding->bound;
      return std::make_shared<Var>(binding->bound, binding->slot);
    }
  }
  std::string hint = "bind it with 'let' around this expression";
  if (const auto near = base::closest(name.as_string(), known)) hint = fmt::format("did you mean '{}'?", *near);
  return parser.fail(name, at.inside(1, nullptr), fmt::format("unknown variable '{}'", name.as_string()), hint);
}

NodePtr error(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::String);
  if (!args) return nullptr;
  auto node = std::make_shared<FunctionNode>(of(Kind::Error), std::move(*args),
                                             [](Run& run, const std::vector<NodePtr>& inputs, Value&) {
                                               Value message;
                                               if (!inputs[0]->evaluate(run, message)) return false;
                                               return run.fail([&] { return to_text(message); });
                                             });
  node->add_flags(kOther);
  return node;
}

}  // namespace

NodePtr make_all(std::vector<NodePtr> args) { return std::make_shared<All>(std::move(args), false); }
NodePtr make_any(std::vector<NodePtr> args) { return std::make_shared<All>(std::move(args), true); }
NodePtr make_not(NodePtr arg) { return std::make_shared<Not>(std::vector<NodePtr>{std::move(arg)}); }

std::vector<Operator> decision_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"all", [](P& p, const J& j, const Place& at) { return logic(p, j, at, false); }},
      {"any", [](P& p, const J& j, const Place& at) { return logic(p, j, at, true); }},
      {"!", negation},
      {"case", case_operator},
      {"match", match_operator},
      {"coalesce", coalesce},
      {"let", let},
      {"var", var},
      {"error", error},
  };
}

}  // namespace sitmap::expression
