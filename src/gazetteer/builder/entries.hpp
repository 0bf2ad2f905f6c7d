#pragma once
// Places on their way into the gazetteer.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.hpp"
#include "gazetteer/place.hpp"
#include "gazetteer/record.hpp"

namespace sitmap::gazetteer::builder {

struct Entry {
  Place place;                        // place.names without place.name
  std::vector<std::string> codes;     // IATA, ICAO, ISO
  std::vector<std::string> aliases;   // other ids it answers to
  bool curated = false;
  double extent_km = 0;               // set by finish()
  std::string a3, unit_code;          // countries: ISO alpha-3; units and places: GeoNames admin1 code, "AM.08"
  std::string gn_id;                  // GeoNames id of an admin-1 unit, "828261"
  std::pair<std::string, std::string> border;  // ISO alpha-2 of both countries, sorted
};

// Adds the name unless the entry has it in this language already.
void add_name(Entry& entry, std::string text, std::string language, NameKind kind,
              std::optional<time::Interval> valid = {});

// All keys of an entry with how they came about, each once, sorted.
std::vector<Key> keys_of(const Entry& entry);

struct Collection {
  std::vector<Entry> countries, units, borders, others;  // others: populated places, waters, airports, disputed areas …
};

// The layers of a geodata folder; a layer that isn't there is left out.
Collection read_layers(const std::filesystem::path& geodata);

// England, Scotland, Wales and Northern Ireland as the unions of Natural Earth's counties and boroughs. A unit belongs
// to the nation that GeoNames gives most of the places in it: votes[unit]["GB.ENG"].
using Votes = std::map<const Entry*, std::map<std::string, int>>;
std::vector<Entry> nations(const Votes& votes);

// tables/places.csv over the collection: a row that names a known record adds to it, others are places of their own.
void apply_table(const std::filesystem::path& geodata, Collection& collection, base::Problems& problems);

// Inner points, extents, countries and units above; populations of units; all in one list sorted by id.
std::vector<Entry> finish(Collection collection);

void write(const std::filesystem::path& target, const std::vector<Entry>& entries, std::string_view built_from);

// Points inside an area or on a line.
geom::Point point_of(const geom::Geometry& geometry);

}  // namespace sitmap::gazetteer::builder
