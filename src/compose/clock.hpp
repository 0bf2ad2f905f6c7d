#pragma once
// What time does to a feature: the properties that each frame sets, and whether it is there at all.

#include <optional>
#include <set>
#include <string>

#include "time/schedule.hpp"

namespace sitmap::compose {

// Read by styles as ordinary feature properties.
//   age        days since the start (0 on the first day shown; negative while fading in during a tween)
//   since_end  days since the last day (0 while it lasts)
//   remaining  days until the last day (0 afterwards; a large number when open)
//   progress   0 … 1 from start to end (1 for events of one day)
//   active     it lasts at this moment
//   presence   0 … 1: fades in and out between two states of a film; opacities are multiplied by it anyway
struct TimeProperties {
  double age = 0, since_end = 0, remaining = 0, progress = 1, presence = 1;
  bool active = true;
  bool operator==(const TimeProperties&) const = default;
};
const std::set<std::string, std::less<>>& time_property_names();

enum class Persistence {
  Event,      // once it has begun it stays (styles fade it)
  Territory,  // there from its first to its last day only, as of the end of each state
};

class Clock {
 public:
  explicit Clock(const time::Schedule& schedule) : schedule_(schedule) {}
  std::size_t frames() const { return schedule_.frames.empty() ? 1 : schedule_.frames.size(); }

  // The feature at a frame; nothing when it isn't there.
  std::optional<TimeProperties> at(std::size_t frame, const time::Interval& valid, Persistence persistence) const;

 private:
  std::optional<TimeProperties> in_state(std::size_t state, const time::Interval& valid, Persistence persistence) const;
  const time::Schedule& schedule_;
};

}  // namespace sitmap::compose
