#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "base/file.hpp"
#include "base/text.hpp"
#include "gazetteer/builder/entries.hpp"

namespace sitmap::gazetteer::builder {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;

void run(sqlite3* db, const std::string& sql) {
  char* message = nullptr;
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string text = message != nullptr ? message : "unknown error";
  sqlite3_free(message);
  throw base::IoError("the gazetteer can't be written: " + text, "is the disk full?");
}

class Insert {
 public:
  Insert(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK)
      throw base::IoError(std::string("the gazetteer can't be written: ") + sqlite3_errmsg(db));
  }
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;
  ~Insert() { sqlite3_finalize(statement_); }

  template <class... Values>
  void row(const Values&... values) {
    int at = 0;
    (bind(++at, values), ...);
    if (sqlite3_step(statement_) != SQLITE_DONE)
      throw base::IoError(std::string("the gazetteer can't be written: ") + sqlite3_errmsg(db_), "is the disk full?");
    sqlite3_reset(statement_);
  }

 private:
  void bind(int at, const std::string& text) {
    if (text.empty()) sqlite3_bind_text(statement_, at, "", 0, SQLITE_STATIC);
    else sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  void bind(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }
  void bind(int at, double number) { sqlite3_bind_double(statement_, at, number); }
  void bind(int at, std::span<const char> blob) {
    sqlite3_bind_blob64(statement_, at, blob.data(), blob.size(), SQLITE_TRANSIENT);
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

constexpr const char* kTables =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE texts(no INTEGER PRIMARY KEY, text TEXT);"
    "CREATE TABLE places(no INTEGER PRIMARY KEY, id TEXT, name TEXT, kind INTEGER, class TEXT, code TEXT, country TEXT,"
    " lon INTEGER, lat INTEGER, extent_km REAL, population INTEGER, rank INTEGER, curated INTEGER, valid TEXT,"
    " admin INTEGER, precision_m REAL, source INTEGER, names TEXT);"
    "CREATE TABLE ids(id TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;"
    "CREATE TABLE geometries(place INTEGER PRIMARY KEY, shape BLOB);"
    "CREATE TABLE keys(key TEXT, place INTEGER, quality INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;"
    "CREATE TABLE borders(a TEXT, b TEXT, place INTEGER, PRIMARY KEY(a, b)) WITHOUT ROWID;";

struct KeyRow {
  std::string key;
  std::int64_t place;
  Quality quality;
};

std::int64_t write_names(sqlite3* db, const std::vector<Entry>& entries) {
  std::vector<KeyRow> rows;
  std::int64_t names = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    names += 1 + static_cast<std::int64_t>(entries[i].place.names.size());
    for (Key& key : keys_of(entries[i]))
      rows.push_back({std::move(key.text), static_cast<std::int64_t>(i + 1), key.quality});
  }
  std::sort(rows.begin(), rows.end(), [](const KeyRow& a, const KeyRow& b) {
    return a.key != b.key ? a.key < b.key : a.place < b.place;
  });
  Insert insert(db, "INSERT INTO keys VALUES(?1, ?2, ?3)");
  for (const KeyRow& row : rows) insert.row(row.key, row.place, static_cast<std::int64_t>(row.quality));
  return names;
}

std::int64_t millionths(double degrees) { return std::llround(degrees * 1e6); }

void write_places(sqlite3* db, const std::vector<Entry>& entries) {
  std::map<std::string, std::int64_t> texts;
  for (const Entry& entry : entries)
    for (const std::string& text : {entry.place.source, entry.place.kind, base::join(entry.place.admin, "|")})
      texts.try_emplace(text, 0);
  {
    Insert insert(db, "INSERT INTO texts VALUES(?1, ?2)");
    std::int64_t no = 0;
    for (auto& [text, number] : texts) insert.row(number = ++no, text);
  }
  Insert place(db, "INSERT INTO places VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)");
  Insert shape(db, "INSERT INTO geometries VALUES(?1, ?2)");
  Insert border(db, "INSERT OR IGNORE INTO borders VALUES(?1, ?2, ?3)");
  std::map<std::string, std::int64_t> ids;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& e = entries[i];
    const Place& p = e.place;
    const auto no = static_cast<std::int64_t>(i + 1);
    place.row(no, p.id, p.name, texts.at(p.kind), p.feature_class, p.feature_code, p.country, millionths(p.at.x),
              millionths(p.at.y), e.extent_km,
              p.population, static_cast<std::int64_t>(p.rank), static_cast<std::int64_t>(e.curated),
              p.valid ? time::to_edtf(*p.valid) : std::string(), texts.at(base::join(p.admin, "|")),
              p.precision_m, texts.at(p.source), pack_names(p.names));
    if (!geom::is_empty(p.geometry)) {
      const std::string bytes = pack_geometry(p.geometry);
      shape.row(no, std::span<const char>(bytes));
    }
    if (!e.border.first.empty()) border.row(e.border.first, e.border.second, no);
    ids[p.id] = no;
  }
  for (std::size_t i = 0; i < entries.size(); ++i)
    for (const std::string& alias : entries[i].aliases) ids.try_emplace(alias, static_cast<std::int64_t>(i + 1));
  Insert id(db, "INSERT INTO ids VALUES(?1, ?2)");
  for (const auto& [text, no] : ids) id.row(text, no);
}

}  // namespace

void write(const std::filesystem::path& target, const std::vector<Entry>& entries, std::string_view built_from) {
  base::AtomicFile file(target);
  std::filesystem::remove(file.temporary());
  {
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(file.temporary().c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    const Handle db(opened);
    if (result != SQLITE_OK)
      throw base::IoError(fmt::format("'{}' can't be written: {}", target.string(), sqlite3_errstr(result)));
    run(opened, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA auto_vacuum = NONE;");
    run(opened, fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplicationId, kSchemaVersion));
    run(opened, "BEGIN");
    run(opened, kTables);
    write_places(opened, entries);
    const std::int64_t names = write_names(opened, entries);
    Insert meta(opened, "INSERT INTO meta VALUES(?1, ?2)");
    meta.row(std::string("built_from"), std::string(built_from));
    meta.row(std::string("names"), std::to_string(names));
    meta.row(std::string("places"), std::to_string(entries.size()));
    meta.row(std::string("version"), std::to_string(kSchemaVersion));
    run(opened, "COMMIT");
    run(opened, "VACUUM");
  }
  file.publish();
}

}  // namespace sitmap::gazetteer::builder
