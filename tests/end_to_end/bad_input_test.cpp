// tests/bad_input/<case>: 'command' (words, one a line), the broken files, and 'expected' (exit code, then standard
// error to the letter; {…} stands for anything on one line).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "end_to_end/program.hpp"

namespace sitmap::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

bool matches(const std::string& expected, const std::string& actual) {
  std::string pattern;
  for (std::size_t i = 0; i < expected.size();) {
    if (expected.compare(i, 5, "{…}") == 0) {
      pattern += "[^\n]*";
      i += 5;
    } else {
      if (std::string_view(R"(.^$|()[]{}*+?\)").find(expected[i]) != std::string_view::npos) pattern += '\\';
      pattern += expected[i++];
    }
  }
  return std::regex_match(actual, std::regex(pattern));
}

class BadInput : public testing::TestWithParam<std::string> {};

TEST_P(BadInput, GivesTheMessageAndNoOutput) {
  const fs::path source = fs::path(SITMAP_SOURCE_DIR) / "tests" / "bad_input" / GetParam();
  const Scratch scratch;
  fs::copy(source, scratch.path(), fs::copy_options::recursive);
  const auto count = [&] { return std::distance(fs::recursive_directory_iterator(scratch.path()), {}); };
  const auto before = count();
  const Outcome outcome = run(lines(read(source / "command")), scratch.path());

  const std::string expected = read(source / "expected");
  const auto end = expected.find('\n');
  if (std::getenv("SITMAP_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(source / "expected") << outcome.exit_code << '\n' << outcome.err;
    FAIL() << "expected was written anew: read it before you commit";
  }
  EXPECT_EQ(std::to_string(outcome.exit_code), expected.substr(0, end));
  EXPECT_TRUE(matches(expected.substr(end + 1), outcome.err)) << "expected:\n" << expected.substr(end + 1) << "\nactual:\n" << outcome.err;
  EXPECT_EQ(count(), before) << "something was written";
}

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(SITMAP_SOURCE_DIR) / "tests" / "bad_input"))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Cases, BadInput, testing::ValuesIn(cases()), [](const auto& chosen) {
  std::string name = chosen.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace sitmap::test
