#include "events/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/text.hpp"

namespace sitmap::events {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
int number(std::string_view text) { return static_cast<int>(base::parse_integer(text).value_or(0)); }

std::optional<std::string> iso(int year, int month, int day) {
  const time::CivilDate date{year, month, day};
  if (!time::exists(date)) return std::nullopt;
  return time::to_iso(time::from_civil(date));
}

// 13.09.2022, 13/09/22, 9-13-2022: the order is anyone's guess.
std::optional<Complaint> regional_date(std::string_view text) {
  for (const char separator : {'.', '/', '-'}) {
    const auto parts = base::split(text, separator);
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), digits)) continue;
    if (parts[0].size() > 2 || parts[1].size() > 2 || (parts[2].size() != 4 && parts[2].size() != 2)) continue;
    Complaint complaint{fmt::format("'{}' is not an ISO date", text), "write it as 2022-09-13 (year-month-day)"};
    if (parts[2].size() == 2) return complaint;
    const int a = number(parts[0]), b = number(parts[1]), year = number(parts[2]);
    const auto day_first = iso(year, b, a), month_first = iso(year, a, b);
    if (day_first && month_first && *day_first != *month_first)
      complaint.hint = fmt::format("write {} or {}, whichever is meant", *day_first, *month_first);
    else if (day_first || month_first)
      complaint.hint = fmt::format("write {}", day_first ? *day_first : *month_first);
    return complaint;
  }
  return std::nullopt;
}

// "27 September 2020", "27-Sep-2020" → "2020-09-27"; other texts stay as they are.
std::string without_month_name(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths{"january", "february", "march",     "april",   "may",      "june",
                                                            "july",    "august",   "september", "october", "november", "december"};
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  const auto parts = base::split(spaced, ' ');
  if (parts.size() != 3 || !digits(parts[0]) || parts[0].size() > 2 || !digits(parts[2]) || parts[2].size() != 4)
    return std::string(text);
  const std::string month = base::ascii_lower(parts[1]);
  for (std::size_t m = 0; m < kMonths.size(); ++m)
    if (month.size() >= 3 && (month == kMonths[m] || (month.size() == 3 && kMonths[m].starts_with(month))))
      return fmt::format("{}-{:02}-{:02}", parts[2], m + 1, number(parts[0]));
  return std::string(text);
}

// "2020-09-27 00:00:00.000" → "2020-09-27T00:00:00.000"
std::string tidy(std::string_view text) {
  std::string out = without_month_name(base::trim(text));
  if (out.size() > 11 && out[4] == '-' && out[7] == '-' && out[10] == ' ' && digits(std::string_view(out).substr(11, 1)))
    out[10] = 'T';
  return out;
}

std::optional<double> plain(std::string_view text) {
  text = base::trim(text);
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  return base::parse_double(text);
}

bool take_prefix(std::string_view& text, std::initializer_list<std::string_view> prefixes) {
  const std::string lower = base::ascii_lower(text);
  for (const std::string_view prefix : prefixes) {
    if (!lower.starts_with(prefix)) continue;
    text = base::trim(text.substr(prefix.size()));
    return true;
  }
  return false;
}

std::optional<double> degrees(std::string_view text, std::string_view name, double limit, Complaint& complaint) {
  text = base::trim(text);
  const auto value = base::parse_double(text);
  if (!value || !std::isfinite(*value)) {
    std::string dotted(text);
    std::replace(dotted.begin(), dotted.end(), ',', '.');
    if (std::count(text.begin(), text.end(), ',') == 1 && base::parse_double(dotted))
      complaint = {fmt::format("{} '{}' has a decimal comma", name, text), fmt::format("write {}", dotted)};
    else
      complaint = {fmt::format("{} '{}' is not a number", name, base::code_point_prefix(text, 40)), "write degrees such as 46.0812"};
    return std::nullopt;
  }
  if (std::abs(*value) > limit) {
    complaint = {fmt::format("{} {} is outside ±{}", name, text, limit), {}};
    return std::nullopt;
  }
  return value;
}

}  // namespace

When parse_when(std::string_view start, std::string_view end) {
  const std::string first = tidy(start), last = tidy(end);
  if (first.empty() && last.empty()) return {{}, {"there is no date", "fill in its start, e.g. 2022-09-13, 2022-09 or 2022"}};
  for (const std::string& text : {first, last})
    if (auto complaint = regional_date(text)) return {{}, *complaint};
  auto parsed = last == first ? time::parse_edtf(first) : time::parse_edtf(first, last);
  if (!parsed.interval) return {{}, {parsed.reason, {}}};
  return {parsed.interval, {}};
}

std::optional<Amount> parse_amount(std::string_view text) {
  text = base::trim(text);
  Amount amount;
  if (const auto value = base::parse_double(text); value && std::isfinite(*value)) return Amount{*value, {}, true};
  amount.exact = false;
  if (take_prefix(text, {"about", "around", "approximately", "approx.", "approx", "ca.", "circa", "c.", "some", "nearly", "~", "≈",
                         ">=", "≥", ">", "more than", "at least", "over"})) {
    // what follows is one number or a range
  } else if (text.ends_with('+')) {
    text = base::trim(text.substr(0, text.size() - 1));
  }
  if (const auto value = plain(text)) {
    amount.value = *value;
    return amount;
  }
  for (const std::string_view dash : {"–", "—", "-", "‑", " to ", ".."}) {
    const std::size_t at = text.find(dash);
    if (at == std::string_view::npos) continue;
    const auto low = plain(text.substr(0, at)), high = plain(text.substr(at + dash.size()));
    if (!low || !high || *low > *high) return std::nullopt;
    amount.value = *low;
    amount.max = *high;
    return amount;
  }
  return std::nullopt;
}

Coordinates parse_coordinates(std::string_view lon, std::string_view lat) {
  lon = base::trim(lon);
  lat = base::trim(lat);
  Coordinates out;
  if (lon.empty() || lat.empty()) {
    out.complaint = lon.empty() ? Complaint{"there is a latitude without a longitude", "fill in both, or neither"}
                                : Complaint{"there is a longitude without a latitude", "fill in both, or neither"};
    return out;
  }
  const auto y = degrees(lat, "latitude", 90, out.complaint);
  if (!y) {
    const auto as_lon = base::parse_double(lat), as_lat = base::parse_double(lon);
    if (as_lon && as_lat && std::abs(*as_lon) <= 180 && std::abs(*as_lat) <= 90) out.complaint.hint = "are lat and lon swapped?";
    return out;
  }
  const auto x = degrees(lon, "longitude", 180, out.complaint);
  if (x) out.at = geom::Point{*x, *y};
  return out;
}

bool on_earth(const geom::Geometry& lon_lat) {
  const auto all = geom::vertices(lon_lat);
  return std::all_of(all.begin(), all.end(), [](geom::Point p) { return std::abs(p.x) <= 360 && std::abs(p.y) <= 90; });
}

}  // namespace sitmap::events
