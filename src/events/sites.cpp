#include "events/sites.hpp"

#include "geom/operations.hpp"

namespace sitmap::events {
namespace {

Precision class_of(const geom::Geometry& geometry, double precision_m) {
  if (std::holds_alternative<geom::MultiLine>(geometry)) return Precision::Line;
  if (std::holds_alternative<geom::MultiPolygon>(geometry)) return Precision::Area;
  return precision_m > kVagueBeyondM ? Precision::Vague : Precision::Point;
}

// A point for a symbol: the middle of the longest line, the inner point of the largest area.
geom::Point symbol_point(const geom::Geometry& geometry) {
  if (const auto* lines = std::get_if<geom::MultiLine>(&geometry)) {
    const geom::Path* longest = nullptr;
    double length = -1;
    for (const geom::Path& line : lines->lines) {
      const double own = geom::length(line);
      if (own > length) longest = &line, length = own;
    }
    if (longest && !longest->empty()) return geom::at_length(*longest, length / 2).first;
  }
  if (const auto* areas = std::get_if<geom::MultiPolygon>(&geometry)) {
    const geom::Polygon* largest = nullptr;
    double size = -1;
    for (const geom::Polygon& polygon : areas->polygons) {
      const double own = geom::area(geom::MultiPolygon{{polygon}});
      if (own > size) largest = &polygon, size = own;
    }
    if (largest) {
      const geom::Box box = geom::bounds(largest->outer);
      const double precision = std::max(box.width(), box.height()) / 100;
      if (precision > 0)
        if (const auto inner = geom::pole_of_inaccessibility(*largest, precision)) return inner->at;
    }
  }
  if (const auto* points = std::get_if<geom::MultiPoint>(&geometry); points && points->points.size() == 1) return points->points[0];
  return geom::centroid(geometry);
}

}  // namespace

Site site_of(std::string written, const geom::Geometry& lon_lat, double precision_m) {
  return {std::move(written), {}, lon_lat, symbol_point(lon_lat), precision_m, class_of(lon_lat, precision_m)};
}

Site site_of(std::string written, const gazetteer::Place& place, double precision_m) {
  const double precision = precision_m > 0 ? precision_m : place.precision_m;
  geom::Geometry geometry = geom::is_empty(place.geometry) ? geom::point(place.at) : place.geometry;
  const bool line = std::holds_alternative<geom::MultiLine>(geometry);
  const geom::Point at = line ? symbol_point(geometry) : place.at;
  const Precision known = class_of(geometry, precision);
  return {std::move(written), place, std::move(geometry), at, precision, known};
}

}  // namespace sitmap::events
