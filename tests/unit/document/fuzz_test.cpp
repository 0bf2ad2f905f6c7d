// Random mutations of valid documents: always a value or an InputError, and a value always prints and reads back.

#include <gtest/gtest.h>

#include <random>
#include <span>

#include "helpers.hpp"

namespace sitmap::document::testing {
namespace {

const char* const kYaml[] = {
    "title: Two days on the border\narea: { places: [Jermuk, \"Lachin corridor\"], pad: 15% }\nsize: [1600, 900]\n"
    "time: { from: 2022-09-12, to: 2022-09-15, step: 1 day }\noutputs:\n  - border.png\n  - border.mp4\n",
    "x-base: &b\n  k: |\n    one\n    two\n  l: 'it''s'\nitem:\n  <<: *b\n  m: >-\n    folded\n    text\nlist: [*b, {a: ~}]\n",
    "? a\n: - 1\n  - - 2\n    - \"\\u00e9\\x41\\n\"\nb: !!str 12 # comment\n",
    "ключ: Ջերմուկ\nфлаг: true\nn: [0x1F, 0o17, .inf, -1e3]\n",
};
const char* const kJson[] = {
    R"({"version": 8, "layers": [{"id": "a", "paint": {"fill-color": ["get", "c"], "fill-opacity": 0.5}}], "x": null})",
    R"([1, -2.5e10, "a\u00e9\ud83d\ude00\n", true, {"Ջերմուկ": [[], {}]}])",
};

std::string mutate(std::string text, std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {"[", "]", "{", "}", ":", ": ", "- ", "\n", "\t", "\"", "'", "*b", "&b ", "!", "!!", "%", "|", ">",
                                                 "?", "? ", "---\n", "...\n", "#", ",", "\\", "\\u", "<<: ", "\xC3", "\xFF", "@", "`", "~", "  ", "e", "-", "%YAML 1.2\n",
                                                 "\r", "\xEF\xBB\xBF", "\xC2\x85", "\xE2\x80\xA8", "0", "1e999", "//"};
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
    const std::size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0: text.insert(at, kPieces[below(std::size(kPieces))]); break;
      case 1: text.erase(at, 1 + below(6)); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), below(30))); break;
      case 3: text.insert(at, 1, static_cast<char>(below(256))); break;
      default: if (at < text.size()) text[at] = static_cast<char>(below(128)); break;
    }
  }
  return text;
}

template <class Read>
void hammer(std::span<const char* const> seeds, int rounds, Read read) {
  std::mt19937 random(20220912);
  int values = 0, errors = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string text = mutate(seeds[static_cast<std::size_t>(i) % seeds.size()], random);
    try {
      const Node node = read(text);
      ++values;
      const std::string printed = node.to_json(2);
      ASSERT_EQ(parse_json(printed, "").to_json(2), printed) << text;
      for (const Member& member : node.members()) {
        ASSERT_GE(member.key_location().line, 1);
        ASSERT_GE(member.value.location().column, 1);
        ASSERT_EQ(member.value.path().empty(), false);
      }
    } catch (const base::InputError& error) {
      ++errors;
      ASSERT_FALSE(error.problems().empty());
      ASSERT_GE(error.problems().front().where.line, 1) << text;
      ASSERT_EQ(std::string_view(error.what()).find("std::"), std::string_view::npos);
    }
  }
  EXPECT_GT(values, rounds / 50);
  EXPECT_GT(errors, rounds / 50);
}

TEST(Fuzz, Yaml) {
  hammer(kYaml, 20'000, [](const std::string& text) { return yaml(text); });
}
TEST(Fuzz, Json) {
  hammer(kJson, 20'000, [](const std::string& text) { return json(text); });
}

TEST(Fuzz, EveryPrefix) {
  for (const char* seed : kYaml)
    for (std::size_t size = 0; size <= std::string_view(seed).size(); ++size) yaml_error(std::string(seed, size));
  for (const char* seed : kJson)
    for (std::size_t size = 0; size < std::string_view(seed).size(); ++size) EXPECT_NE(json_error(std::string(seed, size)), "");
}

TEST(Fuzz, RandomBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 5000; ++i) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = static_cast<char>(random() % (i % 2 ? 256 : 128));
    yaml_error(text);
    json_error(text);
  }
}

}  // namespace
}  // namespace sitmap::document::testing
