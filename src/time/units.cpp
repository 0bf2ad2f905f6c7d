#include "time/units.hpp"

#include <fmt/format.h>

namespace sitmap::time {
namespace {

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

std::string year_text(int year) { return fmt::format("{}{:04}", year < 0 ? "-" : "", std::abs(year)); }

// The unit of this precision that the day lies in.
Unit containing(Day day, Precision precision) {
  const CivilDate date = to_civil(day);
  switch (precision) {
    case Precision::Day: break;
    case Precision::Month: return month_unit(date.year, date.month);
    case Precision::Season: {
      const int year = date.month <= 2 ? date.year - 1 : date.year;
      return season_unit(year, date.month <= 2 || date.month == 12 ? 24 : 21 + (date.month - 3) / 3);
    }
    case Precision::Year: return year_unit(date.year);
    case Precision::Decade: return decade_unit(floor_divide(date.year, 10));
    case Precision::Century: return century_unit(floor_divide(date.year, 100));
  }
  return day_unit(day);
}

}  // namespace

Unit day_unit(Day day) { return {Precision::Day, day, day}; }

Unit month_unit(int year, int month) {
  return {Precision::Month, from_civil({year, month, 1}), from_civil({year, month, days_in_month(year, month)})};
}

Unit season_unit(int year, int code) {
  const int month = 3 * (code - 20);
  const int last_year = month == 12 ? year + 1 : year, last_month = month == 12 ? 2 : month + 2;
  return {Precision::Season, from_civil({year, month, 1}),
          from_civil({last_year, last_month, days_in_month(last_year, last_month)})};
}

Unit year_unit(int year) { return {Precision::Year, from_civil({year, 1, 1}), from_civil({year, 12, 31})}; }

Unit decade_unit(int digits) {
  return {Precision::Decade, from_civil({digits * 10, 1, 1}), from_civil({digits * 10 + 9, 12, 31})};
}

Unit century_unit(int digits) {
  return {Precision::Century, from_civil({digits * 100, 1, 1}), from_civil({digits * 100 + 99, 12, 31})};
}

Unit unit_from(Day first, Precision precision) {
  const Unit unit = containing(first, precision);
  return unit.first == first ? unit : day_unit(first);
}

Unit unit_until(Day last, Precision precision) {
  const Unit unit = containing(last, precision);
  return unit.last == last ? unit : day_unit(last);
}

int season_code(const Unit& unit) { return 20 + to_civil(unit.first).month / 3; }
int season_year(const Unit& unit) { return to_civil(unit.first).year; }

std::string to_edtf(const Unit& unit) {
  const CivilDate date = to_civil(unit.first);
  switch (unit.precision) {
    case Precision::Day: return to_iso(unit.first);
    case Precision::Month: return fmt::format("{}-{:02}", year_text(date.year), date.month);
    case Precision::Season: return fmt::format("{}-{}", year_text(date.year), season_code(unit));
    case Precision::Year: return year_text(date.year);
    case Precision::Decade:
      if (date.year >= 0) return fmt::format("{:03}X", date.year / 10);
      break;
    case Precision::Century:
      if (date.year >= 0) return fmt::format("{:02}XX", date.year / 100);
      break;
  }
  return to_iso(unit.first);
}

}  // namespace sitmap::time
