#pragma once
// The gazetteer that the build made from geodata.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "gazetteer/gazetteer.hpp"

namespace sitmap::gazetteer {

inline const Gazetteer& real() {
  static const Gazetteer gazetteer =
      Gazetteer::open(std::filesystem::path(SITMAP_BINARY_DIR) / "share" / "sitmap" / "gazetteer.sqlite");
  return gazetteer;
}

inline std::string explain(const Match& match) {
  std::string text = match.query + ": " + match.advice;
  if (match.best) text += " → " + match.best->place.id + " " + std::to_string(match.best->score);
  for (const Scored& c : match.candidates)
    text += "\n  " + c.place.id + " " + c.place.name + " " + std::to_string(c.score) + " " + c.why;
  return text;
}

// The id of what the name is matched with; "" otherwise.
inline std::string id_of(std::string_view name, const Hints& hints = {}) {
  const Match match = real().locate(name, hints);
  return match.best ? match.best->place.id : std::string();
}

inline Hints caucasus() {
  Hints hints;
  hints.area = geom::GeoBox{44, 38, 49, 42};
  hints.neighbours = {{46.75, 39.82}, {45.67, 39.84}};
  return hints;
}

}  // namespace sitmap::gazetteer
