#pragma once
// Matches as people and programs read them.

#include <span>
#include <string>

#include "gazetteer/gazetteer.hpp"

namespace sitmap::gazetteer {

// An array, one object a match: query, status ("matched", "ambiguous", "unknown"), score, id, name, kind, country,
// admin, lat, lon, precision_m, geometry (GeoJSON), source, candidates (the same fields, without candidates of their
// own). Unless matched, the place's fields are null. Ends with a line feed.
std::string to_json(std::span<const Match> matches);

// A FeatureCollection (RFC 7946) of the matched places; the properties are those of to_json without the geometry.
// Names that were not matched are null geometries with their status.
std::string to_geojson(std::span<const Match> matches);

// Aligned columns for a terminal; what would settle a name that was not matched stands in a line below it.
std::string to_table(std::span<const Match> matches);

std::string_view name_of(Status status);

}  // namespace sitmap::gazetteer
