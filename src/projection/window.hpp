#pragma once
// The part of the earth that a page shows, as a box of longitudes and latitudes to clip by before projecting.

#include <optional>

#include "geom/geometry.hpp"

namespace sitmap::projection {

struct Window {
  bool nothing = true;                // the page lies beside the earth
  geom::Box lon_lat;                  // at most 360° wide; longitudes may run past ±180
  bool needs_horizon = false;         // some of it lies beyond the projection's cap
  geom::Point probe;                  // a visible place, longitude and latitude, for asking what is inside what
  double lon_cell = 0, lat_cell = 0;  // degrees that are at most one pixel on the page, anywhere in it
};

inline constexpr double kUsualMarginPx = 32;  // the window kept by a view serves margins up to this

}  // namespace sitmap::projection
