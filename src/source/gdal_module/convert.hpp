#pragma once
// OGR features to ours.

#include <ogr_api.h>

#include "geom/geometry.hpp"
#include "source/feature.hpp"

namespace sitmap::source {

// Collections give their members of the highest dimension; curves are made linear.
geom::Geometry convert_geometry(OGRGeometryH geometry);
Value convert_field(OGRFeatureH feature, int index, OGRFieldType type);

}  // namespace sitmap::source
