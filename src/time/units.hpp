#pragma once
// Inside this module: stretches of the calendar that a date of some precision names.

#include <string>

#include "time/day.hpp"
#include "time/interval.hpp"

namespace sitmap::time {

struct Unit {
  Precision precision = Precision::Day;
  Day first, last;
  bool operator==(const Unit&) const = default;
};

Unit day_unit(Day day);
Unit month_unit(int year, int month);
// EDTF 21 spring … 24 winter as meteorologists of the northern half count: March–May, …, December to February of the
// next year.
Unit season_unit(int year, int code);
Unit year_unit(int year);
Unit decade_unit(int first_three_digits);
Unit century_unit(int first_two_digits);

// The unit that begins (ends) on the day; a day when none of this precision does.
Unit unit_from(Day first, Precision precision);
Unit unit_until(Day last, Precision precision);

int season_code(const Unit& unit);  // 21 … 24
int season_year(const Unit& unit);

std::string to_edtf(const Unit& unit);

}  // namespace sitmap::time
