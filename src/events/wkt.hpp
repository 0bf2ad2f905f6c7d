#pragma once
// Well-known text (OGC 06-103r4), as tables carry it.

#include <optional>
#include <string_view>

#include "geom/geometry.hpp"

namespace sitmap::events {

// POINT, LINESTRING, POLYGON and their MULTI kinds, with or without "SRID=4326;", Z or M (dropped). Nothing for all
// else. Longitude first.
std::optional<geom::Geometry> parse_wkt(std::string_view text);

}  // namespace sitmap::events
