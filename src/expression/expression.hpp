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

enum class Kind { Any, Null, Boolean, Number, String, Color, Array, Object, Formatted, Image, Padding, Offsets };

// The type a property demands.
struct Expected {
  Kind kind = Kind::Any;
  Kind item = Kind::Any;                    // of an array
  std::optional<std::size_t> length;        // of an array
  std::vector<std::string> enumeration;     // allowed strings; empty: any
  std::optional<double> minimum, maximum;
  bool allow_feature = true, allow_zoom = true;
};

// Which inputs a result depends on: what is the same for all features, or does not change between frames.
struct Dependencies {
  bool zoom = false, feature = false;
  bool all_properties = false;              // ["properties"], or a property named by an expression
  std::set<std::string, std::less<>> properties;
  bool constant() const { return !zoom && !feature; }
  bool uses_any(const std::set<std::string, std::less<>>& names) const;  // true when all_properties
  void merge(const Dependencies& other);
};

class Node;  // of the typed tree, internal

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
  // Filters: expression or legacy form; booleans.
  static Expression parse_filter(const document::Node& json, base::Problems& problems);

  // The value, coerced to the expected type; on a run-time error nothing, and `error` says why (when given).
  std::optional<Value> evaluate(const Context& context, std::string* error = nullptr) const;

  const Dependencies& dependencies() const;
  bool is_constant() const { return dependencies().constant(); }

 private:
  std::shared_ptr<const Node> node_;
  std::shared_ptr<const Expected> expected_;
};

std::optional<base::Color> parse_css_color(std::string_view text);  // every CSS Color 4 form of sRGB, names too
std::vector<std::string> operator_names();

}  // namespace sitmap::expression
