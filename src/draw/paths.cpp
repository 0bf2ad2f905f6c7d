#include "draw/paths.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "draw/coverage.hpp"
#include "text/outline.hpp"

namespace sitmap::draw {
namespace {

constexpr double kFarthest = 1e6;  // Cairo's fixed point ends at 8 million

bool finite(geom::Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

// Where a glyph stands on the page: x right along its baseline.
struct Placed {
  double x = 0, y = 0, cos = 1, sin = 0, size = 1;
  geom::Point operator()(geom::Point em) const {
    return {x + (em.x * cos - em.y * sin) * size, y + (em.x * sin + em.y * cos) * size};
  }
};

template <class Visit>
void each_glyph(const text::FontSet& fonts, const scene::Text& text, Visit visit) {
  const double c = std::cos(text.rotation), s = std::sin(text.rotation);
  for (const scene::GlyphRun& run : text.runs)
    for (const scene::Glyph& glyph : run.glyphs) {
      const text::Outline& outline = text::glyph_outline(fonts, run.font_file, glyph.index);
      if (outline.verbs.empty() || !finite(glyph.at) || !finite(text.origin)) continue;
      const double angle = text.rotation + glyph.rotation;
      visit(outline, Placed{text.origin.x + glyph.at.x * c - glyph.at.y * s,
                            text.origin.y + glyph.at.x * s + glyph.at.y * c, angle == 0 ? 1 : std::cos(angle),
                            angle == 0 ? 0 : std::sin(angle), run.size});
    }
}

}  // namespace

void DestroyCairo::operator()(cairo_t* cr) const { cairo_destroy(cr); }
void DestroyCairo::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

geom::Box bounds(const scene::PathData& path) {
  geom::Box box;
  for (const scene::Subpath& subpath : path.subpaths)
    for (const geom::Point p : subpath.points)
      if (finite(p)) {
        box.min_x = std::min(box.min_x, p.x);
        box.min_y = std::min(box.min_y, p.y);
        box.max_x = std::max(box.max_x, p.x);
        box.max_y = std::max(box.max_y, p.y);
      }
  return box;
}

void add_path(cairo_t* cr, const scene::PathData& path) {
  for (const scene::Subpath& subpath : path.subpaths) {
    bool begun = false;
    for (const geom::Point p : subpath.points) {
      if (!finite(p)) continue;
      const double x = std::clamp(p.x, -kFarthest, kFarthest), y = std::clamp(p.y, -kFarthest, kFarthest);
      if (begun)
        cairo_line_to(cr, x, y);
      else
        cairo_move_to(cr, x, y);
      begun = true;
    }
    if (begun && subpath.closed) cairo_close_path(cr);
  }
}

void set_stroke(cairo_t* cr, const scene::Stroke& stroke, double width) {
  constexpr cairo_line_cap_t kCaps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
  constexpr cairo_line_join_t kJoins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL};
  cairo_set_line_width(cr, width);
  cairo_set_line_cap(cr, kCaps[static_cast<int>(stroke.cap)]);
  cairo_set_line_join(cr, kJoins[static_cast<int>(stroke.join)]);
  cairo_set_miter_limit(cr, stroke.miter_limit);
  double sum = 0;
  bool sound = !stroke.dash.empty();
  for (const double length : stroke.dash) {
    sound = sound && std::isfinite(length) && length >= 0;
    sum += length;
  }
  if (sound && sum > 0.05)
    cairo_set_dash(cr, stroke.dash.data(), static_cast<int>(stroke.dash.size()),
                   std::isfinite(stroke.dash_offset) ? stroke.dash_offset : 0);
  else
    cairo_set_dash(cr, nullptr, 0, 0);
}

double reach(const scene::Stroke& stroke) {
  const double half = stroke.width / 2;
  if (stroke.join == scene::Join::Miter) return half * std::max(1.5, stroke.miter_limit);
  return stroke.cap == scene::Cap::Square ? half * 1.5 : half;
}

void add_glyphs(cairo_t* cr, const text::FontSet& fonts, const scene::Text& text) {
  using Verb = text::Outline::Verb;
  each_glyph(fonts, text, [&](const text::Outline& outline, const Placed& placed) {
    const geom::Point* p = outline.points.data();
    for (const Verb verb : outline.verbs) {
      if (verb == Verb::Close) {
        cairo_close_path(cr);
        continue;
      }
      const geom::Point a = placed(*p++);
      if (verb == Verb::Move) {
        cairo_move_to(cr, a.x, a.y);
      } else if (verb == Verb::Line) {
        cairo_line_to(cr, a.x, a.y);
      } else {
        const geom::Point b = placed(*p++);
        const geom::Point c = placed(*p++);
        cairo_curve_to(cr, a.x, a.y, b.x, b.y, c.x, c.y);
      }
    }
  });
}

void add_glyphs(Coverage& coverage, const text::FontSet& fonts, const scene::Text& text, double scale) {
  using Verb = text::Outline::Verb;
  constexpr double kTolerance = 0.05;  // device pixels
  each_glyph(fonts, text, [&](const text::Outline& outline, const Placed& placed) {
    const geom::Point* p = outline.points.data();
    geom::Point first, at;
    const auto to = [&](geom::Point next) {
      coverage.edge(at, next);
      at = next;
    };
    for (const Verb verb : outline.verbs) {
      if (verb == Verb::Close) {
        to(first);
        continue;
      }
      const geom::Point a = placed(*p++) * scale;
      if (verb == Verb::Move) {
        to(first);
        first = at = a;
      } else if (verb == Verb::Line) {
        to(a);
      } else {
        const geom::Point b = placed(*p++) * scale, c = placed(*p++) * scale, start = at;
        const geom::Point d1 = start - a * 2 + b, d2 = a - b * 2 + c;
        const double bend = std::max(std::hypot(d1.x, d1.y), std::hypot(d2.x, d2.y));
        const int steps = std::clamp(static_cast<int>(std::ceil(std::sqrt(0.75 * bend / kTolerance))), 1, 64);
        for (int i = 1; i < steps; ++i) {
          const double t = static_cast<double>(i) / steps, u = 1 - t;
          to(start * (u * u * u) + a * (3 * u * u * t) + b * (3 * u * t * t) + c * (t * t * t));
        }
        to(c);
      }
    }
    to(first);
  });
}

geom::Box glyph_bounds(const text::FontSet& fonts, const scene::Text& text) {
  geom::Box box;
  each_glyph(fonts, text, [&](const text::Outline& outline, const Placed& placed) {
    const geom::Box& b = outline.box;
    for (const geom::Point corner : {geom::Point{b.min_x, b.min_y}, geom::Point{b.max_x, b.min_y},
                                     geom::Point{b.min_x, b.max_y}, geom::Point{b.max_x, b.max_y}})
      box.extend(placed(corner));
  });
  return box;
}

Softness soften(double width, double blur) {
  if (blur <= 0 || width <= 0) return {width, 0, 1};
  const double support = std::min(blur, width / 2);
  return {width - support, support, std::min(1.0, width / 2 / blur)};
}

std::vector<SoftStop> soft_stops(const scene::Circle& circle) {
  const double stroke = circle.stroke.a > 0 ? std::max(0.0, circle.stroke_width) : 0;
  const double outer = std::max(0.0, circle.radius) + stroke;
  if (!(outer > 0)) return {};
  const double inner = std::max(0.0, 1 - circle.blur / outer);
  const double rim = stroke > 0 ? circle.radius / outer : 1;
  const auto at = [&](double t, const scene::Color& color) {
    const double ramp = inner < 1 ? std::clamp((1 - t) / (1 - inner), 0.0, 1.0) : 1;
    const double alpha = ramp * ramp * (3 - 2 * ramp);  // smoothstep, as in MapLibre's shader
    return SoftStop{t, color.with_alpha(color.a * circle.opacity * static_cast<float>(alpha))};
  };
  std::vector<double> places{0, rim};
  for (int i = 0; i <= 8; ++i) places.push_back(inner + (1 - inner) * i / 8);
  std::ranges::sort(places);
  std::vector<SoftStop> out;
  for (const double t : places) {
    if (t < rim || stroke == 0) out.push_back(at(t, circle.fill));
    if (t == rim && stroke > 0) out.push_back(at(t, circle.fill));
    if (t >= rim && stroke > 0) out.push_back(at(t, circle.stroke));
  }
  return out;
}

}  // namespace sitmap::draw
