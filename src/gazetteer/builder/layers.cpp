#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "gazetteer/builder/country_names.hpp"
#include "gazetteer/builder/entries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geom/operations.hpp"
#include "source/read.hpp"

namespace sitmap::gazetteer::builder {
namespace {

source::Table read_layer(const std::filesystem::path& geodata, const std::string& name) {
  const auto file = geodata / (name + ".fgb");
  if (!std::filesystem::exists(file)) return {};
  return source::read_features(file);
}

int integer(const source::Feature& f, std::string_view column, int otherwise) {
  return static_cast<int>(f.number(column).value_or(otherwise));
}

// "name_az" → a name in Azerbaijani.
void add_language_columns(Entry& entry, const source::Feature& f, NameKind kind = NameKind::Local) {
  for (const std::string& column : f.schema->names()) {
    if (!column.starts_with("name_")) continue;
    const std::string language = column.substr(5);
    if (language.size() < 2 || language.size() > 3) continue;
    add_name(entry, f.text(column), language, kind);
  }
}

Entry entry_of(const source::Feature& f, std::string id, std::string kind, std::string feature_class,
               std::string feature_code) {
  Entry entry;
  Place& place = entry.place;
  place.id = std::move(id);
  place.name = f.text("name");
  place.kind = std::move(kind);
  place.feature_class = std::move(feature_class);
  place.feature_code = std::move(feature_code);
  place.source = f.text("source");
  place.geometry = f.geometry;
  place.precision_m = f.number("precision_m").value_or(0);
  place.rank = integer(f, "rank", 8);
  add_language_columns(entry, f);
  return entry;
}

void read_countries(const std::filesystem::path& geodata, Collection& out) {
  // The finer file is cut at its window: only what it holds whole is taken from it.
  std::map<std::string, geom::Geometry> fine;
  for (source::Feature& f : read_layer(geodata, "country_fine").features) fine[f.text("iso_a3")] = std::move(f.geometry);
  for (const source::Feature& f : read_layer(geodata, "country").features) {
    Entry entry = entry_of(f, "country:" + f.text("iso_a3"), "country", "A", "PCLI");
    entry.place.country = f.text("iso_a2");
    entry.a3 = f.text("iso_a3");
    entry.codes = {entry.a3, entry.place.country};
    entry.place.precision_m = 500;
    const auto finer = fine.find(entry.a3);
    if (finer != fine.end() && geom::area_m2(finer->second) > 0.98 * geom::area_m2(f.geometry)) {
      entry.place.geometry = finer->second;
      entry.place.precision_m = 200;
    }
    for (const auto& [text, former] : other_country_names(entry.a3))
      add_name(entry, std::string(text), "en", former ? NameKind::Former : NameKind::Exonym);
    out.countries.push_back(std::move(entry));
  }
}

void read_units(const std::filesystem::path& geodata, Collection& out) {
  for (const source::Feature& f : read_layer(geodata, "admin1").features) {
    std::string kind = base::ascii_lower(f.text("type_en"));
    kind = std::string(base::trim(kind.substr(0, kind.find_first_of("/|,("))));
    if (kind.empty()) kind = "province";
    if (kind == "rayon" || kind == "raion") kind = "district";
    Entry entry = entry_of(f, "admin1:" + f.text("adm1_code"), kind, "A", "ADM1");
    if (entry.place.name.empty()) continue;
    entry.place.country = f.text("iso_a2");
    add_name(entry, f.text("name_local"), "und", NameKind::Local);
    entry.unit_code = f.text("gn_a1_code");
    entry.gn_id = f.text("gn_id");
    if (!entry.gn_id.empty()) entry.aliases.push_back("geonames:" + entry.gn_id);
    if (const auto iso = f.text("iso_3166_2"); iso.size() > 3) entry.codes.push_back(iso);
    if (entry.place.precision_m == 0) entry.place.precision_m = 3000;
    out.units.push_back(std::move(entry));
  }
}

void read_borders(const std::filesystem::path& geodata, Collection& out) {
  std::map<std::string, const Entry*> countries;
  for (const Entry& country : out.countries) countries[country.a3] = &country;
  using Pair = std::pair<std::string, std::string>;
  struct Line {
    geom::MultiLine geometry;
    std::string source;
    double length = 0;
  };
  const auto read = [&](const std::string& layer) {
    std::map<Pair, Line> lines;
    for (const source::Feature& f : read_layer(geodata, layer).features) {
      Pair pair{f.text("left_a3"), f.text("right_a3")};
      const auto* found = std::get_if<geom::MultiLine>(&f.geometry);
      if (found == nullptr || pair.first == pair.second || pair.first.empty() || pair.second.empty()) continue;
      if (pair.second < pair.first) std::swap(pair.first, pair.second);
      Line& line = lines[pair];
      for (const geom::Path& path : found->lines) {
        for (std::size_t i = 1; i < path.size(); ++i) line.length += geom::distance_m(path[i - 1], path[i]);
        line.geometry.lines.push_back(path);
      }
      if (line.source.find(f.text("source")) == line.source.npos)
        line.source += (line.source.empty() ? "" : ";") + f.text("source");
    }
    return lines;
  };
  const auto coarse = read("border"), fine = read("border_fine");
  for (const auto& [pair, line] : coarse) {
    const auto a = countries.find(pair.first), b = countries.find(pair.second);
    if (a == countries.end() || b == countries.end()) continue;
    const auto finer = fine.find(pair);
    const bool use_fine = finer != fine.end() && finer->second.length > 0.97 * line.length;
    const Line& used = use_fine ? finer->second : line;
    Entry entry;
    Place& place = entry.place;
    place.id = "border:" + pair.first + "-" + pair.second;
    place.name = fmt::format("{}–{} border", a->second->place.name, b->second->place.name);
    place.kind = "border";
    place.feature_class = "L";
    place.geometry = used.geometry;
    place.precision_m = use_fine ? 200 : 500;
    place.rank = 5;
    place.source = used.source;
    add_name(entry, fmt::format("{}–{} border", b->second->place.name, a->second->place.name), "en", NameKind::Exonym);
    entry.border = std::minmax(a->second->place.country, b->second->place.country);
    out.borders.push_back(std::move(entry));
  }
}

std::string settlement_kind(const std::string& code, std::int64_t population, int rank) {
  if (code == "PPLX") return "neighbourhood";
  if (code == "PPLQ" || code == "PPLH") return "abandoned place";
  if (code == "PPLW") return "destroyed place";
  if (code == "PPLL") return "locality";
  if (code == "PPLC" || population >= 100'000) return "city";
  if (population >= 5'000 || code == "PPLA" || (code == "PPLA2" && population >= 2'000) || (population == 0 && rank <= 7))
    return "town";
  return "village";
}

void read_settlements(const std::filesystem::path& geodata, Collection& out) {
  std::map<std::string, int> taken;
  for (const source::Feature& f : read_layer(geodata, "place").features) {
    const auto* points = std::get_if<geom::MultiPoint>(&f.geometry);
    if (points == nullptr || points->points.empty()) continue;
    const geom::Point at = points->points.front();
    const std::string geoname = f.text("geoname_id");
    std::string id = geoname.empty() ? fmt::format("point:{:.4f},{:.4f}", at.y, at.x) : "geonames:" + geoname;
    if (const int n = taken[id]++; n > 0) id += fmt::format("/{}", n + 1);
    const std::string code = f.text("feature_code").empty() ? "PPL" : f.text("feature_code");
    Entry entry = entry_of(f, std::move(id), {}, "P", code);
    Place& place = entry.place;
    if (place.name.empty()) continue;
    place.at = at;
    place.geometry = {};
    place.population = static_cast<std::int64_t>(f.number("population").value_or(0));
    place.kind = settlement_kind(code, place.population, place.rank);
    place.country = f.text("country_a2");
    if (const auto unit = f.text("admin1_code"); !unit.empty()) entry.unit_code = place.country + "." + unit;
    const std::string own = fold(place.name);
    if (const auto alternates = f.text("alternates"); !alternates.empty())
      for (std::string& name : base::split(alternates, '|')) {
        const bool without_city = own.size() > 5 && own == fold(name) + " city";
        add_name(entry, std::move(name), without_city ? "und" : "", NameKind::Local);
      }
    out.others.push_back(std::move(entry));
  }
}

int rank_of_scale(int scalerank) { return std::clamp(2 + scalerank * 6 / 10, 1, 8); }

void read_waters(const std::filesystem::path& geodata, Collection& out) {
  const auto numbered = [](std::map<std::string, int>& taken, std::string id) {
    if (const int n = taken[id]++; n > 0) id += fmt::format("/{}", n + 1);
    return id;
  };
  const auto slug = [](const std::string& name) {
    std::string text = fold(name);
    std::replace(text.begin(), text.end(), ' ', '-');
    return text;
  };
  std::map<std::string, int> taken;
  for (const source::Feature& f : read_layer(geodata, "lake").features) {
    if (f.text("name").empty()) continue;
    Entry entry = entry_of(f, numbered(taken, "lake:" + slug(f.text("name"))), "lake", "H", "LK");
    entry.place.precision_m = 1000;
    out.others.push_back(std::move(entry));
  }
  // A river's parts stand as features of their own.
  std::map<std::pair<std::string, std::string>, Entry> rivers;
  for (const source::Feature& f : read_layer(geodata, "river").features) {
    const auto* lines = std::get_if<geom::MultiLine>(&f.geometry);
    if (lines == nullptr || f.text("name").empty()) continue;
    const bool canal = f.text("kind") == "canal";
    const auto [at, added] = rivers.try_emplace({f.text("name"), f.text("river_id")});
    Entry& river = at->second;
    const int rank = rank_of_scale(integer(f, "scalerank", 9));
    if (added) {
      river = entry_of(f, "", canal ? "canal" : "river", "H", canal ? "CNL" : "STM");
      river.place.precision_m = 2600;
      river.place.rank = rank;
      if (const auto other = f.text("name_alt"); !other.empty()) add_name(river, other, "", NameKind::Local);
    } else {
      auto& all = std::get<geom::MultiLine>(river.place.geometry).lines;
      all.insert(all.end(), lines->lines.begin(), lines->lines.end());
      river.place.rank = std::min(river.place.rank, rank);
    }
  }
  for (auto& [key, river] : rivers) {
    river.place.id = numbered(taken, "river:" + slug(key.first));
    out.others.push_back(std::move(river));
  }
  for (const source::Feature& f : read_layer(geodata, "marine").features) {
    if (f.text("name").empty()) continue;
    std::string kind = base::ascii_lower(f.text("kind").empty() ? f.text("featurecla") : f.text("kind"));
    if (kind.empty()) kind = "sea";
    Entry entry = entry_of(f, numbered(taken, "sea:" + slug(f.text("name"))), kind, "H", kind == "ocean" ? "OCN" : "SEA");
    if (!f.number("rank")) entry.place.rank = rank_of_scale(integer(f, "scalerank", 3));
    if (entry.place.precision_m == 0) entry.place.precision_m = 20000;
    out.others.push_back(std::move(entry));
  }
}

void read_airports(const std::filesystem::path& geodata, Collection& out) {
  std::map<std::string, int> taken;
  for (const source::Feature& f : read_layer(geodata, "airport").features) {
    if (f.text("name").empty()) continue;
    std::string code = f.text("icao").empty() ? f.text("iata") : f.text("icao");
    const geom::Point at = geom::centroid(f.geometry);
    if (code.empty()) code = fmt::format("{:.4f},{:.4f}", at.y, at.x);
    if (const int n = taken[code]++; n > 0) code += fmt::format("/{}", n + 1);
    const bool military = f.number("military").value_or(0) > 0;
    Entry entry = entry_of(f, "airport:" + code, military ? "air base" : "airport", "S", military ? "AIRB" : "AIRP");
    entry.place.country = f.text("country_a2");
    entry.place.rank = f.text("type") == "large" ? 4 : 6;
    if (entry.place.precision_m == 0) entry.place.precision_m = 1000;
    for (const char* column : {"iata", "icao"})
      if (const auto text = f.text(column); !text.empty()) entry.codes.push_back(text);
    out.others.push_back(std::move(entry));
  }
}

void read_disputed(const std::filesystem::path& geodata, Collection& out) {
  for (const source::Feature& f : read_layer(geodata, "disputed_area").features) {
    if (f.text("name").empty() || f.text("id").empty()) continue;
    Entry entry = entry_of(f, "disputed:" + f.text("id"), "disputed area", "L", "AREA");
    entry.place.rank = 4;
    if (entry.place.precision_m == 0) entry.place.precision_m = 2000;
    const std::string from = f.text("valid_from"), to = f.text("valid_to");
    if (!from.empty() || !to.empty())
      entry.place.valid = time::parse_edtf((from.empty() ? ".." : from) + "/" + (to.empty() ? ".." : to)).interval;
    out.others.push_back(std::move(entry));
  }
}

}  // namespace

Collection read_layers(const std::filesystem::path& geodata) {
  Collection out;
  read_countries(geodata, out);
  read_units(geodata, out);
  read_borders(geodata, out);
  read_settlements(geodata, out);
  read_waters(geodata, out);
  read_airports(geodata, out);
  read_disputed(geodata, out);
  return out;
}

}  // namespace sitmap::gazetteer::builder
