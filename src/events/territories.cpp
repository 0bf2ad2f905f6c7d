#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "events/cells.hpp"
#include "events/control.hpp"
#include "events/place_finder.hpp"
#include "events/rows.hpp"
#include "events/wkt.hpp"
#include "geom/operations.hpp"

namespace sitmap::events {
namespace {

const std::vector<std::string> kStatuses{"controlled", "claimed", "contested", "peacekept"};

struct Column {
  std::string_view name;
  std::vector<std::string_view> synonyms;
};
const std::vector<Column>& known_columns() {
  static const std::vector<Column> kAll{
      {"id", {"id"}},
      {"name", {"name", "title", "label"}},
      {"actor", {"actor", "controlled_by", "holder"}},
      {"status", {"status", "kind", "type"}},
      {"from", {"from", "start", "valid_from", "date"}},
      {"to", {"to", "end", "valid_to", "until"}},
      {"source", {"source", "sources"}},
      {"note", {"note", "notes"}},
      {"precision_m", {"precision_m"}},
      {"place", {"place", "places", "location"}},
      {"wkt", {"wkt", "geom_wkt"}},
  };
  return kAll;
}

class Reader {
 public:
  Reader(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer, const gazetteer::Hints& hints,
         base::Problems& problems, const std::string& layer)
      : problems_(problems), rows_(read_rows(file, layer)), finder_(gazetteer, hints, {}) {
    for (const Column& column : known_columns())
      if (const auto index = find_column(*rows_.table.schema, column.synonyms)) columns_.emplace(column.name, *index);
  }

  Territories run() {
    out_.sources = rows_.table.sources;
    out_.left_out = std::move(rows_.broken);
    for (std::size_t r = 0; r < rows_.table.features.size(); ++r) read(r);
    finder_.locate();
    for (auto& [territory, at] : waiting_) find_places(territory, at);
    // In the file's order, whether their shape was there or had to be found.
    std::stable_sort(order_.begin(), order_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [row, territory] : order_) out_.all.push_back(std::move(territory));
    std::stable_sort(out_.left_out.begin(), out_.left_out.end(),
                     [](const LeftOut& a, const LeftOut& b) { return a.where.line < b.where.line; });
    return std::move(out_);
  }

 private:
  std::string cell(const source::Feature& feature, std::string_view column) const {
    const auto at = columns_.find(column);
    return at == columns_.end() ? std::string()
                                : std::string(base::trim(feature.text(rows_.table.schema->names()[at->second])));
  }

  void leave_out(const Territory& territory, std::size_t row, Complaint complaint) {
    out_.left_out.push_back({rows_.where[row], territory.id, std::move(complaint.reason), std::move(complaint.hint)});
  }

  void read(std::size_t row) {
    source::Feature& feature = rows_.table.features[row];
    Territory territory;
    territory.id = cell(feature, "id");
    if (territory.id.empty()) territory.id = fmt::format("row-{}", row + 1);
    territory.name = cell(feature, "name");
    territory.actor = cell(feature, "actor");
    territory.status = base::ascii_lower(cell(feature, "status"));
    territory.source = cell(feature, "source");
    territory.note = cell(feature, "note");
    if (const auto metres = base::parse_double(cell(feature, "precision_m")); metres && *metres >= 0) territory.precision_m = *metres;

    const std::string from = cell(feature, "from"), to = cell(feature, "to");
    if (auto complaint = read_dates(from, to, territory.valid)) return leave_out(territory, row, *complaint);

    if (const std::string wkt = cell(feature, "wkt"); !wkt.empty() && geom::is_empty(feature.geometry)) {
      const auto geometry = parse_wkt(wkt);
      if (!geometry) return leave_out(territory, row, {"its WKT geometry can't be read", "longitude comes first"});
      feature.geometry = *geometry;
    }
    const std::string places = cell(feature, "place");
    territory.geometry = std::move(feature.geometry);
    territory.feature = std::move(feature);
    territory.feature.geometry = {};
    if (!geom::is_empty(territory.geometry)) {
      if (!on_earth(territory.geometry))
        return leave_out(territory, row, {"its coordinates are no degrees of longitude and latitude", "give them in WGS 84"});
      finish(std::move(territory), row);
    } else if (!places.empty()) {
      for (const std::string& name : split_places(places)) finder_.expect(name, territory.valid.first);
      waiting_.emplace_back(std::move(territory), row);
    } else {
      leave_out(territory, row, {"it has neither a geometry nor a place", "draw its shape, or name its places"});
    }
  }

  // `to` is the last day included; what is empty is open.
  static std::optional<Complaint> read_dates(const std::string& from, const std::string& to, time::Interval& valid) {
    if (from.empty() && to.empty()) return std::nullopt;
    const bool interval = to.empty() && from.find('/') != std::string::npos;
    const When start = from.empty() ? When{time::Interval{}, {}} : parse_when(from, {});
    if (!start.interval) return start.complaint;
    if (interval) {
      valid = *start.interval;
      return std::nullopt;
    }
    const When end = to.empty() || to == ".." ? When{time::Interval{}, {}} : parse_when(to, {});
    if (!end.interval) return end.complaint;
    valid.first = start.interval->first;
    valid.first_precision = start.interval->first_precision;
    valid.last = end.interval->last;
    valid.last_precision = end.interval->last_precision;
    valid.approximate = start.interval->approximate || end.interval->approximate;
    valid.uncertain = start.interval->uncertain || end.interval->uncertain;
    if (valid.first && valid.last && *valid.last < *valid.first)
      return Complaint{fmt::format("it ends ({}) before it starts ({})", to, from), "the last day is included"};
    return std::nullopt;
  }

  void find_places(Territory& territory, std::size_t row) {
    std::vector<geom::Geometry> areas;
    geom::MultiLine lines;
    for (const std::string& name : split_places(territory.feature.text(rows_.table.schema->names()[columns_.at("place")]))) {
      const auto found = finder_.find(name, territory.valid.first);
      if (!found.place) return leave_out(territory, row, found.complaint);
      const geom::Geometry& shape = found.place->geometry;
      if (const auto* line = std::get_if<geom::MultiLine>(&shape)) {
        lines.lines.insert(lines.lines.end(), line->lines.begin(), line->lines.end());
      } else if (std::holds_alternative<geom::MultiPolygon>(shape)) {
        areas.push_back(shape);
      } else {
        return leave_out(territory, row, {fmt::format("place '{}' has neither an area nor a line", name), "draw its shape instead"});
      }
      if (territory.name.empty()) territory.name = found.place->name;
      territory.precision_m = std::max(territory.precision_m, found.place->precision_m);
      if (!found.place->source.empty() &&
          std::find(out_.sources.begin(), out_.sources.end(), found.place->source) == out_.sources.end())
        out_.sources.push_back(found.place->source);
    }
    if (!areas.empty() && !lines.lines.empty())
      return leave_out(territory, row, {"its places are areas and lines", "keep them in separate rows"});
    if (areas.size() == 1) territory.geometry = std::move(areas[0]);
    else if (!areas.empty()) territory.geometry = geom::unite(areas);
    else territory.geometry = std::move(lines);
    finish(std::move(territory), row);
  }

  void finish(Territory territory, std::size_t row) {
    if (std::holds_alternative<geom::MultiPolygon>(territory.geometry)) {
      if (territory.status.empty()) territory.status = "controlled";
      if (std::find(kStatuses.begin(), kStatuses.end(), territory.status) == kStatuses.end())
        problems_.warn("unknown-status", rows_.where[row],
                       fmt::format("'{}': unknown status '{}'", territory.id, territory.status),
                       base::suggestion(territory.status, kStatuses));
      if (territory.actor.empty() && territory.status != "contested")
        problems_.warn("no-actor", rows_.where[row], fmt::format("'{}' doesn't say whose it is", territory.id), "fill in its actor");
    }
    order_.emplace_back(row, std::move(territory));
  }

  base::Problems& problems_;
  Rows rows_;
  PlaceFinder finder_;
  std::map<std::string_view, std::size_t> columns_;
  std::vector<std::pair<Territory, std::size_t>> waiting_;
  std::vector<std::pair<std::size_t, Territory>> order_;
  Territories out_;
};

}  // namespace

Territories read_territories(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer,
                             const gazetteer::Hints& hints, base::Problems& problems, const std::string& layer) {
  return Reader(file, gazetteer, hints, problems, layer).run();
}

}  // namespace sitmap::events
