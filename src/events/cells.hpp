#pragma once
// What people write into cells: dates, numbers, coordinates. What isn't certain is refused with a reason, never guessed.

#include <optional>
#include <string>
#include <string_view>

#include "geom/geometry.hpp"
#include "time/interval.hpp"

namespace sitmap::events {

struct Complaint {
  std::string reason, hint;
};

struct When {
  std::optional<time::Interval> interval;
  Complaint complaint;  // when there is no interval
};
// EDTF in one or two cells, also "2020-09-27 00:00:00" and "27 September 2020" (English, day first). Refused:
// 13.09.2022, 13/09/2022, 9/13/2022, with the ISO form in the hint.
When parse_when(std::string_view start, std::string_view end);

struct Amount {
  double value = 0;
  std::optional<double> max;
  bool exact = true;  // false: "about 20", "more than 100", a range
};
// "20", "20-30", "20–30", "about 20", "~20", ">100", "at least 100", "100+". Nothing for all else.
std::optional<Amount> parse_amount(std::string_view text);

struct Coordinates {
  std::optional<geom::Point> at;
  Complaint complaint;
};
Coordinates parse_coordinates(std::string_view lon, std::string_view lat);

// Whether all of a geometry lies on the earth, in degrees.
bool on_earth(const geom::Geometry& lon_lat);

}  // namespace sitmap::events
