// The locator inset: where in the world the map is.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "compose/ink.hpp"
#include "geom/operations.hpp"

namespace sitmap::compose {

bool draw_locator(scene::Layer& layer, const FurnitureInput& input, const PageLayout& layout, const projection::View& view,
                  const std::vector<LocatorShape>& shapes, const geom::Box& box);
double locator_size(const PageLayout& layout, const projection::View& view);

double locator_size(const PageLayout& layout, const projection::View& view) {
  const double width_km = view.metres_per_px() * view.page().width / 1000;
  if (width_km > 6000) return 0;  // the map shows its own place
  return std::clamp(0.2 * std::min(layout.map_box().width(), layout.map_box().height()), 7.5 * layout.unit(), 12 * layout.unit());
}

namespace {

scene::SharedPath box_path(const geom::Box& box) {
  return std::make_shared<const scene::PathData>(scene::PathData{
      {{{{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}}, true}}});
}

// The page's outline in the inset: its edge points taken back to the earth and projected again.
geom::Path page_outline(const projection::View& view, const geom::Box& map_box, const projection::View& inset) {
  geom::Path outline;
  constexpr int kSteps = 12;
  const geom::Point corners[] = {{map_box.min_x, map_box.min_y}, {map_box.max_x, map_box.min_y}, {map_box.max_x, map_box.max_y},
                                 {map_box.min_x, map_box.max_y}, {map_box.min_x, map_box.min_y}};
  for (int side = 0; side < 4; ++side)
    for (int i = 0; i < kSteps; ++i) {
      const geom::Point at = corners[side] + (corners[side + 1] - corners[side]) * (static_cast<double>(i) / kSteps);
      const auto earth = view.to_earth(at);
      const auto page = earth ? inset.to_page(*earth) : std::nullopt;
      if (page) outline.push_back(*page);
    }
  return outline;
}

}  // namespace

bool draw_locator(scene::Layer& layer, const FurnitureInput& input, const PageLayout& layout, const projection::View& view,
                  const std::vector<LocatorShape>& shapes, const geom::Box& box) {
  const geom::Point center = view.center();
  const double map_m = view.metres_per_px() * std::max(layout.map_box().width(), layout.map_box().height());
  const double span_m = std::clamp(map_m * 7, 2.2e6, 9e6);
  const auto projection = projection::Projection::from_text(
      fmt::format("+proj=laea +lat_0={:.4f} +lon_0={:.4f} +datum=WGS84 +units=m", center.y, center.x));
  const projection::PageSize size{box.width(), box.height()};
  const auto inset = projection::View::centered(projection, center, span_m / box.width(), size);

  Ink ink(layer, input);
  ink.box(box, input.theme.water);
  struct Named {
    const LocatorShape* shape;
    geom::Geometry page;
    double area;
  };
  std::vector<Named> visible;
  const geom::Point corner{box.min_x, box.min_y};
  for (const LocatorShape& shape : shapes) {
    geom::Geometry page = geom::clip(inset.project(shape.area, 0, 0.4), {0, 0, size.width, size.height});
    if (geom::is_empty(page)) continue;
    const double area = geom::area(page);
    if (auto* polygons = std::get_if<geom::MultiPolygon>(&page))
      for (geom::Polygon& polygon : polygons->polygons) {
        for (geom::Point& p : polygon.outer) p = p + corner;
        for (geom::Path& hole : polygon.holes)
          for (geom::Point& p : hole) p = p + corner;
      }
    visible.push_back({&shape, std::move(page), area});
  }
  for (const Named& item : visible) {
    const scene::SharedPath path = scene::make_path(item.page);
    layer.items.emplace_back(scene::Fill{path, item.shape->focus ? input.theme.focus : input.theme.land, 1, scene::FillRule::EvenOdd, true});
    layer.items.emplace_back(scene::Stroke{.path = path, .color = input.theme.rule, .width = 0.6, .join = scene::Join::Round, .dash = {}, .clip = box_path(box)});
  }
  // Names of the largest countries that have room: familiar references.
  std::vector<const Named*> largest_first;
  for (const Named& item : visible) largest_first.push_back(&item);
  std::sort(largest_first.begin(), largest_first.end(), [](const Named* a, const Named* b) {
    return a->area != b->area ? a->area > b->area : a->shape->name < b->shape->name;
  });
  std::vector<geom::Box> taken;
  geom::Path outline = page_outline(view, layout.map_box(), inset);
  for (geom::Point& p : outline) p = p + corner;
  if (outline.size() > 2) taken.push_back(geom::bounds(outline).expanded(2));
  const double text_size = std::max(0.66 * layout.unit(), 8.0);
  int named = 0;
  for (const Named* item : largest_first) {
    if (named >= 5 || item->shape->name.empty()) break;
    const auto* polygons = std::get_if<geom::MultiPolygon>(&item->page);
    if (polygons == nullptr) continue;
    const geom::Polygon* largest = nullptr;
    double most = 0;
    for (const geom::Polygon& polygon : polygons->polygons)
      if (const double area = geom::area(geom::MultiPolygon{{polygon}}); area > most) {
        most = area;
        largest = &polygon;
      }
    if (largest == nullptr) continue;
    const auto inner = geom::pole_of_inaccessibility(*largest, 1);
    if (!inner) continue;
    const text::Shaped text = ink.shape(item->shape->name, text_size);
    const geom::Box text_box{inner->at.x - text.width / 2, inner->at.y - text.height / 2, inner->at.x + text.width / 2, inner->at.y + text.height / 2};
    if (text.width > 0.62 * box.width() || text_box.min_x < box.min_x + 3 || text_box.max_x > box.max_x - 3 ||
        text_box.min_y < box.min_y + 2 || text_box.max_y > box.max_y - 2)
      continue;
    if (std::any_of(taken.begin(), taken.end(), [&](const geom::Box& other) { return other.expanded(2).intersects(text_box); })) continue;
    ink.put(text, {inner->at.x, text_box.min_y}, input.theme.muted, text::Align::Center, 1.2);
    taken.push_back(text_box);
    ++named;
  }
  if (outline.size() > 2) {
    const auto path = std::make_shared<const scene::PathData>(scene::PathData{{{outline, true}}});
    layer.items.emplace_back(scene::Fill{path, input.theme.accent.with_alpha(0.12F), 1, scene::FillRule::EvenOdd, true});
    layer.items.emplace_back(scene::Stroke{.path = path, .color = input.theme.accent, .width = 1.4, .dash = {}, .clip = nullptr});
  }
  layer.items.emplace_back(scene::Stroke{.path = box_path(box), .color = input.theme.rule, .width = 1.2, .dash = {}, .clip = nullptr});
  return true;
}

}  // namespace sitmap::compose
