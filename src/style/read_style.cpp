// Style files: the root and the sources. Layers are read in read_layer.cpp.

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/file.hpp"
#include "base/text.hpp"
#include "document/read.hpp"
#include "style/reader.hpp"

namespace sitmap::style {
namespace {

constexpr std::string_view kIgnored = "style-part-ignored";

// The keys of the style's root, and of a source of each type.
const std::vector<std::string>& root_keys() {
  static const std::vector<std::string> keys{
      "version", "name",  "metadata",   "center",  "centerAltitude", "zoom",   "bearing", "pitch",      "roll",      "state",
      "light",   "sky",   "projection", "terrain", "sources",        "sprite", "glyphs",  "font-faces", "transition", "layers"};
  return keys;
}

std::vector<std::string> source_keys(std::string_view type) {
  std::vector<std::string> keys{"type", "attribution", "maxzoom", "metadata"};
  const auto add = [&](std::initializer_list<const char*> more) { keys.insert(keys.end(), more.begin(), more.end()); };
  if (type == "geojson")
    add({"data", "buffer", "filter", "tolerance", "cluster", "clusterRadius", "clusterMaxZoom", "clusterMinPoints",
         "clusterProperties", "lineMetrics", "generateId", "promoteId"});
  else
    add({"url", "tiles", "bounds", "minzoom", "scheme", "emptyResponse", "volatile"});
  if (type == "vector") add({"promoteId", "encoding"});
  if (type == "raster" || type == "raster-dem") add({"tileSize"});
  if (type == "raster-dem") add({"encoding", "redFactor", "blueFactor", "greenFactor", "baseShift"});
  return keys;
}

bool is_remote(std::string_view url) {
  return url.find("://") != std::string_view::npos && !url.starts_with("sitmap:") && !url.starts_with("file://");
}

}  // namespace

std::string Reader::text(const document::Node& node, std::string_view key) {
  if (node.is_string()) return std::string(node.as_string());
  found_.error(node.location(), fmt::format("'{}' must be text, found {}", key, node.describe()));
  return {};
}

std::optional<double> Reader::number(const document::Node& node, std::string_view key, double least, double most) {
  if (node.is_number() && node.as_number() >= least && node.as_number() <= most) return node.as_number();
  const std::string range = least > -1e300 ? fmt::format(" from {} to {}", least, most) : "";
  found_.error(node.location(), fmt::format("'{}' must be a number{}, found {}", key, range, node.describe()));
  return std::nullopt;
}

void Reader::check_keys(const document::Node& object, const std::vector<std::string>& known, std::string_view owner) {
  for (const document::Member& member : object.members())
    if (std::find(known.begin(), known.end(), member.key) == known.end())
      found_.error(member.key_location(), fmt::format("unknown key '{}' in {}", member.key, owner),
                   base::suggestion(member.key, known));
}

void Reader::ignored(const document::Node& node, std::string_view key, std::string_view why) {
  found_.warn(std::string(kIgnored), node.location(), fmt::format("'{}' is ignored: {}", key, why));
}

Style Reader::read(const document::Node& json) {
  if (!json.is_object()) {
    found_.error(json.location(), fmt::format("a style must be an object, found {}", json.describe()));
    return {};
  }
  check_keys(json, root_keys(), "the style");
  read_root(json);
  if (const auto sources = json.find("sources")) read_sources(*sources);
  else found_.error(json.location(), "the style has no 'sources'", "write \"sources\": {\"sitmap\": {\"type\": \"vector\", \"url\": \"sitmap:\"}}");
  if (const auto layers = json.find("layers")) read_layers(*layers);
  else found_.error(json.location(), "the style has no 'layers'");
  return std::move(style_);
}

void Reader::read_root(const document::Node& json) {
  if (const auto version = json.find("version")) {
    if (!version->is_number() || version->as_number() != 8)
      found_.error(version->location(), fmt::format("'version' must be 8, found {}", version->describe()),
                   "sitmap reads the MapLibre Style Specification, version 8");
  } else {
    found_.error(json.location(), "the style has no 'version'", "write \"version\": 8");
  }
  if (const auto name = json.find("name")) style_.name = text(*name, "name");
  if (const auto metadata = json.find("metadata")) style_.metadata = *metadata;
  if (const auto center = json.find("center")) {
    const bool pair = center->is_array() && center->size() == 2 && center->at(0).is_number() && center->at(1).is_number();
    if (pair) style_.center = geom::Point{center->at(0).as_number(), center->at(1).as_number()};
    else found_.error(center->location(), fmt::format("'center' must be [longitude, latitude], found {}", center->describe()));
  }
  if (const auto zoom = json.find("zoom")) style_.zoom = number(*zoom, "zoom", 0, 24);
  if (const auto bearing = json.find("bearing")) style_.bearing = number(*bearing, "bearing", -1e300, 1e300);
  for (const char* key : {"pitch", "roll"}) {
    const auto angle = json.find(key);
    if (!angle) continue;
    const auto value = number(*angle, key, -1e300, 1e300);
    if (value && *value != 0) ignored(*angle, key, "the map is flat");
  }
  for (const char* key : {"light", "sky", "terrain", "centerAltitude"})
    if (const auto part = json.find(key)) ignored(*part, key, "the map is flat");
  if (const auto part = json.find("transition")) ignored(*part, "transition", "changes over time come from the data");
  if (const auto part = json.find("projection")) ignored(*part, "projection", "the map file chooses the projection");
  if (const auto part = json.find("font-faces")) ignored(*part, "font-faces", "only sitmap's own fonts are used");
  if (const auto part = json.find("state")) ignored(*part, "state", "a still map has no state");
  if (const auto sprite = json.find("sprite")) read_sprite(*sprite);
}

// A folder of SVG files, relative to the style. The spec's own forms, a URL or a list of them, name picture sheets.
void Reader::read_sprite(const document::Node& sprite) {
  if (sprite.is_array()) return ignored(sprite, "sprite", "picture sheets are not read");
  const std::string given = text(sprite, "sprite");
  if (given.empty()) return;
  if (is_remote(given)) return ignored(sprite, "sprite", "nothing is fetched from the network");
  std::filesystem::path folder = given;
  if (folder.is_relative()) folder = style_.file.parent_path() / folder;
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) {
    style_.icons_folder = folder.lexically_normal();
    return;
  }
  if (std::filesystem::exists(folder.string() + ".json", error)) return ignored(sprite, "sprite", "picture sheets are not read");
  found_.error(sprite.location(), fmt::format("no folder '{}' of SVG icons", given), "the path is relative to the style file");
}

void Reader::read_sources(const document::Node& json) {
  if (!json.is_object()) {
    found_.error(json.location(), fmt::format("'sources' must be an object, found {}", json.describe()));
    return;
  }
  for (const document::Member& member : json.members()) read_source(std::string(member.key), member.value);
}

void Reader::read_source(const std::string& id, const document::Node& json) {
  static const std::vector<std::string> kTypes{"vector", "geojson", "raster", "raster-dem", "image", "video"};
  Source source;
  source.id = id;
  source.json = json;
  SourceUse use = SourceUse::Drawn;
  if (!json.is_object()) {
    found_.error(json.location(), fmt::format("source '{}' must be an object, found {}", id, json.describe()));
    use = SourceUse::Wrong;
  } else if (const auto type = json.find("type"); !type) {
    found_.error(json.location(), fmt::format("source '{}' has no 'type'", id), base::suggestion("", kTypes));
    use = SourceUse::Wrong;
  } else {
    source.type = text(*type, "type");
    if (std::find(kTypes.begin(), kTypes.end(), source.type) == kTypes.end()) {
      if (type->is_string())
        found_.error(type->location(), fmt::format("unknown type '{}' of source '{}'", source.type, id),
                     base::suggestion(source.type, kTypes));
      use = SourceUse::Wrong;
    } else if (source.type == "image" || source.type == "video") {
      use = SourceUse::Skipped;
    } else {
      use = read_source_data(source);
    }
  }
  uses_[id] = use;
  style_.sources.push_back(std::move(source));
}

Reader::SourceUse Reader::read_source_data(Source& source) {
  const document::Node& json = source.json;
  check_keys(json, source_keys(source.type), fmt::format("source '{}'", source.id));
  if (source.type == "geojson") {
    const auto data = json.find("data");
    if (data && (data->is_object() || (data->is_string() && !data->as_string().empty()))) {
      source.data = *data;
      return data->is_string() && is_remote(data->as_string()) ? SourceUse::Skipped : SourceUse::Drawn;
    }
    if (data) found_.error(data->location(), fmt::format("'data' must be GeoJSON or a path, found {}", data->describe()));
    else found_.error(json.location(), fmt::format("source '{}' has no 'data'", source.id), "write \"data\": \"file.geojson\"");
    return SourceUse::Wrong;
  }
  const auto url = json.find("url"), tiles = json.find("tiles");
  if (url) source.url = text(*url, "url");
  if (!url && !tiles) {
    found_.error(json.location(), fmt::format("source '{}' has no 'url'", source.id),
                 source.type == "vector" ? "write \"url\": \"sitmap:\" for sitmap's own layers" : "write \"url\": \"file.tif\"");
    return SourceUse::Wrong;
  }
  if (source.type == "vector") return source.url.starts_with("sitmap:") ? SourceUse::Drawn : SourceUse::Skipped;
  if (!url || is_remote(source.url)) return SourceUse::Skipped;
  return SourceUse::Drawn;
}

Style read_style(const document::Node& json, const std::filesystem::path& file, base::Problems& problems) {
  base::Problems found;
  Style style = Reader(file, found).read(json);
  found.throw_if_errors();
  problems.append(std::move(found));
  return style;
}

Style read_style(const std::filesystem::path& file, base::Problems& problems) {
  return read_style(document::read_document(file), file, problems);
}

std::filesystem::path find_style(std::string_view name, const std::filesystem::path& relative_to) {
  std::error_code error;
  if (name.find('/') != std::string_view::npos || name.ends_with(".json")) {
    std::filesystem::path path(name);
    if (path.is_relative()) path = relative_to / path;
    if (!std::filesystem::is_regular_file(path, error))
      throw base::InputError(fmt::format("no style file '{}'", path.lexically_normal().string()),
                             "the path is relative to the map file; a name without '/' and '.json' is one of sitmap's own styles");
    return path.lexically_normal();
  }
  const std::filesystem::path folder = base::data_folder() / "styles";
  std::filesystem::path path = folder / (std::string(name) + ".json");
  if (std::filesystem::is_regular_file(path, error)) return path;
  std::vector<std::string> known;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") known.push_back(entry.path().stem().string());
  std::sort(known.begin(), known.end());
  throw base::InputError(fmt::format("unknown style '{}'", name), base::suggestion(name, known));
}

}  // namespace sitmap::style
