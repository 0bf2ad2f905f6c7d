// Every case of data/values.json: an expression and what the reference implementation of the style specification
// makes of it. "bad": it does not compile; "run": it fails at run time; "k": the kind of property it stands for.

#include <gtest/gtest.h>

#include <cmath>

#include "base/text.hpp"
#include "feature.hpp"

namespace sitmap::expression {
namespace {

bool near(double a, double b) { return a == b || std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

bool same(const Value& value, const document::Node& json) {
  if (json.is_null()) return value.is_null();
  if (const base::Color* color = value.get_if<base::Color>()) {
    const auto rgba = json.find("rgba");
    if (!rgba) return false;
    const float found[4] = {color->r, color->g, color->b, color->a};
    for (std::size_t i = 0; i < 4; ++i)
      if (std::abs(found[i] - rgba->at(i).as_number()) > 2e-6) return false;
    return true;
  }
  if (const double* number = value.get_if<double>()) {
    if (json.is_number()) return near(*number, json.as_number());
    const auto special = json.find("number");
    return special && special->as_string() == to_text(value);
  }
  if (const Array* items = value.array()) {
    if (!json.is_array() || json.size() != items->size()) return false;
    for (std::size_t i = 0; i < items->size(); ++i)
      if (!same((*items)[i], json.at(i))) return false;
    return true;
  }
  if (const Object* members = value.object()) {
    if (!json.is_object() || json.size() != members->size()) return false;
    for (const auto& [key, member] : *members)
      if (!json.has(key) || !same(member, *json.find(key))) return false;
    return true;
  }
  if (const ImageName* image = value.get_if<ImageName>()) return json.has("image") && json.find("image")->as_string() == image->name;
  if (const Formatted* text = value.formatted()) {
    const auto sections = json.find("sections");
    if (!sections || sections->size() != text->sections.size()) return false;
    for (std::size_t i = 0; i < sections->size(); ++i) {
      const FormattedSection& section = text->sections[i];
      const document::Node wanted = sections->at(i);
      if (wanted.find("text")->as_string() != section.text) return false;
      if (wanted.has("image") && wanted.find("image")->as_string() != section.image) return false;
      if (wanted.has("scale") != section.scale.has_value()) return false;
      if (wanted.has("fonts") && wanted.find("fonts")->as_string() != base::join(section.fonts, ",")) return false;
      if (wanted.has("color") != section.color.has_value()) return false;
    }
    return true;
  }
  return value == value_of(json);
}

Expected expected_for(std::string_view kind) {
  Expected out;
  out.zoom_curve_only = !kind.empty();
  if (kind == "color") out.kind = Kind::Color;
  if (kind == "number") out.kind = Kind::Number;
  if (kind == "formatted") out.kind = Kind::Formatted;
  if (kind == "resolvedImage") out.kind = Kind::Image;
  if (kind == "padding") out.kind = Kind::Padding;
  if (kind == "array2") out = {.kind = Kind::Array, .item = Kind::Number, .length = 2, .enumeration = {}, .minimum = {}, .maximum = {}};
  if (kind == "strings") out = {.kind = Kind::Array, .item = Kind::String, .length = {}, .enumeration = {}, .minimum = {}, .maximum = {}};
  if (kind == "enum") {
    out.kind = Kind::String;
    out.enumeration = {"map", "viewport"};
    out.interpolated = false;
  }
  if (kind == "formatted" || kind == "resolvedImage" || kind == "strings") out.interpolated = false;
  return out;
}

TEST(Values, AreThoseOfTheReference) {
  const auto root = document::read_document(SITMAP_SOURCE_DIR "/tests/unit/expression/data/values.json");
  const Value properties = value_of(*root.find("properties"));
  const TestFeature full(*properties.object()), bare{Object{}};
  const auto cases = root.find("cases");
  ASSERT_GE(cases->size(), 600U);
  for (const document::Node& one : cases->items()) {
    const document::Node json = *one.find("e");
    const std::string kind(one.has("k") ? one.find("k")->as_string() : "");
    SCOPED_TRACE(json.to_json() + (kind.empty() ? "" : " as " + kind));
    base::Problems problems;
    const Expression expression = kind == "filter" ? Expression::parse_filter(json, problems)
                                                   : Expression::parse(json, expected_for(kind), problems);
    const std::string told = problems.empty() ? "" : base::format(problems.all().front());
    EXPECT_EQ(problems.has_errors(), one.has("bad")) << told;
    if (problems.has_errors() || one.has("bad")) continue;
    Context context;
    context.zoom = one.has("z") ? one.find("z")->as_number() : 5;
    context.feature = one.has("p") || kind == "filter" ? &full : &bare;
    context.language = "en";
    std::string error;
    const auto value = expression.evaluate(context, &error);
    if (one.has("run")) {
      EXPECT_FALSE(value) << to_text(*value);
      EXPECT_TRUE(value || !error.empty());
    } else if (kind == "filter") {
      bool shown = false;
      if (!expression.evaluate_boolean(context, shown)) shown = false;  // a filter that fails hides the feature
      EXPECT_EQ(shown, one.find("r")->as_bool()) << error;
    } else {
      ASSERT_TRUE(value) << error;
      EXPECT_TRUE(same(*value, *one.find("r"))) << to_text(*value) << " instead of " << one.find("r")->to_json();
    }
  }
}

}  // namespace
}  // namespace sitmap::expression
