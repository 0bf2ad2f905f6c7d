#include "compose/situation.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "compose/ink.hpp"
#include "geom/operations.hpp"

namespace sitmap::compose {
namespace {

source::Value text_or_null(const std::string& text) { return text.empty() ? source::Value() : source::Value(text); }
source::Value number_or_null(std::optional<double> number) { return number ? source::Value(*number) : source::Value(); }

std::string_view precision_name(events::Precision precision) {
  switch (precision) {
    case events::Precision::Point: return "point";
    case events::Precision::Vague: return "vague";
    case events::Precision::Line: return "line";
    case events::Precision::Area: return "area";
  }
  return "";
}

// A point or a ring: whichever is true at this scale.
events::Precision shown_precision(const events::Site& site, double metres_per_px) {
  constexpr double kRingPx = 9;  // a smaller circle would hide under its own symbol
  const bool round = site.precision == events::Precision::Point || site.precision == events::Precision::Vague;
  if (!round || metres_per_px <= 0 || site.precision_m <= 0) return site.precision;
  return site.precision_m / metres_per_px > kRingPx ? events::Precision::Vague : events::Precision::Point;
}

const std::vector<std::string> kEventColumns{"id",         "title",  "kind",  "place", "measure", "value",          "value_max",
                                             "claimed_by", "about",  "actor", "source", "date",   "date_precision", "place_precision",
                                             "precision_m", "label", "said_by"};

}  // namespace

MapLayer event_layer(const events::Events& events, const std::vector<std::string>& languages, double metres_per_px) {
  const FurnitureWords words = furniture_words(languages);
  MapLayer layer;
  layer.name = "event";
  layer.dated = true;
  std::vector<std::string> columns = kEventColumns;
  for (const events::Event& event : events.events)
    for (const auto& [name, text] : event.extra)
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
  const auto schema = std::make_shared<const source::Schema>(columns);

  std::int64_t number = 0;
  for (const events::Event& event : events.events) {
    for (const events::Site& site : event.sites) {
      MapFeature item;
      item.valid = event.when;
      item.persistence = Persistence::Event;
      source::Feature& feature = item.feature;
      feature.id = ++number;
      feature.schema = schema;
      const events::Precision precision = shown_precision(site, metres_per_px);
      feature.geometry = precision == events::Precision::Vague   ? geom::geodesic_circle(site.at, site.precision_m)
                         : precision == events::Precision::Point ? geom::point(site.at)
                                                                 : site.geometry;
      const std::string place = site.written.empty() && site.place ? site.place->name : site.written;
      feature.values = {text_or_null(event.id),
                        text_or_null(event.title),
                        text_or_null(event.kind),
                        text_or_null(place),
                        text_or_null(event.claim.measure),
                        number_or_null(event.claim.value),
                        number_or_null(event.claim.value_max),
                        text_or_null(event.claim.claimed_by),
                        text_or_null(event.claim.about),
                        text_or_null(base::join(event.actors, "; ")),
                        text_or_null(event.source),
                        text_or_null(time::to_edtf(event.when)),
                        std::string(time::name_of(event.when.precision())),
                        std::string(precision_name(precision)),
                        site.precision_m,
                        text_or_null(event.title),
                        text_or_null(event.claim.claimed_by.empty() ? std::string() : fill_in(words.claimed_by, event.claim.claimed_by))};
      feature.values.resize(columns.size());
      for (const auto& [name, text] : event.extra) {
        const std::size_t index = *schema->find(name);
        if (index < kEventColumns.size() || text.empty()) continue;
        const auto value = base::parse_double(text);
        feature.values[index] = value ? source::Value(*value) : source::Value(text);
      }
      layer.features.push_back(std::move(item));
    }
  }
  return layer;
}

MapLayer territory_layer(const std::string& name, const events::Territories& territories,
                         const std::vector<events::Actor>& actors, const std::vector<std::string>& languages) {
  const bool areas = name == "control";
  MapLayer layer;
  layer.name = name;
  layer.dated = true;
  layer.sources = territories.sources;
  std::vector<std::string> columns{"id",     "name", "actor", "actor_name", "actor_color", "status",
                                   "source", "note", "date",  "precision_m", "opponent_name", "opponent_color"};
  const std::size_t own = columns.size();
  for (const events::Territory& territory : territories.all)
    if (territory.feature.schema)
      for (const std::string& column : territory.feature.schema->names())
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  const auto schema = std::make_shared<const source::Schema>(columns);

  std::int64_t number = 0;
  for (const events::Territory& territory : territories.all) {
    if (std::holds_alternative<geom::MultiPolygon>(territory.geometry) != areas) continue;
    const auto actor_of = [&](const std::string& id) {
      const auto it = std::find_if(actors.begin(), actors.end(), [&](const events::Actor& a) { return a.id == id; });
      return it == actors.end() ? nullptr : &*it;
    };
    const events::Actor* actor = actor_of(territory.actor);
    const std::string opponent_id = territory.feature.text("opponent");
    const events::Actor* opponent = actor_of(opponent_id);
    MapFeature item;
    item.valid = territory.valid;
    item.persistence = Persistence::Territory;
    item.feature.id = ++number;
    item.feature.schema = schema;
    item.feature.geometry = territory.geometry;
    item.feature.values = {text_or_null(territory.id),
                           text_or_null(territory.name),
                           text_or_null(territory.actor),
                           text_or_null(actor != nullptr ? actor->name_in(languages) : territory.actor),
                           text_or_null(actor != nullptr ? actor->color : std::string()),
                           text_or_null(territory.status),
                           text_or_null(territory.source),
                           text_or_null(territory.note),
                           text_or_null(time::to_edtf(territory.valid)),
                           territory.precision_m,
                           text_or_null(opponent != nullptr ? opponent->name_in(languages) : opponent_id),
                           text_or_null(opponent != nullptr ? opponent->color : std::string())};
    item.feature.values.resize(columns.size());
    if (territory.feature.schema)
      for (std::size_t i = 0; i < territory.feature.schema->size(); ++i)
        if (const auto index = schema->find(territory.feature.schema->names()[i]); index && *index >= own)
          item.feature.values[*index] = territory.feature.values[i];
    layer.features.push_back(std::move(item));
  }
  return layer;
}

namespace {

std::string value_text(const events::Claim& claim) {
  std::string text = base::print_double(*claim.value);
  if (claim.value_max && *claim.value_max != *claim.value) text += "–" + base::print_double(*claim.value_max);
  // Thousands apart, as news style has it.
  if (text.find_first_not_of("0123456789") == std::string::npos && text.size() > 4)
    for (std::size_t at = text.size() - 3; at > 0 && at < text.size(); at = at > 3 ? at - 3 : 0) text.insert(at, "\u2009");
  return text;
}

int measure_rank(const std::string& measure) {
  static const std::vector<std::string> kOrder{"killed", "casualties", "wounded", "missing", "captured"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), measure) - kOrder.begin());
}

}  // namespace

std::vector<ClaimLine> claims_at(const events::Events& events, const time::State& state, std::string_view language,
                                 std::size_t most) {
  // The newest statement for each matter and party; what was said on one day stands side by side.
  struct Entry {
    const events::Event* event;
    time::Day as_of;
  };
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<Entry>> matters;
  constexpr int kFresh = 45;  // days a figure is shown after it was given
  for (const events::Event& event : events.events) {
    if (!event.claim.value || event.claim.measure.empty()) continue;
    auto as_of = event.when.last ? event.when.last : event.when.first;
    if (const auto said = time::parse_edtf(event.claim.as_of); said.interval) as_of = said.interval->last ? said.interval->last : said.interval->first;
    if (!as_of || *as_of > state.last || state.first - *as_of > kFresh) continue;
    auto& entries = matters[{event.claim.measure, event.claim.about, event.claim.claimed_by}];
    if (!entries.empty() && entries.front().as_of < *as_of) entries.clear();
    if (entries.empty() || entries.front().as_of == *as_of) entries.push_back({&event, *as_of});
  }
  std::vector<Entry> chosen;
  for (const auto& [matter, entries] : matters) chosen.insert(chosen.end(), entries.begin(), entries.end());
  std::stable_sort(chosen.begin(), chosen.end(), [](const Entry& a, const Entry& b) {
    const auto key = [](const Entry& e) {
      return std::tuple(-e.as_of.number, measure_rank(e.event->claim.measure), -*e.event->claim.value, e.event->id);
    };
    return key(a) < key(b);
  });
  if (chosen.size() > most) chosen.resize(most);
  std::vector<ClaimLine> lines;
  for (const Entry& entry : chosen) {
    const events::Event& event = *entry.event;
    lines.push_back({event.title.empty() ? event.claim.measure : event.title, value_text(event.claim), event.claim.measure, event.claim.claimed_by,
                     time::format_date(entry.as_of, language, time::DateStyle::Short)});
  }
  return lines;
}

}  // namespace sitmap::compose
