#include "projection/window.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geom/operations.hpp"
#include "projection/domain.hpp"
#include "projection/engine.hpp"
#include "projection/view.hpp"

namespace sitmap::projection {
namespace {

constexpr double kRad = std::numbers::pi / 180;
constexpr int kSteps = 24;           // samples per side of the page, less one
constexpr double kSeam = 1e-8;       // degrees that keep points on their side of the cut through rounding
constexpr double kScaleStep = 1e-3;  // degrees

double px_distance(std::optional<geom::Point> a, std::optional<geom::Point> b) {
  return a && b ? std::hypot(a->x - b->x, a->y - b->y) : 0;
}

}  // namespace

Window View::make_window(double margin_px) const {
  const Domain& domain = projection_.domain();
  Window out;
  const geom::Box page = geom::Box{0, 0, page_.width, page_.height}.expanded(margin_px);

  // Samples of the page.
  std::vector<geom::Point> samples;
  samples.reserve((kSteps + 1) * (kSteps + 1));
  for (int row = 0; row <= kSteps; ++row)
    for (int column = 0; column <= kSteps; ++column)
      samples.push_back(
          metres_of({page.min_x + page.width() * column / kSteps, page.min_y + page.height() * row / kSteps}));
  projection_.inverse(samples);
  std::vector<geom::Point> seen;
  bool beside_earth = false;
  double nearest_center = 1e300;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (std::isnan(samples[i].x)) {
      beside_earth = true;
      continue;
    }
    seen.push_back(samples[i]);
    const double dx = static_cast<double>(i % (kSteps + 1)) - kSteps / 2.0,
                 dy = static_cast<double>(i / (kSteps + 1)) - kSteps / 2.0;
    if (dx * dx + dy * dy < nearest_center) {
      nearest_center = dx * dx + dy * dy;
      out.probe = samples[i];
    }
  }

  // The edge of the earth where the page shows it: between the samples on either side of it lies more.
  const auto on_page = [&](geom::Point lon_lat) {
    const geom::Point p = Engine::Session(projection_.engine()).forward(lon_lat);
    return !std::isnan(p.x) && page.contains(page_of(p));
  };
  bool west_edge = false, east_edge = false;
  if (domain.cap) {
    for (int i = 0; i < 180; ++i) {
      const geom::Point p =
          geom::destination(domain.cap->center, i * 2, geom::kEarthRadiusM * domain.cap->radius * kRad);
      if (on_page(p)) seen.push_back(p);
    }
  } else {
    for (double lat = domain.south; lat <= domain.north; lat += 1) {
      const double half = domain.half_width - kSeam;
      if (on_page({domain.center_lon - half, lat})) {
        west_edge = true;
        seen.push_back({domain.center_lon - half, lat});
      }
      if (on_page({domain.center_lon + half, lat})) {
        east_edge = true;
        seen.push_back({domain.center_lon + half, lat});
      }
    }
  }
  if (seen.empty()) return out;
  out.nothing = false;

  // Poles that are points: every meridian leads there.
  bool pole = false;
  for (const double lat : {-90.0, 90.0}) {
    const geom::Point here{domain.center_lon, lat};
    if (!domain.contains(here) || !on_page(here)) continue;
    seen.push_back(here);
    const auto a = to_page(here), b = to_page({domain.center_lon + 60, lat});
    pole = pole || (a && b && px_distance(a, b) < 1);
  }

  geom::Box& box = out.lon_lat;
  if (domain.cap) {
    const geom::GeoBox around = geom::geo_bounds(seen);
    box = {around.west, around.south, around.west + around.lon_span(), around.north};
  } else {
    for (const geom::Point& p : seen)
      box.extend(geom::Point{domain.center_lon + std::remainder(p.x - domain.center_lon, 360.0), p.y});
  }
  const double pad = beside_earth ? 0.1 : 0.03;
  const double lon_pad = box.width() * pad + 1e-4, lat_pad = box.height() * pad + 1e-4;
  box.min_x -= lon_pad;
  box.max_x += lon_pad;
  box.min_y = std::max(box.min_y - lat_pad, domain.cap ? -90.0 : domain.south);
  box.max_y = std::min(box.max_y + lat_pad, domain.cap ? 90.0 : domain.north);
  if (domain.cap) {
    if (pole || box.width() >= 360) {  // the data are cut at 180°: cutting there makes no new edges
      box.min_x = -180;
      box.max_x = 180;
    }
  } else {
    const double half = domain.half_width - kSeam;
    if (pole || west_edge) box.min_x = domain.center_lon - half;
    if (pole || east_edge) box.max_x = domain.center_lon + half;
    box.min_x = std::max(box.min_x, domain.center_lon - half);
    box.max_x = std::min(box.max_x, domain.center_lon + half);
  }

  if (domain.cap) {
    const double reach = domain.cap->radius * 0.98 * kRad * geom::kEarthRadiusM;
    for (int i = 0; i <= 16 && !out.needs_horizon; ++i)
      for (int j = 0; j <= 16; ++j)
        if (geom::distance_m(domain.cap->center,
                             {box.min_x + box.width() * i / 16, box.min_y + box.height() * j / 16}) > reach)
          out.needs_horizon = true;
  }

  double lon_scale = 0, lat_scale = 0;  // pixels per degree
  for (std::size_t i = 0; i < seen.size(); i += 3) {
    // The smaller of both sides: one of them may lie over the cut.
    const auto at = to_page(seen[i]);
    const auto scale = [&](geom::Point step) {
      const double ahead = px_distance(at, to_page(seen[i] + step)), back = px_distance(at, to_page(seen[i] - step));
      return (ahead > 0 && back > 0 ? std::min(ahead, back) : 0) / kScaleStep;
    };
    lon_scale = std::max(lon_scale, scale({kScaleStep, 0}));
    lat_scale = std::max(lat_scale, scale({0, kScaleStep}));
  }
  out.lon_cell = lon_scale > 0 ? 1 / lon_scale : 0;
  out.lat_cell = lat_scale > 0 ? 1 / lat_scale : 0;
  return out;
}

std::shared_ptr<const Window> View::window(double margin_px) const {
  if (margin_px <= kUsualMarginPx) return window_;
  return std::make_shared<const Window>(make_window(margin_px));
}

}  // namespace sitmap::projection
