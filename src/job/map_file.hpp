#pragma once
// The map file: what one YAML file says. One declaration reads it and publishes its JSON Schema.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compose/settings.hpp"
#include "document/declare.hpp"
#include "time/schedule.hpp"

namespace sitmap::job {

// A page in CSS pixels (1/96 inch) and the device pixels for each of them.
struct Size {
  double width = 1200, height = 800, scale = 1;
  bool operator==(const Size&) const = default;
};
// article 1200 × 800, square 1080 × 1080, story 1080 × 1920, video 1920 × 1080, 4k 3840 × 2160 device pixels; the
// film and phone sizes are laid out on smaller pages, so that their letters are large enough to be read there.
const std::vector<std::pair<std::string, Size>>& named_sizes();
std::optional<Size> parse_size(std::string_view name_or_wxh);  // "square", "1600x900"

struct AreaSpec {
  std::vector<document::Located<std::string>> places;
  std::optional<std::array<double, 4>> bbox;       // west, south, east, north
  std::optional<std::array<double, 2>> center;     // longitude, latitude
  std::optional<double> scale, zoom;
  std::optional<std::array<double, 4>> projected;  // min x, min y, max x, max y in metres of `projection`
  document::Extent pad{document::Extent::Unit::Percent, 8};
  double bearing = 0;
  base::Location where;
};

struct LayerSpec {
  std::string file, layer, where_clause;
  base::Location where;
};

struct DataSpec {
  std::vector<document::Located<std::string>> events, control;
  std::optional<document::Located<std::string>> actors;
  std::vector<std::pair<std::string, LayerSpec>> layers;
  std::vector<std::pair<std::string, std::string>> columns;  // standard name → column of the events tables
  std::vector<std::pair<std::string, std::string>> pins;     // place as written → gazetteer id
  std::vector<std::string> countries;                        // ISO 3166-1 alpha-2: where names are looked for first
};

struct LabelSpec {
  document::Located<std::string> place;
  std::string text, kind;                   // text empty: the place's name; kind: a property for the style
  int rank = 3;                             // 1 most important … 8
  std::optional<std::array<double, 2>> offset;  // pixels from the place, to pin the label
};

struct TimeSpec {
  std::optional<document::Located<time::Interval>> from, to;
  time::Step step;
  double hold = 1;          // seconds
  int tween = 0;            // frames
  double fps = 25;
};

struct MapFile {
  std::filesystem::path file;
  std::string title, subtitle, note, alt_text;
  AreaSpec area;
  document::Located<std::string> projection{"auto", {}};
  Size size;
  double scale = 1;
  document::Located<std::string> style{"news-light", {}};
  std::vector<std::string> languages{"en"};
  std::string worldview = "international";
  DataSpec data;
  std::vector<LabelSpec> labels;
  TimeSpec time;
  compose::Furniture furniture;
  std::vector<document::Located<std::string>> fonts;
  std::vector<document::Located<std::string>> outputs;
  base::Location where;
};

document::Record<MapFile> map_file_record();
std::string map_file_schema();

// Reads and checks the file; throws InputError with every problem.
MapFile read_map_file(const std::filesystem::path& file);

}  // namespace sitmap::job
