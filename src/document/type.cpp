#include "document/type.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "document/read.hpp"

namespace sitmap::document {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string number_expected(std::string_view what, const Range& range) {
  const bool low = std::isfinite(range.min), high = std::isfinite(range.max);
  const std::string min = base::print_double(range.min), max = base::print_double(range.max);
  if (range.above_min) return high ? fmt::format("{} above {}, at most {}", what, min, max) : fmt::format("{} above {}", what, min);
  if (low && high) return fmt::format("{} from {} to {}", what, min, max);
  if (low) return fmt::format("{} of at least {}", what, min);
  if (high) return fmt::format("{} of at most {}", what, max);
  return std::string(what);
}

bool in_range(double value, const Range& range) {
  return std::isfinite(value) && (range.above_min ? value > range.min : value >= range.min) && value <= range.max;
}

void write_range(JsonWriter& w, const Range& range) {
  if (std::isfinite(range.min)) w.member(range.above_min ? "exclusiveMinimum" : "minimum", range.min);
  if (std::isfinite(range.max)) w.member("maximum", range.max);
}

// "12.5 ms" → {12.5, "ms"}: digits with an optional fraction, spaces, the rest. Nothing else is a quantity.
std::optional<std::pair<double, std::string_view>> quantity(std::string_view text) {
  std::size_t at = 0;
  const auto run = [&] {
    const std::size_t start = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at > start;
  };
  if (!run()) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!run()) return std::nullopt;
  }
  double amount = 0;
  if (std::from_chars(text.data(), text.data() + at, amount).ec != std::errc()) return std::nullopt;
  if (at < text.size() && text[at] == ' ') ++at;
  return std::pair(amount, text.substr(at));
}

template <class T>
Type<T> of_kind(Kind kind, std::string expected, std::function<std::optional<T>(const Node&)> get) {
  Type<T> type;
  type.expected = expected;
  type.fits = [kind](const Node& node) { return node.kind() == kind; };
  type.read_fitting = [expected, get](const Node& node, base::Problems& problems) {
    std::optional<T> value = get(node);
    if (!value) report_unexpected(node, expected, problems);
    return value;
  };
  return type;
}

}  // namespace

void report_unexpected(const Node& node, std::string_view expected, base::Problems& problems) {
  std::string hint;
  const bool wants_text = expected.find("text") != std::string_view::npos;
  if (wants_text && (node.is_number() || node.is_bool()))
    hint = fmt::format("to mean text, put it in quotes: \"{}\"", node.text());
  if (expected.find("true or false") != std::string_view::npos && node.is_string()) {
    const std::string word = base::ascii_lower(node.as_string());
    if (word == "yes" || word == "on") hint = "write true";
    if (word == "no" || word == "off") hint = "write false";
  }
  if (node.is_string() && node.quoted() && expected.starts_with("a number") && base::parse_double(node.as_string()))
    hint = "remove the quotes";
  if (node.is_null()) hint = "write a value, or remove the key";
  problems.error(node.location(), fmt::format("expected {}, found {}", expected, node.describe()), std::move(hint));
}

Type<std::string> text(TextRules rules) {
  auto type = of_kind<std::string>(Kind::String, "text", [rules](const Node& node) -> std::optional<std::string> {
    const std::string_view value = node.as_string();
    if (!rules.allow_blank && value.find_first_not_of(kBlank) == std::string_view::npos) return std::nullopt;
    return std::string(value);
  });
  type.schema = [rules](JsonWriter& w) {
    w.member("type", "string");
    if (!rules.allow_blank) w.member("pattern", "[^ \\t\\r\\n]");
  };
  type.print = [](const std::string& value) { return std::optional(json_quoted(value)); };
  return type;
}

Type<double> number(Range range) {
  auto type = of_kind<double>(Kind::Number, number_expected("a number", range), [range](const Node& node) {
    return in_range(node.as_number(), range) ? std::optional(node.as_number()) : std::nullopt;
  });
  type.schema = [range](JsonWriter& w) {
    w.member("type", "number");
    write_range(w, range);
  };
  type.print = [](double value) { return std::isfinite(value) ? std::optional(base::print_double(value)) : std::nullopt; };
  return type;
}

Type<int> integer(int min, int max) {
  const bool bounded_below = min != std::numeric_limits<int>::min(), bounded_above = max != std::numeric_limits<int>::max();
  Range shown;
  if (bounded_below) shown.min = min;
  if (bounded_above) shown.max = max;
  auto type = of_kind<int>(Kind::Number, number_expected("a whole number", shown), [min, max](const Node& node) -> std::optional<int> {
    const auto value = node.as_integer();
    if (!value || *value < min || *value > max) return std::nullopt;
    return static_cast<int>(*value);
  });
  type.schema = [min, max](JsonWriter& w) { w.member("type", "integer").member("minimum", min).member("maximum", max); };
  type.print = [](int value) { return std::optional(std::to_string(value)); };
  return type;
}

Type<bool> boolean() {
  auto type = of_kind<bool>(Kind::Bool, "true or false", [](const Node& node) { return std::optional(node.as_bool()); });
  type.schema = [](JsonWriter& w) { w.member("type", "boolean"); };
  type.print = [](bool value) { return std::optional<std::string>(value ? "true" : "false"); };
  return type;
}

Type<base::Color> color() {
  auto type = of_kind<base::Color>(Kind::String, "a colour such as \"#b22222\"",
                                   [](const Node& node) { return base::parse_hex_color(node.as_string()); });
  type.schema = [](JsonWriter& w) {
    w.member("type", "string").member("pattern", "^#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$");
  };
  type.print = [](const base::Color& value) -> std::optional<std::string> {
    const auto byte = [](float channel) { return static_cast<int>(std::lround(std::clamp(channel, 0.0F, 1.0F) * 255)); };
    std::string hex = fmt::format("#{:02x}{:02x}{:02x}", byte(value.r), byte(value.g), byte(value.b));
    if (byte(value.a) != 255) hex += fmt::format("{:02x}", byte(value.a));
    return json_quoted(hex);
  };
  return type;
}

Type<double> duration() {
  auto type = of_kind<double>(
      Kind::String, "a duration such as \"1 s\", \"500 ms\" or \"2 min\"", [](const Node& node) -> std::optional<double> {
        const auto found = quantity(node.as_string());
        if (!found) return std::nullopt;
        const auto& [amount, unit] = *found;
        if (unit == "s") return amount;
        if (unit == "ms") return amount / 1000;
        if (unit == "min") return amount * 60;
        return std::nullopt;
      });
  type.schema = [](JsonWriter& w) { w.member("type", "string").member("pattern", "^[0-9]+(\\.[0-9]+)? ?(ms|s|min)$"); };
  type.print = [](double seconds) { return std::optional(json_quoted(base::print_double(seconds) + " s")); };
  return type;
}

Type<std::filesystem::path> path() {
  auto type = of_kind<std::filesystem::path>(Kind::String, "a path", [](const Node& node) -> std::optional<std::filesystem::path> {
    const std::string_view value = node.as_string();
    if (value.empty() || value.find('\0') != std::string_view::npos) return std::nullopt;
    return std::filesystem::path(value);
  });
  type.schema = [](JsonWriter& w) { w.member("type", "string").member("pattern", "^[^\\u0000]+$"); };
  type.print = [](const std::filesystem::path& value) { return std::optional(json_quoted(value.string())); };
  return type;
}

std::filesystem::path beside(const base::Location& where, const std::filesystem::path& path) {
  return (std::filesystem::path(where.file).parent_path() / path).lexically_normal();
}

Type<Node> anything() {
  Type<Node> type;
  type.expected = "anything";
  type.fits = [](const Node&) { return true; };
  type.read_fitting = [](const Node& node, base::Problems&) { return std::optional(node); };
  type.schema = [](JsonWriter&) {};
  return type;
}

Type<Extent> extent() {
  Type<Extent> type;
  type.expected = "a percentage such as 15% or a number of pixels";
  type.fits = [](const Node& node) { return node.is_number() || node.is_string(); };
  type.read_fitting = [expected = type.expected](const Node& node, base::Problems& problems) -> std::optional<Extent> {
    if (node.is_number()) {
      if (std::isfinite(node.as_number()) && node.as_number() >= 0) return Extent{Extent::Unit::Pixels, node.as_number()};
    } else if (const auto found = quantity(node.as_string())) {
      if (found->second == "%") return Extent{Extent::Unit::Percent, found->first};
      if (found->second == "px") return Extent{Extent::Unit::Pixels, found->first};
    }
    report_unexpected(node, expected, problems);
    return std::nullopt;
  };
  type.schema = [](JsonWriter& w) {
    w.key("type").begin_array().value("number").value("string").end_array();
    w.member("minimum", 0).member("pattern", "^[0-9]+(\\.[0-9]+)? ?(%|px)$");
  };
  type.print = [](const Extent& value) {
    const std::string amount = base::print_double(value.amount);
    return std::optional(value.unit == Extent::Unit::Percent ? json_quoted(amount + "%") : amount);
  };
  return type;
}

std::optional<std::size_t> read_choice(const Node& node, std::string_view what, std::span<const std::string> names,
                                       base::Problems& problems) {
  const std::string_view name = node.as_string();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  problems.error(node.location(), fmt::format("unknown {} '{}'", what, base::code_point_prefix(name, 60)), base::suggestion(name, names));
  return std::nullopt;
}

void write_parsed_schema(JsonWriter& w, Scalars scalars, const std::string& schema_members) {
  if (scalars == Scalars::Text) w.member("type", "string");
  else w.key("type").begin_array().value("string").value("number").end_array();
  const Node more = parse_json("{" + schema_members + "}", "schema members");
  for (const Member& member : more.members()) w.member(member.key, member.value);
}

std::string list_expected(const std::string& item, Count count) {
  if (count.min == count.max) return fmt::format("a list of {} (each {})", count.min, item);
  if (count.min > 0) return fmt::format("a list of at least {} (each {})", count.min, item);
  return fmt::format("a list (each {})", item);
}

bool check_count(const Node& node, const std::string& expected, Count count, base::Problems& problems) {
  if (node.size() >= count.min && node.size() <= count.max) return true;
  problems.error(node.location(), fmt::format("expected {}, found {}", expected, node.describe()),
                 node.size() > count.max ? fmt::format("at most {} can stand here", count.max) : "");
  return false;
}

void write_list_schema(JsonWriter& w, Count count, const std::function<void(JsonWriter&)>& item) {
  w.member("type", "array").key("items").begin_object();
  item(w);
  w.end_object();
  if (count.min > 0) w.member("minItems", count.min);
  if (count.max != std::numeric_limits<std::size_t>::max()) w.member("maxItems", count.max);
}

std::string either_expected(std::span<const std::string> parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " or " : ", ";
    out += parts[i];
  }
  return out;
}

}  // namespace sitmap::document
