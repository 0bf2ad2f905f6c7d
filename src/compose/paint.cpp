#include "compose/paint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geom/operations.hpp"
namespace sitmap::compose {
namespace {

using expression::Context;
using style::PropertySet;

void report(const PaintContext& context, std::string message) {
  context.report(std::move(message));
}

scene::Cap cap_of(const std::string& name) {
  if (name == "round") return scene::Cap::Round;
  return name == "square" ? scene::Cap::Square : scene::Cap::Butt;
}

scene::Join join_of(const std::string& name) {
  if (name == "round") return scene::Join::Round;
  return name == "bevel" ? scene::Join::Bevel : scene::Join::Miter;
}

scene::SharedPath translated(const geom::Geometry& geometry, const std::vector<double>& by) {
  scene::SharedPath path = scene::make_path(geometry);
  if (by.size() < 2 || (by[0] == 0 && by[1] == 0)) return path;
  auto moved = std::make_shared<scene::PathData>(*path);
  for (scene::Subpath& subpath : moved->subpaths)
    for (geom::Point& p : subpath.points) p = p + geom::Point{by[0], by[1]};
  return moved;
}

void paint_fill(const style::Layer& layer, const geom::Geometry& page, const Context& at, float presence,
                const PaintContext& context, std::vector<scene::Item>& out) {
  if (!std::holds_alternative<geom::MultiPolygon>(page)) return;
  const PropertySet& set = layer.properties;
  const auto opacity = static_cast<float>(set.number("fill-opacity", at)) * presence;
  if (opacity <= 0) return;
  scene::Paint paint = set.color("fill-color", at);
  if (set.has("fill-pattern")) {
    const auto pattern = pattern_paint(set.text("fill-pattern", at), context);
    if (!pattern) return;
    paint = *pattern;
  }
  const auto* color = std::get_if<scene::Color>(&paint);
  const auto path = translated(page, set.numbers("fill-translate", at));
  const bool antialias = set.boolean("fill-antialias", at);
  if (color == nullptr || color->a > 0) out.emplace_back(scene::Fill{path, paint, opacity, scene::FillRule::EvenOdd, antialias});
  if (antialias && set.has("fill-outline-color") && !set.has("fill-pattern"))
    out.emplace_back(scene::Stroke{.path = path, .color = set.color("fill-outline-color", at), .width = 1, .dash = {},
                                   .opacity = opacity, .clip = nullptr});
}

void paint_line(const style::Layer& layer, const geom::Geometry& outline, const geom::Geometry& page, const Context& at,
                float presence, const PaintContext&, std::vector<scene::Item>& out) {
  if (std::holds_alternative<geom::MultiPoint>(outline) || geom::is_empty(outline)) return;
  const PropertySet& set = layer.properties;
  const auto opacity = static_cast<float>(set.number("line-opacity", at)) * presence;
  const double width = set.number("line-width", at);
  if (opacity <= 0 || width <= 0) return;
  scene::Stroke stroke;
  stroke.color = set.color("line-color", at);
  if (stroke.color.a <= 0) return;
  stroke.width = width;
  stroke.cap = cap_of(set.text("line-cap", at));
  stroke.join = join_of(set.text("line-join", at));
  stroke.miter_limit = set.number("line-miter-limit", at);
  for (const double part : set.numbers("line-dasharray", at)) stroke.dash.push_back(part * width);
  stroke.blur = set.number("line-blur", at);
  stroke.opacity = opacity;

  const double gap = set.number("line-gap-width", at), shift = set.number("line-offset", at);
  const auto* lines = std::get_if<geom::MultiLine>(&outline);
  const auto draw_shifted = [&](double by) {
    if (by == 0 || lines == nullptr) {
      stroke.path = translated(outline, set.numbers("line-translate", at));
    } else {
      geom::MultiLine moved;
      for (const geom::Path& line : lines->lines) moved.lines.push_back(geom::offset(line, -by));  // right is positive
      stroke.path = translated(moved, set.numbers("line-translate", at));
    }
    out.emplace_back(stroke);
  };
  // A band inside a country: the stroke is drawn at double width and only its inner half is kept.
  if (const auto inside = layer.metadata.find("sitmap:inside");
      inside && inside->is_bool() && inside->as_bool() && std::holds_alternative<geom::MultiPolygon>(page)) {
    stroke.width = 2 * width;
    stroke.clip = scene::make_path(page);
    draw_shifted(0);
    return;
  }
  if (gap > 0) {
    draw_shifted(shift + (gap + width) / 2);
    draw_shifted(shift - (gap + width) / 2);
  } else {
    draw_shifted(shift);
  }
}

void paint_circle(const style::Layer& layer, const geom::Geometry& page, const Context& at, float presence,
                  std::vector<scene::Item>& out) {
  const PropertySet& set = layer.properties;
  const auto fill_opacity = static_cast<float>(set.number("circle-opacity", at));
  const auto stroke_opacity = static_cast<float>(set.number("circle-stroke-opacity", at));
  scene::Circle circle;
  circle.radius = set.number("circle-radius", at);
  circle.fill = set.color("circle-color", at);
  circle.fill.a *= fill_opacity;
  circle.stroke = set.color("circle-stroke-color", at);
  circle.stroke.a *= stroke_opacity;
  circle.stroke_width = set.number("circle-stroke-width", at);
  circle.blur = set.number("circle-blur", at) * circle.radius;
  circle.opacity = presence;
  const bool stroked = circle.stroke_width > 0 && circle.stroke.a > 0;
  if (presence <= 0 || circle.radius + circle.stroke_width <= 0 || (circle.fill.a <= 0 && !stroked)) return;
  const std::vector<double> by = set.numbers("circle-translate", at);
  for (const geom::Point& p : geom::vertices(page)) {
    circle.center = by.size() == 2 ? p + geom::Point{by[0], by[1]} : p;
    out.emplace_back(circle);
  }
}

Context evaluation(const PaintContext& context, const StyledFeature& feature) {
  Context at;
  at.zoom = context.zoom;
  at.feature = &feature;
  if (!context.languages->empty()) at.language = context.languages->front();
  return at;
}

void paint_geometry(const style::Layer& layer, const MapFeature& item, const geom::Geometry& page,
                    const geom::Geometry& outline, const TimeProperties* time, const PaintContext& context,
                    std::vector<scene::Item>& out) {
  const StyledFeature feature(item.feature, *context.languages, time);
  const Context at = evaluation(context, feature);
  const auto presence = static_cast<float>(time != nullptr ? time->presence : 1);
  switch (layer.type) {
    case style::LayerType::Fill: paint_fill(layer, page, at, presence, context, out); break;
    case style::LayerType::Line: paint_line(layer, outline, page, at, presence, context, out); break;
    case style::LayerType::Circle: paint_circle(layer, page, at, presence, out); break;
    default: break;
  }
}

geom::MultiPolygon box_polygon(double x0, double y0, double x1, double y1) {
  return {{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}}}};
}

}  // namespace

bool passes_filter(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                   const PaintContext& context) {
  if (!layer.filter) return true;
  const StyledFeature feature(item.feature, *context.languages, time);
  const auto value = layer.filter->evaluate(evaluation(context, feature));
  const bool* passed = value ? value->get_if<bool>() : nullptr;
  return passed != nullptr && *passed;
}

void paint_feature(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                   const PaintContext& context, std::vector<scene::Item>& out) {
  paint_geometry(layer, item, item.page, item.outline, time, context, out);
}

std::vector<scene::Item> paint_swatch(const style::Layer& layer, const MapFeature& item, const TimeProperties* time,
                                      const PaintContext& context) {
  std::vector<scene::Item> out;
  switch (layer.type) {
    case style::LayerType::Fill: {
      const geom::Geometry box = box_polygon(1, 0.5, 25, 13.5);
      paint_geometry(layer, item, box, box, time, context, out);
      break;
    }
    case style::LayerType::Line: {
      const geom::Geometry line = geom::MultiLine{{{{0, 7}, {26, 7}}}};
      paint_geometry(layer, item, line, line, time, context, out);
      for (scene::Item& part : out)
        if (auto* stroke = std::get_if<scene::Stroke>(&part)) stroke->width = std::min(stroke->width, 10.0);
      break;
    }
    case style::LayerType::Circle: {
      const geom::Geometry point = geom::point({13, 7});
      paint_geometry(layer, item, point, point, time, context, out);
      for (scene::Item& part : out)
        if (auto* circle = std::get_if<scene::Circle>(&part)) circle->radius = std::min(circle->radius, 7.0);
      break;
    }
    case style::LayerType::Symbol: {
      const StyledFeature feature(item.feature, *context.languages, time);
      const Context at = evaluation(context, feature);
      if (const std::string icon = layer.properties.text("icon-image", at); !icon.empty()) {
        std::optional<scene::Color> tint;
        if (layer.properties.has("icon-color")) tint = layer.properties.color("icon-color", at);
        out = icon_items(icon, layer.properties.number("icon-size", at), tint, 1, context);
        move_items(out, {13, 7});
      }
      break;
    }
    default: break;
  }
  return out;
}

std::optional<scene::Paint> pattern_paint(const std::string& name, const PaintContext& context) {
  if (name.empty()) return std::nullopt;
  std::string problem;
  if (const auto pattern = style::parse_pattern(name, &problem)) return *pattern;
  report(context, problem.empty() ? fmt::format("there is no pattern '{}'; patterns are 'hatch', 'crosshatch', 'dots' "
                                                "and 'stripes' with options",
                                                name)
                                  : problem);
  return std::nullopt;
}

}  // namespace sitmap::compose
