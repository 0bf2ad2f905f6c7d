#pragma once
// Styles from text, and the problems they get as text.

#include "document/read.hpp"
#include "style/style.hpp"

namespace sitmap::style {

inline std::string told(const std::vector<base::Problem>& problems) {
  std::string out;
  for (const base::Problem& problem : problems) {
    out += std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) + ": ";
    if (!problem.name.empty()) out += "[" + problem.name + "] ";
    out += problem.message;
    if (!problem.hint.empty()) out += " | " + problem.hint;
    out += '\n';
  }
  return out;
}

inline Style read(std::string text, base::Problems& problems) {
  return read_style(document::parse_json(std::move(text), "style.json"), "style.json", problems);
}

// What a style gets: its errors, or else its warnings.
inline std::string told(std::string text) {
  base::Problems problems;
  try {
    read(std::move(text), problems);
  } catch (const base::InputError& error) {
    return told(error.problems());
  }
  return told(problems.all());
}

// A whole style around layers.
inline std::string around(std::string_view layers) {
  return "{\"version\": 8, \"sources\": {\"s\": {\"type\": \"vector\", \"url\": \"sitmap:\"}}, \"layers\": [\n" + std::string(layers) + "\n]}";
}

inline Style read_layers(std::string_view layers) {
  base::Problems problems;
  return read(around(layers), problems);
}

}  // namespace sitmap::style
