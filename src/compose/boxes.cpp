// Legend, claims, scale bar, locator and north arrow: boxes in the corners of the map.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/text.hpp"
#include "compose/ink.hpp"
#include "compose/paint.hpp"
#include "geom/operations.hpp"

namespace sitmap::compose {
namespace {

constexpr double kSwatchWidth = 26, kSwatchHeight = 14;

struct BoxSize {
  double width = 0, height = 0;
};

struct Sizes {
  double u, text, row, pad;
};
Sizes sizes(const PageLayout& layout) {
  const double u = layout.unit();
  return {u, 0.9 * u, 1.5 * u, 0.75 * u};
}

double legend_text_width(const PageLayout& layout) { return std::min(18 * layout.unit(), 0.42 * layout.map_box().width()); }

BoxSize legend_size(const FurnitureInput& input, const PageLayout& layout, const std::vector<LegendEntry>& entries) {
  if (entries.empty()) return {};
  const Sizes s = sizes(layout);
  scene::Layer scratch;
  const Ink ink(scratch, input);
  BoxSize size{0, 2 * s.pad};
  if (!input.settings.legend_title.empty()) {
    const text::Shaped title = ink.shape(input.settings.legend_title, s.text, Weight::Bold, legend_text_width(layout));
    size = {title.width, size.height + title.height + 0.35 * s.u};
  }
  for (const LegendEntry& entry : entries) {
    const text::Shaped text = ink.shape(entry.text, s.text, Weight::Regular, legend_text_width(layout));
    size.width = std::max(size.width, kSwatchWidth + 0.6 * s.u + text.width);
    size.height += std::max(s.row, text.height + 0.3 * s.u);
  }
  size.width += 2 * s.pad;
  return size;
}

double claims_width(const PageLayout& layout) { return std::min(21 * layout.unit(), 0.62 * layout.map_box().width()); }

struct ClaimRow {
  text::Shaped what, value, measure, who;
  double height = 0;
};

std::vector<ClaimRow> claim_rows(const Ink& ink, const FurnitureInput& input, const PageLayout& layout,
                                 const std::vector<ClaimLine>& claims) {
  const Sizes s = sizes(layout);
  const FurnitureWords words = furniture_words(input.words.languages);
  std::vector<ClaimRow> rows;
  for (const ClaimLine& claim : claims) {
    ClaimRow row;
    row.value = ink.shape(claim.value, 1.25 * s.u, Weight::Bold);
    row.what = ink.shape(claim.what, 0.86 * s.u, Weight::Regular, claims_width(layout) - 2 * s.pad - 4.2 * s.u);
    const std::string who = claim.who.empty() ? words.reported : fill_in(words.claimed_by, claim.who);
    row.who = ink.shape(who + " · " + claim.as_of, std::max(0.74 * s.u, 8.5), Weight::Italic,
                        claims_width(layout) - 2 * s.pad - 4.2 * s.u);
    row.measure = ink.shape(claim.measure, std::max(0.68 * s.u, 8.0), Weight::Regular, 3.7 * s.u, text::Align::Right);
    row.height = std::max(row.what.height + row.who.height, row.value.height + row.measure.height) + 0.45 * s.u;
    rows.push_back(std::move(row));
  }
  return rows;
}

double claims_title_height(const PageLayout& layout) { return 1.75 * layout.unit(); }

BoxSize claims_size(const FurnitureInput& input, const PageLayout& layout, std::vector<ClaimLine> claims) {
  if (claims.empty()) return {};
  scene::Layer scratch;
  const Ink ink(scratch, input);
  const Sizes s = sizes(layout);
  BoxSize size{claims_width(layout), 2 * s.pad + claims_title_height(layout)};
  for (const ClaimRow& row : claim_rows(ink, input, layout, claims)) {
    if (size.height + row.height > 0.6 * layout.map_box().height()) break;
    size.height += row.height;
  }
  return size;
}

// Where boxes may stand: along the edges from each corner, clear of those already placed.
class Corners {
 public:
  Corners(const geom::Box& area, double gap, const std::vector<geom::Box>& interest)
      : area_(area), gap_(gap), interest_(interest) {}

  // preference: cost of each corner, left top, right top, left bottom, right bottom.
  geom::Box place(BoxSize size, const double (&preference)[4]) {
    geom::Box best;
    double least = 1e18;
    for (int corner = 0; corner < 4; ++corner) {
      const bool right = corner % 2 == 1, bottom = corner >= 2;
      for (int along = 0; along < 2; ++along) {  // stacked vertically, or side by side
        geom::Box box = at(size, right ? area_.max_x - gap_ - size.width : area_.min_x + gap_,
                           bottom ? area_.max_y - gap_ - size.height : area_.min_y + gap_);
        if (!clear(box, right, bottom, along == 0)) continue;
        const double cost = hidden(box) + preference[corner] + 0.3 * along;
        if (cost < least) {
          least = cost;
          best = box;
        }
      }
    }
    if (!best.empty()) placed_.push_back(best);
    return best;
  }
  const std::vector<geom::Box>& placed() const { return placed_; }

 private:
  static geom::Box at(BoxSize size, double x, double y) { return {x, y, x + size.width, y + size.height}; }

  bool clear(geom::Box& box, bool right, bool bottom, bool vertical) const {
    for (int guard = 0; guard < 8; ++guard) {
      const auto hit = std::find_if(placed_.begin(), placed_.end(), [&](const geom::Box& other) { return other.expanded(gap_ * 0.6).intersects(box); });
      if (hit == placed_.end())
        return box.min_x >= area_.min_x && box.max_x <= area_.max_x && box.min_y >= area_.min_y && box.max_y <= area_.max_y;
      const double w = box.width(), h = box.height();
      if (vertical)
        box = bottom ? geom::Box{box.min_x, hit->min_y - gap_ - h, box.max_x, hit->min_y - gap_}
                     : geom::Box{box.min_x, hit->max_y + gap_, box.max_x, hit->max_y + gap_ + h};
      else
        box = right ? geom::Box{hit->min_x - gap_ - w, box.min_y, hit->min_x - gap_, box.max_y}
                    : geom::Box{hit->max_x + gap_, box.min_y, hit->max_x + gap_ + w, box.max_y};
    }
    return false;
  }

  // The share of the box that hides what the map is about; small things count more than large areas.
  double hidden(const geom::Box& box) const {
    double sum = 0;
    for (const geom::Box& other : interest_) {
      const double w = std::min(box.max_x, other.max_x) - std::max(box.min_x, other.min_x);
      const double h = std::min(box.max_y, other.max_y) - std::max(box.min_y, other.min_y);
      if (w > 0 && h > 0) sum += w * h / std::max(100.0, other.width() * other.height()) * 3;
    }
    return sum;
  }

  geom::Box area_;
  double gap_;
  const std::vector<geom::Box>& interest_;
  std::vector<geom::Box> placed_;
};

void draw_scale_bar(scene::Layer& layer, const FurnitureInput& input, const PageLayout& layout, const ScaleBar& bar,
                    const geom::Box& box) {
  Ink ink(layer, input);
  const double u = layout.unit(), x = box.min_x, y = box.max_y - 0.35 * u;
  const scene::Color under = input.theme.paper.with_alpha(0.75F);
  const auto path = scene::make_path(
      geom::MultiLine{{{{x, y - 0.4 * u}, {x, y}, {x + bar.length_px, y}, {x + bar.length_px, y - 0.4 * u}}}});
  layer.items.emplace_back(scene::Stroke{.path = path, .color = under, .width = 4, .cap = scene::Cap::Square, .dash = {}, .clip = nullptr});
  layer.items.emplace_back(scene::Stroke{.path = path, .color = input.theme.ink, .width = 1.4, .cap = scene::Cap::Square, .dash = {}, .clip = nullptr});
  ink.put(ink.shape(bar.text, std::max(0.78 * u, 8.5)), {x + bar.length_px / 2, box.min_y}, input.theme.ink, text::Align::Center, 1.8);
}

void draw_north_arrow(scene::Layer& layer, const FurnitureInput& input, double angle_deg, const geom::Box& box) {
  const double r = box.width() / 2, a = angle_deg * std::numbers::pi / 180;
  const geom::Point c = box.center();
  const auto turned = [&](double x, double y) {
    return geom::Point{c.x + x * std::cos(a) - y * std::sin(a), c.y + x * std::sin(a) + y * std::cos(a)};
  };
  const auto path = std::make_shared<const scene::PathData>(scene::PathData{
      {{{turned(0, -r), turned(0.45 * r, 0.8 * r), turned(0, 0.45 * r), turned(-0.45 * r, 0.8 * r)}, true}}});
  layer.items.emplace_back(scene::Stroke{.path = path, .color = input.theme.paper.with_alpha(0.8F), .width = 4, .join = scene::Join::Round, .dash = {}, .clip = nullptr});
  layer.items.emplace_back(scene::Fill{path, input.theme.ink, 1, scene::FillRule::NonZero, true});
}

}  // namespace

ScaleBar choose_scale_bar(double metres_per_px, double max_px) {
  ScaleBar bar;
  if (!(metres_per_px > 0) || !(max_px > 0)) return bar;
  const double most = metres_per_px * max_px;
  const double power = std::pow(10, std::floor(std::log10(most)));
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * power > most) continue;
    bar.length_m = digit * power;
    break;
  }
  bar.length_px = bar.length_m / metres_per_px;
  bar.text = bar.length_m >= 1000 ? fmt::format("{:.0f} km", bar.length_m / 1000) : fmt::format("{:.0f} m", bar.length_m);
  if (bar.length_m >= 1e7) bar.text = fmt::format("{:.0f}\u2009000 km", bar.length_m / 1e6);
  return bar;
}

// Defined in locator.cpp.
bool draw_locator(scene::Layer& layer, const FurnitureInput& input, const PageLayout& layout, const projection::View& view,
                  const std::vector<LocatorShape>& shapes, const geom::Box& box);
double locator_size(const PageLayout& layout, const projection::View& view);

MapFurniture place_map_furniture(const FurnitureInput& input, const PageLayout& layout, const projection::View& view,
                                 const std::vector<LegendEntry>& all_entries, const std::vector<ClaimLine>& most_claims,
                                 const std::vector<LocatorShape>& locator, const std::vector<geom::Box>& interest) {
  MapFurniture out;
  auto layer = std::make_shared<scene::Layer>();
  layer->name = "furniture";
  const double u = layout.unit();
  Corners corners(layout.map_box(), 0.9 * u, interest);

  if (input.settings.claims != Switch::Off && !most_claims.empty())
    out.claims_box = corners.place(claims_size(input, layout, most_claims), {0.3, 0.0, 0.2, 0.1});
  if (input.settings.legend != Switch::Off && !all_entries.empty())
    out.legend_box = corners.place(legend_size(input, layout, all_entries), {0.1, 0.15, 0.0, 0.05});
  const double inset = locator_size(layout, view);
  if (input.settings.locator != Switch::Off && inset > 0 && !locator.empty()) {
    const geom::Box box = corners.place({inset, inset}, {0.1, 0.0, 0.1, 0.05});
    if (!box.empty() && !draw_locator(*layer, input, layout, view, locator, box)) out.occupied.clear();
  }
  if (input.settings.scale_bar != Switch::Off) {
    const ScaleBar bar = choose_scale_bar(view.metres_per_px(), std::min(9 * u, 0.22 * input.page.width));
    if (bar.length_px > 0) {
      const geom::Box box = corners.place({bar.length_px + 0.4 * u, 1.9 * u}, {0.6, 0.6, 0.05, 0.0});
      if (!box.empty()) draw_scale_bar(*layer, input, layout, bar, box);
    }
  }
  const double north = view.north_angle_deg();
  if (input.settings.north_arrow == Switch::On || (input.settings.north_arrow == Switch::Auto && std::abs(north) > 3)) {
    const geom::Box box = corners.place({2.2 * u, 2.2 * u}, {0.1, 0.0, 0.3, 0.3});
    if (!box.empty()) draw_north_arrow(*layer, input, north, box);
  }
  out.occupied = corners.placed();
  out.fixed = std::move(layer);
  return out;
}

scene::SharedLayer draw_legend(const FurnitureInput& input, const PageLayout& layout, const geom::Box& room,
                               const std::vector<LegendEntry>& entries) {
  auto layer = std::make_shared<scene::Layer>();
  layer->name = "legend";
  Ink ink(*layer, input);
  const Sizes s = sizes(layout);
  // The box keeps its place and grows with its entries, from the corner it stands in.
  const BoxSize size = legend_size(input, layout, entries);
  geom::Box box = room;
  const bool lower = room.center().y > layout.map_box().center().y;
  if (lower)
    box.min_y = room.max_y - std::min(room.height(), size.height);
  else
    box.max_y = room.min_y + std::min(room.height(), size.height);
  ink.box(box, input.theme.paper.with_alpha(0.93F), &input.theme.rule);
  double y = box.min_y + s.pad;
  if (!input.settings.legend_title.empty()) {
    const text::Shaped title = ink.shape(input.settings.legend_title, s.text, Weight::Bold, legend_text_width(layout));
    ink.put(title, {box.min_x + s.pad, y}, input.theme.ink);
    y += title.height + 0.35 * s.u;
  }
  for (const LegendEntry& entry : entries) {
    const text::Shaped text = ink.shape(entry.text, s.text, Weight::Regular, legend_text_width(layout));
    const double row = std::max(s.row, text.height + 0.3 * s.u);
    std::vector<scene::Item> swatch = entry.swatch;
    move_items(swatch, {box.min_x + s.pad, y + row / 2 - kSwatchHeight / 2});
    layer->items.insert(layer->items.end(), swatch.begin(), swatch.end());
    ink.put(text, {box.min_x + s.pad + kSwatchWidth + 0.6 * s.u, y + row / 2 - text.height / 2}, input.theme.ink);
    y += row;
  }
  return layer;
}

scene::SharedLayer draw_claims(const FurnitureInput& input, const PageLayout& layout, const geom::Box& room,
                               const std::vector<ClaimLine>& claims) {
  auto layer = std::make_shared<scene::Layer>();
  layer->name = "claims";
  Ink ink(*layer, input);
  const Sizes s = sizes(layout);
  const std::vector<ClaimRow> rows = claim_rows(ink, input, layout, claims);
  double height = 2 * s.pad + claims_title_height(layout);
  std::size_t shown = 0;
  while (shown < rows.size() && height + rows[shown].height <= room.height() + 0.5) height += rows[shown++].height;
  const bool lower = room.center().y > layout.map_box().center().y;
  geom::Box box = room;
  if (lower)
    box.min_y = room.max_y - height;
  else
    box.max_y = room.min_y + height;
  ink.box(box, input.theme.paper.with_alpha(0.95F), &input.theme.rule);
  double y = box.min_y + s.pad;
  ink.put(ink.shape(furniture_words(input.words.languages).figures, 0.95 * s.u, Weight::Bold), {box.min_x + s.pad, y}, input.theme.ink);
  y += claims_title_height(layout);
  for (std::size_t i = 0; i < shown; ++i) {
    const ClaimRow& row = rows[i];
    ink.line({box.min_x + s.pad, y - 0.2 * s.u}, {box.max_x - s.pad, y - 0.2 * s.u}, input.theme.rule, 0.8);
    ink.put(row.value, {box.min_x + s.pad + 3.6 * s.u, y - 0.15 * s.u}, input.theme.ink, text::Align::Right);
    ink.put(row.measure, {box.min_x + s.pad + 3.6 * s.u, y - 0.25 * s.u + row.value.height}, input.theme.muted, text::Align::Right);
    ink.put(row.what, {box.min_x + s.pad + 4.2 * s.u, y}, input.theme.ink);
    ink.put(row.who, {box.min_x + s.pad + 4.2 * s.u, y + row.what.height}, input.theme.muted);
    y += row.height;
  }
  return layer;
}

}  // namespace sitmap::compose
