#pragma once
// Planar operations (any planar coordinates, unless named geodesic), and geodesics on a sphere of the mean radius.
// Boolean operations and buffers go through GEOS; invalid input is repaired first; failures throw std::runtime_error.

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "geom/geometry.hpp"

namespace sitmap::geom {

inline constexpr double kEarthRadiusM = 6371008.8;  // IUGG mean radius R1, metres

// Geodesic (spherical haversine): metres, and degrees clockwise from north in [0, 360).
double distance_m(Point lon_lat_a, Point lon_lat_b);
double bearing_deg(Point from_lon_lat, Point to_lon_lat);
Point destination(Point lon_lat, double bearing_deg, double distance_m);
Geometry geodesic_circle(Point lon_lat, double radius_m, int segments = 72);
double area_m2(const Geometry& lon_lat);  // spherical area of polygons, 0 for others

double length(std::span<const Point> line);
double area(const Geometry& geometry);               // planar, holes subtracted, never negative
Point centroid(const Geometry& geometry);            // of area, else length, else points
bool contains(const Geometry& polygons, Point p);    // even-odd; false for lines and points
double distance(const Geometry& geometry, Point p);  // planar; 0 inside polygons

// Clip to a box: lines by Liang–Barsky (may fall into parts), polygons by Sutherland–Hodgman with the degenerate
// edges along the box kept (fill them, don't stroke them), points by containment.
Geometry clip(const Geometry& geometry, const Box& box);

// Visvalingam–Whyatt with a tolerance in coordinate units (squared: the effective triangle area); rings keep at least
// 4 points or vanish when their box is smaller than the tolerance. Fixed end points for lines.
Geometry simplify(const Geometry& geometry, double tolerance);
Path simplify(const Path& path, double tolerance);

Geometry intersection(const Geometry& a, const Geometry& b);
Geometry difference(const Geometry& a, const Geometry& b);
Geometry unite(std::span<const Geometry> geometries);
Geometry buffer(const Geometry& geometry, double distance);
// The lines that two polygon sets share: boundary of a within `tolerance` of the boundary of b.
Geometry shared_boundary(const Geometry& a, const Geometry& b, double tolerance);

// Pole of inaccessibility: the inner point farthest from the boundary, and that distance (Mapbox polylabel).
struct InnerPoint {
  Point at;
  double distance = 0;
};
std::optional<InnerPoint> pole_of_inaccessibility(const Polygon& polygon, double precision);

// A smooth curve along an area's middle, for spaced names: a low-order polynomial through the middles of cross sections
// at right angles to the principal axis, as far as it runs inside, with at most `max_bend_deg` between segments. Reads
// from left to right, upright ones from larger to smaller y. Nothing where none fits.
std::optional<Path> center_line(const Polygon& polygon, double max_bend_deg = 30);

// Offset of a line to its left (negative: right), Chaikin smoothing, points at equal steps.
Path offset(const Path& line, double distance);
Path smooth(const Path& line, int rounds);
Path resample(const Path& line, double step);
std::pair<Point, double> at_length(const Path& line, double length);  // position and angle (radians, atan2(dy, dx))

}  // namespace sitmap::geom
