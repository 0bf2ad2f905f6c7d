#pragma once
// Map + style + situation + labels + furniture → scenes. Everything that doesn't change between frames is made once;
// labels are placed once for the whole time range.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "compose/furniture.hpp"
#include "compose/settings.hpp"
#include "events/control.hpp"
#include "events/table.hpp"
#include "label/label.hpp"
#include "projection/view.hpp"
#include "scene/scene.hpp"
#include "source/catalogue.hpp"
#include "style/style.hpp"
#include "text/fonts.hpp"
#include "time/schedule.hpp"

namespace sitmap::compose {

// Where the map looks.
struct Area {
  geom::Geometry shape;                 // longitude/latitude; fits on the page (with pad)
  double pad = 0.08;                    // of the page's shorter side, on each side
  std::optional<geom::Point> center;    // with scale or zoom instead of a shape
  std::optional<double> scale, zoom;    // 1:scale; MapLibre's zoom
  std::optional<geom::Box> projected;   // metres of the projection
  double bearing = 0;
};

// A layer of the map file's own, read for the view only.
struct LayerFile {
  std::filesystem::path path;
  std::string layer, condition;         // of a file with several; OGR SQL
  base::Location where;                 // in the map file, for problems
};

struct Input {
  const style::Style* style = nullptr;
  const source::Catalogue* catalogue = nullptr;
  const text::FontSet* fonts = nullptr;
  std::map<std::string, source::Table> layers;   // made by the program ("label")
  std::map<std::string, LayerFile> layer_files;  // the map file's own layers by name; they win over embedded ones
  events::Events events;
  events::Territories territories;
  std::vector<events::Actor> actors;
  time::Schedule schedule;                       // at least one state and frame when there are dated data
  bool sequence = false;
  Area area;
  std::string projection = "auto";
  projection::PageSize page;
  double scale = 1;                              // device pixels per page pixel: detail of generalisation
  Furniture furniture;
  Words words;
  std::map<std::string, std::pair<double, double>> pinned_labels;  // text → offset in pixels from its point
};

// Wall-clock seconds of the stages, for benchmarks and --progress kv.
struct StageTimes {
  double reading = 0, composing = 0, labels = 0;
};

class Composition {
 public:
  // Everything up to the frames: layers read, projected and styled, labels placed. Warnings (labels without room,
  // missing glyphs, events outside the map, images that are not there) go to `problems`.
  Composition(Input input, base::Problems& problems);
  ~Composition();

  std::size_t frames() const;
  scene::Scene scene(std::size_t frame) const;   // thread-safe
  const projection::View& view() const;
  const StageTimes& times() const;
  std::string labels_text() const;               // label::print of the solution

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sitmap::compose
