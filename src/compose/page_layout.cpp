// The bands of the page: title and date above, timeline and sources below.
#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "compose/ink.hpp"

namespace sitmap::compose {
namespace {

bool has_dates(const FurnitureInput& input) { return input.schedule != nullptr && !input.schedule->states.empty(); }

bool shows(Switch setting, bool automatic) { return setting == Switch::On || (setting == Switch::Auto && automatic); }

std::string language_of(const FurnitureInput& input) {
  return input.words.languages.empty() ? "en" : input.words.languages.front();
}

// The date of a state: a day, or a month where states are whole months.
std::string date_text(const FurnitureInput& input, const time::State& state) {
  const std::string language = language_of(input);
  const std::string day = time::format_date(state.last, language, time::DateStyle::Long);
  return input.sequence ? day : fill_in(furniture_words(input.words.languages).as_of, day);
}

// The widest date, so that the box is the same on every frame.
double widest_date(const FurnitureInput& input, const Ink& ink, double size) {
  double width = 0;
  const std::vector<time::State>& states = input.schedule->states;
  if (!input.sequence) return ink.shape(date_text(input, states.back()), size, Weight::Bold).width;
  const std::size_t step = std::max<std::size_t>(1, states.size() / 24);
  for (std::size_t i = 0; i < states.size(); i += step)
    width = std::max(width, ink.shape(date_text(input, states[i]), size, Weight::Bold).width);
  return width * 1.06;
}

std::string source_text(const FurnitureInput& input) {
  const FurnitureWords words = furniture_words(input.words.languages);
  std::vector<std::string> parts;
  if (!input.settings.source_text.empty()) parts.push_back(input.settings.source_text);
  parts.insert(parts.end(), input.attributions.begin(), input.attributions.end());
  std::string text;
  if (!parts.empty()) text = words.sources + ": " + base::join(parts, "; ");
  if (!input.words.worldview.empty()) text += (text.empty() ? "" : " · ") + fill_in(words.borders, input.words.worldview);
  if (!input.words.note.empty()) text += (text.empty() ? "" : " · ") + input.words.note;
  return text;
}

struct Tick {
  time::Day day;
  std::string text;
};

// Dates along the timeline: years, months or days, whichever gives 3 to 9 names.
std::vector<Tick> ticks_of(const FurnitureInput& input) {
  const time::Day first = input.schedule->states.front().first, last = input.schedule->states.back().last;
  const int days = last - first;
  const std::string language = language_of(input);
  std::vector<Tick> ticks;
  if (days <= 14) {
    for (int i = 0; i <= days; i += days > 8 ? 2 : 1)
      ticks.push_back({first + i, base::print_double(time::to_civil(first + i).day)});
    return ticks;
  }
  const int months = days <= 100 ? 0 : days <= 400 ? 1 : days <= 1100 ? 3 : 12 * std::max(1, days / 2900);
  if (months == 0) {
    for (int i = 0; i <= days; i += days > 45 ? 14 : 7) {
      const std::string text = time::format_date(first + i, language, time::DateStyle::Short);
      ticks.push_back({first + i, text.substr(0, text.find_last_of(' '))});
    }
    return ticks;
  }
  time::CivilDate date = time::to_civil(first);
  date.day = 1;
  for (;;) {
    const time::Day day = time::from_civil(date);
    if (day > last) break;
    if (day >= first && (date.month - 1) % std::min(months, 12) == 0)
      ticks.push_back({day, months >= 12 || date.month == 1 ? base::print_double(date.year)
                                                             : time::format_date(day, language, time::DateStyle::MonthYear)});
    date.month += 1;
    if (date.month > 12) {
      date.month = 1;
      date.year += 1;
    }
  }
  return ticks;
}

double position(const FurnitureInput& input, const geom::Box& box, double day) {
  const double first = input.schedule->states.front().first.number, last = input.schedule->states.back().last.number + 1;
  return box.min_x + std::clamp((day - first) / std::max(1.0, last - first), 0.0, 1.0) * box.width();
}

}  // namespace

PageLayout::PageLayout(const FurnitureInput& input) : input_(input) {
  const double w = input.page.width, h = input.page.height;
  unit_ = std::clamp(std::sqrt(w * h) / 72, 9.0, 20.0);
  const double u = unit_, pad = 1.5 * u;
  auto layer = std::make_shared<scene::Layer>();
  layer->name = "frame";
  Ink ink(*layer, input_);
  const bool portrait = w < 1.15 * h;
  const bool dated = has_dates(input) && shows(input.settings.date, true);
  const double date_size = (input.sequence ? 2.0 : 1.15) * u;

  // Above: an accent, title, subtitle; the date to the right, or below on narrow pages.
  double y = 0;
  const bool titled = !input.words.title.empty() || !input.words.subtitle.empty();
  double date_width = 0;
  if (dated) date_width = widest_date(input, ink, date_size);
  const bool date_right = dated && !portrait && date_width < 0.4 * w;
  if (titled || dated) {
    const double text_width = w - 2 * pad - (date_right ? date_width + 2 * u : 0);
    const text::Shaped title = ink.shape(input.words.title, 2.0 * u, Weight::Bold, text_width);
    const text::Shaped subtitle = ink.shape(input.words.subtitle, 1.15 * u, Weight::Regular, text_width);
    y = 1.1 * u;
    const double top = y;
    struct Line {
      const text::Shaped* shaped;
      double gap;
      const scene::Color* color;
    };
    double below = y + (input.words.title.empty() ? 0 : title.height) +
                   (input.words.subtitle.empty() ? 0 : subtitle.height + 0.15 * u);
    double date_y = top + 0.2 * u;
    if (dated && !date_right) {
      date_y = below + (titled ? 0.35 * u : 0);
      below = date_y + 1.35 * date_size;
    } else if (dated) {
      below = std::max(below, date_y + 1.35 * date_size);
    }
    const double bottom = below + 0.8 * u;
    ink.box({0, 0, w, bottom}, input.theme.paper);
    ink.box({pad, 0, pad + 3.4 * u, 0.42 * u}, input.theme.accent);
    if (!input.words.title.empty()) {
      ink.put(title, {pad, y}, input.theme.ink);
      y += title.height + 0.15 * u;
    }
    if (!input.words.subtitle.empty()) ink.put(subtitle, {pad, y}, input.theme.muted);
    if (dated)
      date_box_ = date_right ? geom::Box{w - pad - date_width, date_y, w - pad, date_y + 1.35 * date_size}
                             : geom::Box{pad, date_y, w - pad, date_y + 1.35 * date_size};
    ink.line({0, bottom}, {w, bottom}, input.theme.rule, 1);
    occupied_.push_back({0, 0, w, bottom});
    margins_.top = bottom;
  }

  // Below: the timeline, then the source line.
  double bottom = h;
  const std::string sources = shows(input.settings.source_line, true) ? source_text(input) : std::string();
  const double small = std::max(0.74 * u, 8.5);
  text::Shaped source_shaped;
  double source_height = 0;
  if (!sources.empty()) {
    source_shaped = ink.shape(sources, small, Weight::Regular, w - 2 * pad);
    source_height = source_shaped.height + 1.0 * u;
  }
  const bool timeline = input.sequence && has_dates(input) && input.schedule->states.size() > 1 &&
                        shows(input.settings.timeline, true);
  const double timeline_height = timeline ? 3.0 * u : 0;
  if (source_height + timeline_height > 0) {
    bottom = h - source_height - timeline_height - (timeline && source_height == 0 ? 0.5 * u : 0);
    ink.box({0, bottom, w, h}, input.theme.paper);
    ink.line({0, bottom}, {w, bottom}, input.theme.rule, 1);
    if (!sources.empty()) ink.put(source_shaped, {pad, h - source_height + 0.45 * u}, input.theme.muted);
    if (timeline) {
      timeline_box_ = {pad, bottom + 0.5 * u, w - pad, bottom + 2.7 * u};
      const double track = bottom + 1.45 * u;
      // How many events began on each day, as small bars on the track.
      std::vector<double> counts(static_cast<std::size_t>(std::max(1.0, timeline_box_.width() / 4)));
      for (const double day : input.event_days) {
        const double share = (position(input, timeline_box_, day + 0.5) - timeline_box_.min_x) / timeline_box_.width();
        if (day < input.schedule->states.front().first.number || day > input.schedule->states.back().last.number) continue;
        counts[std::min(counts.size() - 1, static_cast<std::size_t>(share * static_cast<double>(counts.size())))] += 1;
      }
      const double most = *std::max_element(counts.begin(), counts.end());
      for (std::size_t i = 0; i < counts.size() && most > 0; ++i) {
        if (counts[i] <= 0) continue;
        const double x = timeline_box_.min_x + 4 * static_cast<double>(i), height = 0.9 * u * std::sqrt(counts[i] / most);
        ink.box({x, track - height, x + 3, track}, input.theme.muted.with_alpha(0.45F));
      }
      ink.line({timeline_box_.min_x, track}, {timeline_box_.max_x, track}, input.theme.rule, 3);
      const bool by_day = input.schedule->states.back().last - input.schedule->states.front().first <= 14;
      double free_from = -1e9;
      for (const Tick& tick : ticks_of(input)) {
        const double x = position(input, timeline_box_, tick.day.number + (by_day ? 0.5 : 0));
        ink.line({x, track - 0.25 * u}, {x, track + 0.35 * u}, input.theme.muted, 1);
        const text::Shaped text = ink.shape(tick.text, std::max(0.72 * u, 8.5));
        if (x < free_from || x + text.width > w - 0.3 * pad) continue;
        ink.put(text, {by_day ? x - text.width / 2 : x + 0.25 * u, track + 0.36 * u}, input.theme.muted);
        free_from = x + text.width + u;
      }
    }
    occupied_.push_back({0, bottom, w, h});
    margins_.bottom = h - bottom;
  }
  fixed_ = std::move(layer);
}

geom::Box PageLayout::map_box() const {
  return {margins_.left, margins_.top, input_.page.width - margins_.right, input_.page.height - margins_.bottom};
}

scene::SharedLayer PageLayout::at_frame(std::size_t frame) const {
  auto layer = std::make_shared<scene::Layer>();
  layer->name = "date";
  if (!has_dates(input_)) return layer;
  Ink ink(*layer, input_);
  const bool film = !input_.schedule->frames.empty();
  const time::Frame shown = film ? input_.schedule->frames[frame] : time::Frame{input_.schedule->states.size() - 1, 0, 1, true};
  const time::State& state = input_.schedule->states[shown.state];
  if (!date_box_.empty()) {
    const text::Shaped text = ink.shape(date_text(input_, state), (input_.sequence ? 2.0 : 1.15) * unit_, Weight::Bold);
    const bool left = date_box_.min_x < input_.page.width * 0.3;
    // In a film the first letter never moves: the text is set from the left of its box.
    ink.put(text, {left || input_.sequence ? date_box_.min_x : date_box_.max_x, date_box_.min_y}, input_.theme.ink,
            left || input_.sequence ? text::Align::Left : text::Align::Right);
  }
  if (!timeline_box_.empty()) {
    const double track = timeline_box_.min_y + 0.95 * unit_;
    const double half = (state.last.number + 1 - state.first.number) / 2.0;  // the mark stands at a state's middle
    const double now = (shown.held ? state.last.number + 1 : shown.moment) - half;
    const double x = position(input_, timeline_box_, now);
    ink.line({timeline_box_.min_x, track}, {x, track}, input_.theme.accent, 3);
    layer->items.emplace_back(scene::Circle{
        .center = {x, track}, .radius = 0.42 * unit_, .fill = input_.theme.accent, .stroke = input_.theme.paper, .stroke_width = 1.5});
  }
  return layer;
}

}  // namespace sitmap::compose
