// Intervals in words.

#include <algorithm>

#include <fmt/format.h>

#include "time/format.hpp"
#include "time/interval.hpp"
#include "time/units.hpp"

namespace sitmap::time {
namespace {

// Texts around a date; {} is the date. In Slavic languages "about" and "since" want the genitive of a month.
struct Words {
  std::string_view code;
  std::string_view about_day, about, since_day, since, until_day, until, unknown, decade;
  std::array<std::string_view, 4> seasons;  // from spring; {} is the year
  bool genitive = false;
};
constexpr Words kWords[] = {
    {"en", "about {}", "about {}", "since {}", "since {}", "until {}", "until {}", "date unknown", "{}s",
     {"spring {}", "summer {}", "autumn {}", "winter {}"}},
    {"ru", "около {}", "около {}", "с {}", "с {}", "по {}", "по {}", "дата неизвестна", "{}-е годы",
     {"весна {} г.", "лето {} г.", "осень {} г.", "зима {} г."}, true},
    {"uk", "близько {}", "близько {}", "з {}", "з {}", "по {}", "по {}", "дата невідома", "{}-ті роки",
     {"весна {} р.", "літо {} р.", "осінь {} р.", "зима {} р."}, true},
    {"fr", "vers le {}", "vers {}", "depuis le {}", "depuis {}", "jusqu’au {}", "jusqu’à {}", "date inconnue", "années {}",
     {"printemps {}", "été {}", "automne {}", "hiver {}"}},
    {"de", "um den {}", "um {}", "seit dem {}", "seit {}", "bis zum {}", "bis {}", "Datum unbekannt", "{}er Jahre",
     {"Frühjahr {}", "Sommer {}", "Herbst {}", "Winter {}"}},
    {"es", "hacia el {}", "hacia {}", "desde el {}", "desde {}", "hasta el {}", "hasta {}", "fecha desconocida", "años {}",
     {"primavera de {}", "verano de {}", "otoño de {}", "invierno de {}"}},
};
// Signs that need no grammar, for the other languages.
constexpr Words kSigns = {"", "≈ {}", "≈ {}", "{} –", "{} –", "– {}", "– {}", "?", "", {}};

const Words& words_of(const Language& language) {
  for (const Words& words : kWords)
    if (words.code == language.code) return words;
  return kSigns;
}

std::string put(std::string_view pattern, std::string_view text) {
  std::string out(pattern);
  const auto at = out.find("{}");
  return at == std::string::npos ? out : out.replace(at, 2, text);
}

enum class Case { Plain, Genitive };

DateParts parts(const Language& language, Day day) {
  const CivilDate date = to_civil(day);
  return parts_of(language, date.year, date.month, date.day);
}

std::string year_span(const Language& language, Day first, Day last) {
  DateParts both = parts(language, first);
  both.year += "–" + parts(language, last).year;
  return fill(language.year, both);
}

std::string month_span(const Language& language, Day first, Day last) {
  DateParts both = parts(language, first);
  const DateParts end = parts(language, last);
  if (to_civil(first).year != to_civil(last).year)
    return fill(language.month_year, both) + " – " + fill(language.month_year, end);
  both.alone += "–" + end.alone;
  both.month_number += "–" + end.month_number;
  return fill(language.month_year, both);
}

std::string unit_text(const Language& language, const Words& words, const Unit& unit, Case grammar) {
  const DateParts start = parts(language, unit.first);
  switch (unit.precision) {
    case Precision::Day: return fill(language.long_date, start);
    case Precision::Month: {
      DateParts month = start;
      if (grammar == Case::Genitive) month.alone = month.in_date;
      return fill(language.month_year, month);
    }
    case Precision::Season: {
      const std::string_view pattern = words.seasons[static_cast<std::size_t>(season_code(unit) - 21)];
      if (pattern.empty() || grammar == Case::Genitive) return month_span(language, unit.first, unit.last);
      return put(pattern, season_code(unit) == 24 ? start.year + "/" + parts(language, unit.last).year : start.year);
    }
    case Precision::Year:
      if (grammar == Case::Genitive) return start.year + (language.code == "uk" ? " р." : " г.");
      return fill(language.year, start);
    case Precision::Decade:
      if (words.decade.empty() || grammar == Case::Genitive) break;
      return put(words.decade, start.year);
    case Precision::Century: break;
  }
  return year_span(language, unit.first, unit.last);
}

std::string day_span(const Language& language, Day first, Day last) {
  const CivilDate a = to_civil(first), b = to_civil(last);
  DateParts start = parts(language, first);
  const DateParts end = parts(language, last);
  if (a.year != b.year) return fill(language.long_date, start) + " – " + fill(language.long_date, end);
  if (a.month != b.month) {
    const bool year_first = language.long_date.starts_with("%y");
    return fill(year_first ? language.long_date : language.month_day, start) + " – " +
           fill(year_first ? language.month_day : language.long_date, end);
  }
  start.day += "–" + end.day;
  return fill(language.long_date, start);
}

std::string span_text(const Language& language, const Words& words, const Unit& start, const Unit& end) {
  if (start.precision == end.precision) {
    if (start.precision == Precision::Day) return day_span(language, start.first, end.last);
    if (start.precision == Precision::Month) return month_span(language, start.first, end.last);
    if (start.precision == Precision::Year) return year_span(language, start.first, end.last);
  }
  return unit_text(language, words, start, Case::Plain) + " – " + unit_text(language, words, end, Case::Plain);
}

}  // namespace

std::string describe(const Interval& interval, std::string_view language_tag) {
  const Language& language = language_of(language_tag);
  const Words& words = words_of(language);
  const Case governed = words.genitive ? Case::Genitive : Case::Plain;  // after "about" and "since"
  const auto start = interval.first ? std::optional(unit_from(*interval.first, interval.first_precision)) : std::nullopt;
  const auto end = interval.last ? std::optional(unit_until(*interval.last, interval.last_precision)) : std::nullopt;
  if (!start && !end) return std::string(words.unknown);

  std::string text;
  bool exact_day = false;
  if (start && end) {
    const bool single = *start == *end;
    exact_day = single && start->precision == Precision::Day;
    text = single ? unit_text(language, words, *start, interval.approximate ? governed : Case::Plain)
                  : span_text(language, words, *start, *end);
    if (interval.approximate) {
      const bool in_words = single && !words.code.empty();
      text = put(in_words ? (exact_day ? words.about_day : words.about) : kSigns.about, text);
    }
  } else {
    const Unit& known = start ? *start : *end;
    const bool day = known.precision == Precision::Day;
    text = unit_text(language, words, known, start ? governed : Case::Plain);
    if (interval.approximate) text = put(kSigns.about, text);
    text = start ? put(day ? words.since_day : words.since, text) : put(day ? words.until_day : words.until, text);
  }
  if (interval.uncertain) text += " (?)";
  return text;
}

}  // namespace sitmap::time
