#include "gazetteer/query.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "gazetteer/gazetteer.hpp"

namespace sitmap::gazetteer {
namespace {

// Cuts at commas (Latin, Arabic, Chinese, Armenian), slashes and parentheses.
std::vector<std::string> parts_of(std::string_view query) {
  constexpr std::array<std::string_view, 8> kCuts = {",", "،", "，", "՝", "/", "(", ")", ";"};
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < query.size();) {
    const auto cut = std::find_if(kCuts.begin(), kCuts.end(), [&](auto c) { return query.substr(i).starts_with(c); });
    if (cut == kCuts.end()) {
      parts.back() += query[i++];
    } else {
      parts.emplace_back();
      i += cut->size();
    }
  }
  std::vector<std::string> folded;
  for (const std::string& part : parts)
    if (std::string key = fold(part); !key.empty()) folded.push_back(std::move(key));
  return folded;
}

void add_with_kind_words(std::vector<Reading>& readings, Reading reading) {
  const auto kinds = reading.group ? std::vector<KindReading>{} : strip_kind_words(reading.core);
  readings.push_back(reading);
  for (const KindReading& kind : kinds) {
    reading.core = kind.core;
    reading.group = kind.group;
    reading.group_word = kind.word;
    readings.push_back(reading);
  }
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::vector<Reading> readings_of(std::string_view query) {
  std::vector<Reading> readings;
  std::string whole = fold(query);
  if (whole.empty()) return readings;
  add_with_kind_words(readings, {.core = whole});
  if (std::string_view rest = whole; drop_prefix(rest, "the ") && !rest.empty())
    add_with_kind_words(readings, {.core = std::string(rest)});

  std::vector<std::string> parts = parts_of(query);
  if (parts.size() < 2) return readings;
  Reading reading;
  std::string_view core = parts[0];
  drop_prefix(core, "the ");
  reading.core = core;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (const auto group = group_of(parts[i]); group && !reading.group) {
      reading.group = group;
      reading.group_word = parts[i];
    } else {
      reading.context.push_back(parts[i]);
    }
  }
  add_with_kind_words(readings, std::move(reading));
  return readings;
}

std::vector<std::pair<std::string, std::string>> border_cuts(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> cuts;
  const std::string folded = fold(query);
  std::string_view text = folded;
  drop_prefix(text, "the ");
  const auto add = [&](std::string_view a, std::string_view b) {
    drop_prefix(a, "the ");
    drop_prefix(b, "the ");
    if (a.ends_with("s") && text.find(" border with ") != text.npos) cuts.emplace_back(a.substr(0, a.size() - 1), b);
    if (!a.empty() && !b.empty()) cuts.emplace_back(a, b);
  };
  const auto cut_at = [&](std::string_view both, std::string_view separator) {
    for (std::size_t at = both.find(separator); at != both.npos; at = both.find(separator, at + 1))
      add(both.substr(0, at), both.substr(at + separator.size()));
  };
  for (const std::string_view word : {"state border", "international border", "land border", "border", "frontier"}) {
    const std::string spaced = std::string(word) + " ";
    if (std::string_view rest = text; drop_prefix(rest, spaced)) {
      if (drop_prefix(rest, "between ") || drop_prefix(rest, "of ")) cut_at(rest, " and ");
    } else if (text.ends_with(" " + std::string(word))) {
      const std::string_view both = text.substr(0, text.size() - word.size() - 1);
      cut_at(both, " and ");
      cut_at(both, " ");
    }
    cut_at(text, " " + spaced + "with ");
  }
  return cuts;
}

}  // namespace sitmap::gazetteer
