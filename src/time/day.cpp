#include "time/day.hpp"

#include <fmt/format.h>

#include "time/format.hpp"

namespace sitmap::time {
namespace {

constexpr int kDaysBefore1970 = 719468;  // from 0000-03-01
constexpr int kDaysPerEra = 146097;      // 400 years

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

}  // namespace

// Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, eras have 400 years.
Day from_civil(CivilDate date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * kDaysPerEra + day_of_era - kDaysBefore1970};
}

CivilDate to_civil(Day day) {
  const std::int64_t shifted = std::int64_t{day.number} + kDaysBefore1970;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - (kDaysPerEra - 1)) / kDaysPerEra;
  const int day_of_era = static_cast<int>(shifted - era * kDaysPerEra);
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const int year = static_cast<int>(year_of_era + era * 400) + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

bool exists(CivilDate date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::string to_iso(Day day) {
  const CivilDate date = to_civil(day);
  return fmt::format("{}{:04}-{:02}-{:02}", date.year < 0 ? "-" : "", std::abs(date.year), date.month, date.day);
}

std::optional<Day> parse_iso_day(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(begin, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 0 || month < 0 || day < 0 || (negative && year == 0)) return std::nullopt;
  const CivilDate date{negative ? -year : year, month, day};
  if (!exists(date)) return std::nullopt;
  return from_civil(date);
}

std::string print_number(const Language& language, int number) {
  const std::string digits = std::to_string(number);
  if (language.zero_digit == "0") return digits;
  std::string out;
  for (const char c : digits) {
    if (c < '0' || c > '9') {
      out += c;
      continue;
    }
    out += language.zero_digit;
    out.back() = static_cast<char>(out.back() + (c - '0'));  // the ten digits are neighbours in the last byte
  }
  return out;
}

DateParts parts_of(const Language& language, int year, int month, int day) {
  const auto index = static_cast<std::size_t>(month - 1);
  return {.day = print_number(language, day),
          .in_date = std::string(language.in_date[index]),
          .alone = std::string(language.alone_name(index)),
          .brief = std::string(language.brief[index]),
          .month_number = print_number(language, month),
          .year = print_number(language, year)};
}

std::string fill(std::string_view pattern, const DateParts& parts) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    switch (pattern[++i]) {
      case 'd': out += parts.day; break;
      case 'M': out += parts.in_date; break;
      case 'L': out += parts.alone; break;
      case 'S': out += parts.brief; break;
      case 'N': out += parts.month_number; break;
      case 'y': out += parts.year; break;
      default: break;
    }
  }
  return out;
}

std::string format_date(Day day, std::string_view language, DateStyle style) {
  const Language& names = language_of(language);
  const CivilDate date = to_civil(day);
  const DateParts parts = parts_of(names, date.year, date.month, date.day);
  switch (style) {
    case DateStyle::Long: return fill(names.long_date, parts);
    case DateStyle::Short: return fill(names.short_date, parts);
    case DateStyle::MonthYear: return fill(names.month_year, parts);
    case DateStyle::Year: return fill(names.year, parts);
  }
  return {};
}

}  // namespace sitmap::time
