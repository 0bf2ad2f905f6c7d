#pragma once
// Dated events and who says so.

#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "gazetteer/place.hpp"
#include "time/interval.hpp"

namespace sitmap::events {

// What one party says.
struct Claim {
  std::string measure;                   // killed, wounded, captured, villages, …; empty: none
  std::optional<double> value, value_max;  // a range has both
  std::string claimed_by;                // empty: reported as fact
  std::string about;                     // whose losses, whose act
  std::string as_of;                     // EDTF; empty: the event's end
};

enum class Precision { Point, Vague, Line, Area };  // how the place is known, and so how it may be drawn

// Where an event took place: one of the row's places.
struct Site {
  std::string written;                   // as the table has it
  std::optional<gazetteer::Place> place; // nothing: coordinates of the table
  geom::Geometry geometry;               // longitude, latitude
  geom::Point at;                        // a point for a symbol
  double precision_m = 0;
  Precision precision = Precision::Point;
};

struct Event {
  std::string id;
  time::Interval when;
  std::vector<Site> sites;
  std::string kind, title;
  std::vector<std::string> actors;
  Claim claim;
  std::string source;                    // article, URL or text as the table has it
  std::vector<std::pair<std::string, std::string>> extra;  // other columns as they stand
  base::Location where;                  // row of the table
};

struct LeftOut {
  base::Location where;
  std::string id, reason, hint;
  bool event_kept = false;               // only one of the row's places is missing; the event is there without it
};

}  // namespace sitmap::events
