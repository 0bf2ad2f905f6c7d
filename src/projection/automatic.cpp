// The choice follows J. P. Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395 (1987), pp. 33-35,
// and B. Šavrič, B. Jenny, H. Jenny, "Projection Wizard", The Cartographic Journal 53/2 (2016).

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/text.hpp"
#include "geom/operations.hpp"
#include "projection/projection.hpp"

namespace sitmap::projection {
namespace {

constexpr double kKmPerDegree = 111.2;

constexpr double kWorldLonSpan = 200, kWorldLatSpan = 130;  // degrees
constexpr double kContinentKm = 5500;
constexpr double kPolarLat = 70;       // centres beyond it are polar
constexpr double kPolarReach = 85;     // and areas that reach it
constexpr double kEquatorialLat = 15;  // conformal maps centred below it are Mercator's
constexpr double kTall = 1.7;          // height : width

// Parameters are as round as the area allows: about a hundredth of its size.
double rounded(double value, double size) {
  const double step = size > 20 ? 1 : size > 5 ? 0.5 : size > 1 ? 0.1 : size > 0.2 ? 0.02 : 0.005;
  return std::round(std::round(value / step) * step * 1e6) / 1e6 + 0.0;
}

std::string number(double value) { return base::print_double(value == 0 ? 0 : value); }

}  // namespace

Projection Projection::automatic(const geom::GeoBox& given) {
  const bool known = std::isfinite(given.west + given.south + given.east + given.north) && given.south <= given.north;
  const geom::GeoBox area = known ? given : geom::GeoBox{-180, -90, 180, 90};
  const double lon_span = area.lon_span();
  const double lat_span = std::max(0.0, area.north - area.south);
  const geom::Point middle = area.center();
  const double lat = std::clamp(middle.y, -90.0, 90.0);
  const double lat_nearest =
      area.south <= 0 && area.north >= 0 ? 0 : std::min(std::abs(area.south), std::abs(area.north));
  const double width_km = lon_span * kKmPerDegree * std::cos(lat * std::numbers::pi / 180);
  const double widest_km = lon_span * kKmPerDegree * std::cos(std::min(lat_nearest, 90.0) * std::numbers::pi / 180);
  const double height_km = lat_span * kKmPerDegree;
  const double size = std::max(width_km / kKmPerDegree, lat_span);

  const std::string lon_0 = number(geom::normalize_longitude(rounded(middle.x, std::max(size, lon_span / 2))));
  const std::string lat_0 = number(rounded(lat, size));

  const bool polar = std::abs(lat) >= kPolarLat || area.north >= kPolarReach || area.south <= -kPolarReach;
  if (polar && area.south * area.north >= 0 && lat_nearest >= 30) {
    // All around a pole any meridian may point down: the one in the middle of the data, or Greenwich.
    const std::string down = lon_span >= 300 ? "0" : lon_0;
    const double ts = std::clamp(rounded(lat, 10), -90.0, 90.0);
    if (lat_nearest >= 50)
      return plain(
          fmt::format("+proj=stere +lat_0={} +lat_ts={} +lon_0={} +datum=WGS84", lat > 0 ? 90 : -90, number(ts), down));
    return plain(fmt::format("+proj=laea +lat_0={} +lon_0={} +datum=WGS84", lat > 0 ? 90 : -90, down));
  }
  if (lon_span > kWorldLonSpan || lat_span > kWorldLatSpan) {
    const std::string world_lon = lon_span >= 359 ? "0" : lon_0;
    return plain(fmt::format("+proj=eqearth +lon_0={} +datum=WGS84", world_lon));
  }
  if (std::max(width_km, height_km) > kContinentKm || widest_km > 1.5 * kContinentKm)
    return plain(fmt::format("+proj=laea +lat_0={} +lon_0={} +datum=WGS84", lat_0, lon_0));
  if (height_km > kTall * width_km && height_km > 50)
    return plain(fmt::format("+proj=tmerc +lat_0={} +lon_0={} +k=1 +datum=WGS84", lat_0, lon_0));
  if (std::abs(lat) < kEquatorialLat)
    return plain(fmt::format("+proj=merc +lat_ts={} +lon_0={} +datum=WGS84", lat_0, lon_0));
  const double lat_1 = rounded(area.south + lat_span / 6, size), lat_2 = rounded(area.north - lat_span / 6, size);
  return plain(fmt::format("+proj=lcc +lat_1={} +lat_2={} +lat_0={} +lon_0={} +datum=WGS84", number(lat_1),
                           number(lat_2), lat_0, lon_0));
}

}  // namespace sitmap::projection
