#pragma once
// Tables written for a test, and the gazetteer that the build made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/file.hpp"
#include "events/control.hpp"
#include "events/table.hpp"

namespace sitmap::events {

inline const gazetteer::Gazetteer& real() {
  static const gazetteer::Gazetteer gazetteer =
      gazetteer::Gazetteer::open(std::filesystem::path(SITMAP_BINARY_DIR) / "share" / "sitmap" / "gazetteer.sqlite");
  return gazetteer;
}

// A file that lives as long as the test's folder variable.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("sitmap-events-" + std::to_string(::getpid()) + "-" +
                                                             ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path file(const std::string& name, const std::string& text) const {
    base::write_file(path_ / name, text);
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline gazetteer::Hints caucasus() {
  gazetteer::Hints hints;
  hints.area = geom::GeoBox{44, 38, 49, 42};
  return hints;
}

struct Read {
  Events events;
  base::Problems problems;
};
inline Read read(const std::string& csv, TableOptions options = {}, const std::string& name = "events.csv") {
  const Folder folder;
  Read out;
  if (!options.hints.area) options.hints = caucasus();
  out.events = read_events(folder.file(name, csv), real(), options, out.problems);
  return out;
}

// Every row is used or listed.
inline void expect_complete(const Events& events) {
  std::size_t whole = 0;
  for (const LeftOut& entry : events.left_out) whole += !entry.event_kept;
  EXPECT_EQ(events.rows, events.events.size() + whole);
}

}  // namespace sitmap::events
