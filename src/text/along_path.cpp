#include <algorithm>
#include <cmath>
#include <numbers>

#include "text/shape.hpp"

namespace sitmap::text {
namespace {

constexpr double kMiddle = 0.35;  // ems above the baseline: the middle between the baseline and the capitals' top

struct Curve {
  std::vector<geom::Point> points;
  std::vector<double> lengths;  // up to each point

  explicit Curve(const geom::Path& path) {
    for (const geom::Point p : path) {
      if (!points.empty() && points.back() == p) continue;
      lengths.push_back(points.empty() ? 0 : lengths.back() + std::hypot(p.x - points.back().x, p.y - points.back().y));
      points.push_back(p);
    }
  }
  double length() const { return lengths.empty() ? 0 : lengths.back(); }
  geom::Point at(double s) const {
    const auto next = std::ranges::upper_bound(lengths, s);
    if (next == lengths.begin()) return points.front();
    if (next == lengths.end()) return points.back();
    const auto i = static_cast<std::size_t>(next - lengths.begin());
    const double t = (s - lengths[i - 1]) / (lengths[i] - lengths[i - 1]);
    return points[i - 1] + (points[i] - points[i - 1]) * t;
  }
};

struct Cluster {  // neighbouring glyphs that move as one
  std::size_t run = 0, begin = 0, end = 0;
  double left = 0, width = 0;
};

std::vector<Cluster> clusters_of(const std::vector<scene::GlyphRun>& runs) {
  std::vector<Cluster> out;
  double x = 0;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const std::vector<scene::Glyph>& glyphs = runs[r].glyphs;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
      const bool same = !out.empty() && out.back().run == r && glyphs[out.back().begin].cluster == glyphs[i].cluster;
      if (!same) out.push_back({r, i, i, x, 0});
      out.back().end = i + 1;
      out.back().width += glyphs[i].advance;
      x += glyphs[i].advance;
    }
  }
  return out;
}

double turn(double from, double to) { return std::remainder(to - from, 2 * std::numbers::pi); }

}  // namespace

std::optional<scene::Text> along_path(const FontSet& fonts, std::string_view text, const TextStyle& style,
                                      const geom::Path& curve_points, double max_angle_deg, double spread) {
  Curve curve(curve_points);
  if (curve.points.size() < 2) return std::nullopt;
  std::string one_line(text);
  std::ranges::replace(one_line, '\n', ' ');
  TextStyle plain = style;
  plain.max_width = 0;
  plain.align = Align::Left;
  Shaped shaped = shape(fonts, one_line, plain);
  if (spread > 0 && style.letter_spacing == 0) {
    const std::size_t letters = clusters_of(shaped.runs).size();
    const double room = std::min(spread, 1.0) * curve.length() - shaped.width;
    if (letters > 1 && room > 0 && style.size > 0) {
      plain.letter_spacing = room / static_cast<double>(letters - 1) / style.size;
      shaped = shape(fonts, one_line, plain);
    }
  }
  const std::vector<Cluster> clusters = clusters_of(shaped.runs);
  if (clusters.empty() || shaped.width > curve.length()) return std::nullopt;

  const double start = (curve.length() - shaped.width) / 2;
  const geom::Point chord = curve.at(start + shaped.width) - curve.at(start);
  if (chord.x < 0 || (chord.x == 0 && chord.y > 0)) {
    geom::Path reversed(curve_points.rbegin(), curve_points.rend());
    curve = Curve(reversed);
  }

  scene::Text out;
  double before = 0;
  for (std::size_t k = 0; k < clusters.size(); ++k) {
    const Cluster& cluster = clusters[k];
    const double middle = start + cluster.left + cluster.width / 2;
    // The direction over about an em, so that one short segment doesn't throw a letter out of line.
    const double reach = std::max(cluster.width, style.size) / 2;
    const geom::Point direction = curve.at(middle + reach) - curve.at(middle - reach);
    const double angle = std::atan2(direction.y, direction.x);
    if (k > 0 && std::abs(turn(before, angle)) * 180 / std::numbers::pi > max_angle_deg) return std::nullopt;
    before = angle;
    const double c = std::cos(angle), s = std::sin(angle);
    const geom::Point on = curve.at(middle);
    for (std::size_t i = cluster.begin; i < cluster.end; ++i) {
      scene::Glyph& glyph = shaped.runs[cluster.run].glyphs[i];
      const geom::Point local{glyph.at.x - (cluster.left + cluster.width / 2), glyph.at.y + kMiddle * style.size};
      glyph.at = {on.x + local.x * c - local.y * s, on.y + local.x * s + local.y * c};
      glyph.rotation = angle;
    }
  }
  out.runs = std::move(shaped.runs);
  return out;
}

}  // namespace sitmap::text
