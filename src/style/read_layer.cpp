#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "style/reader.hpp"

namespace sitmap::style {
namespace {

const std::vector<std::string>& drawn_types() {
  static const std::vector<std::string> all{"background", "fill", "line", "circle", "symbol", "raster", "hillshade"};
  return all;
}

bool valid_but_not_drawn(std::string_view type) {
  return type == "heatmap" || type == "fill-extrusion" || type == "color-relief" || type == "sky";
}

const std::vector<std::string>& layer_keys() {
  static const std::vector<std::string> all{"id",      "type",    "metadata", "source", "source-layer",
                                            "minzoom", "maxzoom", "filter",   "layout", "paint"};
  return all;
}

const PropertySpec* find_spec(LayerType type, std::string_view name) {
  for (const PropertySpec& spec : properties_of(type))
    if (spec.name == name) return &spec;
  return nullptr;
}

std::string_view kind_needed(LayerType type) {
  if (type == LayerType::Raster) return "raster";
  return type == LayerType::Hillshade ? "raster-dem" : "vector or geojson";
}

}  // namespace

void Reader::read_layers(const document::Node& json) {
  if (!json.is_array()) {
    found_.error(json.location(), fmt::format("'layers' must be a list, found {}", json.describe()));
    return;
  }
  for (const document::Node& layer : json.items()) read_layer(layer);
}

void Reader::read_layer(const document::Node& json) {
  if (!json.is_object()) {
    found_.error(json.location(), fmt::format("a layer must be an object, found {}", json.describe()));
    return;
  }
  Layer layer;
  layer.where = json.location();
  if (const auto id = json.find("id")) {
    layer.id = text(*id, "id");
    const auto [first, added] = layer_ids_.emplace(layer.id, id->location());
    if (!added && !layer.id.empty())
      found_.error(id->location(), fmt::format("layer id '{}' stands twice", layer.id),
                   fmt::format("first in line {}", first->second.line));
  } else {
    found_.error(json.location(), "the layer has no 'id'");
  }
  const std::string owner = layer.id.empty() ? "the layer" : fmt::format("layer '{}'", layer.id);
  if (const auto ref = json.find("ref")) {
    found_.error(ref->location(), fmt::format("{} refers to another layer, which version 8 no longer allows", owner),
                 "write the layer out");
    return;
  }
  check_keys(json, layer_keys(), owner);
  const auto type = json.find("type");
  if (!type) {
    found_.error(json.location(), fmt::format("{} has no 'type'", owner), base::suggestion("", drawn_types()));
    return;
  }
  const std::string type_name = text(*type, "type");
  const auto known = std::find(drawn_types().begin(), drawn_types().end(), type_name);
  if (known == drawn_types().end()) {
    if (valid_but_not_drawn(type_name))
      found_.warn("layer-skipped", type->location(), fmt::format("{} is left out: layers of type '{}' are not drawn", owner, type_name));
    else if (type->is_string())
      found_.error(type->location(), fmt::format("unknown type '{}' of {}", type_name, owner), base::suggestion(type_name, drawn_types()));
    return;
  }
  layer.type = static_cast<LayerType>(known - drawn_types().begin());
  layer.properties.type = layer.type;
  const bool drawn = read_layer_source(json, layer);
  if (const auto zoom = json.find("minzoom")) layer.min_zoom = number(*zoom, "minzoom", 0, 24).value_or(0);
  if (const auto zoom = json.find("maxzoom")) layer.max_zoom = number(*zoom, "maxzoom", 0, 24).value_or(24);
  if (const auto metadata = json.find("metadata")) layer.metadata = *metadata;
  if (const auto filter = json.find("filter")) {
    base::Problems inner;
    layer.filter = expression::Expression::parse_filter(*filter, inner);
    for (base::Problem problem : inner.all()) {
      problem.message = fmt::format("filter: {}", problem.message);
      found_.add(std::move(problem));
    }
  }
  for (const char* group : {"layout", "paint"})
    if (const auto properties = json.find(group)) read_properties(*properties, group, layer);
  if (drawn) style_.layers.push_back(std::move(layer));
}

bool Reader::read_layer_source(const document::Node& json, Layer& layer) {
  const auto given = json.find("source");
  if (layer.type == LayerType::Background) return true;
  if (!given) {
    found_.error(json.location(), layer.id.empty() ? "the layer has no 'source'" : fmt::format("layer '{}' has no 'source'", layer.id));
    return false;
  }
  layer.source = text(*given, "source");
  if (!given->is_string()) return false;
  const Source* source = style_.source(layer.source);
  if (!source) {
    std::vector<std::string> known;
    for (const Source& each : style_.sources) known.push_back(each.id);
    found_.error(given->location(), fmt::format("layer '{}' draws an unknown source '{}'", layer.id, layer.source),
                 known.empty() ? "the style has no sources" : base::suggestion(layer.source, known));
    return false;
  }
  const auto use = uses_.find(layer.source);
  if (use == uses_.end() || use->second == SourceUse::Wrong) return false;
  if (use->second == SourceUse::Skipped) {
    found_.warn("layer-skipped", given->location(),
                fmt::format("layer '{}' is left out: source '{}' is neither sitmap's own nor a file", layer.id, layer.source));
    return false;
  }
  const bool vector = source->type == "vector" || source->type == "geojson";
  const bool fits = layer.type == LayerType::Raster ? source->type == "raster"
                    : layer.type == LayerType::Hillshade ? source->type == "raster-dem"
                                                         : vector;
  if (!fits)
    found_.error(given->location(), fmt::format("a layer of type '{}' needs a source of type {}, but '{}' is {}", name_of(layer.type),
                                                kind_needed(layer.type), layer.source, source->type));
  if (const auto part = json.find("source-layer")) layer.source_layer = text(*part, "source-layer");
  else if (source->type == "vector" && fits)
    found_.error(json.location(), fmt::format("layer '{}' has no 'source-layer'", layer.id),
                 fmt::format("name the layer of source '{}' to draw", layer.source));
  return fits;
}

void Reader::read_properties(const document::Node& group, std::string_view group_name, Layer& layer) {
  if (!group.is_object()) {
    found_.error(group.location(), fmt::format("'{}' must be an object, found {}", group_name, group.describe()));
    return;
  }
  for (const document::Member& member : group.members()) read_property(member, group_name, layer);
}

void Reader::read_property(const document::Member& member, std::string_view group_name, Layer& layer) {
  const PropertySpec* spec = find_spec(layer.type, member.key);
  if (!spec) return unknown_property(member, group_name, layer);
  if (spec->is_layout != (group_name == "layout")) {
    found_.error(member.key_location(), fmt::format("'{}' stands in '{}'", member.key, group_name),
                 fmt::format("move it to '{}'", spec->is_layout ? "layout" : "paint"));
    return;
  }
  base::Problems inner;
  auto value = expression::Expression::parse(member.value, spec->expected, inner);
  for (base::Problem problem : inner.all()) {
    problem.message = fmt::format("{}: {}", member.key, problem.message);
    found_.add(std::move(problem));
  }
  if (inner.has_errors()) return;
  if (spec->name == "visibility") layer.visible = !(value.constant() && *value.constant() == expression::Value("none"));
  layer.properties.set(spec->name, std::move(value), spec);
}

void Reader::unknown_property(const document::Member& member, std::string_view group_name, const Layer& layer) {
  constexpr std::string_view kTransition = "-transition";
  if (group_name == "paint" && member.key.ends_with(kTransition) &&
      find_spec(layer.type, member.key.substr(0, member.key.size() - kTransition.size())))
    return ignored(member.value, member.key, "changes over time come from the data");
  std::vector<std::string> names;
  for (const PropertySpec& spec : properties_of(layer.type))
    if (spec.is_layout == (group_name == "layout")) names.push_back(spec.name);
  auto near = base::closest(member.key, names);
  if (!near) {  // "width" for "line-width"
    const std::string prefixed = fmt::format("{}-{}", name_of(layer.type), member.key);
    near = base::closest(prefixed, names);
  }
  std::string hint;
  if (near) hint = fmt::format("did you mean '{}'?", *near);
  for (std::size_t i = 0; hint.empty() && i < drawn_types().size(); ++i)
    if (find_spec(static_cast<LayerType>(i), member.key)) hint = fmt::format("it is a property of '{}' layers", drawn_types()[i]);
  found_.error(member.key_location(), fmt::format("unknown property '{}' in '{}' of a {} layer", member.key, group_name, name_of(layer.type)),
               std::move(hint));
}

}  // namespace sitmap::style
