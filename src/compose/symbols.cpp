#include "compose/symbols.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/text.hpp"
#include "geom/operations.hpp"
#include "text/shape.hpp"

namespace sitmap::compose {
namespace {

using expression::Context;
using style::PropertySet;

enum class AreaLabel { Point, Inside, Curved };  // metadata "sitmap:area-label"

AreaLabel area_label_of(const style::Layer& layer) {
  const auto value = layer.metadata.find("sitmap:area-label");
  if (!value || !value->is_string()) return AreaLabel::Point;
  return value->as_string() == "curved" ? AreaLabel::Curved
         : value->as_string() == "inside" ? AreaLabel::Inside
                                          : AreaLabel::Point;
}

struct Texting {
  text::TextStyle style;
  scene::Color color, halo;
  double halo_width = 0, halo_blur = 0, padding = 2;
  float opacity = 1;
};

text::Align align_of(const std::string& name) {
  return name == "left" ? text::Align::Left : name == "right" ? text::Align::Right : text::Align::Center;
}

Texting read_texting(const PropertySet& set, const Context& at) {
  Texting out;
  out.style.size = set.number("text-size", at);
  if (set.has("text-font")) out.style.fonts = set.texts("text-font", at);
  out.style.letter_spacing = set.number("text-letter-spacing", at);
  out.style.line_height = set.number("text-line-height", at);
  out.style.max_width = set.number("text-max-width", at) * out.style.size;
  out.style.align = align_of(set.text("text-justify", at));
  out.style.language = std::string(at.language);
  const std::string transform = set.text("text-transform", at);
  out.style.uppercase = transform == "uppercase";
  out.style.lowercase = transform == "lowercase";
  out.color = set.color("text-color", at);
  out.halo = set.color("text-halo-color", at);
  out.halo_width = set.number("text-halo-width", at);
  out.halo_blur = set.number("text-halo-blur", at);
  out.padding = set.number("text-padding", at);
  out.opacity = static_cast<float>(set.number("text-opacity", at));
  return out;
}

// A stack of which no family is there is drawn with another font: that is said.
void report_missing_font(const std::vector<std::string>& stack, const SymbolInput& input) {
  if (input.paint.problems == nullptr || stack.empty()) return;
  for (const std::string& name : stack)
    if (input.fonts->has_family(text::parse_font_name(name).family)) return;
  input.paint.report(fmt::format("layer '{}': the font '{}' is not there", input.layer->id, stack.front()),
                     base::suggestion(stack.front(), input.fonts->families()) + "; more folders with fonts are named by 'fonts' in the map file");
}

scene::Text dress(scene::Text text, const Texting& texting) {
  text.color = texting.color;
  text.halo = texting.halo;
  text.halo_width = texting.halo_width;
  text.halo_blur = texting.halo_blur;
  text.opacity = texting.opacity;
  return text;
}

// Where the text's box stands against its point: -1 left … 1 right, -1 above … 1 below.
struct Anchor {
  double x = 0, y = 0;
};
Anchor anchor_of(const std::string& name) {  // the part of the text that is nearest to the point
  Anchor out;
  if (name.find("left") != std::string::npos) out.x = 1;
  if (name.find("right") != std::string::npos) out.x = -1;
  if (name.find("top") != std::string::npos) out.y = 1;
  if (name.find("bottom") != std::string::npos) out.y = -1;
  return out;
}

// A text box placed against a point, and the text in it.
struct Placed {
  label::Rect rect;
  scene::Text text;
};
Placed place_box(const text::Shaped& shaped, geom::Point at, Anchor anchor, geom::Point offset, double rotation) {
  const double w = shaped.width, h = shaped.height;
  const geom::Point center{at.x + offset.x + anchor.x * w / 2, at.y + offset.y + anchor.y * h / 2};
  Placed out;
  out.rect = {center, w / 2, h / 2, rotation};
  out.text.runs = shaped.runs;
  out.text.rotation = rotation;
  // The shaped frame's origin is the left end of the first baseline.
  const geom::Point from_center{-w / 2, -h / 2 + shaped.ascent};
  const double c = std::cos(rotation), s = std::sin(rotation);
  out.text.origin = {center.x + from_center.x * c - from_center.y * s, center.y + from_center.x * s + from_center.y * c};
  return out;
}

struct Side {
  Anchor anchor;
  geom::Point offset;
  double cost = 0;
};

// The sides to try: text-variable-anchor with its radial offset, else the one text-anchor with text-offset.
std::vector<Side> sides_of(const PropertySet& set, const Context& at, double size) {
  std::vector<Side> sides;
  const std::vector<double> shift = set.numbers("text-offset", at);
  const double radial = set.number("text-radial-offset", at) * size;
  if (const std::vector<std::string> names = set.texts("text-variable-anchor", at); !names.empty()) {
    for (const std::string& name : names) {
      const Anchor anchor = anchor_of(name);
      geom::Point offset{anchor.x * radial, anchor.y * radial};
      if (anchor.x != 0 && anchor.y != 0) offset = offset * std::numbers::sqrt2 * 0.5;
      if (!set.has("text-radial-offset") && shift.size() == 2)
        offset = {anchor.x * std::abs(shift[0]) * size, anchor.y * std::abs(shift[1]) * size};
      sides.push_back({anchor, offset, 0.35 * static_cast<double>(sides.size()) / static_cast<double>(names.size())});
    }
    return sides;
  }
  const Anchor anchor = anchor_of(set.text("text-anchor", at));
  geom::Point offset{anchor.x * radial, anchor.y * radial};
  if (!set.has("text-radial-offset") && shift.size() == 2) offset = {shift[0] * size, shift[1] * size};
  return {{anchor, offset, 0}};
}

const geom::Polygon* largest_polygon(const geom::MultiPolygon& polygons) {
  const geom::Polygon* best = nullptr;
  double most = 0;
  for (const geom::Polygon& polygon : polygons.polygons) {
    const double size = geom::area(geom::MultiPolygon{{polygon}});
    if (size > most) {
      most = size;
      best = &polygon;
    }
  }
  return best;
}

struct Anchorage {
  geom::Point at;
  double room = 1e9;  // of areas: distance to the nearest edge
};

// The points a feature's symbol stands at.
std::vector<Anchorage> anchorages(const geom::Geometry& page, const geom::Box& free_box) {
  std::vector<Anchorage> out;
  if (const auto* points = std::get_if<geom::MultiPoint>(&page)) {
    for (const geom::Point& p : points->points)
      if (free_box.contains(p)) out.push_back({p});
  } else if (const auto* lines = std::get_if<geom::MultiLine>(&page)) {
    const geom::Geometry visible = geom::clip(*lines, free_box);
    const auto* parts = std::get_if<geom::MultiLine>(&visible);
    const geom::Path* longest = nullptr;
    if (parts != nullptr)
      for (const geom::Path& line : parts->lines)
        if (longest == nullptr || geom::length(line) > geom::length(*longest)) longest = &line;
    if (longest != nullptr && longest->size() > 1) out.push_back({geom::at_length(*longest, geom::length(*longest) / 2).first});
  } else if (std::holds_alternative<geom::MultiPolygon>(page)) {
    const geom::Geometry visible = geom::clip(page, free_box);
    if (const auto* polygons = std::get_if<geom::MultiPolygon>(&visible))
      if (const geom::Polygon* polygon = largest_polygon(*polygons))
        if (const auto inner = geom::pole_of_inaccessibility(*polygon, 2)) out.push_back({inner->at, inner->distance});
  }
  return out;
}

// Texts along a line, or along the middle of an area.
std::vector<Symbol> along(const SymbolInput& input, const std::string& text, const Texting& texting,
                          const std::vector<geom::Path>& curves, double max_angle, double repeat_px, double spread,
                          const Symbol& base_symbol) {
  std::vector<Symbol> out;
  const text::Shaped shaped = text::shape(*input.fonts, text, texting.style);
  for (const geom::Path& curve : curves) {
    const double total = geom::length(curve);
    if (total < shaped.width * 1.05) continue;
    Symbol symbol = base_symbol;
    symbol.text = text;
    symbol.missing = shaped.missing;
    // Several stretches of the line, the middle first.
    for (const double share : {0.5, 0.35, 0.65, 0.2, 0.8}) {
      const double middle = total * share, half = spread > 0 ? total * std::min(share, 1 - share) : shaped.width * 0.55;
      if (middle - half < -1e-6 || middle + half > total + 1e-6) continue;
      geom::Path part;
      const int steps = 48;
      for (int i = 0; i <= steps; ++i)
        part.push_back(geom::at_length(curve, middle - half + 2 * half * i / steps).first);
      const auto set = text::along_path(*input.fonts, text, texting.style, part, max_angle, spread);
      if (!set) continue;
      label::Candidate candidate;
      candidate.cost = std::abs(share - 0.5);
      const int boxes = std::max(1, static_cast<int>(std::ceil(2 * half / (shaped.height * 2))));
      for (int i = 0; i < boxes; ++i) {
        const auto [at, angle] = geom::at_length(part, 2 * half * (i + 0.5) / boxes);
        candidate.rects.push_back({at, half / boxes, shaped.height / 2, angle});
      }
      symbol.request.candidates.push_back(std::move(candidate));
      symbol.placements.push_back({dress(*set, texting)});
      if (spread > 0) break;
    }
    if (symbol.request.candidates.empty()) continue;
    symbol.request.group = text;
    symbol.request.repeat_px = repeat_px;
    out.push_back(std::move(symbol));
  }
  return out;
}

}  // namespace

std::vector<Symbol> make_symbols(const SymbolInput& input, const MapFeature& item, const TimeProperties* time) {
  const PropertySet& set = input.layer->properties;
  const StyledFeature feature(item.feature, *input.paint.languages, time);
  Context at;
  at.zoom = input.paint.zoom;
  at.feature = &feature;
  if (!input.paint.languages->empty()) at.language = input.paint.languages->front();

  const std::string text = expression::to_text(set.value("text-field", at));
  const std::string icon_name = set.has("icon-image") ? set.text("icon-image", at) : std::string();
  if (text.empty() && icon_name.empty()) return {};
  Texting texting = read_texting(set, at);
  if (texting.style.size <= 0) return {};

  if (!text.empty()) report_missing_font(texting.style.fonts, input);
  Symbol base_symbol;
  base_symbol.text = text;
  base_symbol.request.id = text.empty() ? icon_name : text;
  base_symbol.request.padding = texting.padding;
  // The spec places lower sort keys first; here more is more important.
  base_symbol.request.priority = set.has("symbol-sort-key") ? -set.number("symbol-sort-key", at) : 0;
  base_symbol.request.allow_overlap =
      set.boolean("text-allow-overlap", at) || set.text("text-overlap", at) == "always";
  base_symbol.request.ignore_placement = set.boolean("text-ignore-placement", at);

  const std::string placement = set.text("symbol-placement", at);
  const AreaLabel area_label = area_label_of(*input.layer);
  const double max_angle = set.number("text-max-angle", at);
  const bool is_area = std::holds_alternative<geom::MultiPolygon>(item.page);
  if (!text.empty() && placement != "point" && !std::holds_alternative<geom::MultiPoint>(item.page)) {
    const geom::Geometry visible = geom::clip(item.outline, input.free_box);
    const auto* lines = std::get_if<geom::MultiLine>(&visible);
    if (lines == nullptr) return {};
    texting.style.max_width = 0;
    std::vector<geom::Path> curves;
    for (const geom::Path& line : lines->lines)
      if (line.size() > 1) curves.push_back(geom::smooth(geom::simplify(line, 3), 2));  // letters follow the bends, not the wiggles
    return along(input, text, texting, curves, max_angle, set.number("symbol-spacing", at), 0, base_symbol);
  }
  if (!text.empty() && is_area && area_label == AreaLabel::Curved) {
    const geom::Geometry visible = geom::clip(item.page, input.free_box);
    const auto* polygons = std::get_if<geom::MultiPolygon>(&visible);
    const geom::Polygon* polygon = polygons != nullptr ? largest_polygon(*polygons) : nullptr;
    if (polygon != nullptr) {
      if (const auto middle = geom::center_line(*polygon)) {
        Texting spaced = texting;
        spaced.style.max_width = 0;
        auto symbols = along(input, text, spaced, {*middle}, max_angle, 0, 0.62, base_symbol);
        if (!symbols.empty()) return symbols;
      }
    }
  }

  const text::Shaped shaped = text.empty() ? text::Shaped{} : text::shape(*input.fonts, text, texting.style);
  std::optional<scene::Color> tint;
  if (set.has("icon-color")) tint = set.color("icon-color", at);
  const auto icon_opacity = static_cast<float>(set.number("icon-opacity", at));

  std::vector<Symbol> out;
  for (const Anchorage& anchorage : anchorages(item.page, input.free_box)) {
    if (is_area && area_label != AreaLabel::Point && anchorage.room * 3.2 < shaped.width &&
        anchorage.room < shaped.height * 1.2)
      continue;  // the name wouldn't read as this area's
    Symbol symbol = base_symbol;
    symbol.missing = shaped.missing;
    if (std::holds_alternative<geom::MultiPoint>(item.page)) symbol.anchor = anchorage.at;
    if (!icon_name.empty() && icon_opacity > 0) {
      symbol.icon = icon_items(icon_name, set.number("icon-size", at), tint, icon_opacity, input.paint);
      const geom::Box box = items_bounds(symbol.icon);
      move_items(symbol.icon, anchorage.at);
      if (!box.empty())
        symbol.icon_rect = label::Rect{anchorage.at + box.center(), box.width() / 2, box.height() / 2, 0};
    }
    const auto add = [&](const Side& side) {
      Placed placed = place_box(shaped, anchorage.at, side.anchor, side.offset, 0);
      label::Candidate candidate{{}, side.cost};
      if (!text.empty()) candidate.rects.push_back(placed.rect);
      if (symbol.icon_rect) candidate.rects.push_back(*symbol.icon_rect);
      symbol.request.candidates.push_back(std::move(candidate));
      symbol.placements.push_back({text.empty() ? scene::Text{} : dress(std::move(placed.text), texting)});
    };
    if (const auto pin = input.pinned.find(text); pin != input.pinned.end() && !text.empty()) {
      const auto [dx, dy] = pin->second;
      const Anchor anchor{dx > 0.5 ? 1.0 : dx < -0.5 ? -1.0 : 0.0, std::abs(dx) > 0.5 ? 0.0 : dy > 0 ? 1.0 : -1.0};
      add({anchor, {dx, dy}, 0});
      symbol.request.pinned = 0;
    } else if (is_area && text.size() > 0 && area_label != AreaLabel::Point) {
      add({{0, 0}, {0, 0}, 0});
      const double step = std::min(anchorage.room * 0.6, 2.5 * shaped.height);
      for (const geom::Point& d : {geom::Point{0, -1}, {0, 1}, {-1, 0}, {1, 0}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}})
        add({{0, 0}, d * step, 0.3});
    } else {
      for (const Side& side : sides_of(set, at, texting.style.size)) add(side);
    }
    out.push_back(std::move(symbol));
  }
  return out;
}

}  // namespace sitmap::compose
