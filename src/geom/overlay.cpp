// Boolean operations and buffers through GEOS.

#include <geos_c.h>

#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>

#include "geom/operations.hpp"

namespace sitmap::geom {
namespace {

// GEOS contexts serve one thread at a time: each thread has its own.
class Context {
 public:
  Context() : handle_(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle_, [](const char* message, void* self) { static_cast<Context*>(self)->error_ = message; }, this);
    GEOSContext_setNoticeMessageHandler_r(
        handle_, [](const char*, void*) {}, nullptr);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { GEOS_finish_r(handle_); }

  GEOSContextHandle_t handle() const { return handle_; }
  [[noreturn]] void fail(const char* doing) {
    throw std::runtime_error(std::string(doing) + " failed: " + (error_.empty() ? "no reason given" : error_));
  }

 private:
  GEOSContextHandle_t handle_;
  std::string error_;
};

Context& context() {
  thread_local Context one;
  return one;
}

struct Deleter {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context().handle(), geometry); }
};
using Shape = std::unique_ptr<GEOSGeometry, Deleter>;

enum class Kind { Points, Lines, Areas };

Kind kind_of(const Geometry& geometry) {
  if (std::holds_alternative<MultiPolygon>(geometry)) return Kind::Areas;
  return std::holds_alternative<MultiLine>(geometry) ? Kind::Lines : Kind::Points;
}

Shape checked(GEOSGeometry* geometry, const char* doing) {
  if (!geometry) context().fail(doing);
  return Shape(geometry);
}

Path finite_only(const Path& path, bool ring) {
  Path out;
  out.reserve(path.size() + 1);
  for (const Point& p : path)
    if (std::isfinite(p.x) && std::isfinite(p.y)) out.push_back(p);
  if (ring && !out.empty() && out.front() != out.back()) out.push_back(out.front());
  return out;
}

GEOSCoordSequence* sequence(const Path& path) {
  static_assert(sizeof(Point) == 2 * sizeof(double));
  GEOSCoordSequence* out =
      GEOSCoordSeq_copyFromBuffer_r(context().handle(), &path.front().x, static_cast<unsigned>(path.size()), 0, 0);
  if (!out) context().fail("copying coordinates");
  return out;
}

Shape linear_ring(const Path& path) {
  const Path ring = finite_only(path, true);
  if (ring.size() < 4) return nullptr;
  return checked(GEOSGeom_createLinearRing_r(context().handle(), sequence(ring)), "making a ring");
}

Shape collection(int type, std::vector<Shape> parts) {
  std::vector<GEOSGeometry*> raw;
  raw.reserve(parts.size());
  for (Shape& part : parts) raw.push_back(part.release());
  return checked(GEOSGeom_createCollection_r(context().handle(), type, raw.data(), static_cast<unsigned>(raw.size())),
                 "making a collection");
}

Shape polygon_shape(const Polygon& polygon) {
  Shape outer = linear_ring(polygon.outer);
  if (!outer) return nullptr;
  std::vector<GEOSGeometry*> holes;
  for (const Path& hole : polygon.holes)
    if (Shape ring = linear_ring(hole)) holes.push_back(ring.release());
  return checked(
      GEOSGeom_createPolygon_r(context().handle(), outer.release(), holes.data(), static_cast<unsigned>(holes.size())),
      "making a polygon");
}

Shape repaired(Shape shape) {
  if (GEOSisValid_r(context().handle(), shape.get()) == 1) return shape;
  return checked(GEOSMakeValid_r(context().handle(), shape.get()), "repairing a shape");
}

void add_shapes(const Geometry& geometry, std::vector<Shape>& parts) {
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    for (const Point& p : finite_only(points->points, false))
      parts.push_back(checked(GEOSGeom_createPointFromXY_r(context().handle(), p.x, p.y), "making a point"));
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    for (const Path& line : lines->lines)
      if (const Path clean = finite_only(line, false); clean.size() > 1)
        parts.push_back(checked(GEOSGeom_createLineString_r(context().handle(), sequence(clean)), "making a line"));
  } else if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    for (const Polygon& polygon : area->polygons)
      if (Shape shape = polygon_shape(polygon)) parts.push_back(std::move(shape));
  }
}

Shape to_geos(const Geometry& geometry) {
  std::vector<Shape> parts;
  add_shapes(geometry, parts);
  const Kind kind = kind_of(geometry);
  const int type = kind == Kind::Areas   ? GEOS_MULTIPOLYGON
                   : kind == Kind::Lines ? GEOS_MULTILINESTRING
                                         : GEOS_MULTIPOINT;
  return repaired(collection(type, std::move(parts)));
}

Path path_of(const GEOSGeometry* line) {
  const GEOSCoordSequence* coordinates = GEOSGeom_getCoordSeq_r(context().handle(), line);
  unsigned size = 0;
  if (!coordinates || !GEOSCoordSeq_getSize_r(context().handle(), coordinates, &size)) context().fail("reading a line");
  Path path(size);
  if (size > 0 && !GEOSCoordSeq_copyToBuffer_r(context().handle(), coordinates, &path.front().x, 0, 0))
    context().fail("reading a line");
  return path;
}

// The parts of the wanted kind; lower kinds that an operation left over are dropped.
void collect(const GEOSGeometry* shape, Kind wanted, std::vector<Point>& points, std::vector<Path>& lines,
             std::vector<Polygon>& polygons) {
  const GEOSContextHandle_t handle = context().handle();
  if (GEOSisEmpty_r(handle, shape) == 1) return;
  const int type = GEOSGeomTypeId_r(handle, shape);
  if (type == GEOS_POINT) {
    Point p;
    if (wanted == Kind::Points && GEOSGeomGetX_r(handle, shape, &p.x) == 1 && GEOSGeomGetY_r(handle, shape, &p.y) == 1)
      points.push_back(p);
  } else if (type == GEOS_LINESTRING || type == GEOS_LINEARRING) {
    if (wanted == Kind::Lines) lines.push_back(path_of(shape));
  } else if (type == GEOS_POLYGON) {
    if (wanted != Kind::Areas) return;
    Polygon polygon{path_of(GEOSGetExteriorRing_r(handle, shape)), {}};
    for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, shape); ++i)
      polygon.holes.push_back(path_of(GEOSGetInteriorRingN_r(handle, shape, i)));
    polygons.push_back(std::move(polygon));
  } else {
    for (int i = 0; i < GEOSGetNumGeometries_r(handle, shape); ++i)
      collect(GEOSGetGeometryN_r(handle, shape, i), wanted, points, lines, polygons);
  }
}

Geometry from_geos(const GEOSGeometry* shape, Kind wanted) {
  MultiPoint points;
  MultiLine lines;
  MultiPolygon area;
  collect(shape, wanted, points.points, lines.lines, area.polygons);
  if (!points.points.empty()) return points;
  if (!lines.lines.empty()) return lines;
  if (!area.polygons.empty()) return area;
  return {};
}

}  // namespace

Geometry intersection(const Geometry& a, const Geometry& b) {
  if (is_empty(a) || is_empty(b) || !bounds(a).intersects(bounds(b))) return {};
  const Shape one = to_geos(a), other = to_geos(b);
  const Shape result =
      checked(GEOSIntersection_r(context().handle(), one.get(), other.get()), "intersecting two shapes");
  return from_geos(result.get(), std::min(kind_of(a), kind_of(b)));
}

Geometry difference(const Geometry& a, const Geometry& b) {
  if (is_empty(a)) return {};
  const Shape one = to_geos(a);
  if (is_empty(b)) return from_geos(one.get(), kind_of(a));
  const Shape other = to_geos(b);
  const Shape result = checked(GEOSDifference_r(context().handle(), one.get(), other.get()), "subtracting a shape");
  return from_geos(result.get(), kind_of(a));
}

Geometry unite(std::span<const Geometry> geometries) {
  Kind highest = Kind::Points;
  for (const Geometry& geometry : geometries)
    if (!is_empty(geometry)) highest = std::max(highest, kind_of(geometry));
  std::vector<Shape> parts;
  for (const Geometry& geometry : geometries)
    if (!is_empty(geometry) && kind_of(geometry) == highest) parts.push_back(to_geos(geometry));
  if (parts.empty()) return {};
  const Shape all = collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
  Shape result = checked(GEOSUnaryUnion_r(context().handle(), all.get()), "uniting shapes");
  if (highest == Kind::Lines) result = checked(GEOSLineMerge_r(context().handle(), result.get()), "joining lines");
  return from_geos(result.get(), highest);
}

Geometry buffer(const Geometry& geometry, double distance) {
  if (is_empty(geometry) || !std::isfinite(distance)) return {};
  const Shape shape = to_geos(geometry);
  const Shape result = checked(GEOSBuffer_r(context().handle(), shape.get(), distance, 16), "buffering a shape");
  return from_geos(result.get(), Kind::Areas);
}

}  // namespace sitmap::geom
