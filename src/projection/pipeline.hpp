#pragma once
// The steps of View::project, over one borrowed PROJ object and buffers that are used again.

#include <cstdint>
#include <span>
#include <vector>

#include "geom/clip_ring.hpp"
#include "projection/domain.hpp"
#include "projection/engine.hpp"
#include "projection/view.hpp"
#include "projection/window.hpp"

namespace sitmap::projection {

class Pipeline {
 public:
  Pipeline(const View& view, double margin_px, double tolerance_px);

  geom::Geometry points(const geom::MultiPoint& points);
  geom::Geometry lines(const geom::MultiLine& lines);
  geom::Geometry polygons(const geom::MultiPolygon& area);
  geom::Geometry outlines(const geom::MultiPolygon& area);

 private:
  enum class Edges { All, MarkArtificial };  // whether the data's own edges at ±180° and the poles are marked

  // A ring on the page. `inverted`: everything on the earth but what the ring encloses.
  struct PageRing {
    geom::Ring ring;
    bool inverted = false;
  };

  // One ring, at every turn of 360° that brings it into the window.
  std::vector<PageRing> page_rings(const geom::Path& path, Edges edges);
  void add_page_ring(geom::Ring ring, std::vector<PageRing>& out);
  PageRing horizon_disk();

  geom::Path unwrapped(const geom::Path& path, bool ring) const;
  geom::Ring near_window(const geom::Path& path, double turn, Edges edges) const;
  void thin(geom::Ring& ring) const;
  geom::Path thin(const geom::Path& line) const;
  std::vector<geom::Path> visible_parts(const geom::Path& line) const;  // within the horizon
  geom::Ring at_horizon(const geom::Ring& ring, bool& any_inside) const;

  void to_page(std::span<geom::Point> lon_lats) const;  // in place; NaN outside
  geom::Ring project_ring(const geom::Ring& lon_lat) const;
  geom::Path project_line(std::span<const geom::Point> lon_lat, std::span<const geom::Point> page) const;
  template <class Emit>
  void refine(geom::Point a, geom::Point b, geom::Point page_a, geom::Point page_b, int depth, const Emit& emit) const;

  const View& view_;
  std::shared_ptr<const Window> window_;
  const Domain& domain_;
  Engine::Session session_;
  geom::Box clip_;  // page
  double tolerance_;
  double cos_bearing_, sin_bearing_;
  geom::Ring scratch_;
};

}  // namespace sitmap::projection
