#pragma once
// GeoJSON (RFC 7946) and WKB text of a geometry.

#include <string>
#include <string_view>

#include "geom/geometry.hpp"

namespace sitmap::geom {

// {"type":"Polygon","coordinates":…}; single members are written as the single kind; `decimals` digits, zeros cut.
std::string to_geojson(const Geometry& geometry, int decimals = 5);
// Reads a GeoJSON geometry object (not Feature). std::invalid_argument with the reason. GeometryCollection: rejected.
Geometry from_geojson(std::string_view text);

std::string to_wkb(const Geometry& geometry);  // ISO WKB, little endian
Geometry from_wkb(std::string_view bytes);     // 2D and Z/M (dropped), both byte orders; std::invalid_argument

}  // namespace sitmap::geom
