#include <utility>

#include "scene/scene.hpp"

namespace sitmap::scene {
namespace {

void add_ring(PathData& data, const geom::Path& ring) {
  geom::Path points = ring;
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  if (points.size() >= 2) data.subpaths.push_back({std::move(points), true});
}

}  // namespace

SharedPath make_path(const geom::Geometry& page_geometry) {
  auto data = std::make_shared<PathData>();
  if (const auto* lines = std::get_if<geom::MultiLine>(&page_geometry)) {
    for (const geom::Path& line : lines->lines)
      if (line.size() >= 2) data->subpaths.push_back({line, false});
  } else if (const auto* area = std::get_if<geom::MultiPolygon>(&page_geometry)) {
    for (const geom::Polygon& polygon : area->polygons) {
      add_ring(*data, polygon.outer);
      for (const geom::Path& hole : polygon.holes) add_ring(*data, hole);
    }
  }
  return data;
}

}  // namespace sitmap::scene
