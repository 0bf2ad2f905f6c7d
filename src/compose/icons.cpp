// Icons of symbol layers: parametric shapes by name, or SVG files.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <span>

#include "base/text.hpp"
#include "compose/paint.hpp"

namespace sitmap::compose {
namespace {

constexpr const char* kShapes[] = {"circle", "ring", "square", "diamond", "triangle", "star", "cross"};

using Options = std::map<std::string, std::string, std::less<>>;

struct Shape {
  double radius = 4, stroke_width = 1;
  scene::Color color{0.2F, 0.2F, 0.2F, 1}, stroke{1, 1, 1, 1};
};

std::optional<Shape> read_shape(const std::string& name, std::span<const std::string> parts, const PaintContext& context) {
  Shape shape;
  std::string problem;
  for (const std::string& part : parts) {
    const auto equals = part.find('=');
    const std::string key = part.substr(0, equals), value = equals == std::string::npos ? "" : part.substr(equals + 1);
    if (key == "radius" || key == "stroke-width") {
      const auto number = base::parse_double(value);
      if (number && *number >= 0 && *number <= 500)
        (key == "radius" ? shape.radius : shape.stroke_width) = *number;
      else
        problem = fmt::format("'{}' is no length in pixels from 0 to 500", value);
    } else if (key == "color" || key == "stroke") {
      if (const auto color = expression::parse_css_color(value))
        (key == "color" ? shape.color : shape.stroke) = *color;
      else
        problem = fmt::format("'{}' is no colour", value);
    } else {
      const std::vector<std::string> known{"radius", "color", "stroke", "stroke-width"};
      problem = fmt::format("unknown option '{}', {}", key, base::suggestion(key, known));
    }
  }
  if (problem.empty()) return shape;
  context.report(fmt::format("icon '{}': {}", name, problem));
  return std::nullopt;
}

// A closed regular shape about 0,0; the first corner points up, `inner` < 1 makes a star.
geom::Path corners(int count, double radius, double start_deg, double inner = 1) {
  geom::Path path;
  const int points = inner < 1 ? 2 * count : count;
  for (int i = 0; i <= points; ++i) {
    const double r = inner < 1 && i % 2 == 1 ? radius * inner : radius;
    const double angle = (start_deg + 360.0 * (i % points) / points) * std::numbers::pi / 180;
    path.push_back({r * std::sin(angle), -r * std::cos(angle)});
  }
  return path;
}

scene::SharedPath closed(geom::Path path) {
  path.pop_back();
  return std::make_shared<const scene::PathData>(scene::PathData{{{std::move(path), true}}});
}

std::vector<scene::Item> shape_items(const std::string& kind, const Shape& shape, double factor,
                                     std::optional<scene::Color> tint, float opacity) {
  const double radius = shape.radius * factor, line = shape.stroke_width * factor;
  const scene::Color color = tint.value_or(shape.color);
  if (kind == "circle")
    return {scene::Circle{.center = {}, .radius = radius, .fill = color, .stroke = shape.stroke, .stroke_width = line, .opacity = opacity}};
  if (kind == "ring")
    return {scene::Circle{.center = {}, .radius = radius, .fill = {0, 0, 0, 0}, .stroke = color, .stroke_width = line, .opacity = opacity}};
  if (kind == "cross") {
    const auto path = std::make_shared<const scene::PathData>(scene::PathData{
        {{{{-radius, -radius}, {radius, radius}}, false}, {{{-radius, radius}, {radius, -radius}}, false}}});
    scene::Stroke under{.path = path, .color = shape.stroke, .width = 3 * line, .cap = scene::Cap::Round, .dash = {}, .opacity = opacity, .clip = nullptr};
    scene::Stroke over = under;
    over.color = color;
    over.width = 1.6 * line;
    return {under, over};
  }
  geom::Path path = kind == "square"    ? corners(4, radius * std::numbers::sqrt2, 45)
                    : kind == "diamond" ? corners(4, radius * 1.25, 0)
                    : kind == "star"    ? corners(5, radius * 1.3, 0, 0.5)
                                        : corners(3, radius * 1.25, 0);
  const auto shared = closed(std::move(path));
  std::vector<scene::Item> out;
  if (line > 0 && shape.stroke.a > 0)
    out.emplace_back(scene::Stroke{.path = shared, .color = shape.stroke, .width = 2 * line, .join = scene::Join::Round, .dash = {}, .opacity = opacity, .clip = nullptr});
  out.emplace_back(scene::Fill{shared, color, opacity, scene::FillRule::NonZero, true});
  return out;
}

}  // namespace

std::vector<scene::Item> icon_items(const std::string& name, double factor, std::optional<scene::Color> tint,
                                    float opacity, const PaintContext& context) {
  if (name.empty() || factor <= 0) return {};
  const std::vector<std::string> parts = base::split(name, ':');
  for (const char* shape_name : kShapes)
    if (parts[0] == shape_name) {
      const auto shape = read_shape(name, std::span(parts).subspan(1), context);
      return shape ? shape_items(parts[0], *shape, factor, tint, opacity) : std::vector<scene::Item>{};
    }

  const std::filesystem::path file = context.style->icons_folder / (name + ".svg");
  if (name.find('/') != std::string::npos || !std::filesystem::is_regular_file(file)) {
    std::vector<std::string> known(std::begin(kShapes), std::end(kShapes));
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(context.style->icons_folder, error))
      if (entry.path().extension() == ".svg") known.push_back(entry.path().stem().string());
    std::sort(known.begin(), known.end());
    const std::filesystem::path& folder = context.style->icons_folder;
    context.report(fmt::format("there is no icon '{}'{}", name, folder.empty() ? "" : fmt::format(" in '{}'", folder.string())),
                   base::suggestion(name, known) + (folder.empty() ? "; a folder of SVG icons is named by 'sprite'" : ""));
    return {};
  }
  constexpr double kIconPx = 15;  // the Maki icons' grid
  return {scene::Image{.file = file.string(), .center = {}, .width = kIconPx * factor, .height = kIconPx * factor, .rotation = 0, .tint = tint, .opacity = opacity}};
}

namespace {

void move_path(scene::SharedPath& path, geom::Point by) {
  if (!path) return;
  auto moved = std::make_shared<scene::PathData>(*path);
  for (scene::Subpath& subpath : moved->subpaths)
    for (geom::Point& p : subpath.points) p = p + by;
  path = std::move(moved);
}

geom::Box path_bounds(const scene::SharedPath& path) {
  geom::Box box;
  if (path)
    for (const scene::Subpath& subpath : path->subpaths)
      for (const geom::Point& p : subpath.points) box.extend(p);
  return box;
}

struct Mover {
  geom::Point by;
  void operator()(scene::Fill& fill) const { move_path(fill.path, by); }
  void operator()(scene::Stroke& stroke) const {
    move_path(stroke.path, by);
    move_path(stroke.clip, by);
  }
  void operator()(scene::Circle& circle) const { circle.center = circle.center + by; }
  void operator()(scene::Text& text) const { text.origin = text.origin + by; }
  void operator()(scene::Image& image) const { image.center = image.center + by; }
};

struct Bounds {
  geom::Box operator()(const scene::Fill& fill) const { return path_bounds(fill.path); }
  geom::Box operator()(const scene::Stroke& stroke) const { return path_bounds(stroke.path).expanded(stroke.width / 2); }
  geom::Box operator()(const scene::Circle& c) const {
    const double r = c.radius + c.stroke_width;
    return {c.center.x - r, c.center.y - r, c.center.x + r, c.center.y + r};
  }
  geom::Box operator()(const scene::Text& text) const { return {text.origin.x, text.origin.y, text.origin.x, text.origin.y}; }
  geom::Box operator()(const scene::Image& i) const {
    return {i.center.x - i.width / 2, i.center.y - i.height / 2, i.center.x + i.width / 2, i.center.y + i.height / 2};
  }
};

}  // namespace

void move_items(std::vector<scene::Item>& items, geom::Point by) {
  for (scene::Item& item : items) std::visit(Mover{by}, item);
}

geom::Box items_bounds(const std::vector<scene::Item>& items) {
  geom::Box box;
  for (const scene::Item& item : items) {
    const geom::Box own = std::visit(Bounds{}, item);
    if (!own.empty()) box.extend(own);
  }
  return box;
}

}  // namespace sitmap::compose
