#include "events/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "events/cells.hpp"
#include "events/columns.hpp"
#include "events/place_finder.hpp"
#include "events/rows.hpp"
#include "events/sites.hpp"
#include "events/wkt.hpp"

namespace sitmap::events {
namespace {

// Radii that the codes of two widely used data sets stand for; the figures are ours, the classes theirs
// (ACLED Codebook, "Geo-precision"; UCDP GED Codebook, "where_prec").
std::optional<double> coded_precision(std::string_view standard, double code) {
  constexpr std::array<double, 4> kAcled{0, 1'000, 25'000, 100'000};                            // place, area, region
  constexpr std::array<double, 8> kUcdp{0, 1'000, 25'000, 50'000, 100'000, 50'000, 300'000, 300'000};  // …, country
  const auto look_up = [&](const auto& table) -> std::optional<double> {
    const auto index = static_cast<std::size_t>(code);
    if (!(code >= 1) || code != std::floor(code) || index >= table.size()) return std::nullopt;
    return table[index];
  };
  return standard == "geo_precision" ? look_up(kAcled) : look_up(kUcdp);
}

// A row between reading it and finding its places.
struct Draft {
  Event event;
  std::vector<std::string> places;
  std::optional<geom::Geometry> geometry;  // of the table itself
  double precision_m = 0;
  std::vector<Complaint> complaints;
};

class Reader {
 public:
  Reader(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer, const TableOptions& options,
         base::Problems& problems)
      : file_(file.string()),
        options_(options),
        problems_(problems),
        rows_(read_rows(file, options.layer)),
        columns_(event_columns(*rows_.table.schema, options.columns, file_)),
        finder_(gazetteer, options.hints, options.pins) {}

  Events run() {
    check_header();
    out_.rows = rows_.table.features.size() + rows_.broken.size();
    out_.left_out = std::move(rows_.broken);
    std::vector<Draft> drafts;
    for (std::size_t r = 0; r < rows_.table.features.size(); ++r) {
      row_ = r;
      drafts.push_back(draft());
    }
    warn_duplicates(drafts);
    for (const Draft& draft : drafts) {
      if (!draft.geometry)
        for (const std::string& place : draft.places) finder_.expect(place, day_of(draft));
      else if (!geom::is_empty(*draft.geometry))
        finder_.expect(geom::bounds(*draft.geometry).center());
    }
    finder_.locate();
    for (Draft& draft : drafts) finish(draft);
    out_.places = finder_.names();
    std::stable_sort(out_.left_out.begin(), out_.left_out.end(),
                     [](const LeftOut& a, const LeftOut& b) { return a.where.line < b.where.line; });
    return std::move(out_);
  }

 private:
  void check_header() const {
    const auto complain = [&](const char* what, const char* names) {
      throw base::InputError({file_, 1, 0, {}}, fmt::format("no column holds {}", what),
                             fmt::format("name one {}, or say which it is under 'columns'; the table has {}", names,
                                         base::join(rows_.table.schema->names(), ", ")));
    };
    if (!columns_.find("start")) complain("dates", "start or date");
    const bool any_geometry = std::any_of(rows_.table.features.begin(), rows_.table.features.end(),
                                          [](const source::Feature& f) { return !geom::is_empty(f.geometry); });
    if (!any_geometry && !columns_.find("place") && !columns_.find("wkt") && !(columns_.find("lon") && columns_.find("lat")))
      complain("places", "place, or lon and lat");
  }

  const source::Feature& feature() const { return rows_.table.features[row_]; }
  std::string cell(std::size_t column) const {
    return std::string(base::trim(feature().text(rows_.table.schema->names()[column])));
  }
  std::string cell(std::string_view standard) const {
    const auto column = columns_.find(standard);
    return column ? cell(*column) : std::string();
  }
  base::Location location(std::string_view standard) const {
    base::Location where = rows_.where[row_];
    if (const auto column = columns_.find(standard)) where.column = cell_column(where, *column, rows_.table.schema->size());
    return where;
  }

  Draft draft() {
    Draft draft;
    Event& event = draft.event;
    event.where = rows_.where[row_];
    event.id = cell("id");
    if (event.id.empty()) event.id = fmt::format("row-{}", row_ + 1);
    When when = parse_when(cell("start"), cell("end"));
    if (when.interval) event.when = *when.interval;
    else complain(draft, std::move(when.complaint), "start");
    event.kind = cell("kind");
    event.title = cell("title");
    event.source = cell("source");
    for (const std::size_t column : columns_.actors)
      for (const std::string& actor : split_places(cell(column)))
        if (std::find(event.actors.begin(), event.actors.end(), actor) == event.actors.end()) event.actors.push_back(actor);
    claim(event);
    for (const std::size_t column : columns_.others)
      if (std::string text = cell(column); !text.empty()) event.extra.emplace_back(rows_.table.schema->names()[column], std::move(text));
    precision(draft);
    draft.places = split_places(cell("place"));
    geometry(draft);
    if (!draft.geometry && draft.places.empty() && draft.complaints.empty())
      complain(draft, {"there is no place", "fill in its name, or lon and lat"}, "place");
    return draft;
  }

  void claim(Event& event) {
    Claim& claim = event.claim;
    claim.measure = cell("measure");
    if (claim.measure.empty()) claim.measure = columns_.measure;
    claim.claimed_by = cell("claimed_by");
    claim.about = cell("about");
    claim.as_of = cell("as_of");
    if (!claim.as_of.empty() && !parse_when(claim.as_of, {}).interval) {
      problems_.warn("unreadable-date", location("as_of"), fmt::format("'{}' is not an ISO date", claim.as_of), "write it as 2022-09-13");
      claim.as_of.clear();
    }
    const std::string text = cell("value");
    if (text.empty()) return;
    const auto amount = parse_amount(text);
    if (!amount) {
      problems_.warn("unreadable-value", location("value"), fmt::format("'{}' is not a number that can be shown", text),
                     "write digits only, such as 6500, or a range such as 20-30");
    } else {
      claim.value = amount->value;
      claim.value_max = amount->max;
    }
    if (!amount || !amount->exact) event.extra.emplace_back("value_text", text);
  }

  void precision(Draft& draft) {
    if (const std::string text = cell("precision_m"); !text.empty()) {
      const auto value = base::parse_double(text);
      if (value && *value >= 0 && std::isfinite(*value)) {
        draft.precision_m = *value;
        return;
      }
      problems_.warn("unreadable-value", location("precision_m"), fmt::format("precision '{}' is no number of metres", text),
                     "write digits only, such as 5000");
    }
    for (const char* standard : {"geo_precision", "where_prec"})
      if (const auto code = base::parse_double(cell(standard)))
        if (const auto metres = coded_precision(standard, *code)) draft.precision_m = *metres;
  }

  void geometry(Draft& draft) {
    const std::string lon = cell("lon"), lat = cell("lat"), wkt = cell("wkt");
    if (!lon.empty() || !lat.empty()) {
      Coordinates coordinates = parse_coordinates(lon, lat);
      if (!coordinates.at) return complain(draft, std::move(coordinates.complaint), lat.empty() ? "lon" : "lat");
      if (coordinates.at->x == 0 && coordinates.at->y == 0)
        problems_.warn("null-island", location("lon"), "the coordinates are 0, 0", "leave them empty when they are not known");
      draft.geometry = geom::point(*coordinates.at);
    } else if (!wkt.empty()) {
      draft.geometry = parse_wkt(wkt);
      if (!draft.geometry || geom::is_empty(*draft.geometry)) {
        draft.geometry.reset();
        return complain(draft, {"its WKT geometry can't be read", "write it as POINT (46.8 39.8), longitude first"}, "wkt");
      }
    } else if (!geom::is_empty(feature().geometry)) {
      draft.geometry = feature().geometry;
    }
    if (draft.geometry && !on_earth(*draft.geometry)) {
      draft.geometry.reset();
      complain(draft, {"its coordinates are no degrees of longitude and latitude", "give longitude first, in WGS 84"}, "wkt");
    }
  }

  void complain(Draft& draft, Complaint complaint, std::string_view standard) {
    if (draft.complaints.empty()) draft.event.where = location(standard);
    draft.complaints.push_back(std::move(complaint));
  }

  void warn_duplicates(const std::vector<Draft>& drafts) {
    std::map<std::string_view, const Draft*> seen;
    for (const Draft& draft : drafts) {
      const auto [first, added] = seen.try_emplace(draft.event.id, &draft);
      if (added) continue;
      const int line = first->second->event.where.line;
      problems_.warn("duplicate-id", draft.event.where, fmt::format("the id '{}' is there twice", draft.event.id),
                     line > 0 ? fmt::format("first in line {}", line) : "");
    }
  }

  static std::optional<time::Day> day_of(const Draft& draft) {
    return draft.event.when.first ? draft.event.when.first : draft.event.when.last;
  }

  void leave_out(Draft& draft, bool kept = false) {
    LeftOut entry{draft.event.where, draft.event.id, {}, {}, kept};
    for (const Complaint& complaint : draft.complaints) {
      entry.reason += (entry.reason.empty() ? "" : "; ") + complaint.reason;
      if (!complaint.hint.empty()) entry.hint += (entry.hint.empty() ? "" : "; ") + complaint.hint;
    }
    out_.left_out.push_back(std::move(entry));
  }

  void finish(Draft& draft) {
    Event& event = draft.event;
    const bool readable = draft.complaints.empty();
    if (readable && options_.range && !options_.range->overlaps(event.when)) {
      draft.complaints.push_back({"outside the time range", fmt::format("the map shows {}", time::to_edtf(*options_.range))});
      return leave_out(draft);
    }
    if (draft.geometry) {
      event.sites.push_back(site_of(base::join(draft.places, "; "), *draft.geometry, draft.precision_m));
    } else {
      for (const std::string& name : draft.places) {
        const auto found = finder_.find(name, day_of(draft));
        if (found.place) event.sites.push_back(site_of(name, *found.place, draft.precision_m));
        else complain_about_place(draft, found.complaint);
      }
    }
    const bool kept = readable && !event.sites.empty();
    if (!draft.complaints.empty()) leave_out(draft, kept);
    if (kept) out_.events.push_back(std::move(event));
  }

  void complain_about_place(Draft& draft, const Complaint& complaint) {
    if (draft.complaints.empty())
      if (const auto column = columns_.find("place"))
        draft.event.where.column = cell_column(draft.event.where, *column, rows_.table.schema->size());
    draft.complaints.push_back(complaint);
  }

  std::string file_;
  const TableOptions& options_;
  base::Problems& problems_;
  Rows rows_;
  Columns columns_;
  PlaceFinder finder_;
  std::size_t row_ = 0;
  Events out_;
};

}  // namespace

Events read_events(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer, const TableOptions& options,
                   base::Problems& problems) {
  return Reader(file, gazetteer, options, problems).run();
}

}  // namespace sitmap::events
