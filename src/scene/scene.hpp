#pragma once
// One frame, fully resolved: what drawing needs and nothing else. Page pixels, y down; angles in radians clockwise.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/color.hpp"
#include "geom/geometry.hpp"

namespace sitmap::scene {

using base::Color;
using geom::Point;

struct Subpath {
  geom::Path points;
  bool closed = false;
};
struct PathData {
  std::vector<Subpath> subpaths;
};
using SharedPath = std::shared_ptr<const PathData>;
SharedPath make_path(const geom::Geometry& page_geometry);  // polygons closed, lines open, points nothing

// Parametric, seamless pattern images, drawn as vectors in vector outputs.
struct Pattern {
  enum class Kind { Hatch, CrossHatch, Dots, Stripes } kind = Kind::Hatch;
  Color color{}, second{0, 0, 0, 0};   // second: the other stripe, or the ground behind (transparent: none)
  double angle_deg = 45;             // of the lines, counter-clockwise from the x axis as seen
  double spacing = 8;                // pixels between line middles
  double width = 2;                  // line width, dot diameter
  bool operator==(const Pattern&) const = default;
};
using Paint = std::variant<Color, Pattern>;

enum class FillRule { NonZero, EvenOdd };
enum class Cap { Butt, Round, Square };
enum class Join { Miter, Round, Bevel };

struct Fill {
  SharedPath path{};
  Paint paint{};
  float opacity = 1;
  FillRule rule = FillRule::EvenOdd;
  bool antialias = true;
};

struct Stroke {
  SharedPath path{};
  Color color{};
  double width = 1;
  Cap cap = Cap::Butt;
  Join join = Join::Miter;
  double miter_limit = 10;
  std::vector<double> dash{};  // pixels; empty: solid
  double dash_offset = 0;
  double blur = 0;           // pixels over which each side falls off, inwards from the edge (MapLibre's line-blur)
  float opacity = 1;
  SharedPath clip{};         // drawn only inside this path (soft bands inside a country); may be null
};

struct Circle {
  Point center{};
  double radius = 4;
  Color fill{}, stroke{};
  double stroke_width = 0;   // outside the radius
  double blur = 0;           // pixels of softness, inwards from the outer edge
  float opacity = 1;
};

struct Glyph {
  std::uint32_t index = 0;
  Point at{};                // origin on the baseline, pixels in the run's own frame
  double rotation = 0;       // about the origin, for text along lines
  double advance = 0;        // pixels to the right end of what it stands for, along its own baseline
  std::uint32_t cluster = 0; // byte range of GlyphRun::text that it stands for; glyphs of one cluster share it
  std::uint32_t cluster_length = 0;
};

// Glyphs of one font and size, and the text they stand for.
struct GlyphRun {
  std::string font_file{};   // of the private font set, relative to its folder ("NotoSans-Bold.ttf")
  std::string family{};      // "Noto Sans", for live text in SVG
  int weight = 400;
  bool italic = false;
  double size = 16;          // pixels per em
  double letter_spacing = 0; // pixels that the glyphs' advances hold beyond the font's
  std::string text{};        // UTF-8 of this run, logical order
  bool right_to_left = false;
  std::vector<Glyph> glyphs{}; // visual order
};

struct Text {
  std::vector<GlyphRun> runs{};
  Point origin{};            // added to every glyph
  double rotation = 0;       // of the whole text about its origin
  Color color{};
  Color halo{1, 1, 1, 0};
  double halo_width = 0;     // pixels beyond the outline
  double halo_blur = 0;
  float opacity = 1;
};

// An SVG icon or a picture file.
struct Image {
  std::string file{};        // absolute path
  Point center{};
  double width = 16, height = 16;
  double rotation = 0;
  std::optional<Color> tint{}; // paints every opaque pixel (icons of one colour)
  float opacity = 1;
};

using Item = std::variant<Fill, Stroke, Circle, Text, Image>;

// A run of items under one name. Layers are shared between frames: the same pointer means the same pixels, which is
// how drawing knows what to keep.
struct Layer {
  std::string name;          // of the style layer or of the furniture ("legend")
  std::vector<Item> items;
  float opacity = 1;
  std::optional<geom::Box> clip;  // page box
};
using SharedLayer = std::shared_ptr<const Layer>;

struct Scene {
  double width = 0, height = 0;   // CSS pixels
  Color background{1, 1, 1, 1};
  std::vector<SharedLayer> layers;  // bottom to top
  std::string title;                // for the document's metadata
  std::string description;          // alt text: place, date, actors, what changed, source
  std::string language;
};

// Stable text of a scene for golden tests: one item a line, two decimals.
std::string print(const Scene& scene);
std::string print(const Layer& layer);

}  // namespace sitmap::scene
