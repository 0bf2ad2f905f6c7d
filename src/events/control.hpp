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
  source::Feature feature;               // all columns as they stand
};

struct Territories {
  std::vector<Territory> all;
  std::vector<LeftOut> left_out;
  std::vector<std::string> sources;
};

// Reads a GeoJSON or any GDAL file with columns actor (controlled_by, holder), status, from (start, valid_from),
// to (end, valid_to), source, note, precision_m; or `place` instead of a geometry (found in the gazetteer).
// `to` is the last day included. An empty from or to is open.
Territories read_territories(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer,
                             const gazetteer::Hints& hints, base::Problems& problems, const std::string& layer = {});

struct Actor {
  std::string id;
  std::map<std::string, std::string> names;  // language → name; "" → default
  std::string color;                         // "#rrggbb"; empty: from the style
  std::string name_in(const std::vector<std::string>& languages) const;
};
// JSON: [{"id": …, "names": {"en": …}, "color": "#…"}] or {"actors": […]}.
std::vector<Actor> read_actors(const std::filesystem::path& file);

}  // namespace sitmap::events
