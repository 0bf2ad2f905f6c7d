// == != < > <= >= of numbers, strings, booleans and null, with or without a collator.

#include <fmt/format.h>

#include "expression/collate.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

enum class Op { Equal, NotEqual, Less, Greater, LessEqual, GreaterEqual };
constexpr bool orders(Op op) { return op != Op::Equal && op != Op::NotEqual; }

// ECMAScript's ===; lists and objects are never equal.
bool strictly_equal(const Value& a, const Value& b) {
  if (a.array() || a.object() || a.formatted()) return false;
  return a == b;
}

template <class T>
bool ordered(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::Less: return a < b;
    case Op::Greater: return a > b;
    case Op::LessEqual: return a <= b;
    case Op::GreaterEqual: return a >= b;
    case Op::Equal: return a == b;
    default: return a != b;
  }
}

std::string_view sign_of(Op op) {
  constexpr std::string_view kSigns[] = {"==", "!=", "<", ">", "<=", ">="};
  return kSigns[static_cast<std::size_t>(op)];
}

class Comparison final : public BooleanNode {
 public:
  Comparison(Op op, std::vector<NodePtr> args) : BooleanNode(std::move(args)), op_(op) {
    numbers_ = args_[0]->type.kind == Kind::Number && args_[1]->type.kind == Kind::Number;
  }
  bool boolean(Run& run, bool& out) const override {
    if (numbers_) {
      double a = 0, b = 0;
      if (!args_[0]->number(run, a) || !args_[1]->number(run, b)) return false;
      return out = ordered(op_, a, b), true;
    }
    Value scratch_a, scratch_b;
    const Value* a = args_[0]->view(run, scratch_a);
    const Value* b = a ? args_[1]->view(run, scratch_b) : nullptr;
    if (!b) return false;
    const std::string* text_a = a->get_if<std::string>();
    const std::string* text_b = b->get_if<std::string>();
    if (text_a && text_b) {
      if (args_.size() < 3) return out = ordered(op_, *text_a, *text_b), true;
      int order = 0;
      if (!collate(run, *args_[2], *text_a, *text_b, order)) return false;
      return out = ordered(op_, order, 0), true;
    }
    if (!orders(op_)) return out = strictly_equal(*a, *b) == (op_ == Op::Equal), true;
    const double* number_a = a->get_if<double>();
    const double* number_b = b->get_if<double>();
    if (number_a && number_b) return out = ordered(op_, *number_a, *number_b), true;
    return run.fail([&] {
      return fmt::format("'{}' compares two numbers or two strings, found {} and {}", sign_of(op_), type_name(*a),
                         type_name(*b));
    });
  }

 private:
  Op op_;
  bool numbers_ = false;
};

bool comparable(Op op, Kind kind) {
  if (kind == Kind::String || kind == Kind::Number || kind == Kind::Any || kind == Kind::Error) return true;
  return !orders(op) && (kind == Kind::Boolean || kind == Kind::Null);
}

NodePtr comparison(Parser& parser, const JsonNode& list, const Place& at, Op op) {
  if (!parser.count(list, at, 2, 3)) return nullptr;
  std::vector<NodePtr> args{parser.argument(list, 1, at, Kind::Any), parser.argument(list, 2, at, Kind::Any)};
  bool good = true;
  for (std::size_t i = 0; i < 2; ++i) {
    if (args[i] && !comparable(op, args[i]->type.kind))
      parser.fail(list.at(i + 1), at.inside(i + 1, nullptr),
                  fmt::format("'{}' cannot compare {}", sign_of(op), to_text(args[i]->type)));
    good = good && args[i] && comparable(op, args[i]->type.kind);
  }
  if (!good) return nullptr;
  const Type a = args[0]->type, b = args[1]->type;
  if (a.kind != b.kind && a.kind != Kind::Any && b.kind != Kind::Any && a.kind != Kind::Error && b.kind != Kind::Error)
    return parser.fail(list, at, fmt::format("cannot compare {} with {}", to_text(a), to_text(b)));
  if (orders(op) && a.kind == Kind::Any && b.kind != Kind::Any) args[0] = make_assertion(b, args[0]);
  if (orders(op) && b.kind == Kind::Any && a.kind != Kind::Any) args[1] = make_assertion(a, args[1]);
  if (list.size() > 3) {
    const auto text = [](Kind kind) { return kind == Kind::String || kind == Kind::Any; };
    if (!text(a.kind) && !text(b.kind)) return parser.fail(list, at, "a collator can only compare strings");
    args.push_back(parser.argument(list, 3, at, Kind::Collator));
    if (!args.back()) return nullptr;
  }
  return std::make_shared<Comparison>(op, std::move(args));
}

}  // namespace

std::vector<Operator> comparison_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"==", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::Equal); }},
      {"!=", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::NotEqual); }},
      {"<", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::Less); }},
      {">", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::Greater); }},
      {"<=", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::LessEqual); }},
      {">=", [](P& p, const J& j, const Place& at) { return comparison(p, j, at, Op::GreaterEqual); }},
  };
}

}  // namespace sitmap::expression
