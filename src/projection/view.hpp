#pragma once
// A projection placed on a page: earth to page pixels.

#include <memory>
#include <optional>

#include "geom/geometry.hpp"
#include "projection/projection.hpp"

namespace sitmap::projection {

struct Window;

struct PageSize {
  double width = 1200, height = 800;  // CSS pixels (1/96 inch); y grows downwards
};

struct Margins {
  double left = 0, top = 0, right = 0, bottom = 0;  // pixels kept free of the area
};

// Copies share what is worked out once. All members may be called from several threads at once.
class View {
 public:
  // The area (longitude/latitude geometry, e.g. places) fits inside the page less margins, centred. An area without
  // extent (one place) is shown with 10 km on every side. InputError when the area is empty, or any of it lies
  // outside the projection or across its cut.
  static View fit(Projection projection, const geom::Geometry& area, PageSize page, Margins margins = {});
  // The same. Boxes that span more than half the earth are shown as far as the projection shows them.
  static View fit(Projection projection, const geom::GeoBox& area, PageSize page, Margins margins = {});
  // Centre at the page's centre (less margins), true scale there.
  static View centered(Projection projection, geom::Point lon_lat, double metres_per_px, PageSize page,
                       Margins margins = {});
  // MapLibre's zoom: a 512-pixel world at zoom 0 on Web Mercator; elsewhere equal scale at the centre. The bearing is
  // the direction that points up the page, clockwise from north.
  static View at_zoom(Projection projection, geom::Point lon_lat, double zoom, PageSize page, double bearing_deg = 0);
  // Exactly this projected box (metres), as the page's aspect ratio allows (shown whole, centred).
  static View projected_box(Projection projection, const geom::Box& metres, PageSize page);

  std::optional<geom::Point> to_page(geom::Point lon_lat) const;
  std::optional<geom::Point> to_earth(geom::Point page) const;

  // Cuts at the projection's seam and horizon, projects with adaptive resampling (long segments follow parallels and
  // the images of straight lines in longitude and latitude to within `tolerance_px`), clips to the page grown by
  // `margin_px`, and simplifies to `tolerance_px`. Polygons stay closed along the cut and the clip box (fill them
  // even-odd, don't stroke them); lines end there. Rings that wind around the earth are closed over the nearer pole;
  // steps of more than 180° in longitude are taken the short way. Coordinates that are not finite are left out.
  geom::Geometry project(const geom::Geometry& lon_lat, double margin_px = 16, double tolerance_px = 0.25) const;

  // The outlines of polygons as lines, for stroking: without the parts along the clip box, the projection's cut and
  // horizon, and without the edges that planar data have at the date line and at the poles. Empty for others.
  geom::Geometry project_outline(const geom::Geometry& polygons, double margin_px = 16,
                                 double tolerance_px = 0.25) const;

  PageSize page() const { return page_; }
  const Projection& projection() const { return projection_; }
  geom::Point center() const { return center_lon_lat_; }  // longitude, latitude at the page's centre
  double metres_per_px() const;  // on the ground, at the page's centre (mean of both directions)
  double projected_metres_per_px() const { return 1 / px_per_metre_; }  // in the projection's plane
  double scale_denominator() const;                                     // 1:N with 96 pixels to an inch
  double zoom() const;                                         // MapLibre's, for the ground scale at the centre
  double north_angle_deg() const { return north_angle_deg_; }  // of north at the centre, clockwise from page-up, ±180
  const geom::GeoBox& geo_box() const { return geo_box_; }     // everything visible, a little more at curved edges

 private:
  View(Projection projection, PageSize page);
  void finish();  // after scale and centre are set
  geom::Point page_of(geom::Point metres) const;
  geom::Point metres_of(geom::Point page) const;
  void place(const geom::Box& metres, const Margins& margins);
  Window make_window(double margin_px) const;
  std::shared_ptr<const Window> window(double margin_px) const;

  friend class Pipeline;

  Projection projection_;
  PageSize page_;
  double px_per_metre_ = 1, bearing_rad_ = 0;
  geom::Point center_metres_, center_px_;
  geom::GeoBox geo_box_;
  geom::Point center_lon_lat_;
  double ground_per_metre_ = 1, north_angle_deg_ = 0;
  std::shared_ptr<const Window> window_;
};

}  // namespace sitmap::projection
