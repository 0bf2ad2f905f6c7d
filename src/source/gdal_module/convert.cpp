#include "source/gdal_module/convert.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sitmap::source {
namespace {

geom::Path path_of(OGRGeometryH line) {
  const int count = OGR_G_GetPointCount(line);
  geom::Path path(static_cast<std::size_t>(count));
  if (count > 0)
    OGR_G_GetPoints(line, &path[0].x, sizeof(geom::Point), &path[0].y, sizeof(geom::Point), nullptr, 0);
  return path;
}

geom::Polygon polygon_of(OGRGeometryH polygon) {
  geom::Polygon out;
  const int rings = OGR_G_GetGeometryCount(polygon);
  for (int i = 0; i < rings; ++i) {
    geom::Path ring = path_of(OGR_G_GetGeometryRef(polygon, i));
    if (i == 0)
      out.outer = std::move(ring);
    else
      out.holes.push_back(std::move(ring));
  }
  return out;
}

// Adds the geometry's parts to the collector of their kind.
void collect(OGRGeometryH geometry, geom::MultiPoint& points, geom::MultiLine& lines, geom::MultiPolygon& polygons) {
  switch (wkbFlatten(OGR_G_GetGeometryType(geometry))) {
    case wkbPoint:
      if (!OGR_G_IsEmpty(geometry)) points.points.push_back({OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0)});
      break;
    case wkbLineString: lines.lines.push_back(path_of(geometry)); break;
    case wkbPolygon:
      if (!OGR_G_IsEmpty(geometry)) polygons.polygons.push_back(polygon_of(geometry));
      break;
    default:
      for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i)
        collect(OGR_G_GetGeometryRef(geometry, i), points, lines, polygons);
  }
}

}  // namespace

geom::Geometry convert_geometry(OGRGeometryH geometry) {
  if (geometry == nullptr || OGR_G_IsEmpty(geometry)) return {};
  OGRGeometryH linear = nullptr;
  if (OGR_G_HasCurveGeometry(geometry, FALSE)) geometry = linear = OGR_G_GetLinearGeometry(geometry, 0, nullptr);
  geom::MultiPoint points;
  geom::MultiLine lines;
  geom::MultiPolygon polygons;
  collect(geometry, points, lines, polygons);
  if (linear != nullptr) OGR_G_DestroyGeometry(linear);
  if (!polygons.polygons.empty()) return polygons;
  if (!lines.lines.empty()) return lines;
  if (!points.points.empty()) return points;
  return {};
}

Value convert_field(OGRFeatureH feature, int index, OGRFieldType type) {
  if (!OGR_F_IsFieldSetAndNotNull(feature, index)) return {};
  switch (type) {
    case OFTInteger:
      if (OGR_Fld_GetSubType(OGR_F_GetFieldDefnRef(feature, index)) == OFSTBoolean)
        return OGR_F_GetFieldAsInteger(feature, index) != 0;
      return static_cast<double>(OGR_F_GetFieldAsInteger(feature, index));
    case OFTInteger64: return static_cast<double>(OGR_F_GetFieldAsInteger64(feature, index));
    case OFTReal: return OGR_F_GetFieldAsDouble(feature, index);
    case OFTDate: {
      int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
      OGR_F_GetFieldAsDateTime(feature, index, &year, &month, &day, &hour, &minute, &second, &zone);
      return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    }
    case OFTDateTime: {
      int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
      OGR_F_GetFieldAsDateTime(feature, index, &year, &month, &day, &hour, &minute, &second, &zone);
      return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, month, day, hour, minute, second);
    }
    default: return std::string(OGR_F_GetFieldAsString(feature, index));
  }
}

}  // namespace sitmap::source
