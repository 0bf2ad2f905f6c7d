#include "compose/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/workers.hpp"
#include "compose/situation.hpp"
#include "geom/geojson.hpp"

namespace sitmap::compose {
namespace {

struct Wanted {
  std::string name;                    // of the map layer
  const style::Source* geojson = nullptr;
  std::set<std::string> columns;
  bool all_columns = false, outlines = false;
};

void want_columns(Wanted& wanted, const style::Layer& layer, const std::vector<std::string>& languages) {
  const expression::Dependencies deps = layer.dependencies();
  if (deps.all_properties) wanted.all_columns = true;
  wanted.columns.insert(deps.properties.begin(), deps.properties.end());
  if (deps.properties.contains("label")) {
    wanted.columns.insert({"name", "NAME", "Name", "title"});
    for (const std::string& language : languages) wanted.columns.insert("name_" + language);
  }
  if (const auto legend = layer.metadata.find("sitmap:legend"))
    if (const auto by = legend->find("by"); by && by->is_string()) wanted.columns.emplace(by->as_string());
  if (layer.type == style::LayerType::Line) wanted.outlines = true;
}

source::Table geojson_table(const style::Source& json, const std::filesystem::path& style_file) {
  if (json.data.is_string()) {
    std::filesystem::path path(json.data.as_string());
    if (path.is_relative()) path = style_file.parent_path() / path;
    return source::read_features(path);
  }
  // Inline: features read one by one from the style's own text.
  source::Table table;
  std::vector<document::Node> features;
  if (const auto list = json.data.find("features"))
    for (const document::Node& item : list->items()) features.push_back(item);
  else
    features.push_back(json.data);
  for (const document::Node& item : features) {
    source::Feature feature;
    const auto geometry = item.find("geometry");
    const document::Node shape = geometry ? *geometry : item;
    try {
      feature.geometry = geom::from_geojson(shape.to_json());
    } catch (const std::invalid_argument& error) {
      throw base::InputError(shape.location(), fmt::format("not a GeoJSON geometry: {}", error.what()));
    }
    std::vector<std::string> names;
    if (const auto properties = item.find("properties"))
      for (const document::Member& member : properties->members()) {
        names.emplace_back(member.key);
        if (member.value.is_number())
          feature.values.emplace_back(member.value.as_number());
        else if (member.value.is_bool())
          feature.values.emplace_back(member.value.as_bool());
        else if (member.value.is_string())
          feature.values.emplace_back(std::string(member.value.as_string()));
        else
          feature.values.emplace_back();
      }
    feature.schema = std::make_shared<const source::Schema>(names);
    feature.id = static_cast<std::int64_t>(table.features.size());
    table.features.push_back(std::move(feature));
  }
  return table;
}

// Problems stand where the map file names the layer.
source::Table read_file_layer(const LayerFile& file, const geom::GeoBox& box, const std::vector<std::string>& columns) {
  try {
    return source::read_features(file.path, {.layer = file.layer, .box = box, .columns = columns, .where = file.condition});
  } catch (const base::InputError& error) {
    std::vector<base::Problem> problems = error.problems();
    for (base::Problem& problem : problems)
      if (problem.where.file.empty()) problem.where = file.where;
    throw base::InputError(std::move(problems));
  } catch (const base::IoError& error) {
    throw base::InputError(file.where, error.what(), error.hint());
  }
}

MapLayer read_layer(const Wanted& wanted, const Input& input, const projection::View& view) {
  MapLayer layer;
  if (wanted.geojson != nullptr) {
    source::Table table = geojson_table(*wanted.geojson, input.style->file);
    for (source::Feature& feature : table.features) layer.features.push_back({std::move(feature), {}, {}, {}, {}});
  } else if (wanted.name == "event") {
    layer = event_layer(input.events, input.words.languages, view.metres_per_px());
  } else if (wanted.name == "control" || wanted.name == "line") {
    layer = territory_layer(wanted.name, input.territories, input.actors, input.words.languages);
  } else {
    source::Table table;
    const std::vector<std::string> columns =
        wanted.all_columns ? std::vector<std::string>{} : std::vector<std::string>(wanted.columns.begin(), wanted.columns.end());
    if (const auto own = input.layers.find(wanted.name); own != input.layers.end())
      table = own->second;
    else if (const auto file = input.layer_files.find(wanted.name); file != input.layer_files.end())
      table = read_file_layer(file->second, view.geo_box(), columns);
    else
      table = input.catalogue->read(wanted.name, view.geo_box(), view.metres_per_px() / input.scale, columns);
    layer.sources = table.sources;
    for (source::Feature& feature : table.features) layer.features.push_back({std::move(feature), {}, {}, {}, {}});
  }
  layer.name = wanted.name;
  project_features(layer, view, {.scale = input.scale, .outlines = wanted.outlines, .margin_px = 24, .jobs = 1});
  return layer;
}

}  // namespace

double style_zoom(const projection::View& view) { return std::clamp(view.zoom(), 0.0, 24.0); }

std::vector<std::string> dynamic_layer_names() { return {"event", "control", "line"}; }

LayerSet read_layers(const Input& input, const projection::View& view, base::Problems& problems) {
  LayerSet set;
  std::vector<Wanted> wanted;
  std::map<std::string, int, std::less<>> index;
  const double zoom = style_zoom(view);
  std::vector<std::string> known = dynamic_layer_names();
  for (const auto& [name, table] : input.layers) known.push_back(name);
  for (const auto& [name, file] : input.layer_files) known.push_back(name);
  for (const std::string& name : input.catalogue->layers()) known.push_back(name);
  known.emplace_back("label");

  base::Problems unknown;
  for (const style::Layer& layer : input.style->layers) {
    if (!layer.visible || zoom < layer.min_zoom || zoom >= layer.max_zoom) continue;
    StyledLayer styled{&layer, -1, false, false};
    if (layer.type == style::LayerType::Background) {
      set.styled.push_back(styled);
      continue;
    }
    const style::Source* source = input.style->source(layer.source);
    const bool geojson = source != nullptr && source->type == "geojson";
    const std::string name = geojson ? "geojson:" + layer.source : layer.source_layer;
    if (layer.type == style::LayerType::Raster || layer.type == style::LayerType::Hillshade) {
      problems.warn("layer-not-drawn", layer.where, fmt::format("layer '{}' is of a type that is not drawn yet", layer.id),
                    "remove it, or use fill, line, circle and symbol layers");
      continue;
    }
    if (!geojson && std::find(known.begin(), known.end(), name) == known.end()) {
      unknown.error(layer.where, fmt::format("layer '{}' shows the source layer '{}', which is neither embedded nor in the map file",
                                             layer.id, name),
                    base::suggestion(name, known));
      continue;
    }
    if (name == "label" && !input.layers.contains("label")) continue;  // the map file names no places of its own
    const auto [it, inserted] = index.try_emplace(name, static_cast<int>(wanted.size()));
    if (inserted) {
      wanted.push_back({});
      wanted.back().name = name;
      if (geojson) wanted.back().geojson = source;
    }
    want_columns(wanted[static_cast<std::size_t>(it->second)], layer, input.words.languages);
    styled.map_layer = it->second;
    styled.dated = name == "event" || name == "control" || name == "line";
    styled.timed = layer.dependencies().uses_any(time_property_names());
    set.styled.push_back(styled);
  }
  unknown.throw_if_errors();

  set.map_layers.resize(wanted.size());
  base::parallel_for(wanted.size(), base::default_jobs(),
                     [&](std::size_t i) { set.map_layers[i] = read_layer(wanted[i], input, view); });
  for (const StyledLayer& styled : set.styled) {
    if (styled.map_layer < 0) continue;
    const MapLayer& layer = set.map_layers[static_cast<std::size_t>(styled.map_layer)];
    if (layer.features.empty()) continue;
    for (const std::string& source : layer.sources)
      if (std::find(set.sources.begin(), set.sources.end(), source) == set.sources.end()) set.sources.push_back(source);
  }
  return set;
}

}  // namespace sitmap::compose
