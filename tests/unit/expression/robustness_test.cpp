// Broken expressions: a problem or a run-time error, never a crash, a hang or an exhausted stack.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "feature.hpp"

namespace sitmap::expression {
namespace {

std::string repeated(std::string_view head, std::string_view middle, std::string_view tail, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += head;
  out += middle;
  for (int i = 0; i < times; ++i) out += tail;
  return out;
}

void must_fail(std::string text) {
  base::Problems problems;
  try {
    parse(std::move(text), {}, problems);
  } catch (const base::InputError&) {  // the reader of documents may stop it first
    return;
  }
  EXPECT_TRUE(problems.has_errors());
}

TEST(Nesting, OfTenThousandLevelsIsAnError) {
  must_fail(repeated("[\"!\",", "true", "]", 10000));
  must_fail(repeated("[\"+\",1,", "1", "]", 10000));
  must_fail(repeated("[", "", "]", 10000));
  must_fail(repeated("[\"let\",\"a\",1,", "[\"var\",\"a\"]", "]", 10000));
}

TEST(Nesting, OfBindingsCountsTheirValues) {
  // Each level of bindings is as deep as the one before plus fifty.
  std::string open, close;
  for (int level = 0; level < 20; ++level) {
    const std::string inner = level == 0 ? "[\"get\",\"a\"]" : "[\"var\",\"v" + std::to_string(level - 1) + "\"]";
    open += "[\"let\",\"v" + std::to_string(level) + "\"," + repeated("[\"-\",", inner, "]", 50) + ",";
    close += "]";
  }
  must_fail(open + "[\"var\",\"v19\"]" + close);
}

TEST(Bindings, AreWorkedOutOnce) {  // sixty doublings would never end otherwise
  std::string open = "[\"let\",\"v0\",[\"get\",\"a\"],", close = "]";
  for (int level = 1; level < 60; ++level) {
    const std::string before = "[\"var\",\"v" + std::to_string(level - 1) + "\"]";
    open += "[\"let\",\"v" + std::to_string(level) + "\",[\"+\"," + before + "," + before + "],";
    close += "]";
  }
  const TestFeature feature(Object{{"a", 1.0}});
  Context context;
  context.feature = &feature;
  EXPECT_EQ(*parse(open + "[\"var\",\"v59\"]" + close).evaluate(context), Value(std::ldexp(1.0, 59)));
}

// Pieces of valid expressions, taken apart and put together at random (fixed seed).
TEST(Mutations, NeverCrash) {
  const auto root = document::read_document(SITMAP_SOURCE_DIR "/tests/unit/expression/data/values.json");
  std::vector<std::string> pieces{"null", "true", "1e308", "-1", "\"\"", "[]", "{}", "\"a\"", "[\"get\",\"a\"]", "[[]]"};
  for (const document::Node& one : root.find("cases")->items()) pieces.push_back(one.find("e")->to_json());
  const Value properties = value_of(*root.find("properties"));
  const TestFeature feature(*properties.object());
  std::mt19937 random(20221);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  const Kind kinds[] = {Kind::Any, Kind::Any, Kind::Any, Kind::Any, Kind::Any, Kind::Any, Kind::Number, Kind::Color, Kind::String, Kind::Formatted, Kind::Image, Kind::Padding, Kind::Array, Kind::Offsets, Kind::NumberArray, Kind::ColorArray, Kind::Boolean};
  int good = 0, evaluated = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = pieces[below(pieces.size())];
    for (std::size_t change = 0; change < below(3); ++change) {
      const std::size_t comma = text.find(',', below(text.size()));
      if (comma == std::string::npos) {
        text = "[" + pieces[below(pieces.size())] + "," + text + "]";
        continue;
      }
      switch (below(5)) {
        case 4: text = "[\"coalesce\"," + text + "," + pieces[below(pieces.size())] + "]"; break;
        case 0: text.insert(comma, "," + pieces[below(pieces.size())]); break;
        case 1: {
          const std::size_t end = text.find_first_of(",]", comma + 1);
          if (end != std::string::npos) text.replace(comma + 1, end - comma - 1, pieces[below(pieces.size())]);
          break;
        }
        case 2: text.erase(comma, 1 + below(3)); break;
        default: text[below(text.size())] = static_cast<char>(32 + below(95)); break;
      }
    }
    base::Problems problems;
    document::Node json;
    try {
      json = document::parse_json(text, "m.json");
    } catch (const base::InputError&) {
      continue;
    }
    Expected wanted = expected(kinds[below(std::size(kinds))]);
    wanted.zoom_curve_only = below(2) == 0;
    wanted.tokens = below(2) == 0;
    wanted.interpolated = below(2) == 0;
    const Expression expression = round % 5 == 0 ? Expression::parse_filter(json, problems) : Expression::parse(json, wanted, problems);
    if (problems.has_errors()) continue;
    ++good;
    Context context;
    context.feature = below(4) == 0 ? nullptr : &feature;
    context.zoom = static_cast<double>(below(24));
    std::string error;
    const auto value = expression.evaluate(context, &error);
    EXPECT_EQ(value.has_value(), error.empty()) << text << ": " << error;
    double number = 0;
    base::Color color;
    bool flag = false;
    expression.evaluate_number(context, number);
    expression.evaluate_color(context, color);
    expression.evaluate_boolean(context, flag);
    if (value) {
      ++evaluated;
      to_text(*value);
      type_name(*value);
    }
  }
  EXPECT_GT(good, 1000);
  EXPECT_GT(evaluated, 500);
}

}  // namespace
}  // namespace sitmap::expression
