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

// Standard columns (synonyms, case ignored): id (event_id), start (date, begin, from, event_date, date_start), end (to,
// until, date_end), place (location, where, where_coordinates, name), lon (longitude, lng, x), lat (latitude, y), wkt
// (geom_wkt, geometry), precision_m (or ACLED's geo_precision, UCDP's where_prec), kind (event_type, type), title
// (headline, description, notes), measure, value (count, fatalities, best, number; of fatalities and best the measure is
// "killed"), claimed_by (source_party, according_to), about (party, side), as_of, actor (actors, actor1, actor2, side_a,
// side_b: all of them), source (article, source_article, url). Several places are separated by ';'.
//
// Coordinates win over names. Problems of the file itself throw; row problems are left-out entries, and what is wrong
// without costing an event (a value that is no number, an id that is there twice) warns. A row without an id is
// "row-N". rows == events + left_out entries without event_kept. Values that aren't exact numbers keep their text as
// the extra column "value_text".
Events read_events(const std::filesystem::path& file, const gazetteer::Gazetteer& gazetteer,
                   const TableOptions& options, base::Problems& problems);

}  // namespace sitmap::events
