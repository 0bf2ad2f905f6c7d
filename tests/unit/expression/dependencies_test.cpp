#include <gtest/gtest.h>

#include "feature.hpp"

namespace sitmap::expression {
namespace {

using Names = std::set<std::string, std::less<>>;

TEST(Dependencies, AreExact) {
  const auto of = [](std::string text) { return parse(std::move(text)).dependencies(); };
  EXPECT_TRUE(of(R"(["+", 1, 2])").constant());
  EXPECT_EQ(of(R"(["interpolate", ["linear"], ["get", "age"], 0, 1, 14, 0])").properties, Names{"age"});
  EXPECT_EQ(of(R"(["case", ["has", "a"], ["get", "b"], ["get", "c"]])").properties, (Names{"a", "b", "c"}));
  EXPECT_TRUE(of(R"(["zoom"])").zoom);
  EXPECT_FALSE(of(R"(["zoom"])").feature);
  EXPECT_TRUE(of(R"(["geometry-type"])").feature);
  EXPECT_TRUE(of(R"(["geometry-type"])").properties.empty());
  EXPECT_FALSE(of(R"(["id"])").all_properties);
  EXPECT_TRUE(of(R"(["properties"])").all_properties);
  EXPECT_TRUE(of(R"(["get", ["concat", "a", ["get", "b"]]])").all_properties);
  EXPECT_EQ(of(R"(["get", ["concat", "a", "ge"]])").properties, Names{"age"});
  EXPECT_TRUE(of(R"(["get", "x", ["literal", {"x": 1}]])").constant());
  EXPECT_TRUE(of(R"(["line-progress"])").other);
  EXPECT_FALSE(of(R"(["line-progress"])").constant());
}

TEST(Dependencies, OfBindingsCountWhereTheyAreUsed) {
  EXPECT_EQ(parse(R"(["let", "x", ["get", "a"], "y", ["get", "b"], ["var", "x"]])").dependencies().properties, Names{"a"});
}

TEST(Dependencies, OfFiltersFunctionsAndTokens) {
  base::Problems problems;
  const auto filter = Expression::parse_filter(
      document::parse_json(R"(["all", ["==", "kind", "city"], ["in", "$type", "Point"], ["!has", "gone"]])", "f.json"), problems);
  EXPECT_EQ(filter.dependencies().properties, (Names{"gone", "kind"}));
  EXPECT_TRUE(filter.dependencies().feature);
  EXPECT_EQ(parse(R"({"property": "age", "stops": [[0, 1], [5, 2]]})", expected(Kind::Number)).dependencies().properties, Names{"age"});
  EXPECT_TRUE(parse(R"({"stops": [[0, 1], [5, 2]]})", expected(Kind::Number)).dependencies().zoom);
  Expected text = expected(Kind::Formatted);
  text.tokens = true;
  EXPECT_EQ(parse("\"{name} ({pop})\"", text).dependencies().properties, (Names{"name", "pop"}));
  EXPECT_TRUE(parse(R"("no tokens {}")", text).is_constant());
}

TEST(Dependencies, MergeAndAsk) {
  Dependencies all = parse(R"(["get", "age"])").dependencies();
  all.merge(parse(R"(["+", ["zoom"], ["get", "pop"]])").dependencies());
  EXPECT_TRUE(all.zoom);
  EXPECT_EQ(all.properties, (Names{"age", "pop"}));
  EXPECT_TRUE(all.uses_any({"age", "remaining"}));
  EXPECT_FALSE(all.uses_any({"remaining"}));
  all.all_properties = true;
  EXPECT_TRUE(all.uses_any({"remaining"}));
}

TEST(Tokens, AreReplacedByProperties) {
  Expected text = expected(Kind::Formatted);
  text.tokens = true;
  const TestFeature feature(Object{{"name", "Jermuk"}, {"pop", 4000.0}});
  Context context;
  context.feature = &feature;
  EXPECT_EQ(to_text(*parse("\"{name} ({pop}){gone}\"", text).evaluate(context)), "Jermuk (4000)");
  EXPECT_EQ(to_text(*parse(R"("a {b {name} c}")", text).evaluate(context)), "a {b Jermuk c}");
}

TEST(Constants, AreKept) {
  EXPECT_EQ(*parse(R"(["+", 1, ["*", 2, 3]])").constant(), Value(7.0));
  EXPECT_EQ(parse(R"(["get", "a"])").constant(), nullptr);
  EXPECT_EQ(parse(R"(["feature-state", "hover"])").constant(), nullptr);
  EXPECT_TRUE(Expression().constant()->is_null());
}

TEST(Ranges, ClampWhatTheFeatureSays) {
  Expected opacity = expected(Kind::Number);
  opacity.minimum = 0;
  opacity.maximum = 1;
  const TestFeature feature(Object{{"a", 3.0}});
  Context context;
  context.feature = &feature;
  double out = 0;
  EXPECT_TRUE(parse(R"(["get", "a"])", opacity).evaluate_number(context, out));
  EXPECT_EQ(out, 1);
  EXPECT_EQ(*parse(R"(["get", "a"])", opacity).evaluate(context), Value(1.0));
}

}  // namespace
}  // namespace sitmap::expression
