#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "document/json_writer.hpp"
#include "helpers.hpp"

namespace sitmap::document::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Json, ReadsEveryKind) {
  EXPECT_EQ(json(R"( {"a": [1, -2.50, 1E2, true, false, null], "b": {}, "c": [], "d": "x"} )").to_json(),
            R"({"a":[1,-2.5,100,true,false,null],"b":{},"c":[],"d":"x"})");
  EXPECT_EQ(json("\xEF\xBB\xBF 5").as_number(), 5);
  EXPECT_EQ(json("\"x\"").as_string(), "x");
}

TEST(Json, Escapes) {
  EXPECT_EQ(json(R"("a\"\\\/\b\f\n\r\t\u0041\u00e9\u0531\ud83d\ude00z")").as_string(), "a\"\\/\b\f\n\r\tAéԱ😀z");
  EXPECT_EQ(json(R"("\u0000")").as_string(), std::string_view("\0", 1));
  EXPECT_EQ(json(R"("\u0000\u001f\"")").to_json(), R"("\u0000\u001f\"")");
  for (const char* bad : {R"("\ud800")", R"("\ud800x")", R"("\ud800\u0041")", R"("\udc00")", R"("\u12")", R"("\u12g4")", R"("\x41")", R"("\u+123")"})
    EXPECT_NE(json_error(bad), "") << bad;
}

TEST(Json, Numbers) {
  EXPECT_EQ(json("9007199254740993").as_integer(), 9007199254740993);
  EXPECT_EQ(json("9007199254740993").to_json(), "9007199254740993");
  EXPECT_EQ(json("9223372036854775808").as_integer(), std::nullopt);
  EXPECT_EQ(json("12.0").as_integer(), 12);
  EXPECT_EQ(json("12.5").as_integer(), std::nullopt);
  EXPECT_DOUBLE_EQ(json("0.1").as_number(), 0.1);
  EXPECT_EQ(json("1e-999").as_number(), 0);
  EXPECT_EQ(json("-0.0000000001e-400").as_number(), 0);
  EXPECT_EQ(json("1" + repeat("0", 300) + "e-300").as_number(), 1);
  EXPECT_EQ(json("0." + repeat("0", 400) + "1e401").as_number(), 1);
  EXPECT_EQ(json("0." + repeat("0", 400) + "1").as_number(), 0);
  for (const std::string& bad : {std::string("1e999"), std::string("-1e309"), repeat("9", 400), "0." + repeat("0", 9) + "1e999"})
    EXPECT_THAT(json_error(bad), HasSubstr("too large")) << bad;
  for (const char* bad : {"01", "-01", "1.", ".5", "+1", "1e", "1e+", "-", "0x10", "1_0", "NaN", "Infinity", "-Infinity"})
    EXPECT_NE(json_error(bad), "") << bad;
}

TEST(Json, IsStrict) {
  EXPECT_EQ(json_error("{\"a\": 1,\n \"b\": 2,\n}"), "t.json:2:8: a comma stands after the last value\n  2 |  \"b\": 2,\n    |        ^ remove it\n");
  EXPECT_THAT(json_error("[1,]"), HasSubstr("comma stands after"));
  EXPECT_THAT(json_error("[1 2]"), StartsWith("t.json:1:4: expected ',' or ']', found '2'"));
  EXPECT_THAT(json_error("{\"a\" 1}"), HasSubstr("expected ':' after the key"));
  EXPECT_THAT(json_error("{a: 1}"), HasSubstr("a key in double quotes"));
  EXPECT_THAT(json_error("['a']"), HasSubstr("double quotes"));
  EXPECT_THAT(json_error("[1] // x"), HasSubstr("JSON has no comments"));
  EXPECT_THAT(json_error("[1, /* */ 2]"), HasSubstr("JSON has no comments"));
  EXPECT_THAT(json_error("[True]"), HasSubstr("true, false, null"));
  EXPECT_THAT(json_error("[nul]"), HasSubstr("expected a value, found 'n'"));
  EXPECT_THAT(json_error("{} {}"), HasSubstr("the document ends before this"));
  EXPECT_THAT(json_error(""), HasSubstr("empty"));
  EXPECT_THAT(json_error("  \n "), HasSubstr("empty"));
  EXPECT_THAT(json_error("[1, 2"), HasSubstr("the file ends where"));
  EXPECT_THAT(json_error("[\"abc"), StartsWith("t.json:1:2: the text that begins here has no end"));
  EXPECT_THAT(json_error("[\"a\nb\"]"), HasSubstr("no end"));
  EXPECT_THAT(json_error("[\"a\tb\"]"), HasSubstr("\\t"));
  EXPECT_THAT(json_error("{\"a\":"), HasSubstr("the file ends"));
  EXPECT_THAT(json_error("{\"a"), HasSubstr("no end"));
  EXPECT_THAT(json_error("\"\\"), HasSubstr("escape"));
  EXPECT_THAT(json_error("{\"é\": \"\xE9\"}"), StartsWith("t.json:1:8: byte 0xE9"));
}

TEST(Json, DuplicateKeys) {
  EXPECT_THAT(json_error(R"({"a": 1, "\u0061": 2})"), HasSubstr("t.json:1:10: key 'a' stands twice"));
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\": 0, ";
  EXPECT_THAT(json_error(many + "\"k57\": 1}"), HasSubstr("key 'k57' stands twice"));
}

TEST(Json, DepthIsBounded) {
  EXPECT_EQ(json_error(repeat("[", 200) + repeat("]", 200)), "");
  EXPECT_THAT(json_error(repeat("[", 201) + repeat("]", 201)), HasSubstr("more than 200 deep"));
  EXPECT_THAT(json_error(repeat("[", 100'000)), HasSubstr("more than 200 deep"));
  EXPECT_THAT(json_error(repeat("{\"a\":", 100'000)), HasSubstr("more than 200 deep"));
}

TEST(Json, FindAmongFewAndMany) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\": " + std::to_string(i) + ",";
  text.back() = '}';
  const Node node = json(text);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(node.find("k" + std::to_string(i))->as_number(), i);
  EXPECT_FALSE(node.find("k1000"));
  EXPECT_FALSE(node.find(""));
  EXPECT_EQ(node.member(998).key, "k998");
  EXPECT_FALSE(json("[1]").find("a"));
}

TEST(Json, PathsAndPositions) {
  const Node root = json("{\"layers\": [0, {\"paint\": {\"fill-color\": 1,\n \"a b\": [2]}}]}");
  const Node paint = *root.find("layers")->at(1).find("paint");
  EXPECT_EQ(paint.find("fill-color")->path(), "layers[1].paint.fill-color");
  EXPECT_EQ(paint.find("a b")->at(0).path(), "layers[1].paint[\"a b\"][0]");
  EXPECT_EQ(root.path(), "");
  EXPECT_EQ(paint.member(1).key_location().line, 2);
  EXPECT_EQ(paint.member(1).key_location().column, 2);
  EXPECT_EQ(paint.find("a b")->at(0).location().column, 10);
}

TEST(Json, MinifiedLinesAreNotShownWhole) {
  const Node root = json("[" + repeat("1,", 1000) + "2]");
  EXPECT_EQ(root.at(1000).location().column, 2002);
  EXPECT_EQ(root.at(1000).location().line_text, "");
}

TEST(Node, Equality) {
  EXPECT_EQ(json(R"({"a": 1, "b": [1.0, "x"]})"), parse_yaml("b: [1, x]\na: 0x1\n", ""));
  EXPECT_FALSE(json("1") == json("\"1\""));
  EXPECT_FALSE(json("[1]") == json("[1, 2]"));
  EXPECT_FALSE(json(R"({"a": 1})") == json(R"({"b": 1})"));
  EXPECT_FALSE(json("9007199254740993") == json("9007199254740992"));
  EXPECT_EQ(Node(), json("null"));
  EXPECT_EQ(yaml(".nan"), yaml(".NaN"));
}

TEST(Node, DefaultIsAnUsableNull) {
  const Node node;
  EXPECT_TRUE(node.is_null());
  EXPECT_EQ(node.text(), "");
  EXPECT_EQ(node.size(), 0U);
  EXPECT_EQ(node.path(), "");
  EXPECT_EQ(node.file(), "");
  EXPECT_EQ(node.to_json(), "null");
  EXPECT_EQ(node.describe(), "nothing");
  EXPECT_EQ(node.location(), base::Location{});
  EXPECT_TRUE(node.items().empty());
  EXPECT_THROW(node.at(0), std::out_of_range);
  EXPECT_THROW(node.as_string(), std::logic_error);
}

TEST(Node, OutlivesItsRoot) {
  std::optional<Node> child;
  {
    const Node root = yaml("a: {b: [text]}");
    child = root.find("a")->find("b")->at(0);
  }
  EXPECT_EQ(child->as_string(), "text");
  EXPECT_EQ(child->path(), "a.b[0]");
  int seen = 0;
  for (const Member& member : yaml("{a: 1, b: 2}").members()) seen += static_cast<int>(member.value.as_number());
  EXPECT_EQ(seen, 3);
}

TEST(Node, Describes) {
  EXPECT_EQ(yaml("abc").describe(), "text 'abc'");
  EXPECT_EQ(yaml(repeat("x", 50)).describe(), "text '" + repeat("x", 40) + "…'");
  EXPECT_EQ(yaml("010").describe(), "number 010");
  EXPECT_EQ(yaml("[1]").describe(), "a list of 1 item");
  EXPECT_EQ(yaml("{}").describe(), "an empty object");
  EXPECT_EQ(yaml("TRUE").describe(), "the boolean true");
}

TEST(JsonWriter, PrettyAndCompact) {
  const Node node = json(R"({"a": [1, 2], "b": {"c": [{"d": 1}], "e": []}, "f": {}})");
  EXPECT_EQ(node.to_json(), R"({"a":[1,2],"b":{"c":[{"d":1}],"e":[]},"f":{}})");
  EXPECT_EQ(node.to_json(2), R"({
  "a": [1, 2],
  "b": {
    "c": [
      {"d": 1}
    ],
    "e": []
  },
  "f": {}
})");
}

TEST(JsonWriter, LongListsBreak) {
  JsonWriter w;
  w.begin_array();
  for (int i = 0; i < 60; ++i) w.value(i);
  const std::string text = w.end_array().take();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 61);
  EXPECT_EQ(json(text).size(), 60U);
}

TEST(JsonWriter, OneLineUpToTheWidth) {
  for (std::size_t length = 80; length < 110; ++length) {
    JsonWriter w;
    const std::string text = w.begin_object().member("k", std::string(length, 'x')).end_object().take();
    const std::size_t flat = length + 9;  // {"k": "…"}
    EXPECT_EQ(text.find('\n') == std::string::npos, flat <= 100) << length;
  }
}

TEST(JsonWriter, BrokenTextIsRepaired) {
  EXPECT_EQ(json_quoted("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  JsonWriter w(-1);
  EXPECT_EQ(w.begin_array().value(true).value(1.5).value(7U).null().value(0.0 / 0.0).value("x").end_array().take(), "[true,1.5,7,null,null,\"x\"]");
}

TEST(ReadDocument, ChoosesByEnding) {
  EXPECT_THROW(read_document("/nonexistent/a.yaml"), base::IoError);
  EXPECT_THAT(error_of([] { read_document("a.txt"); }), HasSubstr("neither YAML nor JSON"));
}

TEST(Json, AMegabyteIsQuick) {
  std::string text = "[";
  while (text.size() < 1'000'000)
    text += R"({"type": "Feature", "id": 17, "properties": {"name": "Jermuk \u0531", "pop": 4628.5}, "coordinates": [45.67, 39.84]},)";
  text.back() = ']';
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const Node node = json(text);
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    EXPECT_GT(node.size(), 1000U);
  }
  RecordProperty("milliseconds", std::to_string(best));
}

}  // namespace
}  // namespace sitmap::document::testing
