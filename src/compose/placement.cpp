#include "compose/placement.hpp"

#include <algorithm>
#include <cmath>

#include "base/workers.hpp"

namespace sitmap::compose {
namespace {

struct Task {
  std::size_t styled = 0, feature = 0;
};

// The frames in which a dated feature passes the layer's filter: from the first to the last, as one stretch.
std::optional<label::Life> life_of(const StyledLayer& styled, const MapFeature& item, const Clock& clock,
                                   const PaintContext& paint, std::optional<TimeProperties>& first_time) {
  const int frames = static_cast<int>(clock.frames());
  if (!styled.dated) {
    if (!passes_filter(*styled.style, item, nullptr, paint)) return std::nullopt;
    return label::Life{0, frames};
  }
  std::optional<label::Life> life;
  for (int frame = 0; frame < frames; ++frame) {
    const auto time = clock.at(static_cast<std::size_t>(frame), *item.valid, item.persistence);
    if (!time) continue;
    if (!passes_filter(*styled.style, item, &*time, paint)) continue;
    if (!life) {
      life = label::Life{frame, frame + 1};
      first_time = *time;
    }
    life->end = frame + 1;
    if (!styled.timed && item.persistence == Persistence::Event) {  // once there, it stays
      life->end = frames;
      break;
    }
  }
  return life;
}

// Circles and icons that labels keep clear of: fully opaque ones more than faded ones.
void add_circle_obstacles(const StyledLayer& styled, const LayerSet& layers, const Clock& clock,
                          const PaintContext& paint, label::Problem& problem) {
  const MapLayer& layer = layers.map_layers[static_cast<std::size_t>(styled.map_layer)];
  for (const MapFeature& item : layer.features) {
    std::optional<TimeProperties> time;
    const auto life = life_of(styled, item, clock, paint, time);
    if (!life) continue;
    std::vector<scene::Item> items;
    paint_feature(*styled.style, item, time ? &*time : nullptr, paint, items);
    for (const scene::Item& drawn : items)
      if (const auto* circle = std::get_if<scene::Circle>(&drawn)) {
        const double r = (circle->radius + circle->stroke_width) * 0.9;
        problem.obstacles.push_back({*life, {circle->center, r, r, 0}, 0.95, -1});
      }
  }
}

// A name that stands nearer to another place's dot than to its own reads as the other's (Imhof 1975).
void avoid_other_dots(std::vector<Symbol>& symbols) {
  constexpr double kReach = 26, kCost = 0.5;  // pixels; on the scale of a position's cost
  std::vector<geom::Point> dots;
  for (const Symbol& symbol : symbols)
    if (symbol.anchor) dots.push_back(*symbol.anchor);
  std::sort(dots.begin(), dots.end(), [](geom::Point a, geom::Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  const auto gap = [](const label::Rect& rect, geom::Point p) {
    const double dx = std::max(0.0, std::abs(p.x - rect.center.x) - rect.half_width);
    const double dy = std::max(0.0, std::abs(p.y - rect.center.y) - rect.half_height);
    return std::hypot(dx, dy);
  };
  for (Symbol& symbol : symbols) {
    if (!symbol.anchor || symbol.text.empty()) continue;
    for (label::Candidate& candidate : symbol.request.candidates) {
      if (candidate.rects.empty()) continue;
      const label::Rect& text = candidate.rects.front();
      const double own = gap(text, *symbol.anchor);
      auto dot = std::lower_bound(dots.begin(), dots.end(), text.center.x - text.half_width - kReach,
                                  [](geom::Point a, double x) { return a.x < x; });
      for (; dot != dots.end() && dot->x <= text.center.x + text.half_width + kReach; ++dot) {
        if (*dot == *symbol.anchor) continue;
        const double other = gap(text, *dot);
        if (other < std::min(kReach, own * 1.6 + 4)) {
          candidate.cost += kCost;
          break;
        }
      }
    }
  }
}

// The texts of events keep off other events' marks altogether: better a name left out, and listed, than one on a mark
// that it doesn't belong to.
void keep_off_marks(std::vector<Symbol>& symbols, const LayerSet& layers, const std::vector<label::Obstacle>& marks) {
  for (Symbol& symbol : symbols) {
    if (!layers.styled[symbol.style_layer].dated || symbol.text.empty() || symbol.request.pinned >= 0) continue;
    const auto covers = [&](const label::Candidate& candidate) {
      if (candidate.rects.empty()) return false;
      label::Rect text = candidate.rects.front();
      text.half_width = std::max(1.0, text.half_width - 2);
      text.half_height = std::max(1.0, text.half_height - 2);
      return std::any_of(marks.begin(), marks.end(), [&](const label::Obstacle& mark) {
        const bool own = symbol.anchor && std::hypot(mark.rect.center.x - symbol.anchor->x, mark.rect.center.y - symbol.anchor->y) < 1;
        return !own && mark.life.overlaps(symbol.request.life) && label::overlap(mark.rect, text);
      });
    };
    for (std::size_t i = symbol.request.candidates.size(); i-- > 0;)
      if (covers(symbol.request.candidates[i])) {
        symbol.request.candidates.erase(symbol.request.candidates.begin() + static_cast<std::ptrdiff_t>(i));
        symbol.placements.erase(symbol.placements.begin() + static_cast<std::ptrdiff_t>(i));
      }
  }
}

}  // namespace

PlacedLabels place_labels(const Input& input, const LayerSet& layers, const Clock& clock, const PaintContext& paint,
                          const geom::Box& free_box, const std::vector<geom::Box>& occupied, int jobs) {
  PlacedLabels out;
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < layers.styled.size(); ++i) {
    const StyledLayer& styled = layers.styled[i];
    if (styled.style->type != style::LayerType::Symbol) continue;
    const MapLayer& layer = layers.map_layers[static_cast<std::size_t>(styled.map_layer)];
    for (std::size_t f = 0; f < layer.features.size(); ++f) tasks.push_back({i, f});
  }

  std::vector<std::vector<Symbol>> made(tasks.size());
  std::vector<std::set<PaintProblem>> reports(tasks.size());
  base::parallel_for(tasks.size(), jobs, [&](std::size_t t) {
    const StyledLayer& styled = layers.styled[tasks[t].styled];
    const MapFeature& item = layers.map_layers[static_cast<std::size_t>(styled.map_layer)].features[tasks[t].feature];
    std::optional<TimeProperties> time;
    PaintContext own = paint;
    own.problems = &reports[t];
    own.layer = styled.style;
    const auto life = life_of(styled, item, clock, own, time);
    if (!life) return;
    const SymbolInput symbol_input{styled.style, input.fonts, own, free_box, input.pinned_labels};
    made[t] = make_symbols(symbol_input, item, time ? &*time : nullptr);
    for (Symbol& symbol : made[t]) {
      symbol.style_layer = tasks[t].styled;
      symbol.map_layer = static_cast<std::size_t>(styled.map_layer);
      symbol.feature = tasks[t].feature;
      symbol.request.life = *life;
      // Later layers matter more, as in the spec; the sort key decides within a layer.
      symbol.request.priority += 1e4 * static_cast<double>(tasks[t].styled);
      // Rows that say the same are named once, and so are several about one line or area: the first in the table.
      if (styled.dated && !symbol.text.empty()) {
        const std::string precision = item.feature.text("place_precision");
        const bool point = precision.empty() || precision == "point";
        symbol.request.group = point ? symbol.text : item.feature.text("place");
        symbol.request.repeat_px = point ? std::max(symbol.request.repeat_px, 60.0) : 1e6;
      }
    }
  });
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (paint.problems != nullptr) paint.problems->insert(reports[t].begin(), reports[t].end());
    for (Symbol& symbol : made[t]) out.symbols.push_back(std::move(symbol));
  }

  avoid_other_dots(out.symbols);
  for (const StyledLayer& styled : layers.styled)
    if (styled.style->type == style::LayerType::Circle) add_circle_obstacles(styled, layers, clock, paint, out.problem);
  keep_off_marks(out.symbols, layers, out.problem.obstacles);

  out.problem.page = free_box;
  for (const Symbol& symbol : out.symbols) out.problem.requests.push_back(symbol.request);
  const label::Life always{0, static_cast<int>(clock.frames())};
  for (const geom::Box& box : occupied)
    out.problem.obstacles.push_back({always, {box.center(), box.width() / 2, box.height() / 2, 0}, 1, -1});
  out.choices = label::solve(out.problem);
  return out;
}

}  // namespace sitmap::compose
