#pragma once
// Dated statements with their precision: ISO 8601-2 / EDTF level 0 and 1, as far as maps need them.

#include <optional>
#include <string>
#include <string_view>

#include "time/day.hpp"

namespace sitmap::time {

enum class Precision { Day, Month, Season, Year, Decade, Century };

// From the first possible day to the last possible day, both included, as one party dated it.
struct Interval {
  std::optional<Day> first;                 // nothing: open ("../2022") or unknown ("/2022")
  std::optional<Day> last;                  // nothing: open ("2022/..")
  Precision first_precision = Precision::Day;
  Precision last_precision = Precision::Day;
  bool approximate = false;                 // "~"
  bool uncertain = false;                   // "?"

  bool operator==(const Interval&) const = default;
  bool contains(Day day) const { return (!first || *first <= day) && (!last || day <= *last); }
  bool overlaps(const Interval& other) const;
  // The coarser of both ends.
  Precision precision() const { return first_precision > last_precision ? first_precision : last_precision; }
};

std::string_view name_of(Precision precision);  // "day", "month", … as set in the feature property date_precision

// "2022-09-13", "2022-09", "2022", "202X", "2022-21" (seasons), "2022-09-12/2022-09-14", "../2022", "2022-09/..",
// with "~", "?", "%"; also "2022-09-XX". Seasons are those of the northern half of the earth in whole months: 21 is
// March to May, 24 December to February of the next year. Times of day ("2022-09-13T14:00Z") are
// accepted and cut to the day. On failure says why: "month 13 doesn't exist", "30 February doesn't exist in any year",
// "it ends before it starts".
struct ParsedInterval {
  std::optional<Interval> interval;
  std::string reason;  // when there is no interval
};
ParsedInterval parse_edtf(std::string_view text);
// From separate columns; an empty end means the same as the start.
ParsedInterval parse_edtf(std::string_view start, std::string_view end);

std::string to_edtf(const Interval& interval);
// For people: "12–14 September 2022", "September 2022", "about 1991", "since 10 November 2020".
std::string describe(const Interval& interval, std::string_view language);

}  // namespace sitmap::time
