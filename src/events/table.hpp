#pragma once
// Event tables: CSV and anything GDAL reads.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "events/event.hpp"
#include "gazetteer/gazetteer.hpp"

namespace sitmap::events {

struct TableOptions {
  std::string layer;                                   // of a file with several
  std::map<std::string, std::string> columns;          // standard name → column, to override the synonyms
  gazetteer::Hints hints;                              // the map's area and countries
  std::map<std::string, std::string> pins;             // place as written → gazetteer id
  std::optional<time::Interval> range;                 // rows outside are left out, and listed
};

struct Events {
  std::vector<Event> events;          // in the table's order
  std::vector<LeftOut> left_out;      // each with its reason; every row is here or among the events
  std::size_t rows = 0;
  std::vector<std::string> places;    // every place looked up, as written, once
};

// Standard columns (synonyms, case ignored): id, start (date, begin, from, event_date), end (to, until), place
// (location, where, name), lon (longitude, x), lat (latitude, y), precision_m, kind (type, event_type), title
// (description, notes, headline), measure, value (count, fatalities, number), claimed_by (source_party, according_to),
// about (party, side), actor (actor1, actors), source (article, url). Several places are separated by ';'.
// Coordinates win over names. Problems of the file itself throw; row problems are left-out entries.
Events read_events(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer,
                   const TableOptions& options, base::Problems& problems);

}  // namespace sitmap::events
