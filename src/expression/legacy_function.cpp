// Functions as they were written before expressions: {"property": …, "type": …, "stops": [[input, output], …]}.
// Style Specification v8, "Function". What a property function does not know is null: the property's own default.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "expression/convert.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

enum class Form { Identity, Exponential, Interval, Categorical };

struct PropertyStops {
  std::vector<Value> keys;  // categorical
  Stops stops;              // else
};

class PropertyFunction final : public Node {
 public:
  PropertyFunction(const Expected& expected, std::string name, Form form, Interpolation how, PropertyStops stops, Value otherwise)
      : Node(type_for(expected)), enumeration_(expected.enumeration), name_(std::move(name)), form_(form), how_(how),
        stops_(std::move(stops)), otherwise_(std::move(otherwise)) {
    for (const NodePtr& output : stops_.stops.outputs) adopt(*output);
    flags |= kFeature;
  }
  void own_dependencies(Dependencies& out) const override { out.properties.insert(name_); }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    for (const NodePtr& output : stops_.stops.outputs) visit(output);
  }
  bool evaluate(Run& run, Value& out) const override {
    const Value input = run.context.feature ? run.context.feature->property(name_) : Value{};
    const auto& labels = stops_.stops.labels;
    const auto& outputs = stops_.stops.outputs;
    if (form_ == Form::Identity) return out = identity(input), true;
    if (form_ == Form::Categorical) {
      for (std::size_t i = 0; i < stops_.keys.size(); ++i)
        if (stops_.keys[i] == input) return outputs[i]->evaluate(run, out);
      return out = otherwise_, true;
    }
    const double* x = input.get_if<double>();
    if (!x || std::isnan(*x)) return out = otherwise_, true;
    const std::size_t index = stop_below(labels.data(), labels.size(), *x);
    if (form_ == Form::Interval || *x <= labels.front() || index + 1 == labels.size())
      return outputs[index]->evaluate(run, out);
    Value lower, upper;
    if (!outputs[index]->evaluate(run, lower) || !outputs[index + 1]->evaluate(run, upper)) return false;
    return interpolate_values(run, lower, upper, how_.factor(*x, labels[index], labels[index + 1]), how_.space, out);
  }

 private:
  Value identity(const Value& input) const {
    if (input.is_null()) return otherwise_;
    switch (type.kind) {
      case Kind::Color:
      case Kind::Formatted:
      case Kind::Image:
      case Kind::Padding:
      case Kind::Offsets:
      case Kind::NumberArray:
      case Kind::ColorArray: return convert(input, type.kind).value_or(otherwise_);
      default: break;
    }
    if (!holds(type, input)) return otherwise_;
    if (const std::string* text = input.get_if<std::string>(); text && !enumeration_.empty())
      if (std::find(enumeration_.begin(), enumeration_.end(), *text) == enumeration_.end()) return otherwise_;
    return input;
  }

  std::vector<std::string> enumeration_;
  std::string name_;
  Form form_;
  Interpolation how_;
  PropertyStops stops_;
  Value otherwise_;
};

class Reader {
 public:
  Reader(Parser& parser, const JsonNode& json) : parser_(parser), json_(json), expected_(parser.expected()) {}

  NodePtr read() {
    check_keys();
    read_form();
    read_details();
    const auto stops = json_.find("stops");
    if (form_ == Form::Identity) {
      if (property_.empty()) fail(json_, "an identity function needs 'property'");
      if (stops) fail(*stops, "an identity function has no 'stops'");
      return good_ ? property_function({}) : nullptr;
    }
    if (!stops) return fail(json_, "a function needs 'stops'", "or write an expression"), nullptr;
    if (!stops->is_array() || stops->size() == 0)
      return fail(*stops, fmt::format("expected a list of [input, output] pairs, found {}", stops->describe())), nullptr;
    for (const JsonNode& stop : stops->items())
      if (!stop.is_array() || stop.size() != 2) fail(stop, fmt::format("expected [input, output], found {}", stop.describe()));
    if (!good_) return nullptr;
    if (stops->at(0).at(0).is_object()) return zoom_and_property(*stops);
    if (!property_.empty()) return property_stops(*stops);
    return zoom_function(*stops);
  }

 private:
  void fail(const JsonNode& where, std::string_view message, std::string hint = {}) {
    parser_.fail(where, {}, message, std::move(hint));
    good_ = false;
  }

  void check_keys() {
    const std::vector<std::string> known{"base", "colorSpace", "default", "property", "stops", "type"};
    for (const document::Member& member : json_.members()) {
      if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
      parser_.problems().error(member.key_location(), fmt::format("unknown key '{}' in a function", member.key),
                               base::suggestion(member.key, known));
      good_ = false;
    }
  }

  void read_form() {
    const bool continuous = expected_.interpolated && expected_.kind != Kind::String && expected_.kind != Kind::Boolean &&
                            expected_.kind != Kind::Formatted && expected_.kind != Kind::Image;
    form_ = continuous ? Form::Exponential : Form::Interval;
    const auto type = json_.find("type");
    if (!type) return;
    const std::vector<std::string> known{"identity", "exponential", "interval", "categorical"};
    const std::string_view name = type->is_string() ? type->as_string() : std::string_view{};
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) return fail(*type, fmt::format("unknown kind of function {}", type->describe()), base::suggestion(name, known));
    form_ = static_cast<Form>(found - known.begin());
    if (form_ == Form::Exponential && !continuous) fail(*type, "this property cannot be interpolated", "use \"type\": \"interval\"");
  }

  void read_details() {
    if (const auto property = json_.find("property")) {
      if (property->is_string() && !property->as_string().empty()) property_ = property->as_string();
      else fail(*property, fmt::format("expected the name of a property, found {}", property->describe()));
    }
    if (const auto base_node = json_.find("base")) {
      if (base_node->is_number() && base_node->as_number() > 0) how_.base = base_node->as_number();
      else fail(*base_node, fmt::format("expected a positive number, found {}", base_node->describe()));
    }
    if (const auto space = json_.find("colorSpace")) {
      const std::vector<std::string> known{"rgb", "hcl", "lab"};
      const std::string_view name = space->is_string() ? space->as_string() : std::string_view{};
      const auto found = std::find(known.begin(), known.end(), name);
      if (found == known.end()) fail(*space, fmt::format("unknown colour space {}", space->describe()), base::suggestion(name, known));
      else how_.space = static_cast<ColorSpace>(found - known.begin());
    }
    if (const auto otherwise = json_.find("default")) {
      const NodePtr node = parse_constant(parser_, *otherwise, expected_);
      if (node && node->literal()) otherwise_ = *node->literal();
      good_ = good_ && node;
    }
    if (form_ == Form::Categorical && property_.empty()) fail(json_, "a categorical function needs 'property'");
  }

  NodePtr output(const JsonNode& json) {
    NodePtr node = parse_constant(parser_, json, expected_);
    good_ = good_ && node;
    return node;
  }

  double label(const JsonNode& json, const std::vector<double>& before) {
    if (!json.is_number()) {
      fail(json, fmt::format("stops must be plain numbers, found {}", json.describe()));
      return 0;
    }
    if (!before.empty() && json.as_number() <= before.back())
      fail(json, fmt::format("stops must ascend, but {} follows {}", number_text(json.as_number()), number_text(before.back())));
    return json.as_number();
  }

  NodePtr curve_over_zoom(Stops stops, bool interpolates) {
    if (interpolates) return make_interpolate(make_zoom(), how_, std::move(stops), type_for(expected_));
    stops.labels.front() = -std::numeric_limits<double>::infinity();
    return make_step(make_zoom(), std::move(stops), type_for(expected_));
  }

  NodePtr zoom_function(const JsonNode& list) {
    Stops stops;
    for (const JsonNode& stop : list.items()) {
      stops.labels.push_back(label(stop.at(0), stops.labels));
      stops.outputs.push_back(output(stop.at(1)));
    }
    if (!good_) return nullptr;
    return curve_over_zoom(std::move(stops), form_ == Form::Exponential);
  }

  NodePtr property_function(PropertyStops stops) {
    return std::make_shared<PropertyFunction>(expected_, property_, form_, how_, std::move(stops), otherwise_);
  }

  void add_stop(PropertyStops& stops, const JsonNode& input, const JsonNode& result) {
    if (form_ == Form::Categorical) {
      auto key = input.is_scalar() && !input.is_null() ? literal_value(input) : std::nullopt;
      if (!key) return fail(input, fmt::format("expected a string, number or boolean, found {}", input.describe()));
      if (std::find(stops.keys.begin(), stops.keys.end(), *key) != stops.keys.end())
        fail(input, fmt::format("stop {} stands twice", input.to_json()));
      stops.keys.push_back(std::move(*key));
    } else {
      stops.stops.labels.push_back(label(input, stops.stops.labels));
    }
    stops.stops.outputs.push_back(output(result));
  }

  NodePtr property_stops(const JsonNode& list) {
    PropertyStops stops;
    for (const JsonNode& stop : list.items()) add_stop(stops, stop.at(0), stop.at(1));
    return good_ ? property_function(std::move(stops)) : nullptr;
  }

  NodePtr zoom_and_property(const JsonNode& list) {
    if (property_.empty()) return fail(json_, "a function of zoom and property needs 'property'"), nullptr;
    std::vector<double> zooms;
    std::vector<PropertyStops> groups;
    for (const JsonNode& stop : list.items()) {
      const JsonNode key = stop.at(0);
      const auto zoom = key.find("zoom"), value = key.find("value");
      if (!zoom || !value || !zoom->is_number()) {
        fail(key, fmt::format("expected {{\"zoom\": number, \"value\": …}}, found {}", key.describe()));
        continue;
      }
      if (zooms.empty() || zoom->as_number() != zooms.back()) {
        zooms.push_back(label(*zoom, zooms));
        groups.emplace_back();
      }
      add_stop(groups.back(), *value, stop.at(1));
    }
    if (!good_) return nullptr;
    Stops stops{.labels = zooms, .outputs = {}};
    for (PropertyStops& group : groups) stops.outputs.push_back(property_function(std::move(group)));
    const Kind kind = expected_.kind;
    const bool continuous = expected_.interpolated && kind != Kind::String && kind != Kind::Boolean &&
                            kind != Kind::Formatted && kind != Kind::Image;
    return curve_over_zoom(std::move(stops), continuous);
  }

  Parser& parser_;
  const JsonNode json_;
  const Expected& expected_;
  bool good_ = true;
  Form form_ = Form::Exponential;
  Interpolation how_;
  std::string property_;
  Value otherwise_;
};

}  // namespace

NodePtr parse_legacy_function(Parser& parser, const JsonNode& json) { return Reader(parser, json).read(); }

}  // namespace sitmap::expression
