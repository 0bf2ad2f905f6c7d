// What the feature and the map say: properties, id, geometry type, zoom; and looking into lists and texts.

#include <fmt/format.h>

#include <cmath>

#include "expression/code_points.hpp"
#include "expression/parser.hpp"

namespace sitmap::expression {
namespace {

Type of(Kind kind) { return {.kind = kind, .item = {}, .length = {}}; }

class Get final : public Node {
 public:
  explicit Get(std::string name) : Node(of(Kind::Any)), name_(std::move(name)) { flags = kFeature; }
  bool evaluate(Run& run, Value& out) const override {
    out = run.context.feature ? run.context.feature->property(name_) : Value{};
    return true;
  }
  void own_dependencies(Dependencies& out) const override { out.properties.insert(name_); }

 private:
  std::string name_;
};

// ["get", name], ["has", name] with a computed name, or ["get"/"has", name, object].
enum class Ask { Get, Has };
class Lookup final : public ListNode {
 public:
  Lookup(Ask ask, std::vector<NodePtr> args)
      : ListNode(of(ask == Ask::Get ? Kind::Any : Kind::Boolean), std::move(args)), ask_(ask) {
    if (args_.size() == 1) flags |= kFeature;
  }
  bool evaluate(Run& run, Value& out) const override {
    Value name_scratch, object_scratch;
    const Value* name = args_[0]->view(run, name_scratch);
    if (!name) return false;
    const std::string* key = name->get_if<std::string>();
    if (!key) return run.fail([&] { return fmt::format("expected string but found {}", type_name(*name)); });
    if (args_.size() == 1) {
      const FeatureView* feature = run.context.feature;
      if (ask_ == Ask::Has) out = feature && feature->has(*key);
      else out = feature ? feature->property(*key) : Value{};
      return true;
    }
    const Value* value = args_[1]->view(run, object_scratch);
    if (!value) return false;
    const Object* object = value->object();
    if (!object) return run.fail([&] { return fmt::format("expected object but found {}", type_name(*value)); });
    const auto found = object->find(*key);
    if (ask_ == Ask::Has) out = found != object->end();
    else out = found != object->end() ? Value(found->second) : Value{};
    return true;
  }
  void own_dependencies(Dependencies& out) const override {
    if (args_.size() != 1) return;
    const Value* name = args_[0]->literal();
    if (name && name->get_if<std::string>()) out.properties.insert(*name->get_if<std::string>());
    else out.all_properties = true;
  }

 private:
  Ask ask_;
};

NodePtr lookup(Parser& parser, const JsonNode& list, const Place& at, Ask ask) {
  if (!parser.count(list, at, 1, 2)) return nullptr;
  NodePtr name = parser.argument(list, 1, at, Kind::String);
  NodePtr object = list.size() > 2 ? parser.argument(list, 2, at, Kind::Object) : nullptr;
  if (!name || (list.size() > 2 && !object)) return nullptr;
  if (ask == Ask::Get && !object && name->literal() && name->literal()->get_if<std::string>())
    return make_get(*name->literal()->get_if<std::string>());
  std::vector<NodePtr> args{std::move(name)};
  if (object) args.push_back(std::move(object));
  return std::make_shared<Lookup>(ask, std::move(args));
}

// A value of the context; `flag` is what it depends on.
class Ambient final : public Node {
 public:
  using Read = Value (*)(const Context&);
  Ambient(Kind kind, unsigned flag, Read read, bool reads_all = false)
      : Node(of(kind)), read_(read), reads_all_(reads_all) {
    flags = flag;
  }
  bool evaluate(Run& run, Value& out) const override { return out = read_(run.context), true; }
  void own_dependencies(Dependencies& out) const override { out.all_properties |= reads_all_; }

 private:
  Read read_;
  bool reads_all_;
};

class Zoom final : public Node {
 public:
  Zoom() : Node(of(Kind::Number)) { flags = kZoom; }
  bool evaluate(Run& run, Value& out) const override { return out = run.context.zoom, true; }
  bool number(Run& run, double& out) const override { return out = run.context.zoom, true; }
};

template <Kind K, unsigned F>
NodePtr ambient(Parser& parser, const JsonNode& list, const Place& at, Ambient::Read read, bool reads_all = false) {
  if (!parser.count(list, at, 0, 0)) return nullptr;
  return std::make_shared<Ambient>(K, F, read, reads_all);
}

NodePtr zoom(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 0, 0)) return nullptr;
  if (parser.expected().zoom_curve_only && !at.zoom_input)
    return parser.fail(list, at, "'zoom' may only be the input of the outermost 'step' or 'interpolate'",
                       "write [\"interpolate\", [\"linear\"], [\"zoom\"], …] around the whole expression");
  if (parser.expected().zoom_curve_only && !parser.claim_zoom_curve())
    return parser.fail(list, at, "only one 'step' or 'interpolate' over 'zoom' is allowed in an expression");
  return make_zoom();
}

NodePtr ramp(Parser& parser, const JsonNode& list, const Place& at, Ambient::Read read) {
  if (!parser.expected().allow_line_progress && parser.expected().zoom_curve_only)
    return parser.fail(list, at, fmt::format("'{}' cannot be used in this property", list.at(0).as_string()));
  return ambient<Kind::Number, kOther>(parser, list, at, read);
}

bool is_plain(const Value& value) {
  return value.is_null() || value.get_if<bool>() || value.get_if<double>() || value.get_if<std::string>();
}

bool same_plain(const Value& a, const Value& b) { return is_plain(a) && a == b; }

bool needs_plain(Run& run, const Value& needle) {
  if (is_plain(needle)) return true;
  return run.fail([&] {
    return fmt::format("the first argument must be a boolean, string, number or null, found {}", type_name(needle));
  });
}

bool no_list(Run& run, const Value& value) {
  return run.fail([&] { return fmt::format("expected a list or a string, found {}", type_name(value)); });
}

// The needle as text, the way ECMAScript's indexOf takes it.
std::string needle_text(const Value& needle) { return needle.is_null() ? "null" : to_text(needle); }

bool evaluate_in(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value needle_scratch, scratch;
  const Value* needle = args[0]->view(run, needle_scratch);
  const Value* hay = needle ? args[1]->view(run, scratch) : nullptr;
  if (!hay) return false;
  const bool* flag = hay->get_if<bool>();
  const double* number = hay->get_if<double>();
  const std::string* text = hay->get_if<std::string>();
  if (hay->is_null() || (flag && !*flag) || (number && !(*number != 0)) || (text && text->empty())) return out = false, true;
  if (!needs_plain(run, *needle)) return false;
  if (text) return out = text->find(needle_text(*needle)) != std::string::npos, true;
  const Array* items = hay->array();
  if (!items) return no_list(run, *hay);
  for (const Value& item : *items)
    if (same_plain(item, *needle)) return out = true, true;
  return out = false, true;
}

// ECMAScript's relative index: whole, negative from the end, clamped.
std::size_t relative(double index, std::size_t size) {
  if (std::isnan(index)) return 0;
  const double whole = std::trunc(index), end = static_cast<double>(size);
  return static_cast<std::size_t>(whole < 0 ? std::max(0.0, end + whole) : std::min(whole, end));
}

bool evaluate_index_of(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value needle_scratch, scratch;
  const Value* needle = args[0]->view(run, needle_scratch);
  const Value* hay = needle ? args[1]->view(run, scratch) : nullptr;
  if (!hay || !needs_plain(run, *needle)) return false;
  double from = 0;
  if (args.size() > 2 && !args[2]->number(run, from)) return false;
  if (const std::string* text = hay->get_if<std::string>()) {
    const std::size_t start = from > 0 ? byte_of_code_point(*text, relative(from, text->size())) : 0;
    const std::size_t found = text->find(needle_text(*needle), start);
    out = found == std::string::npos ? -1.0 : static_cast<double>(code_points(std::string_view(*text).substr(0, found)));
    return true;
  }
  const Array* items = hay->array();
  if (!items) return no_list(run, *hay);
  for (std::size_t i = relative(from, items->size()); i < items->size(); ++i)
    if (same_plain((*items)[i], *needle)) return out = static_cast<double>(i), true;
  return out = -1.0, true;
}

bool evaluate_length(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch;
  const Value* value = args[0]->view(run, scratch);
  if (!value) return false;
  if (const std::string* text = value->get_if<std::string>()) return out = static_cast<double>(code_points(*text)), true;
  if (const Array* items = value->array()) return out = static_cast<double>(items->size()), true;
  return no_list(run, *value);
}

bool evaluate_slice(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch;
  const Value* value = args[0]->view(run, scratch);
  double begin = 0, end = HUGE_VAL;
  if (!value || !args[1]->number(run, begin) || (args.size() > 2 && !args[2]->number(run, end))) return false;
  if (const std::string* text = value->get_if<std::string>()) {
    const std::size_t size = code_points(*text);
    const std::size_t first = relative(begin, size), last = relative(end, size);
    if (last <= first) return out = std::string{}, true;
    const std::size_t from = byte_of_code_point(*text, first), to = byte_of_code_point(*text, last);
    return out = text->substr(from, to - from), true;
  }
  if (const Array* items = value->array()) {
    const std::size_t first = relative(begin, items->size()), last = relative(end, items->size());
    Array part;
    if (last > first)
      part.assign(items->begin() + static_cast<std::ptrdiff_t>(first), items->begin() + static_cast<std::ptrdiff_t>(last));
    return out = std::move(part), true;
  }
  return no_list(run, *value);
}

bool evaluate_at(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch;
  double index = 0;
  if (!args[0]->number(run, index)) return false;
  const Value* value = args[1]->view(run, scratch);
  const Array* items = value ? value->array() : nullptr;
  if (!items) return value ? no_list(run, *value) : false;
  if (!(index >= 0) || index >= static_cast<double>(items->size()))
    return run.fail([&] { return fmt::format("index {} is outside a list of {}", number_text(index), items->size()); });
  if (index != std::floor(index))
    return run.fail([&] { return fmt::format("an index must be a whole number, found {}", number_text(index)); });
  Value picked = (*items)[static_cast<std::size_t>(index)];
  return out = std::move(picked), true;
}

bool one_of(const Type& type, std::initializer_list<Kind> kinds) {
  for (const Kind kind : kinds)
    if (type.kind == kind || type.kind == Kind::Error) return true;
  return false;
}

NodePtr needle_operator(Parser& parser, const JsonNode& list, const Place& at, bool index_of) {
  if (!parser.count(list, at, 2, index_of ? 3 : 2)) return nullptr;
  std::vector<NodePtr> args{parser.argument(list, 1, at, Kind::Any), parser.argument(list, 2, at, Kind::Any)};
  if (list.size() > 3) args.push_back(parser.argument(list, 3, at, Kind::Number));
  for (const NodePtr& arg : args)
    if (!arg) return nullptr;
  if (!one_of(args[0]->type, {Kind::Boolean, Kind::String, Kind::Number, Kind::Null, Kind::Any}))
    return parser.fail(list.at(1), at.inside(1, nullptr),
                       fmt::format("expected boolean, string, number or null but found {}", to_text(args[0]->type)));
  return std::make_shared<FunctionNode>(of(index_of ? Kind::Number : Kind::Boolean), std::move(args),
                                        index_of ? evaluate_index_of : evaluate_in);
}

NodePtr length(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  NodePtr input = parser.argument(list, 1, at);
  if (!input) return nullptr;
  if (!one_of(input->type, {Kind::Array, Kind::String, Kind::Any}))
    return parser.fail(list.at(1), at.inside(1, nullptr),
                       fmt::format("expected string or array but found {}", to_text(input->type)));
  return std::make_shared<FunctionNode>(of(Kind::Number), std::vector<NodePtr>{std::move(input)}, evaluate_length);
}

NodePtr slice(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 3)) return nullptr;
  std::vector<NodePtr> args{parser.argument(list, 1, at, Kind::Any), parser.argument(list, 2, at, Kind::Number)};
  if (list.size() > 3) args.push_back(parser.argument(list, 3, at, Kind::Number));
  for (const NodePtr& arg : args)
    if (!arg) return nullptr;
  if (!one_of(args[0]->type, {Kind::Array, Kind::String, Kind::Any}))
    return parser.fail(list.at(1), at.inside(1, nullptr),
                       fmt::format("expected string or array but found {}", to_text(args[0]->type)));
  Type type = args[0]->type;
  type.length.reset();  // the part's length is not known
  return std::make_shared<FunctionNode>(std::move(type), std::move(args), evaluate_slice);
}

NodePtr at_operator(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 2)) return nullptr;
  NodePtr index = parser.argument(list, 1, at, Kind::Number);
  const Type wanted = array_type(at.wanted ? *at.wanted : Type{});
  NodePtr input = parser.argument(list, 2, at, &wanted);
  if (!index || !input) return nullptr;
  Type type = input->type.item_type();
  return std::make_shared<FunctionNode>(std::move(type), std::vector<NodePtr>{std::move(index), std::move(input)},
                                        evaluate_at);
}

NodePtr feature_state(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  if (!parser.argument(list, 1, at, Kind::String)) return nullptr;
  return std::make_shared<Ambient>(Kind::Any, kOther, [](const Context&) { return Value{}; });
}

}  // namespace

NodePtr make_get(std::string name) { return std::make_shared<Get>(std::move(name)); }
NodePtr make_zoom() { return std::make_shared<Zoom>(); }
bool is_zoom(const Node& node) { return dynamic_cast<const Zoom*>(&node) != nullptr; }

NodePtr make_has(std::string name) {
  return std::make_shared<Lookup>(Ask::Has, std::vector<NodePtr>{std::make_shared<Literal>(Value(std::move(name)))});
}

std::vector<Operator> lookup_operators() {
  using P = Parser;
  using J = JsonNode;
  return {
      {"get", [](P& p, const J& j, const Place& at) { return lookup(p, j, at, Ask::Get); }},
      {"has", [](P& p, const J& j, const Place& at) { return lookup(p, j, at, Ask::Has); }},
      {"in", [](P& p, const J& j, const Place& at) { return needle_operator(p, j, at, false); }},
      {"index-of", [](P& p, const J& j, const Place& at) { return needle_operator(p, j, at, true); }},
      {"length", length},
      {"slice", slice},
      {"at", at_operator},
      {"zoom", zoom},
      {"feature-state", feature_state},
      {"properties",
       [](P& p, const J& j, const Place& at) {
         return ambient<Kind::Object, kFeature>(
             p, j, at, [](const Context& c) { return Value(c.feature ? c.feature->properties() : Object{}); }, true);
       }},
      {"id",
       [](P& p, const J& j, const Place& at) {
         return ambient<Kind::Any, kFeature>(p, j, at, [](const Context& c) { return c.feature ? c.feature->id() : Value{}; });
       }},
      {"geometry-type",
       [](P& p, const J& j, const Place& at) {
         return ambient<Kind::String, kFeature>(p, j, at, [](const Context& c) {
           return c.feature ? Value(std::string(c.feature->geometry_type())) : Value{};
         });
       }},
      {"line-progress",
       [](P& p, const J& j, const Place& at) {
         return ramp(p, j, at, [](const Context& c) { return Value(c.line_progress.value_or(0)); });
       }},
      {"heatmap-density",
       [](P& p, const J& j, const Place& at) {
         return ramp(p, j, at, [](const Context& c) { return Value(c.heatmap_density.value_or(0)); });
       }},
      {"elevation",
       [](P& p, const J& j, const Place& at) { return ramp(p, j, at, [](const Context&) { return Value(0.0); }); }},
      {"accumulated",
       [](P& p, const J& j, const Place& at) {
         return ambient<Kind::Any, kOther>(p, j, at, [](const Context&) { return Value{}; });
       }},
  };
}

}  // namespace sitmap::expression
