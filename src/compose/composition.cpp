#include "compose/composition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <set>

#include "base/text.hpp"
#include "base/workers.hpp"
#include "compose/layers.hpp"
#include "compose/legend.hpp"
#include "compose/placement.hpp"
#include "compose/situation.hpp"
#include "compose/theme.hpp"
#include "geom/operations.hpp"

namespace sitmap::compose {
namespace {

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

projection::View make_view(const Input& input, const projection::Margins& margins) {
  const Area& area = input.area;
  geom::GeoBox box;
  if (!geom::is_empty(area.shape))
    box = geom::geo_bounds(area.shape);
  else if (area.center)
    box = {area.center->x - 1, std::max(-90.0, area.center->y - 1), area.center->x + 1, std::min(90.0, area.center->y + 1)};
  const auto projection = input.projection == "auto" ? projection::Projection::automatic(box)
                                                     : projection::Projection::from_text(input.projection);
  if (area.projected) return projection::View::projected_box(projection, *area.projected, input.page);
  if (area.center && area.zoom)
    return projection::View::at_zoom(projection, *area.center, *area.zoom, input.page, area.bearing);
  if (area.center && area.scale)
    return projection::View::centered(projection, *area.center, *area.scale * 0.0254 / 96, input.page, margins);
  const double pad = area.pad * std::min(input.page.width - margins.left - margins.right,
                                         input.page.height - margins.top - margins.bottom);
  const projection::Margins padded{margins.left + pad, margins.top + pad, margins.right + pad, margins.bottom + pad};
  return projection::View::fit(projection, area.shape, input.page, padded);
}

// The key under which an unchanged dated layer is kept between frames: which features, how present.
using FrameKey = std::vector<std::pair<std::uint32_t, std::uint16_t>>;

}  // namespace

struct Composition::Impl {
  Input input;
  Theme theme;
  FurnitureInput furniture_input;
  std::optional<PageLayout> layout;
  std::optional<projection::View> view;
  std::optional<Clock> clock;
  LayerSet layers;
  std::set<PaintProblem> paint_problems;
  PaintContext paint;
  scene::Color background{1, 1, 1, 1};
  std::vector<scene::SharedLayer> fixed;           // one per styled layer that never changes
  PlacedLabels labels;
  std::vector<std::vector<std::size_t>> symbols_of;  // per styled layer: indices of placed symbols
  MapFurniture map_furniture;
  std::vector<std::vector<LegendEntry>> legends;   // per state
  std::vector<std::vector<ClaimLine>> claims;      // per state
  StageTimes times;

  struct Kept {
    std::map<FrameKey, scene::SharedLayer> layers;
  };
  mutable std::mutex mutex;
  mutable std::vector<Kept> kept;                  // per styled layer
  mutable std::map<std::size_t, scene::SharedLayer> legend_layers, claim_layers, furniture_layers;

  std::size_t state_of(std::size_t frame) const {
    if (input.schedule.frames.empty()) return input.schedule.states.empty() ? 0 : input.schedule.states.size() - 1;
    return input.schedule.frames[frame].state;
  }
  const MapLayer& map_layer(const StyledLayer& styled) const {
    return layers.map_layers[static_cast<std::size_t>(styled.map_layer)];
  }

  void prepare_furniture();
  void report_outside(base::Problems& problems) const;
  void make_fixed();
  void make_legends();
  void place(base::Problems& problems);
  void report_labels(base::Problems& problems) const;
  std::vector<Shown> shown_at(std::size_t styled, std::size_t frame) const;
  scene::SharedLayer dated_layer(std::size_t styled, std::size_t frame) const;
  scene::SharedLayer symbol_layer(std::size_t styled, std::size_t frame) const;
  std::string alt_text(std::size_t frame) const;
};

void Composition::Impl::prepare_furniture() {
  furniture_input.fonts = input.fonts;
  furniture_input.theme = theme;
  furniture_input.settings = input.furniture;
  furniture_input.words = input.words;
  furniture_input.page = input.page;
  furniture_input.schedule = &input.schedule;
  furniture_input.sequence = input.sequence;
  furniture_input.attributions.clear();
  for (const std::string& id : layers.sources) {
    const source::Provider* provider = input.catalogue->provider(id);
    std::string text = provider != nullptr ? provider->attribution : id;
    auto& all = furniture_input.attributions;
    if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
  }
  furniture_input.event_days.clear();
  for (const events::Event& event : input.events.events)
    if (event.when.first) furniture_input.event_days.push_back(event.when.first->number);
}

void Composition::Impl::report_outside(base::Problems& problems) const {
  std::set<std::string> reported;
  for (const events::Event& event : input.events.events) {
    const bool inside = std::any_of(event.sites.begin(), event.sites.end(), [&](const events::Site& site) {
      return !geom::is_empty(view->project(site.geometry, 0, 1)) ||
             (site.precision == events::Precision::Vague && !geom::is_empty(view->project(geom::point(site.at), 0, 1)));
    });
    if (inside || event.sites.empty()) continue;
    problems.warn("event-outside-map", event.where,
                  fmt::format("the event '{}' lies outside the map ({})", event.id.empty() ? event.title : event.id,
                              event.sites.front().written),
                  "widen 'area', or leave it out of the table");
  }
}

void Composition::Impl::make_fixed() {
  fixed.resize(layers.styled.size());
  std::vector<std::set<PaintProblem>> reports(layers.styled.size());
  base::parallel_for(layers.styled.size(), base::default_jobs(), [&](std::size_t i) {
    const StyledLayer& styled = layers.styled[i];
    if (styled.dated || styled.map_layer < 0 || styled.style->type == style::LayerType::Symbol) return;
    PaintContext own = paint;
    own.problems = &reports[i];
    own.layer = styled.style;
    auto layer = std::make_shared<scene::Layer>();
    layer->name = styled.style->id;
    for (const MapFeature& item : map_layer(styled).features)
      if (passes_filter(*styled.style, item, nullptr, own)) paint_feature(*styled.style, item, nullptr, own, layer->items);
    if (!layer->items.empty()) fixed[i] = std::move(layer);
  });
  for (const auto& report : reports) paint_problems.insert(report.begin(), report.end());
  for (const StyledLayer& styled : layers.styled)
    if (styled.style->type == style::LayerType::Background) {
      expression::Context at;
      at.zoom = paint.zoom;
      background = styled.style->properties.color("background-color", at);
      background.a *= static_cast<float>(styled.style->properties.number("background-opacity", at));
    }
}

// What each state shows, from the layers that ask for legend entries.
void Composition::Impl::make_legends() {
  const std::size_t states = std::max<std::size_t>(1, input.schedule.states.size());
  legends.resize(states);
  claims.resize(states);
  std::vector<std::size_t> frame_of(states, 0);
  for (std::size_t f = 0; f < input.schedule.frames.size(); ++f)
    if (input.schedule.frames[f].held) frame_of[input.schedule.frames[f].state] = f;
  const geom::Box page{0, 0, input.page.width, input.page.height};
  for (std::size_t s = 0; s < states; ++s) {
    LegendBuilder builder(paint);
    for (const StyledLayer& styled : layers.styled) {
      if (styled.map_layer < 0 || !styled.style->metadata.has("sitmap:legend")) continue;
      const std::size_t index = static_cast<std::size_t>(&styled - layers.styled.data());
      for (const Shown& shown : shown_at(index, frame_of[s])) {
        if (!geom::bounds(shown.feature->page).intersects(page)) continue;
        if (styled.style->type != style::LayerType::Symbol) {  // what is faded out is not visible
          std::vector<scene::Item> drawn;
          paint_feature(*styled.style, *shown.feature, shown.time ? &*shown.time : nullptr, paint, drawn);
          if (drawn.empty()) continue;
        }
        builder.add(shown);
      }
    }
    legends[s] = builder.entries();
    if (!input.schedule.states.empty() && input.furniture.claims != Switch::Off)
      claims[s] = claims_at(input.events, input.schedule.states[s],
                            input.words.languages.empty() ? "en" : input.words.languages.front(), 8);
  }
}

void Composition::Impl::place(base::Problems& problems) {
  std::vector<LegendEntry> all_entries;
  std::vector<ClaimLine> most_claims;
  for (const auto& entries : legends)
    for (const LegendEntry& entry : entries)
      if (std::find(all_entries.begin(), all_entries.end(), entry) == all_entries.end()) all_entries.push_back(entry);
  for (const auto& lines : claims)
    if (lines.size() > most_claims.size()) most_claims = lines;

  std::vector<LocatorShape> locator;
  if (input.furniture.locator != Switch::Off && input.catalogue->has("country")) {
    const geom::GeoBox world{-180, -90, 180, 90};
    std::set<std::string> columns{"name"};
    for (const std::string& language : input.words.languages) columns.insert("name_" + language);
    source::Table table = input.catalogue->read("country", world, 1e5, {columns.begin(), columns.end()});
    for (source::Feature& feature : table.features)
      locator.push_back({label_of(feature, input.words.languages), std::move(feature.geometry), false});
    for (LocatorShape& shape : locator) shape.focus = geom::contains(shape.area, view->center());
  }

  std::vector<geom::Box> interest;
  for (const StyledLayer& styled : layers.styled)
    if (styled.dated)
      for (const MapFeature& item : map_layer(styled).features)
        if (const geom::Box box = geom::bounds(item.page); !box.empty()) interest.push_back(box.expanded(6));
  if (const geom::Geometry shape = view->project(input.area.shape, 0, 1); !geom::is_empty(shape))
    interest.push_back(geom::bounds(shape));
  map_furniture = place_map_furniture(furniture_input, *layout, *view, all_entries, most_claims, locator, interest);

  const auto no_room = [&](const char* what, const char* key) {
    problems.warn("furniture-without-room", {}, fmt::format("{} found no room", what), fmt::format("make the page larger, or set '{}: off' under 'furniture'", key));
  };
  if (input.furniture.legend != Switch::Off && !all_entries.empty() && map_furniture.legend_box.empty()) no_room("the legend", "legend");
  if (input.furniture.claims != Switch::Off && !most_claims.empty() && map_furniture.claims_box.empty()) no_room("the figures of the parties", "claims");

  std::vector<geom::Box> occupied = layout->occupied();
  occupied.insert(occupied.end(), map_furniture.occupied.begin(), map_furniture.occupied.end());
  labels = place_labels(input, layers, *clock, paint, layout->map_box(), occupied, base::default_jobs());
  symbols_of.resize(layers.styled.size());
  for (std::size_t i = 0; i < labels.symbols.size(); ++i)
    if (labels.choices[i].candidate >= 0) symbols_of[labels.symbols[i].style_layer].push_back(i);
  report_labels(problems);
}

void Composition::Impl::report_labels(base::Problems& problems) const {
  std::set<std::string> dropped;
  std::set<char32_t> missing;
  for (std::size_t i = 0; i < labels.symbols.size(); ++i) {
    const Symbol& symbol = labels.symbols[i];
    const label::Choice& choice = labels.choices[i];
    missing.insert(symbol.missing.begin(), symbol.missing.end());
    const bool own = layers.styled[symbol.style_layer].dated || map_layer(layers.styled[symbol.style_layer]).name == "label";
    if (choice.candidate < 0 && (choice.reason == label::Reason::NoRoom || choice.reason == label::Reason::NoCandidate) && own && !symbol.text.empty())
      dropped.insert(symbol.text);
  }
  for (const std::string& text : dropped)
    problems.warn("label-without-room", {}, fmt::format("the label '{}' found no room", text),
                  "make the page larger, the text shorter, or pin the label under 'labels'");
  for (const char32_t code : missing)
    problems.warn("missing-glyph", {}, fmt::format("no font has the character U+{:04X}", static_cast<unsigned>(code)),
                  "name a folder with a font that has it under 'fonts' (Debian: fonts-noto-core, fonts-noto-cjk)");
  std::set<std::string> located;
  for (const PaintProblem& problem : paint_problems)
    if (problem.where.line > 0) located.insert(problem.message);
  for (const PaintProblem& problem : paint_problems)
    if (problem.where.line > 0)
      problems.error(problem.where, problem.message, problem.hint);
    else if (!located.contains(problem.message))
      problems.error({input.style->file.string(), 0, 0, {}}, problem.message, problem.hint);
}

// The features that a style layer shows at a frame. Several rows about one line or area are one mark: the newest.
std::vector<Shown> Composition::Impl::shown_at(std::size_t index, std::size_t frame) const {
  const StyledLayer& styled = layers.styled[index];
  PaintContext quiet = paint;
  quiet.problems = nullptr;
  std::vector<Shown> out;
  std::set<std::string> marked;
  const std::vector<MapFeature>& features = map_layer(styled).features;
  for (auto item = features.rbegin(); item != features.rend(); ++item) {
    std::optional<TimeProperties> time;
    if (styled.dated) {
      time = clock->at(frame, *item->valid, item->persistence);
      if (!time || time->presence <= 0) continue;
    }
    if (!passes_filter(*styled.style, *item, time ? &*time : nullptr, quiet)) continue;
    const std::string precision = item->feature.text("place_precision");
    if (styled.dated && !precision.empty() && precision != "point" && !marked.insert(item->feature.text("place")).second) continue;
    out.push_back({styled.style, &*item, time});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

scene::SharedLayer Composition::Impl::dated_layer(std::size_t index, std::size_t frame) const {
  const StyledLayer& styled = layers.styled[index];
  std::vector<Shown> there = shown_at(index, frame);
  if (there.empty()) return nullptr;
  FrameKey key;
  for (Shown& shown : there) {
    const auto level = static_cast<std::uint16_t>(std::lround(shown.time->presence * 4096));
    shown.time->presence = level / 4096.0;
    key.emplace_back(static_cast<std::uint32_t>(shown.feature - map_layer(styled).features.data()), level);
  }
  if (!styled.timed) {
    const std::lock_guard lock(mutex);
    if (const auto it = kept[index].layers.find(key); it != kept[index].layers.end()) return it->second;
  }
  auto layer = std::make_shared<scene::Layer>();
  layer->name = styled.style->id;
  PaintContext quiet = paint;
  quiet.problems = nullptr;
  for (const Shown& shown : there) paint_feature(*styled.style, *shown.feature, &*shown.time, quiet, layer->items);
  scene::SharedLayer out = layer->items.empty() ? nullptr : scene::SharedLayer(std::move(layer));
  if (!styled.timed) {
    const std::lock_guard lock(mutex);
    return kept[index].layers.emplace(std::move(key), out).first->second;
  }
  return out;
}

scene::SharedLayer Composition::Impl::symbol_layer(std::size_t index, std::size_t frame) const {
  const StyledLayer& styled = layers.styled[index];
  FrameKey key;
  std::vector<float> opacities;
  for (const std::size_t i : symbols_of[index]) {
    const Symbol& symbol = labels.symbols[i];
    const int at = static_cast<int>(frame);
    if (at < symbol.request.life.begin || at >= symbol.request.life.end) continue;
    float opacity = 1;
    if (styled.dated) {
      const MapFeature& item = map_layer(styled).features[symbol.feature];
      const auto time = clock->at(frame, *item.valid, item.persistence);
      if (!time) continue;
      opacity = static_cast<float>(time->presence);
      if (styled.timed) {
        const StyledFeature feature(item.feature, input.words.languages, &*time);
        expression::Context context;
        context.zoom = paint.zoom;
        context.feature = &feature;
        opacity *= static_cast<float>(styled.style->properties.number("text-opacity", context));
      }
    }
    // Whole steps, so that frames with equal keys are equal in whatever order they are asked for.
    const auto level = static_cast<std::uint16_t>(std::lround(opacity * 255));
    if (level == 0) continue;
    key.emplace_back(static_cast<std::uint32_t>(i), level);
    opacities.push_back(static_cast<float>(level) / 255);
  }
  if (key.empty()) return nullptr;
  {
    const std::lock_guard lock(mutex);
    if (const auto it = kept[index].layers.find(key); it != kept[index].layers.end()) return it->second;
  }
  auto layer = std::make_shared<scene::Layer>();
  layer->name = styled.style->id;
  for (std::size_t k = 0; k < key.size(); ++k) {
    const Symbol& symbol = labels.symbols[key[k].first];
    for (scene::Item icon : symbol.icon) {
      if (opacities[k] < 1)
        std::visit([&](auto& item) { item.opacity *= opacities[k]; }, icon);
      layer->items.push_back(std::move(icon));
    }
  }
  for (std::size_t k = 0; k < key.size(); ++k) {
    const Symbol& symbol = labels.symbols[key[k].first];
    scene::Text text = symbol.placements[static_cast<std::size_t>(labels.choices[key[k].first].candidate)].text;
    if (text.runs.empty()) continue;
    if (styled.timed) text.opacity = 1;
    text.opacity *= opacities[k];
    layer->items.emplace_back(std::move(text));
  }
  const std::lock_guard lock(mutex);
  return kept[index].layers.emplace(std::move(key), scene::SharedLayer(std::move(layer))).first->second;
}

std::string Composition::Impl::alt_text(std::size_t frame) const {
  if (!input.words.alt_text.empty()) return input.words.alt_text;
  const std::string language = input.words.languages.empty() ? "en" : input.words.languages.front();
  std::string out = "Map: " + input.words.title + ".";
  if (!input.words.subtitle.empty()) out += " " + input.words.subtitle + ".";
  if (!input.schedule.states.empty()) {
    const time::State& state = input.schedule.states[state_of(frame)];
    out += fmt::format(" As of {}.", time::format_date(state.last, language));
    std::vector<std::string> named;
    for (const events::Event& event : input.events.events)
      if (event.when.first && *event.when.first <= state.last && (!event.when.last || *event.when.last >= state.first) &&
          !event.title.empty() && std::find(named.begin(), named.end(), event.title) == named.end())
        named.push_back(event.title);
    if (named.size() > 6) named.resize(6);
    if (!named.empty()) out += " " + base::join(named, "; ") + ".";
  }
  if (!furniture_input.attributions.empty()) out += " Sources: " + base::join(furniture_input.attributions, "; ") + ".";
  return out;
}

Composition::Composition(Input input, base::Problems& problems) : impl_(std::make_unique<Impl>()) {
  Impl& m = *impl_;
  m.input = std::move(input);
  Stopwatch watch;
  m.clock.emplace(m.input.schedule);
  m.theme = read_theme(*m.input.style, problems);
  if (!m.input.fonts->has_family(m.theme.font))
    problems.error({m.input.style->file.string(), 0, 0, {}}, fmt::format("'sitmap:furniture': the font '{}' is not there", m.theme.font),
                  base::suggestion(m.theme.font, m.input.fonts->families()));
  m.prepare_furniture();
  const PageLayout first_layout(m.furniture_input);
  m.view.emplace(make_view(m.input, first_layout.margins()));
  m.layers = read_layers(m.input, *m.view, problems);
  m.times.reading = watch.lap();

  m.paint = {.zoom = style_zoom(*m.view), .languages = &m.input.words.languages, .style = m.input.style, .problems = &m.paint_problems};
  m.kept.resize(m.layers.styled.size());
  m.prepare_furniture();  // now with the attributions of what was read
  m.layout.emplace(m.furniture_input);
  m.report_outside(problems);
  m.make_fixed();
  m.make_legends();
  m.times.composing = watch.lap();
  m.place(problems);
  m.times.labels = watch.lap();
}

Composition::~Composition() = default;

std::size_t Composition::frames() const { return impl_->clock->frames(); }
const projection::View& Composition::view() const { return *impl_->view; }
const StageTimes& Composition::times() const { return impl_->times; }
std::string Composition::labels_text() const { return label::print(impl_->labels.problem, impl_->labels.choices); }

scene::Scene Composition::scene(std::size_t frame) const {
  const Impl& m = *impl_;
  scene::Scene out;
  out.width = m.input.page.width;
  out.height = m.input.page.height;
  out.background = m.background;
  out.title = m.input.words.title;
  out.description = m.alt_text(frame);
  out.language = m.input.words.languages.empty() ? "en" : m.input.words.languages.front();
  const auto add = [&](const scene::SharedLayer& layer) {
    if (layer && !layer->items.empty()) out.layers.push_back(layer);
  };
  for (std::size_t i = 0; i < m.layers.styled.size(); ++i) {
    const StyledLayer& styled = m.layers.styled[i];
    if (styled.map_layer < 0) continue;
    if (styled.style->type == style::LayerType::Symbol)
      add(m.symbol_layer(i, frame));
    else if (styled.dated)
      add(m.dated_layer(i, frame));
    else
      add(m.fixed[i]);
  }
  add(m.layout->fixed());
  add(m.map_furniture.fixed);
  const std::size_t state = m.state_of(frame);
  const auto kept = [&](std::map<std::size_t, scene::SharedLayer>& cache, std::size_t key, const auto& make) {
    {
      const std::lock_guard lock(m.mutex);
      if (const auto it = cache.find(key); it != cache.end()) return it->second;
    }
    const scene::SharedLayer made = make();
    const std::lock_guard lock(m.mutex);
    return cache.emplace(key, made).first->second;
  };
  // States with the same legend share one layer.
  const auto same_state = [&](const auto& all) {
    std::size_t s = state;
    while (s > 0 && all[s - 1] == all[state]) --s;
    return s;
  };
  if (!m.map_furniture.legend_box.empty() && !m.legends[state].empty())
    add(kept(m.legend_layers, same_state(m.legends), [&] {
      return draw_legend(m.furniture_input, *m.layout, m.map_furniture.legend_box, m.legends[state]);
    }));
  if (!m.map_furniture.claims_box.empty() && !m.claims[state].empty()) {
    add(kept(m.claim_layers, same_state(m.claims), [&] {
      return draw_claims(m.furniture_input, *m.layout, m.map_furniture.claims_box, m.claims[state]);
    }));
  }
  add(kept(m.furniture_layers, frame, [&] { return m.layout->at_frame(frame); }));
  return out;
}

}  // namespace sitmap::compose
