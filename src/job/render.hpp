#pragma once
// A map file to its pictures and films: the flow of ARCHITECTURE.md, once from the left to the right.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.hpp"
#include "base/log.hpp"
#include "compose/composition.hpp"
#include "job/map_file.hpp"

namespace sitmap::job {

struct RenderOptions {
  std::vector<std::string> outputs;              // besides (or, with `only_these`, instead of) the map file's
  bool only_these = false;
  std::optional<time::Interval> date, from, to;  // of the command line; they win over the map file
  std::optional<Size> size;
  std::optional<double> scale;
  int jobs = 0;                                  // 0: all cores
  bool strict = false;                           // warnings are errors
  std::optional<std::filesystem::path> depfile;  // Makefile rule: outputs depend on every file read
};

struct Times {
  double reading = 0, composing = 0, labels = 0, drawing = 0, encoding = 0, total = 0;
};

struct Report {
  struct Published {
    std::string file;
    int width = 0, height = 0;
    std::uintmax_t bytes = 0;
    std::size_t frames = 0;     // of films and frame series
  };
  std::vector<Published> published;
  std::size_t events_used = 0, rows = 0;
  Times times;
};

// Throws InputError, IoError, Cancelled; then no output is broken, and those published before stand.
Report render(const std::filesystem::path& map_file, const RenderOptions& options, base::Log& log, base::Progress& progress,
              const base::CancelToken& cancel);

// Everything up to the pictures; the same problems, nothing written.
Report check(const std::filesystem::path& map_file, const RenderOptions& options, base::Log& log);

}  // namespace sitmap::job
