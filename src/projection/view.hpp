#pragma once
// A projection placed on a page: earth to page pixels.

#include "geom/geometry.hpp"
#include "projection/projection.hpp"

namespace sitmap::projection {

struct PageSize {
  double width = 1200, height = 800;  // CSS pixels (1/96 inch); y grows downwards
};

struct Margins {
  double left = 0, top = 0, right = 0, bottom = 0;  // pixels kept free of the area
};

class View {
 public:
  // The area (longitude/latitude geometry, e.g. places) fits inside the page less margins, centred.
  static View fit(Projection projection, const geom::Geometry& area, PageSize page, Margins margins = {});
  static View fit(Projection projection, const geom::GeoBox& area, PageSize page, Margins margins = {});
  // Centre at the page's centre (less margins), true scale there.
  static View centered(Projection projection, geom::Point lon_lat, double metres_per_px, PageSize page,
                       Margins margins = {});
  // MapLibre's zoom: a 512-pixel world at zoom 0 on Web Mercator; elsewhere equal scale at the centre.
  static View at_zoom(Projection projection, geom::Point lon_lat, double zoom, PageSize page, double bearing_deg = 0);
  // Exactly this projected box (metres), as the page's aspect ratio allows (shown whole, centred).
  static View projected_box(Projection projection, const geom::Box& metres, PageSize page);

  std::optional<geom::Point> to_page(geom::Point lon_lat) const;
  std::optional<geom::Point> to_earth(geom::Point page) const;

  // Cuts at the projection's seam and horizon, projects with adaptive resampling (long segments follow parallels and
  // great circles' images to within `tolerance_px`), clips to the page grown by `margin_px`, and simplifies to
  // `tolerance_px`. Polygons stay closed along the cut; lines end there.
  geom::Geometry project(const geom::Geometry& lon_lat, double margin_px = 16, double tolerance_px = 0.25) const;

  PageSize page() const { return page_; }
  const Projection& projection() const { return projection_; }
  geom::Point center() const;                       // longitude, latitude at the page's centre
  double metres_per_px() const;                     // on the ground, at the page's centre
  double scale_denominator() const;                 // 1:N with 96 pixels to an inch
  double zoom() const;                              // MapLibre's, for the ground scale at the centre
  double north_angle_deg() const;                   // direction of north at the centre, clockwise from page-up
  const geom::GeoBox& geo_box() const;              // everything visible, a little more at curved edges

 private:
  View(Projection projection, PageSize page);
  void finish();

  Projection projection_;
  PageSize page_;
  double px_per_metre_ = 1, bearing_rad_ = 0;
  geom::Point center_metres_, center_px_;
  geom::GeoBox geo_box_;
};

}  // namespace sitmap::projection
