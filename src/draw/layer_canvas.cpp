#include "draw/layer_canvas.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "draw/coverage.hpp"
#include "draw/hatch.hpp"
#include "draw/paths.hpp"
#include "draw/stroker.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;
using scene::FillRule;

constexpr int kMostCells = 1 << 22;  // of one pass: 32 MB of cells a thread

// Large shapes are covered in bands of rows, so that memory stays bounded at any size of page.
template <class Add, class Span>
void cover(const PixelBox& area, const geom::Box& clip, FillRule rule, Add add, Span span) {
  Coverage& coverage = thread_coverage();
  const int rows = std::max(16, kMostCells / std::max(1, area.width));
  for (int y = area.y; y < area.y + area.height; y += rows) {
    coverage.begin({area.x, y, area.width, std::min(rows, area.y + area.height - y)}, clip);
    add(coverage);
    coverage.sweep(rule, span);
  }
}

std::uint32_t pixel(const Color& c, float opacity) { return premultiplied(c.r, c.g, c.b, c.a * std::min(opacity, 1.0F)); }

struct LayerCanvas {
  const Tools& tools;
  Sheet& sheet;
  geom::Box exact;  // device pixels that the layer may touch, fractions count
  PixelBox clip;    // the whole pixels around it

  LayerCanvas(const scene::Layer& layer, const Tools& tools_, Sheet& sheet_) : tools(tools_), sheet(sheet_), clip(sheet_.box()) {
    exact = {0, 0, static_cast<double>(sheet.width()), static_cast<double>(sheet.height())};
    if (layer.clip) {
      const geom::Box& b = *layer.clip;
      const double s = tools.scale;
      exact = {std::max(exact.min_x, b.min_x * s), std::max(exact.min_y, b.min_y * s), std::min(exact.max_x, b.max_x * s),
               std::min(exact.max_y, b.max_y * s)};
      clip = exact.empty() ? PixelBox{} : device(b, 0);
    }
  }

  // The device pixels of a page box grown by `by` page pixels, cut to the layer; may be empty.
  PixelBox device(const geom::Box& box, double by) const {
    if (box.empty()) return {};
    const auto low = [&](double v) { return static_cast<int>(std::floor(std::clamp((v - by) * tools.scale - 1, -1e6, 1e6))); };
    const auto high = [&](double v) { return static_cast<int>(std::ceil(std::clamp((v + by) * tools.scale + 1, -1e6, 1e6))); };
    const int x = low(box.min_x), y = low(box.min_y);
    return PixelBox{x, y, high(box.max_x) - x, high(box.max_y) - y}.intersected(clip);
  }

  auto painter(std::uint32_t color) const {
    return [this, color](int x, int y, int count, int coverage) { cover_row(sheet.at(x, y), count, color, coverage); };
  }
  // Paints a mask inside a shape, or inside the layer's clip when there is none.
  void paint_mask(const Mask& mask, std::uint32_t color, const scene::SharedPath& inside = nullptr) const;

  void operator()(const scene::Fill& fill) const;
  void operator()(const scene::Stroke& stroke) const;
  void operator()(const scene::Circle& circle) const;
  void operator()(const scene::Text& text) const;
  void operator()(const scene::Image& image) const;
  void soft_stroke(const scene::Stroke& stroke, const PixelBox& box) const;
  void soft_circle(const scene::Circle& circle, double outer, const PixelBox& box) const;
};

Mask covered(const PixelBox& box, FillRule rule, const auto& add) {
  Mask mask(box);
  const geom::Box all{static_cast<double>(box.x), static_cast<double>(box.y), static_cast<double>(box.x + box.width),
                      static_cast<double>(box.y + box.height)};
  cover(box, all, rule, add, [&](int x, int y, int count, int coverage) {
    std::uint8_t* const to = mask.row(y - box.y) + (x - box.x);
    std::fill(to, to + count, static_cast<std::uint8_t>(coverage));
  });
  return mask;
}

void LayerCanvas::paint_mask(const Mask& mask, std::uint32_t color, const scene::SharedPath& inside) const {
  const PixelBox& b = mask.box();
  const PixelBox on = b.intersected(clip);
  if (on.empty()) return;
  std::vector<std::uint8_t> scaled(static_cast<std::size_t>(on.width));
  const auto add = [&](Coverage& coverage) {
    if (inside) {
      add_area(coverage, *inside, tools.scale);
    } else {
      const geom::Point corners[4] = {{exact.min_x, exact.min_y}, {exact.max_x, exact.min_y}, {exact.max_x, exact.max_y},
                                      {exact.min_x, exact.max_y}};
      coverage.convex(corners, 4);
    }
  };
  cover(on, exact, FillRule::EvenOdd, add, [&](int x, int y, int count, int coverage) {
    const std::uint8_t* from = mask.row(y - b.y) + (x - b.x);
    if (coverage < 255) {
      for (int i = 0; i < count; ++i) scaled[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>((from[i] * coverage + 127) / 255);
      from = scaled.data();
    }
    cover_mask(sheet.at(x, y), from, count, color);
  });
}

void LayerCanvas::operator()(const scene::Fill& fill) const {
  if (!fill.path || !(fill.opacity > 0)) return;
  const PixelBox box = device(bounds(*fill.path), 0);
  if (box.empty()) return;
  sheet.touch(box);
  const auto add = [&](Coverage& coverage) { add_area(coverage, *fill.path, tools.scale); };
  const auto edge = [&fill](int coverage) { return fill.antialias ? coverage : coverage >= 128 ? 255 : 0; };
  if (const auto* color = std::get_if<Color>(&fill.paint)) {
    const std::uint32_t source = pixel(*color, fill.opacity);
    cover(box, exact, fill.rule, add, [&](int x, int y, int count, int coverage) {
      if (const int c = edge(coverage); c > 0) cover_row(sheet.at(x, y), count, source, c);
    });
  } else {
    const PatternPixels pattern(std::get<scene::Pattern>(fill.paint), std::min(fill.opacity, 1.0F), tools.scale);
    std::vector<std::uint32_t> row(static_cast<std::size_t>(box.width));
    cover(box, exact, fill.rule, add, [&](int x, int y, int count, int coverage) {
      pattern.row(x, y, count, row.data());
      if (const int c = edge(coverage); c > 0) composite_row(sheet.at(x, y), row.data(), count, c);
    });
  }
}

void LayerCanvas::operator()(const scene::Stroke& stroke) const {
  if (!stroke.path || !(stroke.width > 0) || !(stroke.opacity > 0)) return;
  const PixelBox box = device(bounds(*stroke.path), reach(stroke));
  if (box.empty()) return;
  if (stroke.blur > 0 || stroke.clip) {
    soft_stroke(stroke, box);
    return;
  }
  sheet.touch(box);
  const Pen pen = pen_of(stroke, stroke.width, tools.scale);
  cover(box, exact, FillRule::NonZero, [&](Coverage& coverage) { add_stroke(coverage, *stroke.path, pen, tools.scale); },
        painter(pixel(stroke.color, stroke.opacity)));
}

// Lines that are soft, or end at a shape: drawn as coverage first.
void LayerCanvas::soft_stroke(const scene::Stroke& stroke, const PixelBox& asked) const {
  PixelBox box = asked;
  const Softness soft = soften(stroke.width, stroke.blur);
  const double support = std::min(soft.support * tools.scale, 1000.0);
  const int room = static_cast<int>(std::ceil(support)) + 1;
  if (stroke.clip) box = box.intersected(device(bounds(*stroke.clip), 0));
  if (box.empty()) return;
  sheet.touch(box);
  const PixelBox drawn{box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room};
  const Pen pen = pen_of(stroke, soft.core, tools.scale);
  Mask mask = covered(drawn, FillRule::NonZero,
                      [&](Coverage& coverage) { add_stroke(coverage, *stroke.path, pen, tools.scale); });
  mask.blur(support);
  paint_mask(mask, pixel(stroke.color, stroke.opacity * static_cast<float>(soft.peak)), stroke.clip);
}

void LayerCanvas::operator()(const scene::Circle& circle) const {
  const double stroke = circle.stroke.a > 0 ? std::max(0.0, circle.stroke_width) : 0;
  const double radius = std::max(0.0, circle.radius), outer = radius + stroke;
  const geom::Point c = circle.center;
  if (!(outer > 0) || !(circle.opacity > 0) || !std::isfinite(outer) || !std::isfinite(c.x) || !std::isfinite(c.y)) return;
  const PixelBox box = device({c.x, c.y, c.x, c.y}, outer);
  if (box.empty()) return;
  sheet.touch(box);
  if (circle.blur > 0) {
    soft_circle(circle, outer, box);
    return;
  }
  const double s = tools.scale;
  const bool opaque = circle.fill.a * circle.opacity >= 1;
  const auto disc = [&](double r, const Color& color) {
    cover(box, exact, FillRule::NonZero, [&](Coverage& coverage) { add_disc(coverage, c * s, r * s); },
          painter(pixel(color, circle.opacity)));
  };
  if (stroke > 0 && opaque && radius > 0) disc(outer, circle.stroke);  // one disc on the other: no seam
  if (radius > 0 && circle.fill.a > 0) disc(radius, circle.fill);
  if (stroke > 0 && !(opaque && radius > 0))
    cover(box, exact, FillRule::EvenOdd, [&](Coverage& coverage) { add_ring(coverage, c * s, radius * s, outer * s); },
          painter(pixel(circle.stroke, circle.opacity)));
}

void LayerCanvas::soft_circle(const scene::Circle& circle, double outer, const PixelBox& box) const {
  const std::vector<SoftStop> stops = soft_stops(circle);
  constexpr int kShades = 256;
  std::vector<std::uint32_t> shades(kShades + 1, 0);  // by the distance from the middle
  for (int i = 0; i < kShades; ++i) {
    const double t = static_cast<double>(i) / (kShades - 1);
    std::size_t k = 1;
    while (k + 1 < stops.size() && stops[k].at <= t) ++k;
    const SoftStop &a = stops[k - 1], &b = stops[k];
    const auto f = static_cast<float>(b.at > a.at ? std::clamp((t - a.at) / (b.at - a.at), 0.0, 1.0) : 1.0);
    const auto mix = [f](float x, float y) { return x + (y - x) * f; };
    shades[static_cast<std::size_t>(i)] = premultiplied(mix(a.color.r, b.color.r), mix(a.color.g, b.color.g),
                                                        mix(a.color.b, b.color.b), mix(a.color.a, b.color.a));
  }
  const geom::Point c = circle.center * tools.scale;
  const double per_pixel = (kShades - 1) / (outer * tools.scale);
  std::vector<std::uint32_t> row(static_cast<std::size_t>(box.width));
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      const double dx = x + 0.5 - c.x, dy = y + 0.5 - c.y;
      const double shade = std::sqrt(dx * dx + dy * dy) * per_pixel;
      row[static_cast<std::size_t>(x - box.x)] = shade < kShades ? shades[static_cast<std::size_t>(shade + 0.5)] : 0;
    }
    composite_row(sheet.at(box.x, y), row.data(), box.width, 255);
  }
}

void LayerCanvas::operator()(const scene::Text& text) const {
  if (!(text.opacity > 0)) return;
  const geom::Box ink = glyph_bounds(tools.fonts, text);
  const double halo = text.halo.a > 0 && text.halo_width > 0 ? std::min(text.halo_width, 100.0) : 0;
  const double blur = halo > 0 && text.halo_blur > 0 ? std::min(text.halo_blur, 100.0) : 0;
  const PixelBox box = device(ink, halo + blur);
  if (box.empty()) return;
  sheet.touch(box);
  const auto add = [&](Coverage& coverage) { add_glyphs(coverage, tools.fonts, text, tools.scale); };
  if (halo == 0) {
    cover(box, exact, FillRule::NonZero, add, painter(pixel(text.color, text.opacity)));
    return;
  }
  const int room = static_cast<int>(std::ceil((halo + blur) * tools.scale)) + 1;
  const Mask letters = covered({box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room}, FillRule::NonZero, add);
  Mask around = letters.dilated(halo * tools.scale);
  around.blur(blur * tools.scale);
  paint_mask(around, pixel(text.halo, text.opacity));
  if (text.color.a > 0) paint_mask(letters, pixel(text.color, text.opacity));
}

void LayerCanvas::operator()(const scene::Image& image) const {
  if (!(image.width > 0 && image.height > 0) || !(image.opacity > 0) || image.width * tools.scale > 20000 ||
      image.height * tools.scale > 20000)
    return;
  const int width = std::max(1, static_cast<int>(std::lround(image.width * tools.scale)));
  const int height = std::max(1, static_cast<int>(std::lround(image.height * tools.scale)));
  const geom::Point c = image.center;
  if (!std::isfinite(c.x) || !std::isfinite(c.y) || !std::isfinite(image.rotation)) return;
  const double half = image.rotation == 0 ? 0 : std::hypot(image.width, image.height) / 2;
  const PixelBox box = device({c.x - image.width / 2, c.y - image.height / 2, c.x + image.width / 2, c.y + image.height / 2}, half);
  if (box.empty()) return;
  sheet.touch(box);
  const encode::Picture& picture = tools.images.get(image, width, height);
  const Surface source = surface_of(picture);
  const Surface target(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(sheet.pixels()),
                                                           CAIRO_FORMAT_ARGB32, sheet.width(), sheet.height(),
                                                           sheet.width() * 4));
  const Context context(cairo_create(target.get()));
  cairo_t* const cr = context.get();
  cairo_rectangle(cr, exact.min_x, exact.min_y, exact.width(), exact.height());
  cairo_clip(cr);
  const double x = (c.x - image.width / 2) * tools.scale, y = (c.y - image.height / 2) * tools.scale;
  if (image.rotation == 0) {
    cairo_translate(cr, std::round(x), std::round(y));  // whole pixels keep icons crisp
  } else {
    cairo_translate(cr, c.x * tools.scale, c.y * tools.scale);
    cairo_rotate(cr, image.rotation);
    cairo_translate(cr, -width / 2.0, -height / 2.0);
  }
  cairo_scale(cr, static_cast<double>(width) / picture.width, static_cast<double>(height) / picture.height);
  cairo_set_source_surface(cr, source.get(), 0, 0);
  const bool exact_size = image.rotation == 0 && picture.width == width && picture.height == height;
  cairo_pattern_set_filter(cairo_get_source(cr), exact_size ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint_with_alpha(cr, static_cast<double>(image.opacity));
  cairo_surface_flush(target.get());
}

}  // namespace

void draw_layer(const scene::Layer& layer, const Tools& tools, Sheet& sheet) {
  const LayerCanvas canvas(layer, tools, sheet);
  if (canvas.clip.empty()) return;
  for (const scene::Item& item : layer.items) std::visit(canvas, item);
}

}  // namespace sitmap::draw
