// SVG is written here, not by Cairo, whose ids hold a counter of the process and whose text is outlines.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "base/file.hpp"
#include "draw/draw.hpp"
#include "draw/font_subset.hpp"
#include "draw/hatch.hpp"
#include "draw/images.hpp"
#include "draw/paths.hpp"
#include "draw/svg_text.hpp"
#include "draw/xml.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;
using Kind = scene::Pattern::Kind;

std::string opacity_attribute(const char* name, double value) {
  return value < 1 ? fmt::format(" {}=\"{}\"", name, decimal(std::max(0.0, value), 3)) : std::string();
}

class Writer {
 public:
  Writer(const text::FontSet& fonts, const SvgOptions& options, const scene::Scene& scene)
      : fonts_(fonts), options_(options), scene_(scene) {}

  std::string write();

  void operator()(const scene::Fill& fill);
  void operator()(const scene::Stroke& stroke);
  void operator()(const scene::Circle& circle);
  void operator()(const scene::Text& text);
  void operator()(const scene::Image& image);

 private:
  // Things that others point at. Their ids come from their content, so the same thing stands there once.
  std::string define(const char* prefix, const std::string& before_id, const std::string& after_id) {
    const std::string id = fmt::format("{}-{:012x}", prefix, base::fingerprint(before_id + after_id) & 0xffffffffffffULL);
    if (defined_.insert(id).second) definitions_ += before_id + " id=\"" + id + "\"" + after_id + "\n";
    return id;
  }
  std::string pattern(const scene::Pattern& pattern);
  void layer(const scene::Layer& layer);
  void font_faces();

  const text::FontSet& fonts_;
  const SvgOptions& options_;
  const scene::Scene& scene_;
  std::string definitions_, body_;
  std::set<std::string> defined_, layer_ids_;
  SvgFonts used_fonts_;
  ImageCache images_;
};

std::string path_data(const scene::PathData& path) {
  std::string out;
  for (const scene::Subpath& subpath : path.subpaths) {
    bool begun = false;
    std::string last;
    for (const geom::Point p : subpath.points) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
      std::string here = decimal(p.x) + "," + decimal(p.y);
      if (begun && here == last && &p != &subpath.points.back()) continue;
      out += begun ? " " : "M";
      out += here;
      begun = true;
      last = std::move(here);
    }
    if (begun && subpath.closed) out += "Z";
  }
  return out;
}

std::string Writer::pattern(const scene::Pattern& asked) {
  const scene::Pattern p = sound(asked);
  const double s = p.spacing, across = std::min(p.width, s);
  const bool lines = p.kind == Kind::Hatch || p.kind == Kind::Stripes;
  const double wide = lines ? s * 8 : s;  // longer tiles show fewer seams
  std::string content;
  if (p.second.a > 0)
    content += fmt::format("<rect width=\"{}\" height=\"{}\"{}/>", decimal(wide), decimal(s), paint_attributes("fill", p.second, 1));
  const std::string color = paint_attributes("fill", p.color, 1);
  const std::string from = decimal((s - across) / 2, 3), size = decimal(across, 3);
  if (p.kind == Kind::Dots) {
    content += fmt::format("<circle cx=\"{0}\" cy=\"{0}\" r=\"{1}\"{2}/>", decimal(s / 2, 3), decimal(p.width / 2, 3), color);
  } else if (p.kind == Kind::CrossHatch) {
    content += fmt::format("<path d=\"M0,{0}h{2}v{1}h-{2}zM{0},0h{1}v{2}h-{1}z\"{3}/>", from, size, decimal(s, 3), color);
  } else {
    content += fmt::format("<rect y=\"{}\" width=\"{}\" height=\"{}\"{}/>", from, decimal(wide), size, color);
  }
  const std::string shift = lines ? "0" : decimal(-s / 2, 3);
  return define("pattern", "<pattern",
                fmt::format(" patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\" "
                            "patternTransform=\"rotate({}) translate({},{})\">{}</pattern>",
                            decimal(wide), decimal(s), decimal(-p.angle_deg), shift, decimal(-s / 2, 3), content));
}

void Writer::operator()(const scene::Fill& fill) {
  if (!fill.path || !(fill.opacity > 0)) return;
  const std::string data = path_data(*fill.path);
  if (data.empty()) return;
  body_ += fmt::format("<path d=\"{}\"", data);
  if (const auto* color = std::get_if<Color>(&fill.paint))
    body_ += paint_attributes("fill", *color, static_cast<double>(fill.opacity));
  else
    body_ += fmt::format(" fill=\"url(#{})\"", pattern(std::get<scene::Pattern>(fill.paint))) +
             opacity_attribute("fill-opacity", static_cast<double>(fill.opacity));
  if (fill.rule == scene::FillRule::EvenOdd) body_ += " fill-rule=\"evenodd\"";
  if (!fill.antialias) body_ += " shape-rendering=\"crispEdges\"";
  body_ += "/>\n";
}

void Writer::operator()(const scene::Stroke& stroke) {
  if (!stroke.path || !(stroke.width > 0) || !(stroke.opacity > 0)) return;
  const std::string data = path_data(*stroke.path);
  if (data.empty()) return;
  constexpr const char* kCaps[] = {"", "round", "square"};
  constexpr const char* kJoins[] = {"", "round", "bevel"};
  const Softness soft = soften(stroke.width, stroke.blur);
  std::string out = fmt::format("<path d=\"{}\" fill=\"none\"{} stroke-width=\"{}\"", data,
                                paint_attributes("stroke", stroke.color, static_cast<double>(stroke.opacity) * soft.peak),
                                decimal(soft.core, 3));
  if (stroke.cap != scene::Cap::Butt) out += fmt::format(" stroke-linecap=\"{}\"", kCaps[static_cast<int>(stroke.cap)]);
  if (stroke.join != scene::Join::Miter)
    out += fmt::format(" stroke-linejoin=\"{}\"", kJoins[static_cast<int>(stroke.join)]);
  else
    out += fmt::format(" stroke-miterlimit=\"{}\"", decimal(stroke.miter_limit));
  if (!stroke.dash.empty()) {
    out += " stroke-dasharray=\"";
    for (std::size_t i = 0; i < stroke.dash.size(); ++i) out += (i > 0 ? "," : "") + decimal(std::max(0.0, stroke.dash[i]));
    out += "\"";
    if (stroke.dash_offset != 0) out += fmt::format(" stroke-dashoffset=\"{}\"", decimal(stroke.dash_offset));
  }
  if (soft.support > 0) {
    // Two boxes over the support have the deviation of a Gaussian of support / (2 √6).
    const std::string id = define("soft", "<filter",
                                  fmt::format(" filterUnits=\"userSpaceOnUse\" x=\"0\" y=\"0\" width=\"{}\" height=\"{}\">"
                                              "<feGaussianBlur stdDeviation=\"{}\"/></filter>",
                                              decimal(scene_.width), decimal(scene_.height),
                                              decimal(soft.support / (2 * std::sqrt(6.0)), 3)));
    out += fmt::format(" filter=\"url(#{})\"", id);
  }
  out += "/>";
  if (stroke.clip) {
    const std::string id = define("inside", "<clipPath",
                                  fmt::format("><path d=\"{}\" clip-rule=\"evenodd\"/></clipPath>", path_data(*stroke.clip)));
    out = fmt::format("<g clip-path=\"url(#{})\">{}</g>", id, out);
  }
  body_ += out + "\n";
}

void Writer::operator()(const scene::Circle& circle) {
  const double stroke = circle.stroke.a > 0 ? std::max(0.0, circle.stroke_width) : 0;
  const double radius = std::max(0.0, circle.radius), outer = radius + stroke;
  if (!(outer > 0) || !(circle.opacity > 0)) return;
  const std::string at = fmt::format("<circle cx=\"{}\" cy=\"{}\"", decimal(circle.center.x), decimal(circle.center.y));
  const auto opacity = static_cast<double>(circle.opacity);
  if (circle.blur > 0) {
    std::string stops;
    for (const SoftStop& stop : soft_stops(circle))
      stops += fmt::format("<stop offset=\"{}\"{}/>", decimal(stop.at, 4), paint_attributes("stop", stop.color, 1));
    const std::string id = define("glow", "<radialGradient", ">" + stops + "</radialGradient>");
    body_ += fmt::format("{} r=\"{}\" fill=\"url(#{})\"/>\n", at, decimal(outer), id);
    return;
  }
  const std::string ring = fmt::format(" r=\"{}\"", decimal(radius + stroke / 2));
  const std::string line = stroke > 0 ? paint_attributes("stroke", circle.stroke, opacity) +
                                            fmt::format(" stroke-width=\"{}\"", decimal(stroke)) : std::string();
  if (stroke > 0 && circle.stroke.a * circle.opacity >= 1) {
    body_ += at + ring + paint_attributes("fill", circle.fill, opacity) + line + "/>\n";
    return;
  }
  if (radius > 0 && circle.fill.a > 0)
    body_ += fmt::format("{} r=\"{}\"{}/>\n", at, decimal(radius), paint_attributes("fill", circle.fill, opacity));
  if (stroke > 0) body_ += at + ring + " fill=\"none\"" + line + "/>\n";
}

void Writer::operator()(const scene::Text& text) {
  if (!(text.opacity > 0) || text.runs.empty()) return;
  body_ += options_.text == SvgOptions::Text::Live ? live_text(text, fonts_, used_fonts_) : outline_text(text, fonts_);
}

void Writer::operator()(const scene::Image& image) {
  if (!(image.width > 0 && image.height > 0) || !(image.opacity > 0)) return;
  const std::string& bytes = images_.bytes(image.file);
  const bool svg = is_svg_file(image.file);
  if (!svg) (void)decode_png(image.file, bytes);  // told now rather than by a viewer
  body_ += fmt::format("<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}", decimal(image.center.x - image.width / 2),
                       decimal(image.center.y - image.height / 2), decimal(image.width), decimal(image.height),
                       svg ? "" : " preserveAspectRatio=\"none\"");
  if (image.rotation != 0)
    body_ += fmt::format(" transform=\"rotate({} {} {})\"", decimal(image.rotation * 180 / std::numbers::pi),
                         decimal(image.center.x), decimal(image.center.y));
  if (image.tint) {
    const std::string id = define("tint", "<filter",
                                  fmt::format(" x=\"0\" y=\"0\" width=\"1\" height=\"1\" color-interpolation-filters=\"sRGB\">"
                                              "<feFlood{}/><feComposite in2=\"SourceAlpha\" operator=\"in\"/></filter>",
                                              paint_attributes("flood", *image.tint, 1)));
    body_ += fmt::format(" filter=\"url(#{})\"", id);
  }
  body_ += opacity_attribute("opacity", static_cast<double>(image.opacity));
  const std::span data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  body_ += fmt::format(" xlink:href=\"data:image/{};base64,{}\"/>\n", svg ? "svg+xml" : "png", base64(data));
}

void Writer::layer(const scene::Layer& layer) {
  std::string id = xml_id(layer.name);
  for (int n = 2; !layer_ids_.insert(id).second; ++n) id = fmt::format("{}_{}", xml_id(layer.name), n);
  body_ += fmt::format("<g id=\"{}\" inkscape:groupmode=\"layer\" inkscape:label=\"{}\"", id, escape_xml(layer.name));
  body_ += opacity_attribute("opacity", static_cast<double>(layer.opacity));
  if (layer.clip) {
    const geom::Box& b = *layer.clip;
    const std::string clip = define("frame", "<clipPath",
                                    fmt::format("><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
                                                decimal(b.min_x), decimal(b.min_y), decimal(std::max(0.0, b.width())),
                                                decimal(std::max(0.0, b.height()))));
    body_ += fmt::format(" clip-path=\"url(#{})\"", clip);
  }
  body_ += ">\n";
  for (const scene::Item& item : layer.items) std::visit(*this, item);
  body_ += "</g>\n";
}

void Writer::font_faces() {
  if (!options_.embed_fonts || used_fonts_.empty()) return;
  definitions_ += "<style type=\"text/css\">\n";
  for (const auto& [file, used] : used_fonts_) {
    const std::vector<std::uint8_t> small = subset_font(fonts_.file(file), used.letters);
    if (small.empty()) continue;
    const bool otf = small.size() > 4 && small[0] == 'O';
    definitions_ += fmt::format("@font-face{{font-family:\"{}\";font-weight:{};font-style:{};src:url(data:font/{};base64,{}) format(\"{}\")}}\n",
                                escape_xml(used.family), used.weight, used.italic ? "italic" : "normal", otf ? "otf" : "ttf",
                                base64(small), otf ? "opentype" : "truetype");
  }
  definitions_ += "</style>\n";
}

std::string Writer::write() {
  for (const scene::SharedLayer& shared : scene_.layers)
    if (shared && shared->opacity > 0) layer(*shared);
  font_faces();
  const std::string width = decimal(scene_.width), height = decimal(scene_.height);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" version=\"1.1\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" role=\"img\"",
      width, height);
  if (!scene_.language.empty()) out += fmt::format(" xml:lang=\"{}\"", escape_xml(scene_.language));
  out += ">\n";
  if (!scene_.title.empty()) out += "<title>" + escape_xml(scene_.title) + "</title>\n";
  if (!scene_.description.empty()) out += "<desc>" + escape_xml(scene_.description) + "</desc>\n";
  if (!definitions_.empty()) out += "<defs>\n" + definitions_ + "</defs>\n";
  if (scene_.background.a > 0)
    out += fmt::format("<rect id=\"background_\" width=\"{}\" height=\"{}\"{}/>\n", width, height,
                       paint_attributes("fill", scene_.background, 1));
  return out + body_ + "</svg>\n";
}

}  // namespace

std::string paint_attributes(const char* name, const Color& color, double opacity) {
  const bool stop = std::string_view(name) == "stop" || std::string_view(name) == "flood";
  std::string out = fmt::format(" {}{}=\"{}\"", name, stop ? "-color" : "", base::to_css(color.with_alpha(1)));
  const double alpha = std::clamp(static_cast<double>(color.a) * opacity, 0.0, 1.0);
  return out + opacity_attribute(fmt::format("{}-opacity", name).c_str(), alpha);
}

std::string to_svg(const scene::Scene& scene, const text::FontSet& fonts, const SvgOptions& options) {
  return Writer(fonts, options, scene).write();
}

}  // namespace sitmap::draw
