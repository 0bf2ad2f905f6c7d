#pragma once
// Inside this module: how languages write dates.

#include <array>
#include <string_view>

namespace sitmap::time {

// In patterns: %d day, %M month inside a date (often genitive), %L month alone, %S short month, %N month as a number,
// %y year.
struct Language {
  std::string_view code, long_date, short_date, month_year, month_day, year, zero_digit;
  std::array<std::string_view, 12> in_date, brief, alone;  // `alone` is empty when it is the same as `in_date`

  std::string_view alone_name(std::size_t month) const { return alone[month].empty() ? in_date[month] : alone[month]; }
};

// By the primary subtag of a BCP 47 tag ("ru-RU", "zh_Hans"); English for those not known.
const Language& language_of(std::string_view tag);

}  // namespace sitmap::time
