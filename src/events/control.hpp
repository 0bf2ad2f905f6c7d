#pragma once
// Who held what, and when.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "gazetteer/gazetteer.hpp"
#include "source/feature.hpp"

namespace sitmap::events {

// Areas (control, claims, contested ground) and dated lines (front lines, ceasefire lines, corridors, routes).
struct Territory {
  std::string id, name, actor, status;   // status: controlled, claimed, contested, peacekept; lines: their kind
  geom::Geometry geometry;               // longitude, latitude
  time::Interval valid;                  // first day included … last day included
  std::string source, note;
  double precision_m = 0;
  source::Feature feature;               // all columns as they stand; its own geometry is empty
};

struct Territories {
  std::vector<Territory> all;
  std::vector<LeftOut> left_out;
  std::vector<std::string> sources;
};

// Reads a GeoJSON, CSV or any GDAL file with columns id, name, actor (controlled_by, holder), status (kind, type), from
// (start, valid_from, date), to (end, valid_to, until), source, note, precision_m; or `place` instead of a geometry
// (places with an area or a line, found in the gazetteer; several are separated by ';' and joined).
// `to` is the last day included. An empty from or to is open. Areas without a status are "controlled"; other statuses
// than the four warn ("unknown-status"). Columns are those of rows.hpp: of GeoJSON `names` become name, name_hy, ….
Territories read_territories(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer,
                             const gazetteer::Hints& hints, base::Problems& problems, const std::string& layer = {});

struct Actor {
  std::string id;
  std::map<std::string, std::string> names;  // language → name; "" → default
  std::string color;                         // "#rrggbb"; empty: from the style
  // In the first of these languages that has one ("hy-AM" counts as "hy"), else the default, English, the first, the id.
  std::string name_in(const std::vector<std::string>& languages) const;
};
// InputError with every problem of the file. JSON: [{"id": …, "names": {"en": …}, "color": "#…"}] or {"actors": […]}.
std::vector<Actor> read_actors(const std::filesystem::path& file);

}  // namespace sitmap::events
