#include "draw/hatch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sitmap::draw {
namespace {

using Kind = scene::Pattern::Kind;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

std::uint32_t pack(double r, double g, double b, double a) {
  const auto channel = [](double v) { return static_cast<std::uint32_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255)); };
  return channel(a) << 24 | channel(r * a) << 16 | channel(g * a) << 8 | channel(b * a);
}

// Mixtures of ground and mark by coverage of the mark.
std::array<std::uint32_t, 256> mixtures(const scene::Pattern& p, float opacity) {
  std::array<std::uint32_t, 256> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double top = static_cast<double>(i) / 255 * static_cast<double>(p.color.a);
    const double under = static_cast<double>(p.second.a) * (1 - top), a = top + under;
    const auto mix = [&](float x, float y) {
      return a > 0 ? (static_cast<double>(x) * top + static_cast<double>(y) * under) / a : 0.0;
    };
    out[i] = pack(mix(p.color.r, p.second.r), mix(p.color.g, p.second.g), mix(p.color.b, p.second.b),
                  a * static_cast<double>(opacity));
  }
  return out;
}

// Distance in device pixels from the nearest multiple of `spacing`.
inline float nearest(float v, float spacing, float inverse) {
  const float t = v * inverse;
  return std::abs(t - std::floor(t + 0.5F)) * spacing;
}

inline int coverage(float half, float distance) {
  const float c = half - distance + 0.5F;
  return static_cast<int>((c < 0 ? 0 : c > 1 ? 1 : c) * 255.0F + 0.5F);
}

}  // namespace

scene::Pattern sound(scene::Pattern pattern) {
  if (!(pattern.spacing >= 0.5 && pattern.spacing < 1e5)) pattern.spacing = pattern.spacing > 1 ? 1e5 : 0.5;
  if (!(pattern.width > 0)) pattern.width = 0;
  if (!std::isfinite(pattern.angle_deg)) pattern.angle_deg = 0;
  return pattern;
}

PatternPixels::PatternPixels(const scene::Pattern& asked, float opacity, double scale) {
  const scene::Pattern pattern = sound(asked);
  kind_ = pattern.kind;
  colors_ = mixtures(pattern, opacity);
  spacing_ = pattern.spacing * scale;
  half_ = static_cast<float>(std::min(pattern.width * scale / 2, 1e6));
  // u runs along the lines, v across them; the angle is counter-clockwise as seen, y points down.
  const double angle = radians(pattern.angle_deg);
  ux_ = std::cos(angle), uy_ = -std::sin(angle), vx_ = std::sin(angle), vy_ = std::cos(angle);
}

void PatternPixels::row(int x0, int y, int count, std::uint32_t* out) const {
  const auto spacing = static_cast<float>(spacing_), inverse = 1 / spacing;
  const double px = x0 + 0.5, py = y + 0.5;
  const auto u0 = static_cast<float>(std::fmod(px * ux_ + py * uy_, spacing_));
  const auto v0 = static_cast<float>(std::fmod(px * vx_ + py * vy_, spacing_));
  const auto du = static_cast<float>(ux_), dv = static_cast<float>(vx_);
  for (int x = 0; x < count; ++x) {
    const auto fx = static_cast<float>(x);
    const float v = nearest(v0 + fx * dv, spacing, inverse);
    int c = 0;
    if (kind_ == Kind::Dots) {
      const float u = nearest(u0 + fx * du, spacing, inverse);
      c = coverage(half_, std::sqrt(u * u + v * v));
    } else if (kind_ == Kind::CrossHatch) {
      const float u = nearest(u0 + fx * du, spacing, inverse);
      c = coverage(half_, std::min(u, v));
    } else {
      c = coverage(half_, v);
    }
    out[x] = colors_[static_cast<std::size_t>(c)];
  }
}

std::vector<std::pair<geom::Point, geom::Point>> pattern_lines(const scene::Pattern& asked, const geom::Box& box) {
  const scene::Pattern pattern = sound(asked);
  std::vector<std::pair<geom::Point, geom::Point>> out;
  const auto add = [&](double angle) {
    const geom::Point u{std::cos(angle), -std::sin(angle)}, v{std::sin(angle), std::cos(angle)};
    double u0 = 1e300, u1 = -1e300, v0 = 1e300, v1 = -1e300;
    for (const geom::Point p : {geom::Point{box.min_x, box.min_y}, geom::Point{box.max_x, box.min_y},
                                geom::Point{box.min_x, box.max_y}, geom::Point{box.max_x, box.max_y}}) {
      const double along = p.x * u.x + p.y * u.y, across = p.x * v.x + p.y * v.y;
      u0 = std::min(u0, along), u1 = std::max(u1, along);
      v0 = std::min(v0, across), v1 = std::max(v1, across);
    }
    u0 = std::floor(u0 / pattern.spacing - 1) * pattern.spacing;
    u1 = std::ceil(u1 / pattern.spacing + 1) * pattern.spacing;
    const auto first = static_cast<long>(std::floor(v0 / pattern.spacing - 1));
    const auto last = static_cast<long>(std::ceil(v1 / pattern.spacing + 1));
    for (long i = first; i <= last; ++i) {
      const geom::Point on = v * (static_cast<double>(i) * pattern.spacing);
      out.emplace_back(on + u * u0, on + u * u1);
    }
  };
  add(radians(pattern.angle_deg));
  if (pattern.kind == Kind::CrossHatch) add(radians(pattern.angle_deg + 90));
  return out;
}

}  // namespace sitmap::draw
