#pragma once
// What a projection shows of the earth: where it is cut, where it ends. Read off its PROJ parameters.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "geom/geometry.hpp"
#include "projection/projection.hpp"

namespace sitmap::projection {

// The names and values of a PROJ string; flags have empty values.
using Parameters = std::map<std::string, std::string, std::less<>>;
Parameters parse_parameters(std::string_view proj_string);
double parameter(const Parameters& parameters, std::string_view name, double otherwise);  // angles in degrees

// Degrees. Either a wedge of longitudes around the centre (cut at its sides), or a cap around a point.
struct Domain {
  double center_lon = 0;
  double half_width = 180;
  double south = -90, north = 90;
  struct Cap {
    geom::Point center;  // longitude, latitude
    double radius;       // degrees of arc
  };
  std::optional<Cap> cap;
  bool mercator = false;  // poles at infinity
  Projection::Family family = Projection::Family::Other;

  bool contains(geom::Point lon_lat) const;
};

Domain domain_of(const Parameters& parameters);

// "Lambert conformal conic, 38.5° N / 41.5° N"
std::string describe(const Parameters& parameters);

}  // namespace sitmap::projection
