#pragma once
// Who held what on each day, as areas without inner seams, and what each actor had newly gained.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/control.hpp"

namespace sitmap::events {

// Areas of one actor, status and opponent joined into one, for each period in which their union stays the same. On
// every day the result covers what the input covers; neighbours that share their vertices leave no seam. Lines and
// points pass through unchanged, at the end. Periods outside `range` are left out (those that reach into it stay whole).
//
// Column values that all joined areas agree on are kept for `keep_columns` (and id, actor, status, opponent, also, name
// where the input has them), and the column `changed` holds the period's first day (ISO; null when open). Geometry:
// longitude, latitude. Order: first day, then actor, status, opponent.
std::vector<Territory> dissolve(const std::vector<Territory>& territories, std::span<const std::string> keep_columns = {},
                                const std::optional<time::Interval>& range = {});

// What an actor controls after a change and didn't before it: status "gained", valid from the day of the change for
// `days` days, or until it is lost again. Input: any territories, or those of dissolve(). What holds on the first dated
// day of all, or with an open start, is no gain.
std::vector<Territory> gains(const std::vector<Territory>& territories, int days = 30,
                             const std::optional<time::Interval>& range = {});

}  // namespace sitmap::events
