#include "gazetteer/gazetteer.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "gazetteer/database.hpp"
#include "gazetteer/locate.hpp"

namespace sitmap::gazetteer {

struct Gazetteer::Impl {
  explicit Impl(const std::filesystem::path& file) : database(file), index(make_sqlite_name_index(database)) {}
  Database database;
  std::unique_ptr<NameIndex> index;
};

Gazetteer::Gazetteer(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

Gazetteer Gazetteer::open(const std::filesystem::path& file) { return Gazetteer(std::make_shared<Impl>(file)); }

Gazetteer Gazetteer::open_embedded() { return open(base::data_folder() / "gazetteer.sqlite"); }

Match Gazetteer::locate(std::string_view query, const Hints& hints) const {
  return gazetteer::locate(impl_->database, *impl_->index, query, hints);
}

std::optional<Place> Gazetteer::by_id(std::string_view id) const {
  const auto no = impl_->database.find_id(id);
  if (!no) return std::nullopt;
  const auto row = impl_->database.row(*no);
  if (!row) return std::nullopt;
  return impl_->database.place(*row);
}

Info Gazetteer::info() const {
  const auto number = [&](std::string_view key) { return base::parse_integer(impl_->database.meta(key)).value_or(0); };
  return {.version = impl_->database.meta("version"), .built_from = impl_->database.meta("built_from"),
          .places = number("places"), .names = number("names")};
}

}  // namespace sitmap::gazetteer
