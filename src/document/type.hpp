#pragma once
// Types of values in a document: each both reads a node into a C++ value and publishes its JSON Schema, so that the two
// cannot disagree. Records of them: record.hpp. Usage: declare.hpp.

#include <array>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/color.hpp"
#include "base/problem.hpp"
#include "document/json_writer.hpp"
#include "document/node.hpp"

namespace sitmap::document {

// A value and where it stands, for members that later stages point at. `where` is empty for defaults.
template <class T>
struct Located {
  T value{};
  base::Location where{};
  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }
};

// How one kind of value is read, checked, published and printed. Cheap enough to copy; made by the functions below.
template <class T>
struct Type {
  using value_type = T;
  std::string expected;  // "a number from 0 to 1": completes "expected …, found text 'abc'"
  // Whether the node is of a JSON kind that this type reads at all; chooses among alternatives.
  std::function<bool(const Node&)> fits;
  // Only called for a node that fits. Nothing when it isn't valid: then at least one error has been added.
  std::function<std::optional<T>(const Node&, base::Problems&)> read_fitting;
  // Writes the members of the schema object ("type": "number", "minimum": 0), without its braces.
  std::function<void(JsonWriter&)> schema;
  // A value as JSON text as it would stand in a document, to show defaults; nothing when it can't be written so.
  std::function<std::optional<std::string>(const T&)> print = [](const T&) { return std::nullopt; };

  // The value, or nothing after adding at least one error to `problems`.
  std::optional<T> read(const Node& node, base::Problems& problems) const {
    if (fits(node)) return read_fitting(node, problems);
    report_unexpected(node, expected, problems);
    return std::nullopt;
  }

  static void report_unexpected(const Node& node, const std::string& expected, base::Problems& problems);
};

// "expected a number, found text 'abc'", with a hint where one helps (a number that wants quotes, a bare `yes`).
void report_unexpected(const Node& node, std::string_view expected, base::Problems& problems);
template <class T>
void Type<T>::report_unexpected(const Node& node, const std::string& expected, base::Problems& problems) {
  document::report_unexpected(node, expected, problems);
}

// ---- scalars ----

struct TextRules {
  bool allow_blank = false;  // "" or only spaces
};
Type<std::string> text(TextRules rules = {});

struct Range {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool above_min = false;  // min itself is not allowed
};
Type<double> number(Range range = {});
Type<int> integer(int min = std::numeric_limits<int>::min(), int max = std::numeric_limits<int>::max());
Type<bool> boolean();
Type<base::Color> color();             // "#rgb", "#rrggbb", "#rrggbbaa"
Type<double> duration();               // "1 s", "500 ms", "2 min" → seconds, >= 0
Type<std::filesystem::path> path();    // as written, not empty; see beside()
Type<Node> anything();

// "15%", "40 px" or a bare number of pixels; not negative.
struct Extent {
  enum class Unit { Pixels, Percent } unit = Unit::Pixels;
  double amount = 0;
  bool operator==(const Extent&) const = default;
  double pixels(double whole) const { return unit == Unit::Pixels ? amount : whole * amount / 100; }
};
Type<Extent> extent();

// A path of a document, taken from the folder in which the document stands. Absolute paths stay.
std::filesystem::path beside(const base::Location& where, const std::filesystem::path& path);

// Names for the values of a C++ enum (or any small value). Synonyms are read, the name is written.
template <class E>
struct Choice {
  std::string name;
  E value;
  std::vector<std::string> synonyms{};
};
// Whether `text` is one of `names`; adds "unknown … 'x'" with "did you mean" when not.
std::optional<std::size_t> read_choice(const Node& node, std::string_view what, std::span<const std::string> names,
                                       base::Problems& problems);

// `what` names it in messages: "size" → "unknown size 'artcle'", hint "did you mean 'article'?".
template <class E>
Type<E> one_of(std::string what, std::vector<Choice<E>> choices) {
  std::vector<std::string> names;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    names.push_back(choices[i].name), index.push_back(i);
    for (const std::string& synonym : choices[i].synonyms) names.push_back(synonym), index.push_back(i);
  }
  Type<E> type;
  type.expected = what;
  type.fits = [](const Node& node) { return node.is_string(); };
  type.read_fitting = [what, choices, names, index](const Node& node, base::Problems& problems) -> std::optional<E> {
    if (auto found = read_choice(node, what, names, problems)) return choices[index[*found]].value;
    return std::nullopt;
  };
  type.schema = [names](JsonWriter& w) {
    w.member("type", "string").key("enum").begin_array();
    for (const std::string& name : names) w.value(name);
    w.end_array();
  };
  if constexpr (std::equality_comparable<E>)
    type.print = [choices](const E& value) -> std::optional<std::string> {
      for (const Choice<E>& choice : choices)
        if (choice.value == value) return json_quoted(choice.name);
      return std::nullopt;
    };
  return type;
}

// A scalar that another module parses (dates, projections, steps):
//   parsed<time::Day>("a day such as 2022-09-13", Scalars::TextOrNumber, R"("pattern": "^-?[0-9]{4}-..-..$")",
//       [](std::string_view text) -> Parsed<time::Day> {
//         if (auto day = time::parse_iso_day(text)) return {day};
//         return {{}, "30 February doesn't exist"};
//       }, &time::to_iso)
// `schema_members` are further members of its schema ("pattern", "format", …; may be empty); they must accept whatever
// `parse` accepts. TextOrNumber also takes YAML's bare numbers (`from: 2022`), parsed from the text as written.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string reason{};  // why not: becomes the message
  std::string hint{};
};
enum class Scalars { Text, TextOrNumber };

void write_parsed_schema(JsonWriter& w, Scalars scalars, const std::string& schema_members);

template <class T>
Type<T> parsed(std::string expected, Scalars scalars, std::string schema_members,
               std::function<Parsed<T>(std::string_view)> parse, std::function<std::string(const T&)> print = {}) {
  Type<T> type;
  type.expected = expected;
  type.fits = [scalars](const Node& node) {
    return node.is_string() || (scalars == Scalars::TextOrNumber && node.is_number());
  };
  type.read_fitting = [expected, parse](const Node& node, base::Problems& problems) -> std::optional<T> {
    Parsed<T> result = parse(node.text());
    if (!result.value) {
      std::string reason = result.reason.empty() ? "expected " + expected + ", found " + node.describe() : result.reason;
      problems.error(node.location(), std::move(reason), std::move(result.hint));
    }
    return std::move(result.value);
  };
  type.schema = [scalars, schema_members](JsonWriter& w) { write_parsed_schema(w, scalars, schema_members); };
  if (print) type.print = [print](const T& value) { return std::optional(json_quoted(print(value))); };
  return type;
}

// ---- compositions ----

struct Count {
  std::size_t min = 0;
  std::size_t max = std::numeric_limits<std::size_t>::max();
};
std::string list_expected(const std::string& item, Count count);
bool check_count(const Node& node, const std::string& expected, Count count, base::Problems& problems);
void write_list_schema(JsonWriter& w, Count count, const std::function<void(JsonWriter&)>& item);

template <class T>
Type<std::vector<T>> list_of(Type<T> item, Count count = {}) {
  Type<std::vector<T>> type;
  type.expected = list_expected(item.expected, count);
  type.fits = [](const Node& node) { return node.is_array(); };
  type.read_fitting = [item, count, expected = type.expected](
                          const Node& node, base::Problems& problems) -> std::optional<std::vector<T>> {
    bool good = check_count(node, expected, count, problems);
    std::vector<T> values;
    values.reserve(node.size());
    for (const Node& child : node.items()) {
      if (auto value = item.read(child, problems)) values.push_back(std::move(*value));
      else good = false;
    }
    if (!good) return std::nullopt;
    return values;
  };
  type.schema = [schema = item.schema, count](JsonWriter& w) { write_list_schema(w, count, schema); };
  type.print = [print = item.print](const std::vector<T>& values) -> std::optional<std::string> {
    std::string out = "[";
    for (const auto& value : values) {
      const std::optional<std::string> printed = print(value);
      if (!printed) return std::nullopt;
      if (out.size() > 1) out += ',';
      out += *printed;
    }
    return out + "]";
  };
  return type;
}

// Another C++ type for the same text in the document: convert(T) → Parsed<U>, or U. `back` (U → T, where
// there is one) lets defaults show.
template <class U, class T, class Convert>
Type<U> converted(Type<T> from, Convert convert,
                  std::type_identity_t<std::function<std::optional<T>(const U&)>> back = {}) {
  Type<U> type;
  type.expected = from.expected;
  type.fits = from.fits;
  type.read_fitting = [from, convert](const Node& node, base::Problems& problems) -> std::optional<U> {
    std::optional<T> value = from.read_fitting(node, problems);
    if (!value) return std::nullopt;
    if constexpr (std::is_same_v<decltype(convert(std::move(*value))), Parsed<U>>) {
      Parsed<U> result = convert(std::move(*value));
      if (!result.value) problems.error(node.location(), std::move(result.reason), std::move(result.hint));
      return std::move(result.value);
    } else {
      return U(convert(std::move(*value)));
    }
  };
  type.schema = from.schema;
  if (back)
    type.print = [back, print = from.print](const U& value) -> std::optional<std::string> {
      const std::optional<T> original = back(value);
      return original ? print(*original) : std::nullopt;
    };
  return type;
}

// Keeps where the value stands: list_of(located(text())) → vector<Located<string>>.
template <class T>
Type<Located<T>> located(Type<T> of) {
  Type<Located<T>> type;
  type.expected = of.expected;
  type.fits = of.fits;
  type.read_fitting = [of](const Node& node, base::Problems& problems) -> std::optional<Located<T>> {
    std::optional<T> value = of.read_fitting(node, problems);
    if (!value) return std::nullopt;
    return Located<T>{std::move(*value), node.location()};
  };
  type.schema = of.schema;
  type.print = [print = of.print](const Located<T>& value) { return print(value.value); };
  return type;
}

// Exactly N values of one type: [w, h].
template <std::size_t N, class T>
Type<std::array<T, N>> array_of(Type<T> item) {
  return converted<std::array<T, N>>(
      list_of(item, {N, N}),
      [](std::vector<T> values) {
        std::array<T, N> out;
        for (std::size_t i = 0; i < N; ++i) out[i] = std::move(values[i]);
        return out;
      },
      [](const std::array<T, N>& values) { return std::optional(std::vector<T>(values.begin(), values.end())); });
}

std::string either_expected(std::span<const std::string> parts);

// One of several ways to write the same value: either<Size>({named_size(), converted<Size>(array_of<2>(…), …)}).
// The first alternative that fits and reads without error wins; when none does, the problems of the first that fits
// are reported. Defaults are printed by the first alternative that can.
template <class T>
Type<T> either(std::vector<Type<T>> alternatives) {
  std::vector<std::string> expected;
  for (const Type<T>& alternative : alternatives) expected.push_back(alternative.expected);
  Type<T> type;
  type.expected = either_expected(expected);
  type.fits = [alternatives](const Node& node) {
    for (const Type<T>& alternative : alternatives)
      if (alternative.fits(node)) return true;
    return false;
  };
  type.read_fitting = [alternatives](const Node& node, base::Problems& problems) -> std::optional<T> {
    std::optional<base::Problems> first;
    for (const Type<T>& alternative : alternatives) {
      if (!alternative.fits(node)) continue;
      base::Problems trial;
      if (auto value = alternative.read_fitting(node, trial)) {
        problems.append(std::move(trial));
        return value;
      }
      if (!first) first = std::move(trial);
    }
    if (first) problems.append(std::move(*first));
    return std::nullopt;
  };
  type.schema = [alternatives](JsonWriter& w) {
    w.key("anyOf").begin_array();
    for (const Type<T>& alternative : alternatives) {
      w.begin_object();
      alternative.schema(w);
      w.end_object();
    }
    w.end_array();
  };
  type.print = [alternatives](const T& value) -> std::optional<std::string> {
    for (const Type<T>& alternative : alternatives)
      if (auto printed = alternative.print(value)) return printed;
    return std::nullopt;
  };
  return type;
}

// A value, or a list of at least one: `events: a.csv`, `events: [a.csv, b.csv]`.
template <class T>
Type<std::vector<T>> one_or_more(Type<T> item) {
  auto single = converted<std::vector<T>>(
      item, [](T value) { return std::vector<T>{std::move(value)}; },
      [](const std::vector<T>& values) { return values.size() == 1 ? std::optional<T>(values[0]) : std::nullopt; });
  return either<std::vector<T>>({std::move(single), list_of(item, {.min = 1})});
}

// A fixed word beside another type: `legend: auto`; the word gives `value`.
template <class T>
Type<T> word(std::string name, T value) {
  return one_of<T>("'" + name + "'", {{name, std::move(value)}});
}

// An object with any keys, in the order of the file.
template <class T>
Type<std::vector<std::pair<std::string, T>>> map_of(Type<T> item) {
  using Map = std::vector<std::pair<std::string, T>>;
  Type<Map> type;
  type.expected = "an object (key: " + item.expected + ")";
  type.fits = [](const Node& node) { return node.is_object(); };
  type.read_fitting = [item](const Node& node, base::Problems& problems) -> std::optional<Map> {
    Map map;
    bool good = true;
    for (const Member& member : node.members()) {
      if (auto value = item.read(member.value, problems)) map.emplace_back(member.key, std::move(*value));
      else good = false;
    }
    if (!good) return std::nullopt;
    return map;
  };
  type.schema = [schema = item.schema](JsonWriter& w) {
    w.member("type", "object").key("additionalProperties").begin_object();
    schema(w);
    w.end_object();
  };
  return type;
}

}  // namespace sitmap::document
