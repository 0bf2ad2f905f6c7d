#include "gazetteer/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>

#include "base/problem.hpp"
#include "base/text.hpp"

namespace sitmap::gazetteer {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

enum Query { kHits, kRow, kPlace, kGeometry, kFindId, kBorder, kMeta, kKeys, kQueries };

constexpr std::array<const char*, kQueries> kSql = {
    "SELECT place, quality FROM keys WHERE key = ?1",
    "SELECT id, name, (SELECT text FROM texts WHERE no = kind), class, code, country, lon, lat, extent_km, population, "
    "rank, curated, valid FROM places WHERE no = ?1",
    "SELECT (SELECT text FROM texts WHERE no = admin), precision_m, names, (SELECT text FROM texts WHERE no = source) "
    "FROM places WHERE no = ?1",
    "SELECT shape FROM geometries WHERE place = ?1",
    "SELECT place FROM ids WHERE id = ?1",
    "SELECT place FROM borders WHERE a = min(?1, ?2) AND b = max(?1, ?2)",
    "SELECT value FROM meta WHERE key = ?1",
    "SELECT key FROM keys WHERE quality < 5 ORDER BY key",
};

// RFC 3986: everything but the unreserved characters and the slash is escaped, so that '?' and '#' in a path are safe.
std::string uri_of(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) uri += c;
    else uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?immutable=1";
}

}  // namespace

struct Database::Connection {
  std::unique_ptr<sqlite3, CloseDatabase> db;
  std::array<std::unique_ptr<sqlite3_stmt, FinalizeStatement>, kQueries> statements;
};

// A statement of a borrowed connection, ready to run; gives the connection back.
class Database::Lease {
 public:
  Lease(const Database& database, Query query) : database_(database) {
    {
      const std::lock_guard lock(database.mutex_);
      if (!database.idle_.empty()) {
        connection_ = std::move(database.idle_.back());
        database.idle_.pop_back();
      }
    }
    if (!connection_) connection_ = database.connect();
    auto& statement = connection_->statements[query];
    if (!statement) {
      sqlite3_stmt* made = nullptr;
      if (sqlite3_prepare_v3(connection_->db.get(), kSql[query], -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) !=
          SQLITE_OK)
        fail();
      statement.reset(made);
    }
    statement_ = statement.get();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() {
    if (statement_ != nullptr) sqlite3_reset(statement_);
    const std::lock_guard lock(database_.mutex_);
    database_.idle_.push_back(std::move(connection_));
  }

  Lease& bind(int at, std::string_view text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Lease& bind(int at, std::int64_t number) {
    sqlite3_bind_int64(statement_, at, number);
    return *this;
  }
  bool next() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
    return result == SQLITE_ROW;
  }
  std::string_view text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  [[noreturn]] void fail() const {
    throw base::InputError(fmt::format("the gazetteer '{}' can't be read: {}", database_.file_.string(),
                                       sqlite3_errmsg(connection_->db.get())),
                           "build it again, or install sitmap again");
  }

  const Database& database_;
  std::unique_ptr<Connection> connection_;
  sqlite3_stmt* statement_ = nullptr;
};

Database::Database(std::filesystem::path file) : file_(std::move(file)) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file_, error))
    throw base::IoError(fmt::format("there is no gazetteer '{}'", file_.string()),
                        "build it with the target sitmap_gazetteer_data, or install sitmap again");
  auto connection = connect();
  const auto number = [&](const char* pragma) {
    sqlite3_stmt* made = nullptr;
    std::int64_t value = -1;
    if (sqlite3_prepare_v2(connection->db.get(), pragma, -1, &made, nullptr) == SQLITE_OK &&
        sqlite3_step(made) == SQLITE_ROW)
      value = sqlite3_column_int64(made, 0);
    sqlite3_finalize(made);
    return value;
  };
  if (number("PRAGMA application_id") != kApplicationId)
    throw base::InputError(fmt::format("'{}' is no gazetteer of sitmap", file_.string()),
                           "build one with sitmap_gazetteer_builder");
  if (const std::int64_t version = number("PRAGMA user_version"); version != kSchemaVersion)
    throw base::InputError(fmt::format("the gazetteer '{}' is of version {}, this program reads version {}",
                                       file_.string(), version, kSchemaVersion),
                           "build it again with this program's sitmap_gazetteer_builder");
  idle_.push_back(std::move(connection));
}

Database::~Database() = default;

std::unique_ptr<Database::Connection> Database::connect() const {
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(uri_of(file_).c_str(), &opened,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  auto connection = std::make_unique<Connection>();
  connection->db.reset(opened);
  if (result != SQLITE_OK)
    throw base::IoError(fmt::format("the gazetteer '{}' can't be opened: {}", file_.string(), sqlite3_errstr(result)),
                        "is the file readable?");
  sqlite3_exec(opened, "PRAGMA mmap_size = 268435456", nullptr, nullptr, nullptr);
  return connection;
}

std::vector<NameHit> Database::hits(std::string_view key) const {
  std::vector<NameHit> found;
  Lease query(*this, kHits);
  query.bind(1, key);
  while (query.next()) found.push_back({query.integer(0), static_cast<Quality>(query.integer(1))});
  return found;
}

void Database::for_each_key(const std::function<void(std::string_view)>& use) const {
  Lease query(*this, kKeys);
  while (query.next()) use(query.text(0));
}

std::optional<Row> Database::row(std::int64_t no) const {
  Lease query(*this, kRow);
  if (!query.bind(1, no).next()) return std::nullopt;
  Row row;
  row.no = no;
  row.id = query.text(0);
  row.name = query.text(1);
  row.kind = query.text(2);
  row.feature_class = query.text(3);
  row.feature_code = query.text(4);
  row.country = query.text(5);
  row.at = {query.real(6) / 1e6, query.real(7) / 1e6};
  row.extent_km = query.real(8);
  row.population = query.integer(9);
  row.rank = static_cast<int>(query.integer(10));
  row.curated = query.integer(11) != 0;
  if (const auto valid = query.text(12); !valid.empty()) row.valid = time::parse_edtf(valid).interval;
  return row;
}

Place Database::place(const Row& row) const {
  Place place;
  place.id = row.id;
  place.name = row.name;
  place.kind = row.kind;
  place.feature_class = row.feature_class;
  place.feature_code = row.feature_code;
  place.country = row.country;
  place.at = row.at;
  place.valid = row.valid;
  place.population = row.population;
  place.rank = row.rank;
  {
    Lease query(*this, kPlace);
    if (query.bind(1, row.no).next()) {
      if (const auto admin = query.text(0); !admin.empty()) place.admin = base::split(admin, '|');
      place.precision_m = query.real(1);
      place.names = unpack_names(query.text(2));
      place.source = query.text(3);
    }
  }
  place.geometry = geometry(row.no);
  if (geom::is_empty(place.geometry)) place.geometry = geom::point(row.at);
  return place;
}

std::vector<Name> Database::names(std::int64_t no) const {
  Lease query(*this, kPlace);
  return query.bind(1, no).next() ? unpack_names(query.text(2)) : std::vector<Name>();
}

geom::Geometry Database::geometry(std::int64_t no) const {
  Lease query(*this, kGeometry);
  if (!query.bind(1, no).next()) return {};
  try {
    return unpack_geometry(query.text(0));
  } catch (const std::invalid_argument& error) {
    throw base::InputError(fmt::format("the gazetteer '{}' is damaged: {}", file_.string(), error.what()),
                           "build it again, or install sitmap again");
  }
}

std::optional<std::int64_t> Database::find_id(std::string_view id) const {
  Lease query(*this, kFindId);
  if (!query.bind(1, id).next()) return std::nullopt;
  return query.integer(0);
}

std::optional<std::int64_t> Database::border(std::string_view a, std::string_view b) const {
  Lease query(*this, kBorder);
  if (!query.bind(1, a).bind(2, b).next()) return std::nullopt;
  return query.integer(0);
}

std::string Database::meta(std::string_view key) const {
  Lease query(*this, kMeta);
  return query.bind(1, key).next() ? std::string(query.text(0)) : std::string();
}

}  // namespace sitmap::gazetteer
