// ARCHITECTURE.md's table against every #include of src.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::map<std::string, int> ranks() {
  std::map<std::string, int> out;
  const std::string text = read(fs::path(SITMAP_SOURCE_DIR) / "ARCHITECTURE.md");
  const std::regex row(R"(\n\| (\d+) \| `(\w+)` \|)");
  for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it) out[(*it)[2]] = std::stoi((*it)[1]);
  return out;
}

TEST(Layering, EveryModuleStandsInTheTable) {
  const auto table = ranks();
  for (const auto& entry : fs::directory_iterator(fs::path(SITMAP_SOURCE_DIR) / "src"))
    if (entry.is_directory()) {
      EXPECT_TRUE(table.contains(entry.path().filename().string())) << entry.path();
    }
}

TEST(Layering, IncludesGoToLowerRanksOnly) {
  const auto table = ranks();
  ASSERT_GT(table.size(), 10U);
  const fs::path src = fs::path(SITMAP_SOURCE_DIR) / "src";
  const std::regex include(R"re(#include "(\w+)/[^"]+")re");
  int checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(src)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".cpp" && ending != ".hpp") continue;
    const std::string module = entry.path().lexically_relative(src).begin()->string();
    const std::string text = read(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it) {
      const std::string other = (*it)[1];
      if (other == module || !table.contains(other)) continue;
      ++checked;
      EXPECT_LT(table.at(other), table.at(module)) << entry.path() << " includes " << (*it)[0];
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(Layering, ForeignHeadersStayInTheModuleThatHidesThem) {
  const std::map<std::string, std::set<std::string>> owners{
      {"cairo", {"draw"}},     {"pango/", {"text", "draw"}}, {"gdal", {"source"}},    {"ogr", {"source"}},   {"proj.h", {"projection"}},
      {"geos_c.h", {"geom"}},  {"sqlite3.h", {"gazetteer", "source"}}, {"yaml-cpp", {"document"}}, {"CLI/", {"cli"}}, {"libav", {"encode"}},
      {"librsvg", {"draw"}}};
  const fs::path src = fs::path(SITMAP_SOURCE_DIR) / "src";
  const std::regex include(R"(#include <([^>]+)>)");
  for (const auto& entry : fs::recursive_directory_iterator(src)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    const std::string module = entry.path().lexically_relative(src).begin()->string();
    const std::string text = read(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it)
      for (const auto& [prefix, modules] : owners)
        if ((*it)[1].str().starts_with(prefix)) {
          EXPECT_TRUE(modules.contains(module)) << entry.path() << " includes " << (*it)[0];
        }
  }
}

TEST(Layering, NoSourceFileHoldsTwoSubjects) {
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SITMAP_SOURCE_DIR) / "src")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    const std::string text = read(entry.path());
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 600) << entry.path();
  }
}

}  // namespace
