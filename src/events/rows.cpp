#include "events/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/file.hpp"
#include "base/text.hpp"
#include "document/read.hpp"
#include "geom/geojson.hpp"
#include "source/csv.hpp"
#include "source/read.hpp"

namespace sitmap::events {
namespace {

LeftOut left_out(base::Location where, std::string id, std::string reason, std::string hint) {
  return {std::move(where), std::move(id), std::move(reason), std::move(hint)};
}

Rows read_csv_rows(const std::filesystem::path& file) {
  base::Problems problems;
  const source::Csv csv = source::parse_csv(base::read_file(file), file.string(), problems);
  Rows rows;
  rows.table.schema = std::make_shared<source::Schema>(csv.header);
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    source::Feature feature;
    feature.id = static_cast<std::int64_t>(r) + 1;
    feature.schema = rows.table.schema;
    for (const std::string& cell : csv.rows[r].cells) {
      const std::string_view text = base::trim(cell);
      feature.values.emplace_back(text.empty() ? source::Value() : source::Value(std::string(text)));
    }
    rows.table.features.push_back(std::move(feature));
    rows.where.push_back({csv.file, csv.rows[r].line, 0, csv.lines[r]});
  }
  for (const base::Problem& problem : problems.all())
    rows.broken.push_back(left_out(problem.where, {}, problem.message, problem.hint));
  return rows;
}

source::Value value_of(const document::Node& node) {
  switch (node.kind()) {
    case document::Kind::Null: return {};
    case document::Kind::Bool: return node.as_bool();
    case document::Kind::Number: return node.as_number();
    case document::Kind::String: return std::string(node.as_string());
    case document::Kind::Object: return node.to_json();
    case document::Kind::Array: break;
  }
  std::vector<std::string> parts;
  for (const document::Node& item : node.items()) {
    if (!item.is_scalar()) return node.to_json();
    parts.emplace_back(item.text());
  }
  return base::join(parts, "; ");
}

// "names" of all languages, the English or first one also as `name`.
std::vector<std::pair<std::string, std::string>> names_of(const document::Node& node) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto add = [&](std::string_view language, const document::Node& text) {
    if (language.empty() || !text.is_string()) return;
    const std::string column = "name_" + std::string(language);
    if (std::none_of(found.begin(), found.end(), [&](const auto& name) { return name.first == column; }))
      found.emplace_back(column, text.as_string());
  };
  for (const document::Member& member : node.members()) add(member.key, member.value);
  for (const document::Node& item : node.items()) {
    const auto text = item.find("text"), language = item.find("lang");
    if (text && language && language->is_string()) add(language->as_string(), *text);
  }
  if (found.empty()) return found;
  const auto english = std::find_if(found.begin(), found.end(), [](const auto& name) { return name.first == "name_en"; });
  found.insert(found.begin(), {"name", english != found.end() ? english->second : found.front().second});
  return found;
}

class GeoJson {
 public:
  Rows read(const document::Node& root) {
    if (const auto list = root.find("features"); list && list->is_array()) {
      for (const document::Node& feature : list->items()) add(feature);
    } else {
      add(root);
    }
    for (const char* key : {"sources", "attribution"}) {
      const auto member = root.find(key);
      if (!member) continue;
      if (member->is_string()) rows_.table.sources.emplace_back(member->as_string());
      for (const document::Node& item : member->items())
        if (item.is_string()) rows_.table.sources.emplace_back(item.as_string());
    }
    rows_.table.schema = std::make_shared<source::Schema>(columns_);
    for (source::Feature& feature : rows_.table.features) {
      feature.schema = rows_.table.schema;
      feature.values.resize(columns_.size());
    }
    return std::move(rows_);
  }

 private:
  void add(const document::Node& node) {
    base::Location where = node.location();
    where.line_text.clear();  // the line holds the whole geometry
    where.column = 0;
    source::Feature feature;
    feature.id = static_cast<std::int64_t>(rows_.table.features.size()) + 1;
    if (const auto id = node.find("id"); id && id->is_scalar() && !id->is_null()) set(feature, "id", value_of(*id));
    if (const auto properties = node.find("properties")) {
      for (const document::Member& member : properties->members()) {
        const auto names = member.key == "names" ? names_of(member.value) : decltype(names_of(member.value)){};
        for (const auto& [column, text] : names)
          if (!properties->has(column)) set(feature, column, text);
        if (names.empty()) set(feature, std::string(member.key), value_of(member.value));
      }
    }
    const auto geometry = node.find("geometry");
    if (!node.is_object() || !geometry) {
      rows_.broken.push_back(left_out(std::move(where), {}, "this is no GeoJSON feature: " + node.describe(),
                                      "a feature has \"properties\" and \"geometry\""));
      return;
    }
    try {
      if (!geometry->is_null()) feature.geometry = geom::from_geojson(geometry->to_json());
    } catch (const std::invalid_argument& error) {
      const auto id = columns_at_.find("id");
      std::string name;
      if (id != columns_at_.end() && id->second < feature.values.size())
        if (const auto* text = std::get_if<std::string>(&feature.values[id->second])) name = *text;
      rows_.broken.push_back(left_out(std::move(where), name, fmt::format("its geometry can't be read: {}", error.what()), {}));
      return;
    }
    rows_.table.features.push_back(std::move(feature));
    rows_.where.push_back(std::move(where));
  }

  void set(source::Feature& feature, const std::string& column, source::Value value) {
    const auto [at, added] = columns_at_.try_emplace(column, columns_.size());
    if (added) columns_.push_back(column);
    if (feature.values.size() <= at->second) feature.values.resize(at->second + 1);
    feature.values[at->second] = std::move(value);
  }

  Rows rows_;
  std::vector<std::string> columns_;
  std::map<std::string, std::size_t> columns_at_;
};

Rows read_gdal_rows(const std::filesystem::path& file, const std::string& layer) {
  Rows rows;
  rows.table = source::read_features(file, {.layer = layer, .box = {}, .columns = {}, .where = {}});
  rows.where.assign(rows.table.features.size(), {file.string(), 0, 0, {}});
  return rows;
}

// Quoted cells may hold the separator.
std::vector<std::size_t> cell_starts(std::string_view line, char separator) {
  std::vector<std::size_t> starts{0};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    else if (line[i] == separator && !quoted) starts.push_back(i + 1);
  }
  return starts;
}

}  // namespace

Rows read_rows(const std::filesystem::path& file, const std::string& layer) {
  const std::string ending = base::ascii_lower(file.extension().string());
  if (ending == ".csv" || ending == ".tsv" || ending == ".txt") return read_csv_rows(file);
  if ((ending == ".geojson" || ending == ".json") && layer.empty()) {
    const document::Node root = document::read_document(file);
    const auto type = root.find("type");
    const bool plain = type && type->is_string() && (type->as_string() == "FeatureCollection" || type->as_string() == "Feature");
    if (plain && !root.has("crs")) return GeoJson().read(root);  // GDAL knows other coordinate references, and TopoJSON
  }
  return read_gdal_rows(file, layer);
}

int cell_column(const base::Location& row, std::size_t cell, std::size_t cells) {
  for (const char separator : {',', ';', '\t'}) {
    const auto starts = cell_starts(row.line_text, separator);
    if (cells > 1 && starts.size() == cells && cell < starts.size()) {
      int column = 1;
      for (const char c : std::string_view(row.line_text).substr(0, starts[cell])) column += (c & 0xC0) != 0x80;
      return column;
    }
  }
  return 0;
}

std::optional<std::size_t> find_column(const source::Schema& schema, std::span<const std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < schema.size(); ++i)
      if (base::ascii_lower(schema.names()[i]) == name) return i;
  return std::nullopt;
}

}  // namespace sitmap::events
