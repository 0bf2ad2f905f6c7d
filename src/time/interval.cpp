#include "time/interval.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "time/units.hpp"

namespace sitmap::time {
namespace {

constexpr std::string_view kHowTo = "write 2022-09-13, 2022-09, 2022 or an interval such as 2022-09-12/2022-09-14";
constexpr std::string_view kEnglishMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                               "July",    "August",   "September", "October", "November", "December"};

struct Side {  // one date, or one end of an interval
  std::optional<Unit> unit;
  bool open = false;  // ".." or nothing
  bool approximate = false, uncertain = false;
  std::string reason;
};

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
int digits_value(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

// "14:00", "14:00:30.5Z", "1400+04:00": whether it is a time of day at all; what it is doesn't matter.
bool is_time_of_day(std::string_view text) {
  const auto two = [&](int limit) {
    if (text.size() < 2 || !all_digits(text.substr(0, 2)) || digits_value(text.substr(0, 2)) >= limit) return false;
    text.remove_prefix(2);
    return true;
  };
  const auto skip = [&](char c) {
    const bool there = text.starts_with(c);
    if (there) text.remove_prefix(1);
    return there;
  };
  if (!two(25)) return false;
  for (int i = 0; i < 2; ++i) {  // minutes, seconds
    const bool colon = skip(':');
    if (!colon && (text.empty() || text[0] < '0' || text[0] > '9')) break;
    if (!two(i == 0 ? 60 : 61)) return false;
  }
  if (skip('.') || skip(',')) {
    const auto rest = text.find_first_not_of("0123456789");
    if (rest == 0 || text.empty()) return false;
    text.remove_prefix(std::min(rest, text.size()));
  }
  if (skip('Z')) return text.empty();
  if (skip('+') || skip('-')) {
    if (!two(24)) return false;
    if (text.empty()) return true;
    skip(':');
    return two(60) && text.empty();
  }
  return text.empty();
}

// "13.09.2022" → "2022-09-13", when it can only mean that.
std::string other_order(std::string_view text) {
  for (const char separator : {'.', '-', ' '}) {
    const std::vector<std::string> parts = base::split(text, separator);
    if (parts.size() != 3 || parts[2].size() != 4) continue;
    for (const std::string& part : parts)
      if (!all_digits(part) || part.size() > 4) return {};
    const CivilDate date{digits_value(parts[2]), digits_value(parts[1]), digits_value(parts[0])};
    if (exists(date)) return to_iso(from_civil(date));
  }
  return {};
}

Side not_a_date(std::string_view text) {
  Side side;
  const std::string guess = other_order(text);
  const std::string_view shown = base::code_point_prefix(text, 40);
  side.reason = guess.empty() ? fmt::format("'{}' is not a date; {}", shown, kHowTo)
                              : fmt::format("'{}' is not an ISO date; did you mean {}?", shown, guess);
  return side;
}

Side wrong(std::string reason) {
  Side side;
  side.reason = std::move(reason);
  return side;
}

Side day_of(int year, int month, int day) {
  const CivilDate date{year, month, day};
  if (exists(date)) return {.unit = day_unit(from_civil(date)), .reason = {}};
  if (day < 1 || day > 31) return wrong(fmt::format("day {} doesn't exist", day));
  const std::string_view name = kEnglishMonths[month - 1];
  if (month == 2 && day == 29) return wrong(fmt::format("29 February {} doesn't exist", year));
  return wrong(fmt::format("{} {} doesn't exist in any year", day, name));
}

// The part without qualifiers and time of day.
Side parse_calendar(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  if (rest.starts_with('Y') || rest.starts_with('y')) return wrong("years beyond 9999 are not supported");
  const std::string_view year_text = rest.substr(0, std::min(rest.find('-'), rest.size()));
  rest.remove_prefix(year_text.size());
  if (year_text.size() != 4) return not_a_date(text);

  const auto unknown_digits = [](std::string_view part) {  // trailing X
    std::size_t count = 0;
    while (count < part.size() && (part[part.size() - 1 - count] == 'X' || part[part.size() - 1 - count] == 'x')) ++count;
    return count;
  };
  const std::size_t unknown = unknown_digits(year_text);
  if (unknown > 2 || !all_digits(year_text.substr(0, 4 - unknown))) return not_a_date(text);
  int year = digits_value(year_text.substr(0, 4 - unknown));
  if (unknown > 0) {
    if (!rest.empty() && rest != "-XX" && rest != "-XX-XX") return wrong("nothing can follow a year with unknown digits");
    if (negative) return wrong("decades and centuries before the year 0 are not supported");
    return {.unit = unknown == 1 ? decade_unit(year) : century_unit(year), .reason = {}};
  }
  if (negative && year == 0) return wrong("the year -0000 doesn't exist");
  if (negative) year = -year;
  if (rest.empty()) return {.unit = year_unit(year), .reason = {}};

  rest.remove_prefix(1);
  const std::string_view month_text = rest.substr(0, std::min(rest.find('-'), rest.size()));
  rest.remove_prefix(month_text.size());
  if (month_text == "XX" || month_text == "xx") {
    if (!rest.empty() && rest != "-XX" && rest != "-xx") return wrong("a day can't follow an unknown month");
    return {.unit = year_unit(year), .reason = {}};
  }
  if (month_text.size() != 2 || !all_digits(month_text)) return not_a_date(text);
  const int month = digits_value(month_text);
  if (month >= 21 && month <= 24) {
    if (!rest.empty()) return wrong("a day can't follow a season");
    return {.unit = season_unit(year, month), .reason = {}};
  }
  if (month < 1 || month > 12) return wrong(fmt::format("month {} doesn't exist", month_text));
  if (rest.empty() || rest == "-XX" || rest == "-xx") return {.unit = month_unit(year, month), .reason = {}};

  rest.remove_prefix(1);
  if (rest.size() != 2 || !all_digits(rest)) return not_a_date(text);
  return day_of(year, month, digits_value(rest));
}

Side parse_side(std::string_view text) {
  text = base::trim(text);
  if (text.empty() || text == ".." || text == "…") return {.unit = std::nullopt, .open = true, .reason = {}};
  const std::string_view whole = text;
  Side side;
  bool approximate = false, uncertain = false;
  if (const char last = text.back(); last == '~' || last == '?' || last == '%') {
    approximate = last != '?';
    uncertain = last != '~';
    text = base::trim(text.substr(0, text.size() - 1));
  }
  if (const auto mark = text.find_first_of("~?%"); mark != std::string_view::npos)
    return wrong(fmt::format("'{}' stands at the end of a date", text[mark]));

  // The time of day after a whole date only: "2022-09-13T…", "2022-09-13 …".
  if (text.size() > 11 && (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && parse_iso_day(text.substr(0, 10))) {
    const std::string_view time = base::trim(text.substr(11));
    if (!is_time_of_day(time)) return wrong(fmt::format("the time '{}' doesn't exist", base::code_point_prefix(time, 40)));
    text = text.substr(0, 10);
  }
  side = parse_calendar(text);
  if (!side.unit && side.reason.empty()) side = not_a_date(whole);
  side.approximate = approximate;
  side.uncertain = uncertain;
  return side;
}

ParsedInterval join(const Side& start, const Side& end) {
  if (!start.unit && !start.open) return {std::nullopt, start.reason};
  if (!end.unit && !end.open) return {std::nullopt, end.reason};
  Interval interval;
  if (start.unit) {
    interval.first = start.unit->first;
    interval.first_precision = start.unit->precision;
  }
  if (end.unit) {
    interval.last = end.unit->last;
    interval.last_precision = end.unit->precision;
  }
  interval.approximate = start.approximate || end.approximate;
  interval.uncertain = start.uncertain || end.uncertain;
  if (interval.first && interval.last && *interval.last < *interval.first)
    return {std::nullopt, "it ends before it starts"};
  return {interval, {}};
}

}  // namespace

bool Interval::overlaps(const Interval& other) const {
  return (!first || !other.last || *first <= *other.last) && (!other.first || !last || *other.first <= *last);
}

std::string_view name_of(Precision precision) {
  switch (precision) {
    case Precision::Day: return "day";
    case Precision::Month: return "month";
    case Precision::Season: return "season";
    case Precision::Year: return "year";
    case Precision::Decade: return "decade";
    case Precision::Century: return "century";
  }
  return "";
}

ParsedInterval parse_edtf(std::string_view text) {
  text = base::trim(text);
  if (text.empty() || text == "/") return {std::nullopt, "the date is empty"};
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    const Side side = parse_side(text);
    if (side.open) return {std::nullopt, "'..' stands at one end of an interval: 2022-09-13/.."};
    return join(side, side);
  }
  if (text.find('/', slash + 1) != std::string_view::npos)
    return {std::nullopt, fmt::format("'/' stands twice; {}", kHowTo)};
  return join(parse_side(text.substr(0, slash)), parse_side(text.substr(slash + 1)));
}

ParsedInterval parse_edtf(std::string_view start, std::string_view end) {
  start = base::trim(start);
  end = base::trim(end);
  if (end.empty()) return parse_edtf(start);
  if (start.find('/') != std::string_view::npos || end.find('/') != std::string_view::npos)
    return {std::nullopt, "an interval stands in one column, its end in another"};
  return join(parse_side(start), parse_side(end));
}

std::string to_edtf(const Interval& interval) {
  const std::string_view flags = interval.approximate && interval.uncertain ? "%"
                                 : interval.approximate                     ? "~"
                                 : interval.uncertain                       ? "?"
                                                                            : "";
  const auto side = [&](const Unit& unit) { return to_edtf(unit) + std::string(flags); };
  const auto start = interval.first ? std::optional(unit_from(*interval.first, interval.first_precision)) : std::nullopt;
  const auto end = interval.last ? std::optional(unit_until(*interval.last, interval.last_precision)) : std::nullopt;
  if (start && end && *start == *end) return side(*start);
  return (start ? side(*start) : "..") + "/" + (end ? side(*end) : "..");
}

}  // namespace sitmap::time
