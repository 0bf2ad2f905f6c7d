// What a wrong expression gets: position, message, hint.

#include <gtest/gtest.h>

#include "feature.hpp"

namespace sitmap::expression {
namespace {

std::string told(std::string text, const Expected& wanted = {}) {
  base::Problems problems;
  parse(std::move(text), wanted, problems);
  std::string out;
  for (const base::Problem& problem : problems.all()) {
    out += std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) + ": " + problem.message;
    if (!problem.hint.empty()) out += " | " + problem.hint;
    out += '\n';
  }
  return out;
}

TEST(Messages, NameThePlaceInTheExpression) {
  EXPECT_EQ(told(R"(["+", 1, ["*", "a", 2]])"), "1:16: expected number but found string (at [2][1])\n");
  EXPECT_EQ(told(R"(["==", 1, "a"])"), "1:1: cannot compare number with string\n");
  EXPECT_EQ(told(R"(["<", true, 1])"), "1:7: '<' cannot compare boolean (at [1])\n");
  EXPECT_EQ(told(R"(["abs", 1, 2])"), "1:1: 'abs' takes 1 argument, found 2\n");
  EXPECT_EQ(told(R"(["case", true, 1])"), "1:1: 'case' takes at least 3 arguments, found 2\n");
  EXPECT_EQ(told(R"(["get", "a", {}])"), "1:14: an object cannot stand in an expression (at [2]) | write [\"literal\", {…}]\n");
}

TEST(Messages, SuggestOperators) {
  EXPECT_EQ(told(R"(["mach", ["get", "a"], "x", 1, 0])"), "1:2: unknown operator 'mach' (at [0]) | did you mean 'match'?\n");
  EXPECT_EQ(told(R"(["+", ["intepolate", 1], 1])"), "1:8: unknown operator 'intepolate' (at [1][0]) | did you mean 'interpolate'?\n");
  EXPECT_EQ(told(R"([1, 2])"),
            "1:2: expected the name of an operator, found number 1 (at [0]) | write [\"literal\", […]] for a list of values\n");
  EXPECT_EQ(told(R"(["within", {}])"),
            "1:2: operator 'within' is not supported (at [0]) | it is valid in the style specification, but sitmap cannot "
            "evaluate it\n");
  EXPECT_EQ(told(R"(["interpolate", ["liner"], 1, 0, 0, 1, 1])"), "1:18: unknown interpolation 'liner' (at [1][0]) | did you mean 'linear'?\n");
  EXPECT_EQ(told(R"(["let", "width", 1, ["var", "widht"]])"), "1:29: unknown variable 'widht' (at [3][1]) | did you mean 'width'?\n");
}

TEST(Messages, TellAllProblemsAtOnce) {
  EXPECT_EQ(told("[\"case\",\n [\"cas\"], \"a\",\n 5, \"b\",\n true]"),
            "2:3: unknown operator 'cas' (at [1][0]) | did you mean 'case'?\n"
            "3:2: expected boolean but found number (at [3])\n"
            "4:2: expected string but found boolean (at [5])\n");
}

TEST(Messages, OfCurvesAndBranches) {
  EXPECT_EQ(told(R"(["interpolate", ["linear"], ["get", "a"], 5, 1, 4, 2])"), "1:49: stops must ascend, but 4 follows 5 (at [5])\n");
  EXPECT_EQ(told(R"(["interpolate", ["linear"], ["get", "a"], 0, "x", 4, "y"])"), "1:1: string cannot be interpolated | use 'step'\n");
  EXPECT_EQ(told(R"(["match", ["get", "a"], "x", 1, "x", 2, 0])"), "1:33: label \"x\" stands twice (at [4])\n");
  EXPECT_EQ(told(R"(["match", ["get", "a"], 1.5, 1, 0])"), "1:25: number labels must be whole, found 1.5 (at [2])\n");
  EXPECT_EQ(told(R"(["match", 5, "x", 1, 0])"), "1:11: expected string like the labels but found number (at [1])\n");
}

TEST(Messages, OfConstants) {
  EXPECT_EQ(told(R"("fierbrick")", expected(Kind::Color)), "1:1: 'fierbrick' is no colour | did you mean 'firebrick'?\n");
  EXPECT_EQ(told("5", expected(Kind::Color)), "1:1: expected color, found number 5\n");
  Expected range = expected(Kind::Number);
  range.minimum = 0;
  range.maximum = 1;
  EXPECT_EQ(told("1.5", range), "1:1: 1.5 is more than the most allowed, 1\n");
  EXPECT_EQ(told(R"(["case", ["get", "a"], 0.5, -1])", range), "1:29: -1 is less than the least allowed, 0 (at [3])\n");
  Expected words = expected(Kind::String);
  words.enumeration = {"butt", "round", "square"};
  EXPECT_EQ(told(R"("rond")", words), "1:1: unknown value 'rond' | did you mean 'round'?\n");
  EXPECT_EQ(told(R"(["match", ["get", "a"], "x", "rond", "butt"])", words), "1:30: unknown value 'rond' (at [3]) | did you mean 'round'?\n");
  EXPECT_EQ(told(R"(["match", ["get", "a"], "x", "blu", "red"])", expected(Kind::Color)), "1:30: 'blu' is no colour (at [3])\n");
}

TEST(Messages, OfPropertiesThatTakeLess) {
  Expected constant = expected(Kind::Number);
  constant.allow_feature = false;
  EXPECT_EQ(told(R"(["get", "a"])", constant),
            "1:1: this property cannot depend on the feature | use a value that is the same for the whole layer\n");
  Expected curve = expected(Kind::Number);
  curve.zoom_curve_only = true;
  EXPECT_EQ(told(R"(["+", ["zoom"], 1])", curve),
            "1:7: 'zoom' may only be the input of the outermost 'step' or 'interpolate' (at [1]) | write [\"interpolate\", "
            "[\"linear\"], [\"zoom\"], …] around the whole expression\n");
  EXPECT_EQ(told(R"(["interpolate", ["linear"], ["zoom"], 0, 1, 5, 2])", curve), "");
}

TEST(Messages, OfOldFunctions) {
  EXPECT_EQ(told(R"({"stop": [[0, 1]], "property": "a"})", expected(Kind::Number)),
            "1:2: unknown key 'stop' in a function | did you mean 'stops'?\n"
            "1:1: a function needs 'stops' | or write an expression\n");
  EXPECT_EQ(told(R"({"stops": [[5, 1], [4, 2]]})", expected(Kind::Number)), "1:21: stops must ascend, but 4 follows 5\n");
  EXPECT_EQ(told(R"({"stops": [[5, "x"]]})", expected(Kind::Number)), "1:16: expected number, found text 'x'\n");
}

std::string filter_told(std::string text) {
  base::Problems problems;
  Expression::parse_filter(document::parse_json(std::move(text), "f.json"), problems);
  std::string out;
  for (const base::Problem& problem : problems.all())
    out += (problem.name.empty() ? "" : "[" + problem.name + "] ") + problem.message + (problem.hint.empty() ? "" : " | " + problem.hint) + "\n";
  return out;
}

TEST(Messages, OfFilters) {
  EXPECT_EQ(filter_told(R"(["==", "$type", "Poligon"])"), "unknown geometry type text 'Poligon' | did you mean 'Polygon'?\n");
  EXPECT_EQ(filter_told(R"(["=", ["get", "a"], 1])"), "unknown operator '=' (at [0]) | did you mean '=='?\n");
  EXPECT_EQ(filter_told(R"(["all", ["==", "kind", "city"], [">", ["get", "age"], 1]])"),
            "[mixed-filter] an old filter inside an expression compares two constants | write [\"==\", [\"get\", \"kind\"], \"city\"]\n");
  EXPECT_EQ(filter_told("5"), "expected a filter, found number 5 | for example [\"==\", [\"get\", \"kind\"], \"town\"]\n");
}

TEST(Messages, OfRunTimeErrors) {
  const TestFeature feature(Object{{"name", "x"}});
  Context context;
  context.feature = &feature;
  const auto why = [&](std::string text, Kind kind) {
    std::string error;
    EXPECT_FALSE(parse(std::move(text), expected(kind)).evaluate(context, &error));
    return error;
  };
  EXPECT_EQ(why(R"(["get", "name"])", Kind::Number), "expected number but found string");
  EXPECT_EQ(why(R"(["get", "age"])", Kind::Number), "expected number but found null");
  EXPECT_EQ(why(R"(["get", "name"])", Kind::Color), "'x' is no colour");
  EXPECT_EQ(told(R"(["at", 5, ["literal", [1, 2]]])"), "1:1: index 5 is outside a list of 2\n");  // of constants: when read
  EXPECT_EQ(why(R"(["sqrt", ["-", ["length", ["get", "name"]]]])", Kind::Number), "the result is not a number");
  EXPECT_EQ(why(R"(["error", "no way"])", Kind::Number), "no way");
}

}  // namespace
}  // namespace sitmap::expression
