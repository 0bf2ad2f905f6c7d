#include "projection/view.hpp"

#include <fmt/format.h>
#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/problem.hpp"
#include "geom/operations.hpp"
#include "projection/domain.hpp"
#include "projection/engine.hpp"
#include "projection/window.hpp"

namespace sitmap::projection {
namespace {

constexpr double kRad = std::numbers::pi / 180;
constexpr double kWgs84A = 6378137, kWgs84F = 1 / 298.257223563;
constexpr double kZoomZeroM = 2 * std::numbers::pi * kWgs84A / 512;  // metres a pixel at zoom 0 on the equator
constexpr double kInchM = 0.0254;
constexpr double kSinglePlaceM = 10000;  // shown on every side of an area without extent
constexpr double kWidestM = 1.2e8;       // planes wider than this are no maps
constexpr double kMercatorWorldLat = 85.051129;

double ground_distance(geom::Point a, geom::Point b) {
  static const geod_geodesic earth = [] {
    geod_geodesic g;
    geod_init(&g, kWgs84A, kWgs84F);
    return g;
  }();
  double metres = 0;
  geod_inverse(&earth, a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
  return metres;
}

[[noreturn]] void outside(const Projection& projection, const std::string& what) {
  throw base::InputError(
      fmt::format("{} lies outside the projection '{}' ({})", what, projection.definition(), projection.description()),
      "use projection: auto");
}

std::string place(geom::Point p) { return fmt::format("the place at {:.4f}, {:.4f} (longitude, latitude)", p.x, p.y); }

// An area that a projection would tear apart at its cut.
void require_uncut(const Projection& projection, const geom::GeoBox& area) {
  const Domain& domain = projection.domain();
  if (domain.cap || area.lon_span() > 180 || domain.half_width < 180) return;
  const double west = std::remainder(area.west - domain.center_lon, 360.0);
  if (west < 180 && west + area.lon_span() > 180 + 1e-6)
    throw base::InputError(fmt::format("the area crosses the cut of the projection '{}' at longitude {:.4g}",
                                       projection.definition(), geom::normalize_longitude(domain.center_lon + 180)),
                           "use projection: auto");
}

geom::Box projected_bounds(const Projection& projection, std::vector<geom::Point> lon_lats, bool lenient) {
  geom::Box box;
  std::vector<geom::Point> kept;
  for (const geom::Point& p : lon_lats) {
    if (projection.domain().contains(p)) {
      kept.push_back(p);
    } else if (!lenient) {
      outside(projection, place(p));
    }
  }
  std::vector<geom::Point> metres = kept;
  Engine::Session(projection.engine()).forward(metres);
  for (std::size_t i = 0; i < metres.size(); ++i) {
    if (!std::isnan(metres[i].x)) {
      box.extend(metres[i]);
    } else if (!lenient) {
      outside(projection, place(kept[i]));
    }
  }
  if (box.empty() || box.width() > kWidestM || box.height() > kWidestM) outside(projection, "the area");
  return box;
}

}  // namespace

View::View(Projection projection, PageSize page) : projection_(std::move(projection)), page_(page) {
  if (!(page.width >= 1 && page.height >= 1 && page.width < 1e6 && page.height < 1e6))
    throw base::InputError(fmt::format("a page of {} × {} pixels cannot be drawn", page.width, page.height));
  center_px_ = {page.width / 2, page.height / 2};
}

geom::Point View::page_of(geom::Point metres) const {
  const geom::Point d = metres - center_metres_;
  if (bearing_rad_ == 0) return {center_px_.x + d.x * px_per_metre_, center_px_.y - d.y * px_per_metre_};
  const double c = std::cos(bearing_rad_), s = std::sin(bearing_rad_);
  return {center_px_.x + (d.x * c - d.y * s) * px_per_metre_, center_px_.y - (d.x * s + d.y * c) * px_per_metre_};
}

geom::Point View::metres_of(geom::Point page) const {
  const double right = (page.x - center_px_.x) / px_per_metre_, up = (center_px_.y - page.y) / px_per_metre_;
  const double c = std::cos(bearing_rad_), s = std::sin(bearing_rad_);
  return center_metres_ + geom::Point{right * c + up * s, up * c - right * s};
}

void View::place(const geom::Box& metres, const Margins& margins) {
  const double width = page_.width - margins.left - margins.right, height = page_.height - margins.top - margins.bottom;
  if (!(width >= 1 && height >= 1))
    throw base::InputError(
        fmt::format("the margins leave no room for the map on a page of {} × {} pixels", page_.width, page_.height),
        "make the page larger or the margins smaller");
  center_px_ = {margins.left + width / 2, margins.top + height / 2};
  center_metres_ = metres.center();
  px_per_metre_ = std::min(width / metres.width(), height / metres.height());
}

void View::finish() {
  const geom::Point middle = metres_of({page_.width / 2, page_.height / 2});
  geom::Point at = middle;
  std::optional<geom::Point> earth = projection_.inverse(at);
  if (!earth) {
    at = center_metres_;
    earth = projection_.inverse(at);
  }
  if (earth) {
    center_lon_lat_ = *earth;
    // The ground under two short lines across the centre.
    const double d = std::clamp(1 / px_per_metre_, 1.0, 1000.0);
    const auto west = projection_.inverse(at - geom::Point{d, 0}), east = projection_.inverse(at + geom::Point{d, 0});
    const auto south = projection_.inverse(at - geom::Point{0, d}), north = projection_.inverse(at + geom::Point{0, d});
    if (west && east && south && north)
      ground_per_metre_ = std::sqrt(ground_distance(*west, *east) * ground_distance(*south, *north)) / (2 * d);
    const double step = earth->y > 89.999 ? -1e-4 : 1e-4;
    if (const auto beyond = projection_.forward(*earth + geom::Point{0, step})) {
      const geom::Point from = page_of(at), to = page_of(*beyond);
      const geom::Point up = (to - from) * (step < 0 ? -1 : 1);
      north_angle_deg_ = std::atan2(up.x, -up.y) / kRad;
      if (std::abs(north_angle_deg_) < 1e-7) north_angle_deg_ = 0;
    }
  }
  window_ = std::make_shared<const Window>(make_window(kUsualMarginPx));
  const geom::Box& box = window_->lon_lat;
  if (window_->nothing) return;
  if (box.width() >= 360 - 1e-6) {
    geo_box_ = {-180, box.min_y, 180, box.max_y};
  } else {
    geo_box_ = {geom::normalize_longitude(box.min_x), box.min_y, geom::normalize_longitude(box.max_x), box.max_y};
    if (geo_box_.east == -180) geo_box_.east = 180;
  }
}

View View::fit(Projection projection, const geom::Geometry& area, PageSize page, Margins margins) {
  std::vector<geom::Point> all = geom::vertices(area);
  std::erase_if(all, [](geom::Point p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
  if (all.empty())
    throw base::InputError("the area of the map is empty", "name places, a box, or a centre with a scale");
  View view(std::move(projection), page);
  require_uncut(view.projection_, geom::geo_bounds(area));
  geom::Box box = projected_bounds(view.projection_, std::move(all), false);
  if (box.width() < 1 && box.height() < 1) box = box.expanded(kSinglePlaceM);
  view.place(box.expanded(0.5), margins);
  view.finish();
  return view;
}

View View::fit(Projection projection, const geom::GeoBox& area, PageSize page, Margins margins) {
  if (!std::isfinite(area.west + area.east + area.south + area.north) || area.south > area.north)
    throw base::InputError("the area of the map is empty", "a box has a west, south, east and north edge");
  View view(std::move(projection), page);
  const Domain& domain = view.projection_.domain();
  const bool world = area.lon_span() > 180 && area.north - area.south > 90;
  require_uncut(view.projection_, area);
  double south = area.south, north = area.north;
  if (world && domain.mercator) {
    south = std::max(south, -kMercatorWorldLat);
    north = std::min(north, kMercatorWorldLat);
  }
  // Longitudes from the cut on, and not quite to it.
  double west = area.west, span = area.lon_span();
  if (span >= 360 - 1e-6) {
    west = domain.center_lon - 180 + 1e-6;
    span = 360 - 2e-6;
  }
  constexpr int kSteps = 36;
  std::vector<geom::Point> samples;
  for (int row = 0; row <= kSteps; ++row)
    for (int column = 0; column <= kSteps; ++column)
      samples.push_back({west + span * column / kSteps, south + (north - south) * row / kSteps});
  if (domain.cap && area.lon_span() > 180)  // the horizon, where the area reaches it
    for (int azimuth = 0; azimuth < 360; azimuth += 5) {
      const geom::Point p =
          geom::destination(domain.cap->center, azimuth, domain.cap->radius * kRad * geom::kEarthRadiusM);
      if (area.contains(p)) samples.push_back(p);
    }
  geom::Box box =
      projected_bounds(view.projection_, std::move(samples), world || (domain.cap && area.lon_span() > 180));
  if (box.width() < 1 && box.height() < 1) box = box.expanded(kSinglePlaceM);
  view.place(box, margins);
  view.finish();
  return view;
}

View View::centered(Projection projection, geom::Point lon_lat, double metres_per_px, PageSize page, Margins margins) {
  if (!(metres_per_px > 1e-6 && metres_per_px < 1e8))
    throw base::InputError(fmt::format("a scale of {} metres a pixel cannot be drawn", metres_per_px));
  View view(std::move(projection), page);
  const auto metres = view.projection_.forward(lon_lat);
  if (!metres) outside(view.projection_, projection::place(lon_lat));
  // Scale is the ground's at the given centre, which stands in the middle of the page less its margins.
  view.center_metres_ = *metres;
  view.px_per_metre_ = 1 / metres_per_px;
  View probe = view;
  probe.finish();
  const double width = page.width - margins.left - margins.right, height = page.height - margins.top - margins.bottom;
  if (!(width >= 1 && height >= 1))
    throw base::InputError("the margins leave no room for the map", "make the page larger or the margins smaller");
  view.center_px_ = {margins.left + width / 2, margins.top + height / 2};
  view.px_per_metre_ = probe.ground_per_metre_ / metres_per_px;
  view.finish();
  return view;
}

View View::at_zoom(Projection projection, geom::Point lon_lat, double zoom, PageSize page, double bearing_deg) {
  if (!(zoom > -5 && zoom < 30) || !std::isfinite(bearing_deg))
    throw base::InputError(fmt::format("zoom {} with bearing {} cannot be drawn", zoom, bearing_deg),
                           "zooms run from 0 (the world) to 22");
  const double on_equator = kZoomZeroM / std::exp2(zoom);
  const bool exact = projection.is_web_mercator();
  View view =
      exact ? View(std::move(projection), page)
            : centered(std::move(projection), lon_lat, on_equator * std::max(std::cos(lon_lat.y * kRad), 1e-3), page);
  if (exact) {
    const auto metres = view.projection_.forward(lon_lat);
    if (!metres) outside(view.projection_, projection::place(lon_lat));
    view.center_metres_ = *metres;
    view.px_per_metre_ = 1 / on_equator;
  }
  view.bearing_rad_ = bearing_deg * kRad;
  view.finish();
  return view;
}

View View::projected_box(Projection projection, const geom::Box& metres, PageSize page) {
  if (!(metres.width() > 0 && metres.height() > 0 && metres.width() < kWidestM && metres.height() < kWidestM))
    throw base::InputError("the projected box is empty or too large",
                           "a box has min x, min y, max x and max y in metres");
  View view(std::move(projection), page);
  view.place(metres, {});
  view.finish();
  if (view.window_->nothing) outside(view.projection_, "the projected box");
  return view;
}

std::optional<geom::Point> View::to_page(geom::Point lon_lat) const {
  const auto metres = projection_.forward(lon_lat);
  if (!metres) return std::nullopt;
  return page_of(*metres);
}

std::optional<geom::Point> View::to_earth(geom::Point page) const { return projection_.inverse(metres_of(page)); }

double View::metres_per_px() const { return ground_per_metre_ / px_per_metre_; }
double View::scale_denominator() const { return metres_per_px() * 96 / kInchM; }

double View::zoom() const {
  if (projection_.is_web_mercator()) return std::log2(kZoomZeroM * px_per_metre_);
  return std::log2(kZoomZeroM * std::max(std::cos(center_lon_lat_.y * kRad), 1e-3) / metres_per_px());
}

}  // namespace sitmap::projection
