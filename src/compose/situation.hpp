#pragma once
// Events and territories as map features, and what the parties say at a moment.

#include <vector>

#include "compose/features.hpp"
#include "compose/furniture.hpp"
#include "events/control.hpp"
#include "events/table.hpp"

namespace sitmap::compose {

// Layer "event": one feature per site. Properties: id, title, kind, place, measure, value, value_max, claimed_by,
// about, actor, source, date (EDTF), date_precision, place_precision (point, vague, line, area), precision_m, label,
// said_by ("according to Armenia"), and the table's other columns. A vague site is the circle within which it lies, never a point.
//
// `metres_per_px` of the map decides which circle is large enough to be seen: a place known to a kilometre is a point on
// a map of a country and a ring on a map of a town. 0: as events::Site says.
MapLayer event_layer(const events::Events& events, const std::vector<std::string>& languages, double metres_per_px = 0);

// Layers "control" (areas) and "line" (dated lines, points): id, name, actor, actor_name, actor_color, status, source,
// note, precision_m, date, and the data's other columns.
MapLayer territory_layer(const std::string& name, const events::Territories& territories,
                         const std::vector<events::Actor>& actors, const std::vector<std::string>& languages);

// What was claimed up to the end of a state, the newest statement of each party on each matter, at most `most` lines.
std::vector<ClaimLine> claims_at(const events::Events& events, const time::State& state, std::string_view language,
                                 std::size_t most);

}  // namespace sitmap::compose
