// tables/places.csv: id, name, kind, feature_class, feature_code, country, admin, lat, lon, precision_m, geometry,
// names, valid_from, valid_to, source, note.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.hpp"
#include "gazetteer/builder/entries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geom/operations.hpp"
#include "source/read.hpp"

namespace sitmap::gazetteer::builder {
namespace {

using Json = nlohmann::json;

constexpr double kSameTownKm = 7;

std::optional<time::Interval> interval(const std::string& from, const std::string& to, std::string& reason) {
  if (from.empty() && to.empty()) return std::nullopt;
  const auto parsed = time::parse_edtf((from.empty() ? ".." : from) + "/" + (to.empty() ? ".." : to));
  if (!parsed.interval) reason = parsed.reason;
  return parsed.interval;
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class Table {
 public:
  Table(const std::filesystem::path& geodata, Collection& collection, base::Problems& problems)
      : folder_(geodata / "tables"), collection_(collection), problems_(problems) {
    std::set<const Entry*> seen;
    for (auto* list : {&collection_.countries, &collection_.units, &collection_.borders, &collection_.others})
      for (Entry& entry : *list) {
        by_id_[entry.place.id] = &entry;
        for (const std::string& alias : entry.aliases) by_id_.try_emplace(alias, &entry);
      }
    for (Entry& entry : collection_.others)
      if (entry.place.feature_class == "P") towns_[fold(entry.place.name)].push_back(&entry);
  }

  void apply() {
    const auto file = folder_ / "places.csv";
    if (!std::filesystem::exists(file)) return;
    int line = 1;
    for (const source::Feature& f : source::read_features(file).features) {
      ++line;
      where_ = {file.string() + fmt::format(" (row {}: {})", line, f.text("id")), 0, 0, {}};
      row(f);
    }
    for (Entry& entry : added_) collection_.others.push_back(std::move(entry));
  }

 private:
  void row(const source::Feature& f) {
    Entry entry = own(f);
    if (entry.place.name.empty() || f.text("id").empty()) {
      problems_.error(where_, "the row has no id or no name");
      return;
    }
    geometry(f.text("geometry"), entry);
    if (Entry* known = find(f, entry)) merge(*known, std::move(entry));
    else added_.push_back(std::move(entry));
  }

  Entry own(const source::Feature& f) {
    Entry entry;
    entry.curated = true;
    Place& p = entry.place;
    const std::string id = f.text("id");
    p.id = id.find(':') == id.npos ? "sitmap:" + id : id;
    p.name = f.text("name");
    p.kind = f.text("kind");
    p.feature_class = f.text("feature_class");
    p.feature_code = f.text("feature_code");
    if (p.kind == "admin") p.kind = p.feature_code == "ADM1" ? "province" : "district";
    p.country = f.text("country");
    if (const std::string admin = f.text("admin"); !admin.empty())
      for (const std::string& part : base::split(admin, '|')) p.admin.emplace_back(base::trim(part));
    const auto lon = f.number("lon"), lat = f.number("lat");
    if (!lon || !lat) problems_.error(where_, "lat and lon must be numbers");
    p.at = {lon.value_or(0), lat.value_or(0)};
    p.precision_m = f.number("precision_m").value_or(0);
    p.source = f.text("source");
    p.rank = p.feature_class == "P" ? (p.kind == "city" ? 4 : p.kind == "town" ? 6 : 8) : p.feature_class == "S" ? 7 : 4;
    std::string reason;
    p.valid = interval(f.text("valid_from"), f.text("valid_to"), reason);
    if (!reason.empty()) problems_.error(where_, "valid_from, valid_to: " + reason);
    names(f.text("names"), entry);
    return entry;
  }

  void names(const std::string& text, Entry& entry) {
    if (text.empty()) return;
    const Json list = Json::parse(text, nullptr, false);
    if (!list.is_array()) {
      problems_.error(where_, "names is no JSON array");
      return;
    }
    for (const Json& item : list) {
      if (!item.is_object() || text_of(item, "text").empty()) {
        problems_.error(where_, "a name is no object with a text");
        continue;
      }
      const auto kind = name_kind(text_of(item, "kind").empty() ? "local" : text_of(item, "kind"));
      if (!kind) problems_.error(where_, fmt::format("'{}' is no kind of name", text_of(item, "kind")));
      std::string reason;
      const auto valid = interval(text_of(item, "from"), text_of(item, "to"), reason);
      if (!reason.empty()) problems_.error(where_, text_of(item, "text") + ": " + reason);
      add_name(entry, text_of(item, "text"), text_of(item, "lang").empty() ? "und" : text_of(item, "lang"),
               kind.value_or(NameKind::Local), valid);
    }
  }

  // "file.geojson#id", "country:ARM", "border:ARM,AZE" or nothing.
  void geometry(const std::string& text, Entry& entry) {
    if (text.empty()) return;
    if (text.starts_with("country:")) {
      const Entry* country = known(text);
      if (country == nullptr) return problems_.error(where_, "there is no " + text);
      entry.place.geometry = country->place.geometry;
      return;
    }
    if (text.starts_with("border:")) return border(text.substr(7), entry);
    const std::size_t hash = text.find('#');
    if (hash == text.npos) return problems_.error(where_, fmt::format("'{}' is no file.geojson#id", text));
    const auto& shapes = file(text.substr(0, hash));
    const auto found = shapes.find(text.substr(hash + 1));
    if (found == shapes.end()) return problems_.error(where_, fmt::format("there is no geometry '{}'", text));
    entry.place.geometry = found->second;
  }

  void border(const std::string& pair, Entry& entry) {
    std::vector<std::string> a3 = base::split(pair, ',');
    if (a3.size() != 2) return problems_.error(where_, fmt::format("'border:{}' names no two countries", pair));
    std::sort(a3.begin(), a3.end());
    const Entry *a = known("country:" + a3[0]), *b = known("country:" + a3[1]);
    if (a == nullptr || b == nullptr) return problems_.error(where_, fmt::format("'border:{}' names no two countries", pair));
    if (const Entry* line = known("border:" + a3[0] + "-" + a3[1])) {
      entry.place.geometry = line->place.geometry;
      entry.place.source = line->place.source;
    } else {
      entry.place.geometry = geom::shared_boundary(a->place.geometry, b->place.geometry, 0.0005);
    }
    if (geom::is_empty(entry.place.geometry))
      return problems_.error(where_, fmt::format("{} and {} share no border", a3[0], a3[1]));
    entry.place.at = point_of(entry.place.geometry);
    entry.border = std::minmax(a->place.country, b->place.country);
  }

  const std::map<std::string, geom::Geometry>& file(const std::string& name) {
    const auto [at, added] = files_.try_emplace(name);
    if (!added) return at->second;
    if (name.find('/') != name.npos || !std::filesystem::exists(folder_ / name)) {
      problems_.error(where_, fmt::format("there is no file '{}' beside the table", name));
      return at->second;
    }
    for (source::Feature& f : source::read_features(folder_ / name).features)
      at->second[f.text("id")] = std::move(f.geometry);
    return at->second;
  }

  Entry* known(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
  }

  // The record this row is about, among those of the layers.
  Entry* find(const source::Feature& f, const Entry& entry) const {
    if (Entry* same = known(entry.place.id)) return same;
    const std::string shape = f.text("geometry");
    if (shape.starts_with("country:")) return known(shape);
    if (!entry.border.first.empty())
      for (Entry& line : collection_.borders)
        if (line.border == entry.border) return &line;
    if (entry.place.feature_class != "P") return nullptr;
    Entry* nearest = nullptr;
    double best = kSameTownKm;
    for (const Key& key : keys_of(entry)) {
      const auto same_name = key.quality == Quality::Core ? towns_.end() : towns_.find(key.text);
      if (same_name == towns_.end()) continue;
      for (Entry* town : same_name->second) {
        const double km = geom::distance_m(town->place.at, entry.place.at) / 1000;
        if (km < best) {
          best = km;
          nearest = town;
        }
      }
    }
    return nearest;
  }

  // The row's own values stand; the record's names, population, codes and shape stay where the row says nothing.
  void merge(Entry& known, Entry row) {
    if (known.curated) return problems_.error(where_, "another row is about the same place: " + known.place.id);
    Place& p = row.place;
    const Place& old = known.place;
    if (old.id != p.id) row.aliases.push_back(old.id);
    row.aliases.insert(row.aliases.end(), known.aliases.begin(), known.aliases.end());
    std::erase(row.aliases, p.id);
    add_name(row, old.name, "und", NameKind::Local);
    for (const Name& name : old.names) add_name(row, name.text, name.language, name.kind, name.valid);
    if (geom::is_empty(p.geometry)) p.geometry = old.geometry;
    p.population = old.population;
    p.rank = std::min(old.rank, p.rank);
    if (p.country.empty()) p.country = old.country;
    if (p.kind == "province" || p.kind == "district") p.kind = old.kind;
    if (p.feature_class == "A" && p.feature_code == "ADM2" && old.feature_code == "ADM1") p.feature_code = "ADM1";
    row.codes = known.codes;
    row.a3 = known.a3;
    row.unit_code = known.unit_code;
    row.gn_id = known.gn_id;
    if (row.border.first.empty()) row.border = known.border;
    known = std::move(row);
  }

  std::filesystem::path folder_;
  Collection& collection_;
  base::Problems& problems_;
  base::Location where_;
  std::map<std::string, Entry*> by_id_;
  std::map<std::string, std::vector<Entry*>> towns_;
  std::map<std::string, std::map<std::string, geom::Geometry>> files_;
  std::vector<Entry> added_;
};

}  // namespace

void apply_table(const std::filesystem::path& geodata, Collection& collection, base::Problems& problems) {
  Table(geodata, collection, problems).apply();
}

}  // namespace sitmap::gazetteer::builder
