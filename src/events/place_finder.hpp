#pragma once
// Names of a table to places of the gazetteer: each name once, those that stay ambiguous again with their neighbours.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/cells.hpp"
#include "gazetteer/gazetteer.hpp"

namespace sitmap::events {

class PlaceFinder {
 public:
  PlaceFinder(const gazetteer::Gazetteer& gazetteer, gazetteer::Hints hints, std::map<std::string, std::string> pins);

  // First pass: names every name that will be asked for, with its day, and every point known without the gazetteer.
  void expect(const std::string& name, std::optional<time::Day> on);
  void expect(geom::Point neighbour);
  // Looks all of them up.
  void locate();

  struct Found {
    const gazetteer::Place* place = nullptr;  // lives as long as the finder
    Complaint complaint;                      // when there is none
  };
  // Second pass; only for what was expected.
  Found find(const std::string& name, std::optional<time::Day> on) const;

  const std::vector<std::string>& names() const { return names_; }  // expected, once, in order

 private:
  using Key = std::pair<std::string, std::optional<time::Day>>;
  gazetteer::Match ask(const std::string& name, std::optional<time::Day> on) const;
  Found pinned(const std::string& name, const std::string& id);

  const gazetteer::Gazetteer& gazetteer_;
  gazetteer::Hints hints_;
  std::map<std::string, std::string> pins_;
  std::vector<std::string> names_;
  std::map<std::string, std::vector<std::optional<time::Day>>> expected_;
  std::vector<geom::Point> points_;
  std::map<std::string, gazetteer::Match> undated_;
  std::map<Key, gazetteer::Match> dated_;   // names of which a record has dates
  std::map<std::string, gazetteer::Place> pinned_;
  std::map<std::string, Complaint> pin_complaints_;
};

// The places of a cell, which ';' separates; trimmed, empty ones left out.
std::vector<std::string> split_places(std::string_view cell);

}  // namespace sitmap::events
