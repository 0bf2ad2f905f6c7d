#pragma once
// A map file's data, read and joined with places: everything composing needs.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "compose/composition.hpp"
#include "gazetteer/gazetteer.hpp"
#include "job/map_file.hpp"
#include "source/catalogue.hpp"
#include "style/style.hpp"
#include "text/fonts.hpp"

namespace sitmap::job {

struct Situation {
  MapFile map;
  style::Style style;
  std::unique_ptr<source::Catalogue> catalogue;
  std::unique_ptr<text::FontSet> fonts;
  std::map<std::string, source::Table> layers;     // "label"
  std::map<std::string, compose::LayerFile> layer_files;
  events::Events events;
  events::Territories territories;
  std::vector<events::Actor> actors;
  compose::Area area;
  std::optional<time::Day> first, last;            // of the time range; nothing: no dates
  std::vector<std::filesystem::path> files;        // everything read, for depfiles
};

struct SituationOptions {
  std::optional<time::Interval> from, to;
};

// Reads the map file and all it names. Errors throw as one InputError; warnings and rows left out go to `problems`.
Situation read_situation(const std::filesystem::path& map_file, const SituationOptions& options, base::Problems& problems);

}  // namespace sitmap::job
