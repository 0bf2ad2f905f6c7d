#include "draw/layer_canvas.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "draw/hatch.hpp"
#include "draw/paths.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;

constexpr double kStep = 0.15;      // device pixels: nearer points change nothing that can be seen
constexpr int kStrokePoints = 400;  // longer strokes are drawn in pieces, where overlaps don't show

struct LayerCanvas {
  const Tools& tools;
  Sheet& sheet;
  PixelBox clip;  // device pixels that the layer may touch
  Surface surface{};
  Context context{};

  LayerCanvas(const scene::Layer& layer, const Tools& tools_, Sheet& sheet_) : tools(tools_), sheet(sheet_), clip(sheet_.box()) {
    surface.reset(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(sheet.pixels()),
                                                      CAIRO_FORMAT_ARGB32, sheet.width(), sheet.height(),
                                                      sheet.width() * 4));
    context.reset(cairo_create(surface.get()));
    if (layer.clip) {
      const geom::Box& b = *layer.clip;
      cairo_rectangle(cr(), b.min_x * tools.scale, b.min_y * tools.scale, std::max(0.0, b.width()) * tools.scale,
                      std::max(0.0, b.height()) * tools.scale);
      cairo_clip(cr());
      clip = clip.intersected(device(b, 0));
    }
    cairo_scale(cr(), tools.scale, tools.scale);
  }

  cairo_t* cr() const { return context.get(); }
  double step() const { return kStep / tools.scale; }

  // The device pixels of a page box grown by `by` page pixels, cut to the layer; may be empty.
  PixelBox device(const geom::Box& box, double by) const {
    if (box.empty()) return {};
    const auto low = [&](double v) { return static_cast<int>(std::floor(std::clamp((v - by) * tools.scale - 1, -1e6, 1e6))); };
    const auto high = [&](double v) { return static_cast<int>(std::ceil(std::clamp((v + by) * tools.scale + 1, -1e6, 1e6))); };
    const int x = low(box.min_x), y = low(box.min_y);
    return PixelBox{x, y, high(box.max_x) - x, high(box.max_y) - y}.intersected(clip);
  }

  void set_color(const Color& c, float opacity) const {
    cairo_set_source_rgba(cr(), static_cast<double>(c.r), static_cast<double>(c.g), static_cast<double>(c.b),
                          static_cast<double>(c.a * opacity));
  }
  void paint_mask(Mask& mask, const Color& color, float opacity) const {
    const Surface coverage = mask.surface();
    cairo_save(cr());
    cairo_identity_matrix(cr());
    set_color(color, opacity);
    cairo_mask_surface(cr(), coverage.get(), mask.box().x, mask.box().y);
    cairo_restore(cr());
  }

  void operator()(const scene::Fill& fill) const;
  void operator()(const scene::Stroke& stroke) const;
  void operator()(const scene::Circle& circle) const;
  void operator()(const scene::Text& text) const;
  void operator()(const scene::Image& image) const;
  void soft_stroke(const scene::Stroke& stroke, const PixelBox& box) const;
  void soft_circle(const scene::Circle& circle, double outer) const;
};

void LayerCanvas::operator()(const scene::Fill& fill) const {
  if (!fill.path || !(fill.opacity > 0)) return;
  const PixelBox box = device(bounds(*fill.path), 0);
  if (box.empty()) return;
  sheet.touch(box);
  cairo_new_path(cr());
  add_path(cr(), *fill.path, step());
  cairo_set_fill_rule(cr(), fill.rule == scene::FillRule::EvenOdd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
  cairo_set_antialias(cr(), fill.antialias ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_NONE);
  if (const auto* color = std::get_if<Color>(&fill.paint)) {
    set_color(*color, fill.opacity);
    cairo_fill(cr());
  } else {
    std::vector<std::uint32_t> pixels =
        pattern_pixels(std::get<scene::Pattern>(fill.paint), fill.opacity, box, tools.scale);
    const Surface pattern(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()),
                                                              CAIRO_FORMAT_ARGB32, box.width, box.height, box.width * 4));
    cairo_save(cr());
    cairo_identity_matrix(cr());
    cairo_set_source_surface(cr(), pattern.get(), box.x, box.y);
    cairo_fill(cr());
    cairo_restore(cr());
    cairo_set_source_rgba(cr(), 0, 0, 0, 0);  // lets go of the pattern's pixels
  }
  cairo_set_antialias(cr(), CAIRO_ANTIALIAS_DEFAULT);
}

void LayerCanvas::operator()(const scene::Stroke& stroke) const {
  if (!stroke.path || !(stroke.width > 0) || !(stroke.opacity > 0)) return;
  geom::Box extent = bounds(*stroke.path);
  const PixelBox box = device(extent, reach(stroke));
  if (box.empty()) return;
  if (stroke.blur > 0 || stroke.clip) {
    soft_stroke(stroke, box);
    return;
  }
  sheet.touch(box);
  set_color(stroke.color, stroke.opacity);
  set_stroke(cr(), stroke, stroke.width);
  cairo_new_path(cr());
  add_path(cr(), *stroke.path, step());
  cairo_stroke(cr());
}

// Lines that are soft, or end at a shape: drawn as coverage first.
void LayerCanvas::soft_stroke(const scene::Stroke& stroke, const PixelBox& asked) const {
  PixelBox box = asked;
  const Softness soft = soften(stroke.width, stroke.blur);
  const int room = static_cast<int>(std::ceil(std::min(soft.support * tools.scale, 1000.0))) + 1;
  if (stroke.clip) box = box.intersected(device(bounds(*stroke.clip), 0));
  if (box.empty()) return;
  sheet.touch(box);
  const PixelBox drawn{box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room};
  Mask mask(drawn);
  {
    const Context on = mask.context(tools.scale);
    set_stroke(on.get(), stroke, soft.core);
    add_path(on.get(), *stroke.path, step());
    cairo_stroke(on.get());
  }
  mask.blur(std::min(soft.support * tools.scale, 1000.0));
  if (stroke.clip) {
    Mask inside(drawn);
    const Context on = inside.context(tools.scale);
    cairo_set_fill_rule(on.get(), CAIRO_FILL_RULE_EVEN_ODD);
    add_path(on.get(), *stroke.clip, step());
    cairo_fill(on.get());
    mask.multiply(inside);
  }
  paint_mask(mask, stroke.color, stroke.opacity * static_cast<float>(soft.peak));
}

void LayerCanvas::operator()(const scene::Circle& circle) const {
  const double stroke = circle.stroke.a > 0 ? std::max(0.0, circle.stroke_width) : 0;
  const double outer = std::max(0.0, circle.radius) + stroke;
  if (!(outer > 0) || !(circle.opacity > 0) || !std::isfinite(outer)) return;
  const geom::Point c = circle.center;
  if (!std::isfinite(c.x) || !std::isfinite(c.y)) return;
  const PixelBox box = device({c.x, c.y, c.x, c.y}, outer);
  if (box.empty()) return;
  sheet.touch(box);
  if (circle.blur > 0) {
    soft_circle(circle, outer);
    return;
  }
  const auto disc = [&](double radius) {
    cairo_new_path(cr());
    cairo_arc(cr(), c.x, c.y, radius, 0, 2 * std::numbers::pi);
  };
  const bool opaque = circle.fill.a * circle.opacity >= 1;
  if (stroke > 0 && opaque && circle.radius > 0) {  // one disc on the other: no seam
    disc(outer);
    set_color(circle.stroke, circle.opacity);
    cairo_fill(cr());
  }
  if (circle.radius > 0 && circle.fill.a > 0) {
    disc(circle.radius);
    set_color(circle.fill, circle.opacity);
    cairo_fill(cr());
  }
  if (stroke > 0 && !(opaque && circle.radius > 0)) {
    disc(std::max(0.0, circle.radius) + stroke / 2);
    cairo_set_line_width(cr(), stroke);
    cairo_set_dash(cr(), nullptr, 0, 0);
    set_color(circle.stroke, circle.opacity);
    cairo_stroke(cr());
  }
}

// Softness runs inwards from the outer edge (MapLibre's circle-blur).
void LayerCanvas::soft_circle(const scene::Circle& circle, double outer) const {
  const geom::Point c = circle.center;
  cairo_pattern_t* const gradient = cairo_pattern_create_radial(c.x, c.y, 0, c.x, c.y, outer);
  for (const SoftStop& stop : soft_stops(circle))
    cairo_pattern_add_color_stop_rgba(gradient, stop.at, static_cast<double>(stop.color.r),
                                      static_cast<double>(stop.color.g), static_cast<double>(stop.color.b),
                                      static_cast<double>(stop.color.a));
  cairo_set_source(cr(), gradient);
  cairo_pattern_destroy(gradient);
  cairo_new_path(cr());
  cairo_arc(cr(), c.x, c.y, outer, 0, 2 * std::numbers::pi);
  cairo_fill(cr());
}

void LayerCanvas::operator()(const scene::Text& text) const {
  if (!(text.opacity > 0)) return;
  const geom::Box ink = glyph_bounds(tools.fonts, text);
  const double halo = text.halo.a > 0 ? std::clamp(text.halo_width, 0.0, 100.0) : 0;
  const double blur = halo > 0 ? std::clamp(text.halo_blur, 0.0, 100.0) : 0;
  const int room = static_cast<int>(std::ceil((halo + blur) * tools.scale)) + 1;
  const PixelBox box = device(ink, halo + blur);
  if (box.empty()) return;
  sheet.touch(box);
  Mask letters({box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room});
  {
    const Context on = letters.context(tools.scale);
    cairo_set_fill_rule(on.get(), CAIRO_FILL_RULE_WINDING);
    add_glyphs(on.get(), tools.fonts, text);
    cairo_fill(on.get());
  }
  if (halo > 0) {
    Mask around = letters.dilated(halo * tools.scale);
    around.blur(blur * tools.scale);
    paint_mask(around, text.halo, text.opacity);
  }
  if (text.color.a > 0) paint_mask(letters, text.color, text.opacity);
}

void LayerCanvas::operator()(const scene::Image& image) const {
  if (!(image.width > 0 && image.height > 0) || !(image.opacity > 0) || image.width * tools.scale > 20000 ||
      image.height * tools.scale > 20000)
    return;
  const int width = std::max(1, static_cast<int>(std::lround(image.width * tools.scale)));
  const int height = std::max(1, static_cast<int>(std::lround(image.height * tools.scale)));
  const geom::Point c = image.center;
  if (!std::isfinite(c.x) || !std::isfinite(c.y)) return;
  const double half = image.rotation == 0 ? 0 : std::hypot(image.width, image.height) / 2;
  const PixelBox box = device({c.x - image.width / 2, c.y - image.height / 2, c.x + image.width / 2, c.y + image.height / 2}, half);
  if (box.empty()) return;
  sheet.touch(box);
  const encode::Picture& picture = tools.images.get(image, width, height);
  const Surface surface_ = surface_of(picture);
  const double x = (c.x - image.width / 2) * tools.scale, y = (c.y - image.height / 2) * tools.scale;
  cairo_save(cr());
  cairo_identity_matrix(cr());
  if (image.rotation == 0) {
    cairo_translate(cr(), std::round(x), std::round(y));  // whole pixels keep icons crisp
  } else {
    cairo_translate(cr(), c.x * tools.scale, c.y * tools.scale);
    cairo_rotate(cr(), image.rotation);
    cairo_translate(cr(), -width / 2.0, -height / 2.0);
  }
  cairo_scale(cr(), static_cast<double>(width) / picture.width, static_cast<double>(height) / picture.height);
  cairo_set_source_surface(cr(), surface_.get(), 0, 0);
  const bool exact = image.rotation == 0 && picture.width == width && picture.height == height;
  cairo_pattern_set_filter(cairo_get_source(cr()), exact ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint_with_alpha(cr(), static_cast<double>(image.opacity));
  cairo_restore(cr());
  cairo_set_source_rgba(cr(), 0, 0, 0, 0);
}

}  // namespace

void draw_layer(const scene::Layer& layer, const Tools& tools, Sheet& sheet) {
  const LayerCanvas canvas(layer, tools, sheet);
  if (canvas.clip.empty()) return;
  for (const scene::Item& item : layer.items) std::visit(canvas, item);
  cairo_surface_flush(canvas.surface.get());
}

}  // namespace sitmap::draw
