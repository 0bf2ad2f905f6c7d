#pragma once
// The typed tree that expressions are read into. Internal to this module.
//
// Every node has a static type and the flags of everything below it. evaluate() writes into a Value; number(),
// boolean() and color() do the same without making one, where the caller knows the static type. Each returns false on
// a run-time error.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "expression/expression.hpp"
#include "expression/type.hpp"

namespace sitmap::expression {

// One evaluation. Bindings of "let" are worked out at most once in it.
struct Run {
  const Context& context;
  std::string* error = nullptr;
  std::vector<std::optional<Value>> bindings{};

  template <class MakeMessage>
  bool fail(MakeMessage make) {  // the message is made only when somebody reads it
    if (error) *error = make();
    return false;
  }
};

enum Flag : unsigned { kZoom = 1, kFeature = 2, kOther = 4 };  // kOther: never folded

class Node;
using NodePtr = std::shared_ptr<const Node>;

class Node {
 public:
  explicit Node(Type node_type) : type(std::move(node_type)) {}
  virtual ~Node() = default;

  virtual bool evaluate(Run& run, Value& out) const = 0;
  virtual bool number(Run& run, double& out) const;
  virtual bool boolean(Run& run, bool& out) const;
  virtual bool color(Run& run, base::Color& out) const;
  // A value to look at: the node's own when it has one, else evaluated into `scratch`; nullptr on an error.
  virtual const Value* view(Run& run, Value& scratch) const;

  virtual const Value* literal() const { return nullptr; }
  virtual void each_child(const std::function<void(const NodePtr&)>&) const {}
  virtual void own_dependencies(Dependencies&) const {}

  Type type;
  unsigned flags = 0;
  int depth = 1;  // of the tree below, looking through "var"

 protected:
  void adopt(const Node& child);  // takes over flags and depth; call for every child
};

class Literal final : public Node {
 public:
  explicit Literal(Value value) : Node(type_of(value)), value_(std::move(value)) {}
  Literal(Value value, Type type) : Node(std::move(type)), value_(std::move(value)) {}
  bool evaluate(Run&, Value& out) const override { return out = value_, true; }
  bool number(Run& run, double& out) const override;
  const Value* view(Run&, Value&) const override { return &value_; }
  const Value* literal() const override { return &value_; }

 private:
  Value value_;
};

// A node that has a list of arguments and nothing else.
class ListNode : public Node {
 public:
  ListNode(Type node_type, std::vector<NodePtr> args);
  void each_child(const std::function<void(const NodePtr&)>& visit) const override;

 protected:
  std::vector<NodePtr> args_;
};

// Numbers and booleans that are computed without a Value.
class NumberNode : public ListNode {
 public:
  explicit NumberNode(std::vector<NodePtr> args) : ListNode({.kind = Kind::Number, .item = {}, .length = {}}, std::move(args)) {}
  bool evaluate(Run& run, Value& out) const final;
  bool number(Run& run, double& out) const override = 0;
};
class BooleanNode : public ListNode {
 public:
  explicit BooleanNode(std::vector<NodePtr> args) : ListNode({.kind = Kind::Boolean, .item = {}, .length = {}}, std::move(args)) {}
  bool evaluate(Run& run, Value& out) const final;
  bool boolean(Run& run, bool& out) const override = 0;
};

// A node that picks one of its children and has its value.
class ChoiceNode : public Node {
 public:
  using Node::Node;
  bool evaluate(Run& run, Value& out) const final;
  bool number(Run& run, double& out) const final;
  bool boolean(Run& run, bool& out) const final;
  bool color(Run& run, base::Color& out) const final;
  const Value* view(Run& run, Value& scratch) const final;

 protected:
  virtual const Node* choose(Run& run) const = 0;  // nullptr on an error
};

// Any function of any arguments: for operators whose speed does not matter.
class FunctionNode final : public ListNode {
 public:
  using Function = bool (*)(Run& run, const std::vector<NodePtr>& args, Value& out);
  FunctionNode(Type node_type, std::vector<NodePtr> args, Function function)
      : ListNode(std::move(node_type), std::move(args)), function_(function) {}
  bool evaluate(Run& run, Value& out) const override { return function_(run, args_, out); }
  void add_flags(unsigned more) { flags |= more; }

 private:
  Function function_;
};

Dependencies dependencies_of(const NodePtr& root);

struct Program {
  NodePtr root;
  Expected expected;
  Dependencies dependencies;
  std::size_t bindings = 0;
  std::optional<Value> constant;
};

}  // namespace sitmap::expression
