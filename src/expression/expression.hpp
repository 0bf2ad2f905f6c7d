#pragma once
// Style expressions: read and type-checked once into a tree with dependency flags, evaluated for each feature.
// After the MapLibre Style Specification v8, "Expressions".

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "document/node.hpp"
#include "expression/value.hpp"

namespace sitmap::expression {

// What an expression looks at. `name` lookups return null values for unknown names.
class FeatureView {
 public:
  virtual ~FeatureView() = default;
  virtual Value property(std::string_view name) const = 0;
  virtual bool has(std::string_view name) const = 0;
  virtual Object properties() const = 0;
  virtual Value id() const = 0;
  virtual std::string_view geometry_type() const = 0;  // "Point", "LineString", "Polygon" (also for Multi…)
};

struct Context {
  double zoom = 0;
  const FeatureView* feature = nullptr;     // nullptr: none (constant and zoom-only expressions)
  std::optional<double> line_progress, heatmap_density;
  std::string_view language;                // for locale-aware operators
};

// NumberArray and ColorArray are lists that may also be written as their only member. Padding is four numbers (top,
// right, bottom, left) written as one to four; Offsets is a list [anchor, [x, y], …]. All five are Array values.
// Collator and Error exist only inside expressions.
enum class Kind {
  Any, Null, Boolean, Number, String, Color, Array, Object, Formatted, Image, Padding, Offsets, NumberArray, ColorArray,
  Collator, Error
};

// The type a property demands.
struct Expected {
  Kind kind = Kind::Any;
  Kind item = Kind::Any;                    // of an array
  std::optional<std::size_t> length;        // of an array
  std::vector<std::string> enumeration;     // allowed strings (of the items of an array); empty: any
  std::optional<double> minimum, maximum;   // of numbers, and of the numbers of an array; results are clamped
  bool allow_feature = true, allow_zoom = true;
  bool allow_line_progress = false;         // ["line-progress"], ["heatmap-density"]
  bool zoom_curve_only = false;             // "zoom" only as the input of the outermost step or interpolate
  bool interpolated = true;                 // numbers and colours between stops have a meaning
  bool tokens = false;                      // "{name}" in plain strings stands for the property "name"
  // A complaint about a constant that the property may get, wherever it stands in the expression; "" for none.
  std::string (*check)(const Value& value) = nullptr;
};

// Which inputs a result depends on: what is the same for all features, or does not change between frames.
struct Dependencies {
  bool zoom = false, feature = false;
  bool other = false;                       // line-progress, heatmap-density, the language
  bool all_properties = false;              // ["properties"], or a property named by an expression
  std::set<std::string, std::less<>> properties;
  bool constant() const { return !zoom && !feature && !other; }
  bool uses_any(const std::set<std::string, std::less<>>& names) const;  // true when all_properties
  void merge(const Dependencies& other);
};

struct Program;  // the typed tree, internal

class Expression {
 public:
  Expression();                             // the constant null
  ~Expression();
  Expression(const Expression&);            // shares the tree
  Expression& operator=(const Expression&);
  explicit Expression(Value constant);

  // A plain JSON value, an expression array, or a legacy function object {"stops": …}. Problems are added with their
  // position; the result is then the constant null.
  static Expression parse(const document::Node& json, const Expected& expected, base::Problems& problems);
  // Filters: expression or legacy form; booleans. A legacy filter inside an expression, which the spec reads as a
  // comparison of two constants, is a warning named "mixed-filter".
  static Expression parse_filter(const document::Node& json, base::Problems& problems);

  // The value, coerced to the expected type; on a run-time error nothing, and `error` says why (when given). The
  // result may be null; a number that is NaN, and a string outside the enumeration, are run-time errors.
  std::optional<Value> evaluate(const Context& context, std::string* error = nullptr) const;
  // The same without making a Value: false when there is an error or the result has another type.
  bool evaluate_number(const Context& context, double& out) const;
  bool evaluate_color(const Context& context, base::Color& out) const;
  bool evaluate_boolean(const Context& context, bool& out) const;
  const Value* constant() const;            // nullptr when it isn't

  const Dependencies& dependencies() const;
  bool is_constant() const { return dependencies().constant(); }

 private:
  explicit Expression(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
};

std::optional<base::Color> parse_css_color(std::string_view text);  // every CSS Color 4 form of sRGB, names too
std::vector<std::string> operator_names();  // sorted
bool is_operator(std::string_view name);
std::string name_of(Kind kind);             // as the spec writes it: "value", "number", "resolvedImage"

}  // namespace sitmap::expression
