#include "expression/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sitmap::expression {

namespace {
template <class T>
bool typed(const Node& node, Run& run, T& out) {
  Value scratch;
  const Value* value = node.view(run, scratch);
  if (!value) return false;
  if (const T* held = value->get_if<T>()) return out = *held, true;
  return run.fail([&] { return fmt::format("expected {} but found {}", to_text(type_of(Value(T{}))), type_name(*value)); });
}
}  // namespace

bool Node::number(Run& run, double& out) const { return typed(*this, run, out); }
bool Node::boolean(Run& run, bool& out) const { return typed(*this, run, out); }
bool Node::color(Run& run, base::Color& out) const { return typed(*this, run, out); }

const Value* Node::view(Run& run, Value& scratch) const { return evaluate(run, scratch) ? &scratch : nullptr; }

void Node::adopt(const Node& child) {
  flags |= child.flags;
  depth = std::max(depth, child.depth + 1);
}

bool Literal::number(Run& run, double& out) const {
  if (const double* held = value_.get_if<double>()) return out = *held, true;
  return Node::number(run, out);
}

ListNode::ListNode(Type node_type, std::vector<NodePtr> args) : Node(std::move(node_type)), args_(std::move(args)) {
  for (const NodePtr& arg : args_) adopt(*arg);
}

void ListNode::each_child(const std::function<void(const NodePtr&)>& visit) const {
  for (const NodePtr& arg : args_) visit(arg);
}

bool NumberNode::evaluate(Run& run, Value& out) const {
  double result = 0;
  if (!number(run, result)) return false;
  out = result;
  return true;
}

bool BooleanNode::evaluate(Run& run, Value& out) const {
  bool result = false;
  if (!boolean(run, result)) return false;
  out = result;
  return true;
}

bool ChoiceNode::evaluate(Run& run, Value& out) const {
  const Node* chosen = choose(run);
  return chosen && chosen->evaluate(run, out);
}
bool ChoiceNode::number(Run& run, double& out) const {
  const Node* chosen = choose(run);
  return chosen && chosen->number(run, out);
}
bool ChoiceNode::boolean(Run& run, bool& out) const {
  const Node* chosen = choose(run);
  return chosen && chosen->boolean(run, out);
}
bool ChoiceNode::color(Run& run, base::Color& out) const {
  const Node* chosen = choose(run);
  return chosen && chosen->color(run, out);
}
const Value* ChoiceNode::view(Run& run, Value& scratch) const {
  const Node* chosen = choose(run);
  return chosen ? chosen->view(run, scratch) : nullptr;
}

bool Dependencies::uses_any(const std::set<std::string, std::less<>>& names) const {
  if (all_properties) return true;
  return std::any_of(properties.begin(), properties.end(), [&](const std::string& name) { return names.contains(name); });
}

void Dependencies::merge(const Dependencies& other_ones) {
  zoom |= other_ones.zoom;
  feature |= other_ones.feature;
  other |= other_ones.other;
  all_properties |= other_ones.all_properties;
  properties.insert(other_ones.properties.begin(), other_ones.properties.end());
}

Dependencies dependencies_of(const NodePtr& root) {
  Dependencies out;
  out.zoom = (root->flags & kZoom) != 0;
  out.feature = (root->flags & kFeature) != 0;
  out.other = (root->flags & kOther) != 0;
  std::set<const Node*> seen;
  std::vector<NodePtr> open{root};
  while (!open.empty()) {
    const NodePtr node = std::move(open.back());
    open.pop_back();
    if ((node->flags & kFeature) == 0 || !seen.insert(node.get()).second) continue;
    node->own_dependencies(out);
    node->each_child([&](const NodePtr& child) { open.push_back(child); });
  }
  return out;
}

}  // namespace sitmap::expression
