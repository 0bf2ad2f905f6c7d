#include "compose/features.hpp"

#include <algorithm>

#include "base/workers.hpp"

namespace sitmap::compose {
namespace {

expression::Value convert(const source::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return {};
}

std::optional<expression::Value> time_property(const TimeProperties& time, std::string_view name) {
  if (name == "age") return time.age;
  if (name == "since_end") return time.since_end;
  if (name == "remaining") return time.remaining;
  if (name == "progress") return time.progress;
  if (name == "presence") return time.presence;
  if (name == "active") return time.active;
  return std::nullopt;
}

}  // namespace

void project_features(MapLayer& layer, const projection::View& view, const ProjectOptions& options) {
  const double tolerance = 0.35 / std::max(1.0, options.scale);
  base::parallel_for(layer.features.size(), options.jobs, [&](std::size_t i) {
    MapFeature& item = layer.features[i];
    item.page = view.project(item.feature.geometry, options.margin_px, tolerance);
    if (options.outlines && std::holds_alternative<geom::MultiPolygon>(item.feature.geometry))
      item.outline = view.project_outline(item.feature.geometry, options.margin_px, tolerance);
    else
      item.outline = item.page;
  });
  // Page boxes: points that are clipped away leave nothing.
  std::vector<MapFeature> kept;
  kept.reserve(layer.features.size());
  for (std::size_t i = 0; i < layer.features.size(); ++i) {
    if (geom::is_empty(layer.features[i].page))
      layer.outside.push_back(i);
    else
      kept.push_back(std::move(layer.features[i]));
  }
  layer.features = std::move(kept);
}

std::string label_of(const source::Feature& feature, const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    if (std::string name = feature.text("name_" + language); !name.empty()) return name;
    if (language == "en") break;  // `name` is the international name
  }
  for (const char* column : {"name", "NAME", "Name", "title"})
    if (std::string name = feature.text(column); !name.empty()) return name;
  return {};
}

expression::Value StyledFeature::property(std::string_view name) const {
  if (time_ != nullptr)
    if (auto value = time_property(*time_, name)) return *std::move(value);
  if (feature_.schema)
    if (const auto index = feature_.schema->find(name)) return convert(feature_.values[*index]);
  if (name == "label") {
    std::string text = label_of(feature_, languages_);
    if (!text.empty()) return text;
  }
  return {};
}

bool StyledFeature::has(std::string_view name) const { return !property(name).is_null(); }

expression::Object StyledFeature::properties() const {
  expression::Object out;
  if (feature_.schema)
    for (std::size_t i = 0; i < feature_.schema->size(); ++i) out[feature_.schema->names()[i]] = convert(feature_.values[i]);
  if (time_ != nullptr)
    for (const std::string& name : time_property_names()) out[name] = *time_property(*time_, name);
  return out;
}

expression::Value StyledFeature::id() const {
  return feature_.id < 0 ? expression::Value() : expression::Value(static_cast<double>(feature_.id));
}

std::string_view StyledFeature::geometry_type() const {
  if (std::holds_alternative<geom::MultiPoint>(feature_.geometry)) return "Point";
  if (std::holds_alternative<geom::MultiLine>(feature_.geometry)) return "LineString";
  if (std::holds_alternative<geom::MultiPolygon>(feature_.geometry)) return "Polygon";
  return "Unknown";
}

}  // namespace sitmap::compose
