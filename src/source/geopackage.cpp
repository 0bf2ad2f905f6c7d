#include "source/geopackage.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/text.hpp"
#include "geom/geojson.hpp"
#include "source/filter.hpp"

namespace sitmap::source {
namespace {

namespace fs = std::filesystem;

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// What only GDAL can read.
struct Unusual {};

// RFC 3986: '?' and '#' in a path are no part of the URI.
std::string uri_of(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '.' || c == '_';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?mode=ro&immutable=1";
}

// A journal beside the file holds changes that an immutable connection doesn't see.
bool has_journal(const fs::path& file) {
  std::error_code error;
  return std::ranges::any_of(std::initializer_list<const char*>{"-wal", "-journal"},
                             [&](const char* ending) { return fs::exists(file.string() + ending, error); });
}

Database open(const fs::path& file) {
  sqlite3* db = nullptr;
  const int result = sqlite3_open_v2(uri_of(file).c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database owned(db);
  if (result != SQLITE_OK) return nullptr;
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);  // a view may run for ever
  return owned;
}

Statement prepare(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(db, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  if (statement == nullptr) throw Unusual();
  return Statement(statement);
}

// Whether there is another row. InputError when the file is damaged.
bool step(sqlite3_stmt* statement) {
  const int result = sqlite3_step(statement);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  if (const int kind = result & 0xff; kind != SQLITE_CORRUPT && kind != SQLITE_IOERR && kind != SQLITE_NOTADB) throw Unusual();
  sqlite3* db = sqlite3_db_handle(statement);
  throw base::InputError(fmt::format("cannot read '{}': the file is damaged ({})", sqlite3_db_filename(db, "main"), sqlite3_errmsg(db)),
                         "copy or download it again, or write it anew with ogr2ogr");
}

std::string text_of(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

std::string identifier(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

enum class Type { Bool, Integer, Real, Text, Date, DateTime };

// The types of the standard's table 1.
Type type_of(std::string_view declared) {
  const std::string name = base::ascii_lower(declared.substr(0, declared.find('(')));
  if (name == "boolean") return Type::Bool;
  if (name == "tinyint" || name == "smallint" || name == "mediumint" || name == "int" || name == "integer") return Type::Integer;
  if (name == "float" || name == "double" || name == "real") return Type::Real;
  if (name == "text") return Type::Text;
  if (name == "date") return Type::Date;
  if (name == "datetime") return Type::DateTime;
  throw Unusual();
}

struct Layer {
  std::string table, geometry, id, index;  // index: empty when there is none
  std::vector<std::string> columns;
  std::vector<Type> types;
};

Layer find_layer(sqlite3* db, const ReadOptions& options) {
  const Statement tables = prepare(db, "SELECT g.table_name, g.column_name, upper(s.organization), s.organization_coordsys_id "
                                       "FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name "
                                       "JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE c.data_type = 'features'");
  Layer layer;
  while (step(tables.get())) {
    const std::string name = text_of(tables.get(), 0);
    if (!options.layer.empty() && name != options.layer) continue;
    if (!layer.table.empty() || text_of(tables.get(), 2) != "EPSG" || sqlite3_column_int(tables.get(), 3) != 4326) throw Unusual();
    layer.table = name;
    layer.geometry = text_of(tables.get(), 1);
  }
  if (layer.table.empty()) throw Unusual();
  const Statement info = prepare(db, fmt::format("PRAGMA table_info({})", identifier(layer.table)));
  while (step(info.get())) {
    const std::string name = text_of(info.get(), 1);
    if (sqlite3_column_int(info.get(), 5) != 0) {
      if (!layer.id.empty() || base::ascii_lower(text_of(info.get(), 2)) != "integer") throw Unusual();  // no row number
      layer.id = name;
    } else if (name != layer.geometry && (options.columns.empty() || std::ranges::find(options.columns, name) != options.columns.end())) {
      layer.columns.push_back(name);
      layer.types.push_back(type_of(text_of(info.get(), 2)));
    }
  }
  if (layer.id.empty()) throw Unusual();
  const Statement index = prepare(db, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1 AND sql LIKE 'CREATE VIRTUAL TABLE%USING rtree%'");
  const std::string tree = "rtree_" + layer.table + "_" + layer.geometry;
  sqlite3_bind_text(index.get(), 1, tree.c_str(), -1, SQLITE_STATIC);
  if (step(index.get())) layer.index = tree;
  return layer;
}

// The features whose boxes in the index (rounded outwards to 32 bits) touch the boxes.
Statement select(sqlite3* db, const Layer& layer, const std::vector<geom::Box>& boxes) {
  std::string sql = fmt::format("SELECT {}, {}", identifier(layer.id), identifier(layer.geometry));
  for (const std::string& column : layer.columns) sql += ", " + identifier(column);
  sql += " FROM " + identifier(layer.table);
  if (!layer.index.empty())
    for (std::size_t i = 0; i < boxes.size(); ++i)
      sql += fmt::format(" {} {} IN (SELECT id FROM {} WHERE maxx >= ?{} AND minx <= ?{} AND maxy >= ?{} AND miny <= ?{})", i == 0 ? "WHERE" : "OR",
                         identifier(layer.id), identifier(layer.index), 4 * i + 1, 4 * i + 2, 4 * i + 3, 4 * i + 4);
  Statement rows = prepare(db, sql + " ORDER BY 1");
  if (!layer.index.empty())
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const double ends[] = {boxes[i].min_x, boxes[i].max_x, boxes[i].min_y, boxes[i].max_y};
      for (std::size_t k = 0; k < 4; ++k) sqlite3_bind_double(rows.get(), static_cast<int>(4 * i + k + 1), ends[k]);
    }
  return rows;
}

// OGC 12-128r18, 2.1.3: "GP", version, flags, the CRS, an envelope of 0, 4, 6, 6 or 8 numbers, then WKB.
geom::Geometry geometry_of(std::string_view blob) {
  if (blob.empty()) return {};
  if (blob.size() < 8 || !blob.starts_with("GP")) throw Unusual();
  const unsigned flags = static_cast<unsigned char>(blob[3]);
  if ((flags & 0x20U) != 0) throw Unusual();  // an extended geometry
  if ((flags & 0x10U) != 0) return {};        // empty
  constexpr std::size_t kEnvelopes[] = {0, 32, 48, 48, 64};
  const unsigned kind = flags >> 1 & 7U;
  if (kind > 4 || blob.size() < 8 + kEnvelopes[kind]) throw Unusual();
  try {
    geom::Geometry geometry = geom::from_wkb(blob.substr(8 + kEnvelopes[kind]));
    if (geom::is_empty(geometry)) return {};
    return geometry;
  } catch (const std::invalid_argument&) {
    throw Unusual();  // a curve, a collection, or what GDAL can name better
  }
}

bool has_form(std::string_view text, std::string_view form) {  // '0': a digit
  return std::ranges::equal(text, form, [](char c, char f) { return f == '0' ? c >= '0' && c <= '9' : c == f; });
}

Value value_of(sqlite3_stmt* row, int column, Type type) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return {};
  switch (type) {
    case Type::Bool: return sqlite3_column_int(row, column) != 0;
    case Type::Integer: return static_cast<double>(sqlite3_column_int64(row, column));
    case Type::Real: return sqlite3_column_double(row, column);
    case Type::Text: return text_of(row, column);
    case Type::Date: {
      std::string text = text_of(row, column);
      if (!has_form(text, "0000-00-00")) throw Unusual();
      return text;
    }
    case Type::DateTime: {
      std::string text = text_of(row, column);
      if (!has_form(text, "0000-00-00T00:00:00Z") && !has_form(text, "0000-00-00T00:00:00.000Z")) throw Unusual();
      text.resize(19);  // whole seconds, as from other files
      return text;
    }
  }
  return {};
}

Table read(sqlite3* db, const ReadOptions& options) {
  Layer layer = find_layer(db, options);
  std::vector<geom::Box> boxes;
  if (options.box) boxes = options.box->boxes();
  const Statement rows = select(db, layer, boxes);
  Table table;
  table.schema = std::make_shared<const Schema>(std::move(layer.columns));
  while (step(rows.get())) {
    Feature feature;
    feature.id = sqlite3_column_int64(rows.get(), 0);
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(rows.get(), 1));
    feature.geometry = geometry_of({bytes, static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), 1))});
    if (!finite_coordinates(feature.geometry) || (options.box && !touches(feature.geometry, boxes))) continue;
    feature.schema = table.schema;
    feature.values.reserve(layer.types.size());
    for (std::size_t i = 0; i < layer.types.size(); ++i)
      feature.values.push_back(value_of(rows.get(), static_cast<int>(i) + 2, layer.types[i]));
    table.features.push_back(std::move(feature));
  }
  return table;
}

}  // namespace

std::optional<Table> read_geopackage(const fs::path& path, const ReadOptions& options) {
  if (!options.where.empty() || has_journal(path)) return std::nullopt;
  const Database db = open(path);
  if (!db) return std::nullopt;
  try {
    return read(db.get(), options);
  } catch (const Unusual&) {
    return std::nullopt;
  }
}

}  // namespace sitmap::source
