#pragma once
// Where something took place, from coordinates or from a place of the gazetteer.

#include "events/event.hpp"

namespace sitmap::events {

inline constexpr double kVagueBeyondM = 5000;  // a point known less well is never drawn as a point

Site site_of(std::string written, const geom::Geometry& lon_lat, double precision_m);
// precision_m: what the table says; 0: what the gazetteer says.
Site site_of(std::string written, const gazetteer::Place& place, double precision_m);

}  // namespace sitmap::events
