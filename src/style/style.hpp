#pragma once
// A MapLibre style file (Style Specification v8) as typed layers.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "document/node.hpp"
#include "expression/expression.hpp"
#include "scene/scene.hpp"

namespace sitmap::style {

enum class LayerType { Background, Fill, Line, Circle, Symbol, Raster, Hillshade };

std::string_view name_of(LayerType type);  // "fill"

// The spec's entry for one paint or layout property: its type, default, range, and where expressions may stand.
struct PropertySpec {
  std::string name;
  expression::Expected expected;
  expression::Value default_value;
  bool is_layout = false;
};
const std::vector<PropertySpec>& properties_of(LayerType type);

// All properties of a layer that were given; get() answers with the spec's default for the others.
class PropertySet {
 public:
  void set(std::string name, expression::Expression value, const PropertySpec* spec);
  // A property the spec gives no default for (fill-outline-color, line-dasharray, *-pattern …) is asked with has()
  // first; without one its number is 0, its colour transparent, its text and lists empty. std::logic_error for a name
  // that no layer type has.
  bool has(std::string_view name) const;
  const expression::Expression* find(std::string_view name) const;  // nullptr: not given
  const std::map<std::string, expression::Expression, std::less<>>& all() const { return values_; }

  // Evaluated and typed; a run-time error or null gives the spec's default.
  double number(std::string_view name, const expression::Context& context) const;
  base::Color color(std::string_view name, const expression::Context& context) const;
  std::string text(std::string_view name, const expression::Context& context) const;   // string, enum, formatted, image
  bool boolean(std::string_view name, const expression::Context& context) const;
  std::vector<double> numbers(std::string_view name, const expression::Context& context) const;
  std::vector<std::string> texts(std::string_view name, const expression::Context& context) const;
  expression::Value value(std::string_view name, const expression::Context& context) const;
  expression::Dependencies dependencies() const;  // of all

  LayerType type = LayerType::Background;

 private:
  struct Entry {
    expression::Expression value;
    bool constant = false;
    double number = 0;       // of a constant
    base::Color color;
    bool boolean = false;
  };
  const Entry* entry(std::string_view name, std::uint8_t& id) const;

  std::map<std::string, expression::Expression, std::less<>> values_;
  std::vector<Entry> entries_;
  std::vector<std::uint8_t> index_;  // property number → entry + 1; 0: not given
};

struct Layer {
  std::string id;
  LayerType type = LayerType::Background;
  std::string source, source_layer;
  double min_zoom = 0, max_zoom = 24;          // shown while min_zoom <= zoom < max_zoom
  bool visible = true;
  std::optional<expression::Expression> filter;
  PropertySet properties;                      // paint and layout together: names never clash in the spec
  document::Node metadata;                     // "metadata" member, e.g. {"sitmap:legend": "Shelling"}
  base::Location where;

  expression::Dependencies dependencies() const;  // filter and properties
  std::set<std::string, std::less<>> columns() const;  // properties that are read; empty set + all when unknown
};

struct Source {
  std::string id, type;                        // "vector", "geojson", "raster", "raster-dem", …
  std::string url;                             // "sitmap:" for the program's own layers
  document::Node data;                         // geojson: inline object or path text
  document::Node json;                         // the whole source
};

struct Style {
  std::string name;
  std::filesystem::path file;
  std::vector<Source> sources;
  std::vector<Layer> layers;
  document::Node metadata;                     // "sitmap:furniture": colours and fonts of title, legend, …
  std::filesystem::path icons_folder;          // "sprite" as a folder of SVG files, else the embedded icons
  std::optional<geom::Point> center;           // longitude, latitude
  std::optional<double> zoom, bearing;

  const Source* source(std::string_view id) const;
};

// Reads and checks a whole style; all problems in one InputError; warnings (valid but not drawable in a flat picture)
// are added to `problems`:
//   layer-skipped        a layer of a type, or over a source, that is not drawn (heatmap, sky, a tile server …)
//   style-part-ignored   a part that changes nothing here (light, terrain, pitch, transitions …)
//   mixed-filter         see Expression::parse_filter
Style read_style(const std::filesystem::path& file, base::Problems& problems);
Style read_style(const document::Node& json, const std::filesystem::path& file, base::Problems& problems);
// "news-light" → styles/news-light.json below the data folder; anything with a slash or ending in .json is a path.
std::filesystem::path find_style(std::string_view name, const std::filesystem::path& relative_to);

// Parametric pattern names: "hatch", "crosshatch", "dots", "stripes" with colon-separated key=value pairs:
// "hatch:color=#b22222:angle=45:spacing=8:width=2:background=#00000000". Nothing when it isn't such a name; problems
// of a name that is one are reported. Of stripes, `background` is the other stripe.
std::optional<scene::Pattern> parse_pattern(std::string_view name, std::string* problem = nullptr);

}  // namespace sitmap::style
