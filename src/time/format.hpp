#pragma once
// Inside this module: patterns filled.

#include <string>
#include <string_view>

#include "time/month_names.hpp"

namespace sitmap::time {

// Already printed pieces, for ranges such as "12–14" in the place of the day.
struct DateParts {
  std::string day, in_date, alone, brief, month_number, year;
};
DateParts parts_of(const Language& language, int year, int month, int day);
std::string fill(std::string_view pattern, const DateParts& parts);
// A number in the digits of the language.
std::string print_number(const Language& language, int number);

}  // namespace sitmap::time
