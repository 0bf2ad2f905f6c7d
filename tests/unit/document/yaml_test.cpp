#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "helpers.hpp"

namespace sitmap::document::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string kinds(const char* text) { return yaml(text).to_json(); }

TEST(Yaml, CoreSchemaTypesOfPlainScalars) {
  EXPECT_EQ(kinds("[no, yes, on, off, y, n]"), R"(["no","yes","on","off","y","n"])");
  EXPECT_EQ(kinds("[true, True, TRUE, false, False, FALSE, tRUE]"), R"([true,true,true,false,false,false,"tRUE"])");
  EXPECT_EQ(kinds("[null, Null, NULL, ~, nULL]"), R"([null,null,null,null,"nULL"])");
  EXPECT_EQ(kinds("[010, 0o17, 0x1F, +12, -3, 1_000, 0b1]"), R"([10,15,31,12,-3,"1_000","0b1"])");
  EXPECT_EQ(kinds("[1.50, .5, 1., 1e3, -2E-2, ., e3, 1e, 1.2.3]"), R"([1.5,0.5,1,1000,-0.02,".","e3","1e","1.2.3"])");
  EXPECT_EQ(kinds("[2022-09-13, 2022-09, 12:30, 4k, 15%, 1 day, 0x, 0o9]"),
            R"(["2022-09-13","2022-09","12:30","4k","15%","1 day","0x","0o9"])");
  EXPECT_EQ(kinds("[.inf, -.INF, .nan, .Infinity]"), R"([".inf","-.inf",".nan",".Infinity"])");
}

TEST(Yaml, QuotesKeepText) {
  const Node node = yaml("[\"12\", 'true', \"~\", \"\", '', 12]");
  EXPECT_EQ(node.to_json(), R"(["12","true","~","","",12])");
  EXPECT_TRUE(node.at(0).quoted());
  EXPECT_FALSE(node.at(5).quoted());
}

TEST(Yaml, ScalarsKeepTheirText) {
  const Node node = yaml("[010, 1.50, ~, 2022, TRUE]");
  EXPECT_EQ(node.at(0).text(), "010");
  EXPECT_EQ(node.at(1).text(), "1.50");
  EXPECT_EQ(node.at(2).text(), "~");
  EXPECT_EQ(node.at(3).text(), "2022");
  EXPECT_EQ(node.at(4).text(), "TRUE");
}

TEST(Yaml, BlockScalars) {
  EXPECT_EQ(kinds("a: |\n  one\n  two\nb: >\n  one\n  two\n"), R"({"a":"one\ntwo\n","b":"one two\n"})");
}

TEST(Yaml, EmptyTextsAreNull) {
  EXPECT_TRUE(yaml("").is_null());
  EXPECT_TRUE(yaml("# only a comment\n").is_null());
  EXPECT_TRUE(yaml("\xEF\xBB\xBF").is_null());
  EXPECT_TRUE(yaml("---\n").is_null());
}

TEST(Yaml, PositionsOfValuesAndKeys) {
  const Node root = yaml("title: Война и мир\narea:\n  pad: 15%\n  places: [Ջերմուկ, Lachin]\nempty:\n");
  EXPECT_EQ(root.find("title")->location().line, 1);
  EXPECT_EQ(root.find("title")->location().column, 8);
  EXPECT_EQ(root.find("title")->location().line_text, "title: Война и мир");
  EXPECT_EQ(root.find("title")->location().file, "t.yaml");
  const Node lachin = root.find("area")->find("places")->at(1);
  EXPECT_EQ(lachin.location().line, 4);
  EXPECT_EQ(lachin.location().column, 21);  // in code points, not in bytes
  EXPECT_EQ(lachin.path(), "area.places[1]");
  EXPECT_EQ(root.find("area")->location().line, 3);
  EXPECT_EQ(root.find("area")->member(0).key_location().column, 3);
  EXPECT_EQ(root.find("empty")->location().line, 5);  // not where the file ends
}

TEST(Yaml, PositionsWithByteOrderMarkAndForeignLineEnds) {
  const Node root = yaml("\xEF\xBB\xBF" "a: 1\r\nb: \"x\"\r\nc: |\r\n  t\r\n");
  EXPECT_EQ(root.find("a")->location().column, 4);
  EXPECT_EQ(root.find("b")->location().line, 2);
  EXPECT_EQ(root.find("b")->location().line_text, "b: \"x\"");
  EXPECT_EQ(root.find("c")->as_string(), "t\n");
  EXPECT_EQ(yaml("a: 1\rb: 2\r").to_json(), R"({"a":1,"b":2})");
}

TEST(Yaml, DuplicateKeysAreErrorsWithBothPlaces) {
  const std::string message = yaml_error("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n");
  EXPECT_EQ(message,
            "t.yaml:4:3: key 'c' stands twice in the same object\n  4 |   c: 2\n    |   ^ the first is at line 3, column 3; remove one\n"
            "t.yaml:5:1: key 'a' stands twice in the same object\n  5 | a: 3\n    | ^ the first is at line 1, column 1; remove one\n");
  EXPECT_THAT(yaml_error("{a: 1, 'a': 2}"), HasSubstr("stands twice"));
}

TEST(Yaml, AliasesAndMerges) {
  EXPECT_EQ(kinds("base: &b {x: 1, y: [2, 3]}\ncopy: *b\n"), R"({"base":{"x":1,"y":[2,3]},"copy":{"x":1,"y":[2,3]}})");
  EXPECT_EQ(kinds("b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  y: 3\n"), R"({"b":{"x":1,"y":2},"c":{"y":3,"x":1}})");
  EXPECT_EQ(kinds("- &a {x: 1}\n- &b {x: 2, y: 2}\n- {<<: [*a, *b], z: 3}\n"), R"([{"x":1},{"x":2,"y":2},{"z":3,"x":1,"y":2}])");
  EXPECT_EQ(kinds("'<<': 1"), R"({"<<":1})");  // quoted: an ordinary key
  EXPECT_EQ(kinds("- &n name\n- {*n : 1}\n"), R"(["name",{"name":1}])");
  EXPECT_THAT(yaml_error("<<: 5"), HasSubstr("'<<' takes an object"));
  EXPECT_THAT(yaml_error("a: *nothing"), HasSubstr("no anchor"));
  EXPECT_THAT(yaml_error("a: &a [1, *a]"), HasSubstr("within the value that it repeats"));
}

TEST(Yaml, CopiesHaveTheirOwnPathAndTheAnchorsPlace) {
  const Node root = yaml("a: &a\n  k: [1]\nb: *a\nc: {<<: *a}\n");
  const Node copied = root.find("b")->find("k")->at(0);
  EXPECT_EQ(copied.path(), "b.k[0]");
  EXPECT_EQ(copied.location().line, 2);
  EXPECT_EQ(root.find("c")->find("k")->at(0).path(), "c.k[0]");
}

TEST(Yaml, BillionLaughsIsAnError) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i <= 12; ++i) {
    const std::string previous = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(previous + ", ", 9) + previous + "]\n";
  }
  EXPECT_THAT(yaml_error(text), HasSubstr("aliases expand to more than"));
}

TEST(Yaml, DepthIsBounded) {
  EXPECT_EQ(yaml_error(repeat("[", 200) + repeat("]", 200)), "");
  EXPECT_THAT(yaml_error(repeat("[", 201) + repeat("]", 201)), HasSubstr("more than 200 deep"));
  EXPECT_NE(yaml_error(repeat("[", 100'000)), "");
  EXPECT_NE(yaml_error(repeat("{a: ", 100'000)), "");
  EXPECT_THAT(yaml_error("a: " + repeat("[", 100'000) + repeat("]", 100'000)), HasSubstr("deep"));
  EXPECT_THAT(yaml_error("a: " + repeat("{a: ", 100'000) + repeat("}", 100'000)), HasSubstr("deep"));
  EXPECT_THAT(yaml_error(repeat("- ", 100'000)), HasSubstr("deep"));
  std::string stairs;
  for (int i = 0; i < 2000; ++i) stairs += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_THAT(yaml_error(stairs), HasSubstr("deep"));
  std::string aliases = "- &a0 [1]\n";  // deep by aliases only
  for (int i = 1; i < 300; ++i) aliases += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  EXPECT_THAT(yaml_error(aliases), HasSubstr("deep"));
}

TEST(Yaml, RefusesWhatAMapFileDoesNotNeed) {
  EXPECT_THAT(yaml_error("a: 1\n---\nb: 2\n"), StartsWith("t.yaml:2:1: a second document begins here"));
  EXPECT_THAT(yaml_error("? [a, b]\n: 1\n"), HasSubstr("can't be a key"));
  EXPECT_THAT(yaml_error("a: !python/object x"), HasSubstr("tag '!python/object' is not known"));
  EXPECT_THAT(yaml_error(": 1"), HasSubstr("key is missing"));
  EXPECT_EQ(kinds("[!!str 12, !!int 12, !!float 1, !!bool true, !!null ~]"), R"(["12",12,1,true,null])");
  EXPECT_THAT(yaml_error("!!int abc"), HasSubstr("can't be read as !!int"));
}

TEST(Yaml, SyntaxErrorsSayWhere) {
  EXPECT_EQ(yaml_error("a: 1\nb: c: d\n"),
            "t.yaml:2:5: a ':' can't stand here\n  2 | b: c: d\n    |     ^ text that holds ': ' wants quotes; else look at the indentation\n");
  EXPECT_THAT(yaml_error("a: [1, 2\nb: 3\n"), HasSubstr("t.yaml:"));
  EXPECT_THAT(yaml_error("a: \"open\n"), HasSubstr("no end"));
  EXPECT_THAT(yaml_error("a: 'it''s\n"), StartsWith("t.yaml:1:4: the text that begins here has no end"));
  EXPECT_THAT(yaml_error("a: {b: [1, 2\n"), StartsWith("t.yaml:1:8: the '[' has no ']'"));
  EXPECT_THAT(yaml_error("a: 1\ntitle\n"), StartsWith("t.yaml:2:1: a ':' is missing after 'title'"));
  EXPECT_THAT(yaml_error("- 1\na: 2\n"), StartsWith("t.yaml:2:1: this doesn't fit what stands above"));
  EXPECT_THAT(yaml_error("[1, 2"), HasSubstr("closing bracket"));
  EXPECT_THAT(yaml_error("[1]]"), HasSubstr("was not opened"));
  EXPECT_THAT(yaml_error("a:\n\tb: 1\n"), HasSubstr("t.yaml:2:"));
  EXPECT_THAT(yaml_error("a: @x\n"), HasSubstr("t.yaml:1:4"));
  EXPECT_THAT(yaml_error("a: 1\n b: 2\n"), HasSubstr("t.yaml:2"));
}

TEST(Yaml, BytesThatAreNoText) {
  EXPECT_THAT(yaml_error("a: 1\nb: \xC3\x28\n"), StartsWith("t.yaml:2:4: byte 0xC3 is not valid UTF-8"));
  EXPECT_THAT(yaml_error("é: \xFF"), StartsWith("t.yaml:1:4: byte 0xFF"));
  EXPECT_THAT(yaml_error(std::string("a: 1\n\0b", 7)), StartsWith("t.yaml:2:1: the file holds the control character U+0000"));
  EXPECT_THAT(yaml_error(std::string("\xFF\xFE" "a\0:\0", 6)), HasSubstr("U+0000"));
  EXPECT_THAT(yaml_error("a: \x1b[0m"), HasSubstr("U+001B"));
}

TEST(Yaml, BadByteIsFoundAnywhere) {
  const std::string text = repeat("# ключ: значение ə 𐍈\n", 50);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    std::string broken = text;
    broken.insert(at, "\xC0");
    try {
      yaml(broken);
      FAIL() << at;
    } catch (const base::InputError& error) {
      const std::string_view before = std::string_view(broken).substr(0, at);
      EXPECT_EQ(error.problems().at(0).where.line, 1 + std::count(before.begin(), before.end(), '\n')) << at;
    }
  }
}

TEST(Yaml, TenMegabytes) {
  const Node node = yaml(repeat("- {name: Jermuk, lat: 39.84, tags: [a, b]}\n", 240'000));
  EXPECT_EQ(node.size(), 240'000U);
  EXPECT_EQ(node.at(239'999).location().line, 240'000);
}

}  // namespace
}  // namespace sitmap::document::testing
