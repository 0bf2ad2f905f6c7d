#pragma once
// Reads JSON into the typed tree. Internal to this module.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/interpolation.hpp"
#include "expression/tree.hpp"

namespace sitmap::expression {

inline constexpr int kMaxNesting = 256;  // of expressions within each other, looking through "var"

struct Binding {
  std::string name;
  NodePtr bound;
  std::size_t slot = 0;
};
struct Scope {
  const Scope* outer = nullptr;
  std::vector<Binding> bindings;
};

enum class Annotation { Default, Omit, Coerce };

// Where in the expression we are and what is asked for there.
struct Place {
  std::string path;                  // "[2][1]"
  const Type* wanted = nullptr;      // null: no demand
  const Expected* result = nullptr;  // set where the value is the property's own
  bool curve = false;                // the outermost step or interpolate over zoom may stand here
  bool zoom_input = false;           // this is the input of that curve
  Annotation annotation = Annotation::Default;
  const Scope* scope = nullptr;
  int depth = 0;

  Place inside(std::size_t index, const Type* type) const;  // an argument
  Place passing(std::size_t index, const Type* type) const; // an argument whose value becomes this place's value
};

using JsonNode = document::Node;

struct Failed {  // what a parsing function returns after a problem
  operator NodePtr() const { return nullptr; }
  operator bool() const { return false; }
};

class Parser {
 public:
  Parser(const Expected& expected, base::Problems& problems) : expected_(expected), problems_(problems) {}

  // Null after a problem, which has been added.
  NodePtr parse(const JsonNode& json, const Place& at);
  NodePtr argument(const JsonNode& list, std::size_t index, const Place& at, Kind kind);
  NodePtr argument(const JsonNode& list, std::size_t index, const Place& at, const Type* type = nullptr);
  // All arguments from `first` on, each of this kind; nothing when one of them is wrong.
  std::optional<std::vector<NodePtr>> arguments(const JsonNode& list, std::size_t first, const Place& at, Kind kind);

  Failed fail(const JsonNode& json, const Place& at, std::string_view message, std::string hint = {});
  // Counts of arguments, the operator's name not counted; a message and false when it is another.
  bool count(const JsonNode& list, const Place& at, std::size_t least, std::size_t most);

  NodePtr check_result(NodePtr node, const JsonNode& json, const Place& at);  // constants against Expected
  const Expected& expected() const { return expected_; }
  base::Problems& problems() { return problems_; }
  std::size_t next_binding() { return bindings_++; }
  std::size_t bindings() const { return bindings_; }
  bool claim_zoom_curve() { return !std::exchange(has_zoom_curve_, true); }

 private:
  NodePtr parse_list(const JsonNode& json, const Place& at);
  NodePtr annotate(NodePtr node, const JsonNode& json, const Place& at);
  NodePtr fold(NodePtr node, const JsonNode& json, const Place& at);

  const Expected& expected_;
  base::Problems& problems_;
  std::size_t bindings_ = 0;
  bool has_zoom_curve_ = false;
};

struct Operator {
  std::string_view name;
  NodePtr (*parse)(Parser& parser, const JsonNode& list, const Place& at);
};
const Operator* find_operator(std::string_view name);
std::optional<std::string> similar_operator(std::string_view name);

// One list of each file of operators.
std::vector<Operator> arithmetic_operators();
std::vector<Operator> comparison_operators();
std::vector<Operator> conversion_operators();
std::vector<Operator> curve_operators();
std::vector<Operator> decision_operators();
std::vector<Operator> locale_operators();
std::vector<Operator> lookup_operators();
std::vector<Operator> text_operators();

// Nodes that are also made without being written.
NodePtr make_assertion(Type type, NodePtr input);
NodePtr make_coercion(Type type, NodePtr input);
NodePtr make_get(std::string name);
NodePtr make_has(std::string name);
NodePtr make_zoom();
NodePtr make_all(std::vector<NodePtr> args);
NodePtr make_any(std::vector<NodePtr> args);
NodePtr make_not(NodePtr arg);
NodePtr make_concat(std::vector<NodePtr> args);
NodePtr make_tokens(std::string_view text);  // null when there is no {token}
bool is_zoom(const Node& node);

// Outputs at ascending labels. A step's first label is minus infinity.
struct Stops {
  std::vector<double> labels;
  std::vector<NodePtr> outputs;
};
NodePtr make_step(NodePtr input, Stops stops, Type type);
NodePtr make_interpolate(NodePtr input, Interpolation how, Stops stops, Type type);
// Between two values of a type; nothing (and an error) when they don't fit each other.
bool interpolate_values(Run& run, const Value& lower, const Value& upper, double t, ColorSpace space, Value& out);

// Plain values and legacy forms.
std::optional<Value> literal_value(const JsonNode& json);
// The value that a property of this type gets from a plain JSON value; a complaint otherwise.
struct Complaint {
  std::string message, hint;
};
std::optional<Complaint> check_value(const Value& value, const Expected& expected);
NodePtr parse_constant(Parser& parser, const JsonNode& json, const Expected& expected);
NodePtr parse_legacy_function(Parser& parser, const JsonNode& json);
NodePtr parse_legacy_filter(Parser& parser, const JsonNode& json, const Place& at);
bool is_legacy_filter(const JsonNode& json);
void warn_of_mixed_filter(base::Problems& problems, const JsonNode& json, int depth);

}  // namespace sitmap::expression
