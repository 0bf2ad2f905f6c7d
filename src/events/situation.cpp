#include "events/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "geom/operations.hpp"

namespace sitmap::events {
namespace {

using Number = std::int64_t;  // days since 1970-01-01
constexpr Number kOpenStart = std::numeric_limits<std::int32_t>::min();
constexpr Number kOpenEnd = std::numeric_limits<std::int32_t>::max();  // an end that isn't included

Number start_of(const Territory& t) { return t.valid.first ? t.valid.first->number : kOpenStart; }
Number end_of(const Territory& t) { return t.valid.last ? Number{t.valid.last->number} + 1 : kOpenEnd; }
bool is_area(const Territory& t) { return std::holds_alternative<geom::MultiPolygon>(t.geometry); }

struct Period {
  Number start = 0, end = 0;                 // [start, end)
  std::vector<const Territory*> members;     // in the input's order
  geom::Geometry shape;
};

bool in_range(const Period& period, const std::optional<time::Interval>& range) {
  if (!range) return true;
  const Number first = range->first ? Number{range->first->number} : kOpenStart;
  const Number last = range->last ? Number{range->last->number} : kOpenEnd;
  return period.start <= last && first < period.end;
}

geom::Geometry union_of(const std::vector<const Territory*>& members) {
  if (members.size() == 1) return members[0]->geometry;
  std::vector<geom::Geometry> shapes;
  shapes.reserve(members.size());
  for (const Territory* member : members) shapes.push_back(member->geometry);
  return geom::unite(shapes);
}

// Far below anything drawn, far above rounding: square degrees relative to the shape.
bool negligible(double area, double of) { return area <= of * 1e-9 + 1e-12; }

bool same_shape(const geom::Geometry& a, const geom::Geometry& b) {
  if (a == b) return true;
  const double size = geom::area(a);
  if (!negligible(std::abs(size - geom::area(b)), size) || geom::bounds(a) != geom::bounds(b)) return false;
  return negligible(geom::area(geom::difference(a, b)), size) && negligible(geom::area(geom::difference(b, a)), size);
}

// The days between two changes, each with what holds then; joined where the union stays the same.
std::vector<Period> periods_of(const std::vector<const Territory*>& group, const std::optional<time::Interval>& range) {
  std::vector<Number> changes;
  for (const Territory* t : group) {
    changes.push_back(start_of(*t));
    changes.push_back(end_of(*t));
  }
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  std::vector<Period> periods;
  for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
    Period period{changes[i], changes[i + 1], {}, {}};
    for (const Territory* t : group)
      if (start_of(*t) <= period.start && end_of(*t) >= period.end) period.members.push_back(t);
    if (period.members.empty() || !in_range(period, range)) continue;
    period.shape = union_of(period.members);
    if (!periods.empty() && periods.back().end == period.start && same_shape(periods.back().shape, period.shape)) {
      periods.back().end = period.end;
      for (const Territory* t : period.members)
        if (std::find(periods.back().members.begin(), periods.back().members.end(), t) == periods.back().members.end())
          periods.back().members.push_back(t);
      continue;
    }
    periods.push_back(std::move(period));
  }
  return periods;
}

time::Interval interval_of(const Period& period) {
  time::Interval valid;
  if (period.start != kOpenStart) valid.first = time::Day{static_cast<std::int32_t>(period.start)};
  if (period.end != kOpenEnd) valid.last = time::Day{static_cast<std::int32_t>(period.end - 1)};
  for (const Territory* t : period.members) {  // a change known to the month stays known to the month
    if (t->valid.first == valid.first) valid.first_precision = std::max(valid.first_precision, t->valid.first_precision);
    if (t->valid.last == valid.last) valid.last_precision = std::max(valid.last_precision, t->valid.last_precision);
    valid.approximate = valid.approximate || t->valid.approximate;
    valid.uncertain = valid.uncertain || t->valid.uncertain;
  }
  return valid;
}

std::string agreed(const std::vector<const Territory*>& members, std::string Territory::*field) {
  for (const Territory* t : members)
    if (t->*field != members[0]->*field) return {};
  return members[0]->*field;
}

std::string joined(const std::vector<const Territory*>& members, std::string Territory::*field) {
  std::vector<std::string> seen;
  std::string text;
  for (const Territory* t : members) {
    if ((t->*field).empty() || std::find(seen.begin(), seen.end(), t->*field) != seen.end()) continue;
    seen.push_back(t->*field);
    text += (text.empty() ? "" : " | ") + t->*field;
  }
  return text;
}

source::Value agreed(const std::vector<const Territory*>& members, std::string_view column) {
  const source::Value& first = members[0]->feature.get(column);
  for (const Territory* t : members)
    if (t->feature.get(column) != first) return {};
  return first;
}

class Columns {
 public:
  Columns(const std::vector<Territory>& territories, std::span<const std::string> keep) {
    std::vector<std::string> names{"id", "actor", "status", "opponent", "also", "name", "changed"};
    for (const Territory& t : territories) {  // names in other languages belong to the name
      if (!t.feature.schema) continue;
      for (const std::string& name : t.feature.schema->names())
        if (name.starts_with("name_")) add(names, name);
    }
    for (const std::string& name : keep) add(names, name);
    schema_ = std::make_shared<source::Schema>(std::move(names));
  }

  Territory make(const Period& period, std::string status) const {
    const Territory& first = *period.members[0];
    Territory out;
    out.actor = first.actor;
    out.status = std::move(status);
    out.name = agreed(period.members, &Territory::name);
    out.valid = interval_of(period);
    const std::string changed = out.valid.first ? time::to_iso(*out.valid.first) : std::string();
    out.id = fmt::format("{}_{}_{}", out.actor, out.status, changed.empty() ? "open" : changed);
    out.geometry = period.shape;
    out.source = joined(period.members, &Territory::source);
    out.note = joined(period.members, &Territory::note);
    for (const Territory* t : period.members) out.precision_m = std::max(out.precision_m, t->precision_m);
    out.feature.schema = schema_;
    for (const std::string& column : schema_->names()) {
      if (column == "id") out.feature.values.emplace_back(out.id);
      else if (column == "actor") out.feature.values.emplace_back(out.actor);
      else if (column == "status") out.feature.values.emplace_back(out.status);
      else if (column == "changed") out.feature.values.push_back(changed.empty() ? source::Value() : source::Value(changed));
      else out.feature.values.push_back(agreed(period.members, column));
    }
    return out;
  }

 private:
  static void add(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::shared_ptr<const source::Schema> schema_;
};

void sort(std::vector<Territory>& territories) {
  std::stable_sort(territories.begin(), territories.end(), [](const Territory& a, const Territory& b) {
    const auto key = [](const Territory& t) {
      return std::tuple(start_of(t), std::string_view(t.actor), std::string_view(t.status), t.feature.text("opponent"));
    };
    return key(a) < key(b);
  });
}

}  // namespace

std::vector<Territory> dissolve(const std::vector<Territory>& territories, std::span<const std::string> keep_columns,
                                const std::optional<time::Interval>& range) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<const Territory*>> groups;
  for (const Territory& t : territories)
    if (is_area(t)) groups[{t.actor, t.status, t.feature.text("opponent")}].push_back(&t);
  const Columns columns(territories, keep_columns);
  std::vector<Territory> out;
  for (const auto& [key, group] : groups)
    for (const Period& period : periods_of(group, range)) out.push_back(columns.make(period, period.members[0]->status));
  sort(out);
  for (const Territory& t : territories)
    if (!is_area(t)) out.push_back(t);
  return out;
}

std::vector<Territory> gains(const std::vector<Territory>& territories, int days, const std::optional<time::Interval>& range) {
  std::map<std::string, std::vector<const Territory*>> actors;
  Number first_of_all = kOpenEnd;
  for (const Territory& t : territories) {
    if (!is_area(t)) continue;
    if (start_of(t) != kOpenStart) first_of_all = std::min(first_of_all, start_of(t));
    if (t.status == "controlled") actors[t.actor].push_back(&t);
  }
  // A gain is shown `days` days: what happened that long before the range still counts, and what it is compared with.
  std::optional<time::Interval> wide = range;
  if (wide && wide->first) wide->first = *wide->first + -(days + 1);
  const Columns columns(territories, {});
  std::vector<Territory> out;
  for (const auto& [actor, group] : actors) {
    const std::vector<Period> periods = periods_of(group, wide);
    for (std::size_t i = 0; i < periods.size(); ++i) {
      const Period& now = periods[i];
      if (now.start == kOpenStart || now.start <= first_of_all) continue;
      const bool follows = i > 0 && periods[i - 1].end == now.start;
      if (!follows && wide && wide->first && now.start <= wide->first->number) continue;  // what was before is not known here
      Period gain{now.start, std::min(now.end, now.start + days), {}, now.shape};
      if (follows) gain.shape = geom::difference(now.shape, periods[i - 1].shape);
      if (geom::is_empty(gain.shape) || negligible(geom::area(gain.shape), geom::area(now.shape))) continue;
      for (std::size_t next = i + 1; next < periods.size() && periods[next].start == gain.end && gain.end < gain.start + days; ++next) {
        const geom::Geometry lost = geom::difference(gain.shape, periods[next].shape);
        if (!negligible(geom::area(lost), geom::area(gain.shape))) break;
        gain.end = std::min(periods[next].end, now.start + days);
      }
      for (const Territory* t : now.members)
        if (start_of(*t) == now.start) gain.members.push_back(t);
      if (gain.members.empty()) gain.members = now.members;
      if (in_range(gain, range)) out.push_back(columns.make(gain, "gained"));
    }
  }
  sort(out);
  return out;
}

}  // namespace sitmap::events
