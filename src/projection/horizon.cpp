// Clipping to a cap: what lies beyond an azimuthal projection's horizon is moved onto it, straight away from the
// centre. That leaves rings right up to "all but": whether a ring's inside became its outside is asked at one visible
// place, before and after.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geom/operations.hpp"
#include "geom/ring.hpp"
#include "projection/pipeline.hpp"

namespace sitmap::projection {
namespace {

constexpr double kDensifyDeg = 1;
constexpr double kArcDeg = 1;
constexpr double kRad = std::numbers::pi / 180;

geom::Point between(geom::Point a, geom::Point b, double t) { return a + (b - a) * t; }

class Horizon {
 public:
  explicit Horizon(const Domain::Cap& cap) : cap_(cap), reach_(cap.radius * kRad * geom::kEarthRadiusM) {}

  bool inside(geom::Point p) const { return geom::distance_m(cap_.center, p) <= reach_; }
  double azimuth(geom::Point p) const { return geom::bearing_deg(cap_.center, p); }
  // A hair inside, so that PROJ answers.
  geom::Point at(double azimuth) const { return geom::destination(cap_.center, azimuth, reach_ * (1 - 1e-9)); }

  geom::Point crossing(geom::Point in, geom::Point out) const {
    double low = 0, high = 1;
    for (int i = 0; i < 40; ++i) {
      const double middle = (low + high) / 2;
      (inside(between(in, out, middle)) ? low : high) = middle;
    }
    return between(in, out, low);
  }

 private:
  Domain::Cap cap_;
  double reach_;
};

int densify_steps(geom::Point a, geom::Point b) {
  const double size = std::max(std::abs(b.x - a.x), std::abs(b.y - a.y));
  return static_cast<int>(std::clamp(std::ceil(size / kDensifyDeg), 1.0, 720.0));
}

}  // namespace

geom::Ring Pipeline::at_horizon(const geom::Ring& ring, bool& any_inside) const {
  const Horizon horizon(*domain_.cap);
  constexpr std::uint8_t kAlong = geom::kArtificialEdge | geom::kStraightEdge;
  geom::Ring out;
  any_inside = false;
  double last_azimuth = 0;
  bool on_horizon = false;
  const auto along = [&](double azimuth) {  // continues on the horizon, the short way
    if (on_horizon) {
      const double turn = std::remainder(azimuth - last_azimuth, 360.0);
      if (std::abs(turn) < 0.02) return;
      const int steps = static_cast<int>(std::ceil(std::abs(turn) / kArcDeg));
      for (int s = 1; s < steps; ++s) {
        const geom::Point p = horizon.at(last_azimuth + turn * s / steps);
        out.push_back({p.x, p.y, kAlong});
      }
    }
    const geom::Point p = horizon.at(azimuth);
    out.push_back({p.x, p.y, kAlong});
    last_azimuth = azimuth;
    on_horizon = true;
  };
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geom::RingVertex& start = ring[i];
    const geom::RingVertex& end = i + 1 < ring.size() ? ring[i + 1] : ring[0];
    const geom::Point a{start.x, start.y}, b{end.x, end.y};
    const int steps = densify_steps(a, b);
    geom::Point from = a;
    bool from_in = horizon.inside(from);
    for (int s = 1; s <= steps; ++s) {
      const geom::Point to = s == steps ? b : between(a, b, static_cast<double>(s) / steps);
      const bool to_in = horizon.inside(to);
      if (from_in) {
        any_inside = true;
        out.push_back({from.x, from.y, start.flags});
        if (!to_in) {
          on_horizon = false;
          along(horizon.azimuth(horizon.crossing(from, to)));
        }
      } else {
        if (!on_horizon && out.empty()) along(horizon.azimuth(from));
        along(horizon.azimuth(to_in ? horizon.crossing(to, from) : to));
        if (to_in) {
          on_horizon = false;
          out.back().flags = start.flags;
        }
      }
      from = to;
      from_in = to_in;
    }
  }
  return out;
}

Pipeline::PageRing Pipeline::horizon_disk() {
  const Horizon horizon(*domain_.cap);
  geom::Ring ring;
  for (int i = 0; i < 720; ++i) {
    const geom::Point p = horizon.at(i * 0.5);
    ring.push_back({p.x, p.y, geom::kArtificialEdge | geom::kStraightEdge});
  }
  PageRing out{project_ring(ring), false};
  geom::clip_ring(out.ring, clip_, scratch_);
  return out;
}

std::vector<geom::Path> Pipeline::visible_parts(const geom::Path& line) const {
  const Horizon horizon(*domain_.cap);
  std::vector<geom::Path> out;
  geom::Path part;
  const auto finish = [&] {
    if (part.size() > 1) out.push_back(part);
    part.clear();
  };
  for (std::size_t i = 1; i < line.size(); ++i) {
    const geom::Point a = line[i - 1], b = line[i];
    const int steps = densify_steps(a, b);
    geom::Point from = a;
    bool from_in = horizon.inside(from);
    for (int s = 1; s <= steps; ++s) {
      const geom::Point to = s == steps ? b : between(a, b, static_cast<double>(s) / steps);
      const bool to_in = horizon.inside(to);
      if (from_in && part.empty()) part.push_back(from);
      if (from_in && to_in) part.push_back(to);
      if (from_in && !to_in) {
        part.push_back(horizon.crossing(from, to));
        finish();
      }
      if (!from_in && to_in) part = {horizon.crossing(to, from), to};
      from = to;
      from_in = to_in;
    }
  }
  finish();
  return out;
}

}  // namespace sitmap::projection
