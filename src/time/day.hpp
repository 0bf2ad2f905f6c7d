#pragma once
// Calendar days of the proleptic Gregorian calendar, without clock or time zone.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sitmap::time {

struct CivilDate {
  int year = 1970, month = 1, day = 1;
  bool operator==(const CivilDate&) const = default;
};

// Days since 1970-01-01.
struct Day {
  std::int32_t number = 0;
  auto operator<=>(const Day&) const = default;
  Day operator+(int days) const { return {number + days}; }
  int operator-(Day other) const { return number - other.number; }
};

// Moments within days: days since 1970-01-01T00:00 as a real number.
using Moment = double;

Day from_civil(CivilDate date);  // the date must exist
CivilDate to_civil(Day day);
bool exists(CivilDate date);
int days_in_month(int year, int month);

std::string to_iso(Day day);                            // "2022-09-13"
std::optional<Day> parse_iso_day(std::string_view text);  // exactly [-]YYYY-MM-DD and existing

// "13 September 2022" in the language (BCP 47); month names of CLDR for the languages the project supports (en, hy,
// az, ru, ka, fa, ar, tr, uk, fr, de, es, he …), English for others. `Short`: "13 Sep 2022".
enum class DateStyle { Long, Short, MonthYear, Year };
std::string format_date(Day day, std::string_view language, DateStyle style = DateStyle::Long);

}  // namespace sitmap::time
