// The paint and layout properties of the Style Specification v8, as a table.

#include "style/properties.hpp"

#include <cmath>
#include <unordered_map>

#include "base/text.hpp"

namespace sitmap::style {
namespace {

using expression::Expected;
using expression::Kind;
using expression::Value;

constexpr double kNone = -1e300;
constexpr const char* kBlend = "normal|multiply|color|luminosity|plus-lighter|screen|overlay";
constexpr const char* kMapOrView = "map|viewport";
constexpr const char* kMapViewAuto = "map|viewport|auto";
constexpr const char* kOverlap = "never|always|cooperative";
constexpr const char* kAnchors = "center|left|right|top|bottom|top-left|top-right|bottom-left|bottom-right";

// What may stand in place of a constant: D expressions over the feature (and zoom), Z over zoom only, F nothing.
// i: numbers and colours between stops have a meaning; t: {tokens}; l: ["line-progress"]; p: a pattern's name.
struct Row {
  const char* name;
  const char* type;      // "number", "color", "boolean", "enum", "number[2]", "number[]", "enum[]", "string[]", …
  const char* initial;   // the default; nullptr: none
  const char* dynamics;
  double minimum = kNone, maximum = kNone;
  const char* enumeration = nullptr;
};

constexpr Row kVisibility{"visibility", "enum", "visible", "F", kNone, kNone, "visible|none"};

constexpr Row kBackgroundPaint[] = {
    {"background-color", "color", "#000000", "Zi"},
    {"background-pattern", "image", nullptr, "Zp"},
    {"background-opacity", "number", "1", "Zi", 0, 1},
};

constexpr Row kFillLayout[] = {{"fill-sort-key", "number", nullptr, "D"}};
constexpr Row kFillPaint[] = {
    {"fill-antialias", "boolean", "true", "Z"},
    {"fill-opacity", "number", "1", "Di", 0, 1},
    {"fill-layer-opacity", "number", "1", "Zi", 0, 1},
    {"fill-layer-blend", "enum", "normal", "F", kNone, kNone, kBlend},
    {"fill-color", "color", "#000000", "Di"},
    {"fill-outline-color", "color", nullptr, "Di"},
    {"fill-translate", "number[2]", "0|0", "Zi"},
    {"fill-translate-anchor", "enum", "map", "Z", kNone, kNone, kMapOrView},
    {"fill-pattern", "image", nullptr, "Dp"},
};

constexpr Row kLineLayout[] = {
    {"line-cap", "enum", "butt", "D", kNone, kNone, "butt|round|square"},
    {"line-join", "enum", "miter", "D", kNone, kNone, "bevel|round|miter"},
    {"line-miter-limit", "number", "2", "Di"},
    {"line-round-limit", "number", "1.05", "Di"},
    {"line-sort-key", "number", nullptr, "D"},
};
constexpr Row kLinePaint[] = {
    {"line-opacity", "number", "1", "Di", 0, 1},
    {"line-layer-opacity", "number", "1", "Zi", 0, 1},
    {"line-layer-blend", "enum", "normal", "F", kNone, kNone, kBlend},
    {"line-color", "color", "#000000", "Di"},
    {"line-translate", "number[2]", "0|0", "Zi"},
    {"line-translate-anchor", "enum", "map", "Z", kNone, kNone, kMapOrView},
    {"line-width", "number", "1", "Di", 0},
    {"line-gap-width", "number", "0", "Di", 0},
    {"line-offset", "number", "0", "Di"},
    {"line-blur", "number", "0", "Di", 0},
    {"line-dasharray", "number[]", nullptr, "D", 0},
    {"line-pattern", "image", nullptr, "Dp"},
    {"line-gradient", "color", nullptr, "Fil"},
};

constexpr Row kCircleLayout[] = {{"circle-sort-key", "number", nullptr, "D"}};
constexpr Row kCirclePaint[] = {
    {"circle-radius", "number", "5", "Di", 0},
    {"circle-color", "color", "#000000", "Di"},
    {"circle-blur", "number", "0", "Di"},
    {"circle-opacity", "number", "1", "Di", 0, 1},
    {"circle-translate", "number[2]", "0|0", "Zi"},
    {"circle-translate-anchor", "enum", "map", "Z", kNone, kNone, kMapOrView},
    {"circle-pitch-scale", "enum", "map", "Z", kNone, kNone, kMapOrView},
    {"circle-pitch-alignment", "enum", "viewport", "Z", kNone, kNone, kMapOrView},
    {"circle-stroke-width", "number", "0", "Di", 0},
    {"circle-stroke-color", "color", "#000000", "Di"},
    {"circle-stroke-opacity", "number", "1", "Di", 0, 1},
};

constexpr Row kSymbolLayout[] = {
    {"symbol-placement", "enum", "point", "Z", kNone, kNone, "point|line|line-center"},
    {"symbol-spacing", "number", "250", "Zi", 1},
    {"symbol-avoid-edges", "boolean", "false", "Z"},
    {"symbol-sort-key", "number", nullptr, "D"},
    {"symbol-z-order", "enum", "auto", "Z", kNone, kNone, "auto|viewport-y|source"},
    {"symbol-height-offset", "number", "0", "Di"},
    {"symbol-height-anchor", "enum", "ground", "Z", kNone, kNone, "ground|absolute"},
    {"icon-allow-overlap", "boolean", "false", "Z"},
    {"icon-overlap", "enum", nullptr, "Z", kNone, kNone, kOverlap},
    {"icon-ignore-placement", "boolean", "false", "Z"},
    {"icon-optional", "boolean", "false", "Z"},
    {"icon-rotation-alignment", "enum", "auto", "D", kNone, kNone, kMapViewAuto},
    {"icon-size", "number", "1", "Di", 0},
    {"icon-text-fit", "enum", "none", "Z", kNone, kNone, "none|width|height|both"},
    {"icon-text-fit-padding", "number[4]", "0|0|0|0", "Zi"},
    {"icon-image", "image", nullptr, "Dt"},
    {"icon-rotate", "number", "0", "Di"},
    {"icon-padding", "padding", "2|2|2|2", "Di"},
    {"icon-keep-upright", "boolean", "false", "Z"},
    {"icon-offset", "number[2]", "0|0", "Di"},
    {"icon-anchor", "enum", "center", "D", kNone, kNone, kAnchors},
    {"icon-pitch-alignment", "enum", "auto", "Z", kNone, kNone, kMapViewAuto},
    {"text-pitch-alignment", "enum", "auto", "Z", kNone, kNone, kMapViewAuto},
    {"text-rotation-alignment", "enum", "auto", "Z", kNone, kNone, "map|viewport|viewport-glyph|auto"},
    {"text-field", "formatted", "", "Dt"},
    {"text-font", "string[]", "Open Sans Regular|Arial Unicode MS Regular", "D"},
    {"text-size", "number", "16", "Di", 0},
    {"text-max-width", "number", "10", "Di", 0},
    {"text-line-height", "number", "1.2", "Zi"},
    {"text-letter-spacing", "number", "0", "Di"},
    {"text-justify", "enum", "center", "D", kNone, kNone, "auto|left|center|right"},
    {"text-radial-offset", "number", "0", "Di"},
    {"text-variable-anchor", "enum[]", nullptr, "Z", kNone, kNone, kAnchors},
    {"text-variable-anchor-offset", "offsets", nullptr, "Di"},
    {"text-anchor", "enum", "center", "D", kNone, kNone, kAnchors},
    {"text-max-angle", "number", "45", "Zi"},
    {"text-writing-mode", "enum[]", nullptr, "Z", kNone, kNone, "horizontal|vertical"},
    {"text-rotate", "number", "0", "Di"},
    {"text-padding", "number", "2", "Zi", 0},
    {"text-keep-upright", "boolean", "true", "Z"},
    {"text-transform", "enum", "none", "D", kNone, kNone, "none|uppercase|lowercase"},
    {"text-offset", "number[2]", "0|0", "Di"},
    {"text-allow-overlap", "boolean", "false", "Z"},
    {"text-overlap", "enum", nullptr, "Z", kNone, kNone, kOverlap},
    {"text-ignore-placement", "boolean", "false", "Z"},
    {"text-optional", "boolean", "false", "Z"},
};
constexpr Row kSymbolPaint[] = {
    {"icon-opacity", "number", "1", "Di", 0, 1},
    {"icon-color", "color", "#000000", "Di"},
    {"icon-halo-color", "color", "transparent", "Di"},
    {"icon-halo-width", "number", "0", "Di", 0},
    {"icon-halo-blur", "number", "0", "Di", 0},
    {"icon-translate", "number[2]", "0|0", "Zi"},
    {"icon-translate-anchor", "enum", "map", "Z", kNone, kNone, kMapOrView},
    {"text-opacity", "number", "1", "Di", 0, 1},
    {"text-color", "color", "#000000", "Di"},
    {"text-halo-color", "color", "transparent", "Di"},
    {"text-halo-width", "number", "0", "Di", 0},
    {"text-halo-blur", "number", "0", "Di", 0},
    {"text-translate", "number[2]", "0|0", "Zi"},
    {"text-translate-anchor", "enum", "map", "Z", kNone, kNone, kMapOrView},
};

constexpr Row kRasterPaint[] = {
    {"raster-opacity", "number", "1", "Zi", 0, 1},
    {"raster-layer-blend", "enum", "normal", "F", kNone, kNone, kBlend},
    {"raster-hue-rotate", "number", "0", "Zi"},
    {"raster-brightness-min", "number", "0", "Zi", 0, 1},
    {"raster-brightness-max", "number", "1", "Zi", 0, 1},
    {"raster-saturation", "number", "0", "Zi", -1, 1},
    {"raster-contrast", "number", "0", "Zi", -1, 1},
    {"resampling", "enum", "linear", "Z", kNone, kNone, "linear|nearest"},
    {"raster-resampling", "enum", "linear", "Z", kNone, kNone, "linear|nearest"},
    {"raster-fade-duration", "number", "300", "Zi", 0},
};

constexpr Row kHillshadePaint[] = {
    {"hillshade-illumination-direction", "numbers", "335", "Zi", 0, 359},
    {"hillshade-illumination-altitude", "numbers", "45", "Zi", 0, 90},
    {"hillshade-illumination-anchor", "enum", "viewport", "Z", kNone, kNone, kMapOrView},
    {"hillshade-exaggeration", "number", "0.5", "Zi", 0, 1},
    {"hillshade-shadow-color", "colors", "#000000", "Zi"},
    {"hillshade-highlight-color", "colors", "#FFFFFF", "Zi"},
    {"hillshade-accent-color", "color", "#000000", "Zi"},
    {"hillshade-method", "enum", "standard", "Z", kNone, kNone, "standard|basic|combined|igor|multidirectional"},
    {"resampling", "enum", "linear", "Z", kNone, kNone, "linear|nearest"},
};

std::string pattern_complaint(const Value& value) {
  const auto* image = value.get_if<expression::ImageName>();
  std::string problem;
  if (image) parse_pattern(image->name, &problem);
  return problem;
}

void set_kind(Expected& expected, std::string_view type) {
  const auto bracket = type.find('[');
  const std::string_view name = type.substr(0, bracket);
  Kind kind = Kind::Number;
  if (name == "color") kind = Kind::Color;
  if (name == "boolean") kind = Kind::Boolean;
  if (name == "enum" || name == "string") kind = Kind::String;
  if (name == "image") kind = Kind::Image;
  if (name == "formatted") kind = Kind::Formatted;
  if (name == "padding") kind = Kind::Padding;
  if (name == "offsets") kind = Kind::Offsets;
  if (name == "numbers") kind = Kind::NumberArray;
  if (name == "colors") kind = Kind::ColorArray;
  expected.kind = kind;
  if (bracket == std::string_view::npos) return;
  expected.kind = Kind::Array;
  expected.item = kind;
  if (type[bracket + 1] != ']') expected.length = static_cast<std::size_t>(type[bracket + 1] - '0');
}

Value value_of(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::Number: return Value(base::parse_double(text).value_or(0));
    case Kind::Boolean: return Value(text == "true");
    case Kind::Color: return Value(*expression::parse_css_color(text));
    case Kind::Formatted:
      return Value(expression::Formatted{
          .sections = {{.text = std::string(text), .image = {}, .scale = {}, .fonts = {}, .color = {}}}});
    default: return Value(std::string(text));
  }
}

Value default_of(const Expected& expected, const char* text) {
  if (!text) return {};
  Kind item = expected.item;
  switch (expected.kind) {
    case Kind::Padding:
    case Kind::NumberArray: item = Kind::Number; break;
    case Kind::ColorArray: item = Kind::Color; break;
    case Kind::Array: break;
    default: return value_of(expected.kind, text);
  }
  expression::Array items;
  for (const std::string& part : base::split(text, '|')) items.push_back(value_of(item, part));
  return Value(std::move(items));
}

PropertySpec make_spec(const Row& row, bool is_layout) {
  PropertySpec spec;
  spec.name = row.name;
  spec.is_layout = is_layout;
  Expected& expected = spec.expected;
  set_kind(expected, row.type);
  if (row.minimum != kNone) expected.minimum = row.minimum;
  if (row.maximum != kNone) expected.maximum = row.maximum;
  if (row.enumeration) expected.enumeration = base::split(row.enumeration, '|');
  const std::string_view dynamics = row.dynamics;
  const auto has = [&](char c) { return dynamics.find(c) != std::string_view::npos; };
  expected.allow_feature = has('D');
  expected.allow_zoom = !has('F');
  expected.zoom_curve_only = true;
  expected.interpolated = has('i');
  expected.tokens = has('t');
  expected.allow_line_progress = has('l');
  if (has('p')) expected.check = pattern_complaint;
  spec.default_value = default_of(expected, row.initial);
  return spec;
}

template <std::size_t N>
void add(std::vector<PropertySpec>& out, const Row (&rows)[N], bool is_layout) {
  for (const Row& row : rows) out.push_back(make_spec(row, is_layout));
}

std::vector<PropertySpec> make_specs(LayerType type) {
  std::vector<PropertySpec> out{make_spec(kVisibility, true)};
  switch (type) {
    case LayerType::Background: add(out, kBackgroundPaint, false); break;
    case LayerType::Fill:
      add(out, kFillLayout, true);
      add(out, kFillPaint, false);
      break;
    case LayerType::Line:
      add(out, kLineLayout, true);
      add(out, kLinePaint, false);
      break;
    case LayerType::Circle:
      add(out, kCircleLayout, true);
      add(out, kCirclePaint, false);
      break;
    case LayerType::Symbol:
      add(out, kSymbolLayout, true);
      add(out, kSymbolPaint, false);
      break;
    case LayerType::Raster: add(out, kRasterPaint, false); break;
    case LayerType::Hillshade: add(out, kHillshadePaint, false); break;
  }
  return out;
}

struct Tables {
  std::vector<PropertySpec> by_type[kLayerTypes];
  std::unordered_map<std::string_view, PropertyId> ids;
  std::vector<const PropertySpec*> specs;

  Tables() {
    for (std::size_t i = 0; i < kLayerTypes; ++i) {
      by_type[i] = make_specs(static_cast<LayerType>(i));
      for (const PropertySpec& spec : by_type[i])
        if (ids.emplace(spec.name, static_cast<PropertyId>(specs.size())).second) specs.push_back(&spec);
    }
  }
};

const Tables& tables() {
  static const Tables all;
  return all;
}

}  // namespace

const std::vector<PropertySpec>& properties_of(LayerType type) { return tables().by_type[static_cast<std::size_t>(type)]; }

std::optional<PropertyId> property_id(std::string_view name) {
  const auto& ids = tables().ids;
  const auto found = ids.find(name);
  if (found == ids.end()) return std::nullopt;
  return found->second;
}

const PropertySpec& property_spec(PropertyId id) { return *tables().specs[id]; }

std::string_view name_of(LayerType type) {
  constexpr std::string_view kNames[] = {"background", "fill", "line", "circle", "symbol", "raster", "hillshade"};
  return kNames[static_cast<std::size_t>(type)];
}

}  // namespace sitmap::style
