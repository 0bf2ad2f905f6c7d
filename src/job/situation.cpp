#include "job/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/file.hpp"
#include "base/text.hpp"
#include "events/situation.hpp"
#include "geom/operations.hpp"

namespace sitmap::job {
namespace fs = std::filesystem;
namespace {

// Opened at the first name that has to be found.
class LazyGazetteer {
 public:
  const gazetteer::Gazetteer& get() {
    if (!gazetteer_) gazetteer_.emplace(gazetteer::Gazetteer::open_embedded());
    return *gazetteer_;
  }

 private:
  std::optional<gazetteer::Gazetteer> gazetteer_;
};

// Runs a step; its problems become problems of the place in the map file that asked for it.
template <class Step>
void attempt(base::Problems& problems, const base::Location& where, const Step& step) {
  try {
    step();
  } catch (const base::InputError& error) {
    for (base::Problem problem : error.problems()) {
      if (problem.where.file.empty()) problem.where = where;
      problems.add(std::move(problem));
    }
  } catch (const base::IoError& error) {
    problems.error(where, error.what(), error.hint());
  }
}

struct Loader {
  Situation& s;
  base::Problems& problems;
  LazyGazetteer gazetteer{};

  // A path of the map file, or "geodata:NAME".
  fs::path resolve(const document::Located<std::string>& written) {
    constexpr std::string_view kEmbedded = "geodata:";
    fs::path path;
    if (written.value.starts_with(kEmbedded))
      path = s.catalogue->file(std::string_view(written.value).substr(kEmbedded.size()));
    else if (written.value.starts_with("PG:"))
      return written.value;
    else
      path = document::beside(written.where, written.value);
    s.files.push_back(path);
    return path;
  }

  gazetteer::Hints hints() const {
    gazetteer::Hints out;
    for (const std::string& country : s.map.data.countries) {
      std::string code = country;
      for (char& c : code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      out.countries.push_back(std::move(code));
    }
    if (s.map.area.bbox) {
      const auto& b = *s.map.area.bbox;
      out.area = geom::GeoBox{b[0], b[1], b[2], b[3]};
    }
    if (s.map.time.to) out.on = s.map.time.to->value.last;
    return out;
  }

  std::optional<gazetteer::Place> find(const document::Located<std::string>& name, const gazetteer::Hints& near) {
    for (const auto& [written, id] : s.map.data.pins)
      if (written == name.value) {
        if (auto place = gazetteer.get().by_id(id)) return place;
        problems.error(name.where, fmt::format("the gazetteer has no place with the id '{}'", id), "'sitmap locate' shows ids");
        return std::nullopt;
      }
    gazetteer::Match match = gazetteer.get().locate(name.value, near);
    if (match.status == gazetteer::Status::Matched) return std::move(match.best->place);
    std::vector<std::string> names;
    for (const gazetteer::Scored& candidate : match.candidates) {
      if (names.size() == 4) break;
      names.push_back(fmt::format("{} ({}, {})", candidate.place.name, candidate.place.kind, candidate.place.id));
    }
    std::string hint = match.advice;
    if (hint.empty()) hint = names.empty() ? "check the spelling, or use 'bbox'" : "found were " + base::join(names, "; ");
    const char* what = match.status == gazetteer::Status::Ambiguous ? "may be one of several" : "is not known";
    problems.error(name.where, fmt::format("the place '{}' {}", name.value, what), hint);
    return std::nullopt;
  }

  void area() {
    const AreaSpec& spec = s.map.area;
    compose::Area& out = s.area;
    out.bearing = spec.bearing;
    const double shorter = std::min(s.map.size.width, s.map.size.height);
    out.pad = spec.pad.unit == document::Extent::Unit::Percent ? spec.pad.amount / 100 : spec.pad.amount / shorter;
    if (spec.center) out.center = geom::Point{(*spec.center)[0], (*spec.center)[1]};
    out.scale = spec.scale;
    out.zoom = spec.zoom;
    if (spec.projected) {
      const auto& p = *spec.projected;
      out.projected = geom::Box{p[0], p[1], p[2], p[3]};
      if (s.map.projection.value == "auto")
        problems.error(spec.where, "'projected' needs a 'projection'", "name the projection whose metres these are");
    }
    std::vector<geom::Point> points;
    if (spec.bbox) {
      const auto& b = *spec.bbox;
      const double east = b[0] > b[2] ? b[2] + 360 : b[2];
      // The edges too, since parallels bend on most projections.
      for (int i = 0; i <= 8; ++i)
        for (const double lat : {b[1], (b[1] + b[3]) / 2, b[3]}) points.push_back({b[0] + (east - b[0]) * i / 8, lat});
      if (!(spec.pad.amount != 8 || spec.pad.unit != document::Extent::Unit::Percent)) out.pad = 0;
    }
    for (const auto& name : spec.places)
      if (const auto place = find(name, hints())) add_shape(points, geom::is_empty(place->geometry) ? geom::point(place->at) : place->geometry);
    if (!points.empty()) out.shape = geom::MultiPoint{grown(points)};
  }

  static void add_shape(std::vector<geom::Point>& points, const geom::Geometry& shape) {
    const std::vector<geom::Point> own = geom::vertices(shape);
    points.insert(points.end(), own.begin(), own.end());
  }

  // A single town is shown with its surroundings.
  static std::vector<geom::Point> grown(std::vector<geom::Point> points) {
    const geom::GeoBox box = geom::geo_bounds(points);
    if (geom::distance_m({box.west, box.south}, {box.east, box.north}) < 20000) {
      const geom::Geometry circle = geom::geodesic_circle(box.center(), 25000, 24);
      add_shape(points, circle);
    }
    return points;
  }

  // Without an area the map shows all its events, or all its territories.
  void area_of_data() {
    const AreaSpec& spec = s.map.area;
    if (!geom::is_empty(s.area.shape) || spec.center || spec.projected || !spec.places.empty() || spec.bbox) return;
    std::vector<geom::Point> points;
    for (const events::Event& event : s.events.events)
      for (const events::Site& site : event.sites) add_shape(points, site.geometry);
    if (points.empty())
      for (const events::Territory& territory : s.territories.all) add_shape(points, territory.geometry);
    if (points.empty()) {
      problems.error(s.map.where, "the map has neither an 'area' nor data that lie somewhere",
                     "add for example 'area: { places: [Jermuk] }'");
      return;
    }
    s.area.shape = geom::MultiPoint{grown(points)};
  }

  void events_tables(const SituationOptions& options) {
    events::TableOptions table;
    table.hints = hints();
    if (!table.hints.area && !geom::is_empty(s.area.shape)) table.hints.area = geom::geo_bounds(s.area.shape);
    for (const auto& [name, column] : s.map.data.columns) table.columns[name] = column;
    for (const auto& [written, id] : s.map.data.pins) table.pins[written] = id;
    table.range = range(options);
    for (const auto& written : s.map.data.events)
      attempt(problems, written.where, [&] {
        events::Events read = events::read_events(resolve(written), gazetteer.get(), table, problems);
        s.events.rows += read.rows;
        std::move(read.events.begin(), read.events.end(), std::back_inserter(s.events.events));
        std::move(read.left_out.begin(), read.left_out.end(), std::back_inserter(s.events.left_out));
      });
    for (const events::LeftOut& row : s.events.left_out)
      problems.warn("event-left-out", row.where,
                    fmt::format("{}: {}", row.id.empty() ? "row left out" : fmt::format("'{}' is left out", row.id), row.reason), row.hint);
  }

  std::optional<time::Interval> range(const SituationOptions& options) const {
    time::Interval out;
    const auto& spec = s.map.time;
    if (options.from || spec.from) out.first = options.from ? options.from->first : spec.from->value.first;
    if (options.to || spec.to) out.last = options.to ? options.to->last : spec.to->value.last;
    if (!out.first && !out.last) return std::nullopt;
    return out;
  }

  void territories() {
    for (const auto& written : s.map.data.control)
      attempt(problems, written.where, [&] {
        events::Territories read = events::read_territories(resolve(written), gazetteer.get(), hints(), problems);
        std::move(read.all.begin(), read.all.end(), std::back_inserter(s.territories.all));
        for (const events::LeftOut& row : read.left_out)
          problems.warn("territory-left-out", row.where, fmt::format("'{}' is left out: {}", row.id, row.reason), row.hint);
        for (std::string& source : read.sources)
          if (std::find(s.territories.sources.begin(), s.territories.sources.end(), source) == s.territories.sources.end())
            s.territories.sources.push_back(std::move(source));
      });
    // Areas of one holder become one, without seams; what was newly gained is marked.
    std::vector<events::Territory> whole = events::dissolve(s.territories.all);
    std::vector<events::Territory> gained = events::gains(whole);
    whole.insert(whole.end(), std::make_move_iterator(gained.begin()), std::make_move_iterator(gained.end()));
    s.territories.all = std::move(whole);
    if (s.map.data.actors)
      attempt(problems, s.map.data.actors->where, [&] { s.actors = events::read_actors(resolve(*s.map.data.actors)); });
  }

  void layers() {
    for (const auto& [name, spec] : s.map.data.layers) {
      const fs::path path = resolve({spec.file, spec.where});
      if (!path.string().starts_with("PG:") && !fs::exists(path))
        problems.error(spec.where, fmt::format("cannot read '{}': no such file", path.string()), "paths are relative to the map file");
      s.layer_files[name] = {path, spec.layer, spec.where_clause, spec.where};
    }
  }

  // Places that are named in any case: the source layer "label".
  void labels() {
    if (s.map.labels.empty()) return;
    source::Table table;
    table.schema = std::make_shared<const source::Schema>(
        std::vector<std::string>{"name", "label", "kind", "rank", "place_kind", "offset_x", "offset_y"});
    gazetteer::Hints near = hints();
    if (!near.area && !geom::is_empty(s.area.shape)) near.area = geom::geo_bounds(s.area.shape);
    for (const LabelSpec& label : s.map.labels) {
      const auto place = find(label.place, near);
      if (!place) continue;
      source::Feature feature;
      feature.id = static_cast<std::int64_t>(table.features.size()) + 1;
      feature.schema = table.schema;
      feature.geometry = geom::is_empty(place->geometry) ? geom::point(place->at) : place->geometry;
      const std::string text = label.text.empty() ? place->name_in(s.map.languages, s.last) : label.text;
      feature.values = {text, text, label.kind.empty() ? source::Value(place->kind) : source::Value(label.kind),
                        static_cast<double>(label.rank), place->kind, source::Value(), source::Value()};
      if (label.offset) {
        feature.values[5] = (*label.offset)[0];
        feature.values[6] = (*label.offset)[1];
      }
      table.features.push_back(std::move(feature));
    }
    s.layers["label"] = std::move(table);
  }

  void time_range(const SituationOptions& options) {
    const auto wanted = range(options);
    std::optional<time::Day> first, last;
    const auto extend = [&](const time::Interval& when) {
      if (when.first && (!first || *when.first < *first)) first = when.first;
      if (const auto end = when.last ? when.last : when.first; end && (!last || *end > *last)) last = end;
    };
    for (const events::Event& event : s.events.events) extend(event.when);
    if (s.events.events.empty())
      for (const events::Territory& territory : s.territories.all) extend(territory.valid);
    s.first = wanted && wanted->first ? wanted->first : first;
    s.last = wanted && wanted->last ? wanted->last : last;
    if (!s.first) s.first = s.last;
    if (!s.last) s.last = s.first;
    if (s.first && *s.last < *s.first)
      problems.error(s.map.where, fmt::format("the time range ends ({}) before it starts ({})", time::to_iso(*s.last), time::to_iso(*s.first)),
                     "check 'from' and 'to'");
  }
};

}  // namespace

Situation read_situation(const fs::path& map_file, const SituationOptions& options, base::Problems& problems) {
  Situation s;
  s.map = read_map_file(map_file);
  s.files.push_back(map_file);
  const fs::path data = base::data_folder();
  s.catalogue = std::make_unique<source::Catalogue>(data / "geodata");

  Loader loader{s, problems};
  std::vector<fs::path> fonts{data / "styles" / "fonts"};
  for (const auto& folder : s.map.fonts) fonts.push_back(document::beside(folder.where, folder.value));
  attempt(problems, s.map.fonts.empty() ? s.map.where : s.map.fonts.front().where, [&] { s.fonts = std::make_unique<text::FontSet>(fonts); });
  attempt(problems, s.map.style.where.file.empty() ? s.map.where : s.map.style.where, [&] {
    const fs::path file = style::find_style(s.map.style.value, map_file.parent_path());
    s.files.push_back(file);
    s.style = style::read_style(file, problems);
  });
  loader.layers();
  loader.area();
  if (!s.map.data.events.empty()) loader.events_tables(options);
  loader.territories();
  loader.area_of_data();
  loader.time_range(options);
  loader.labels();
  problems.throw_if_errors();
  return s;
}

}  // namespace sitmap::job
