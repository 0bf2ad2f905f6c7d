#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "base/file.hpp"
#include "scene/scene.hpp"

namespace sitmap::scene {
namespace {

constexpr std::size_t kWholePoints = 64;  // longer paths are shown by their beginning, count and fingerprint

// Two decimals; never "-0.00".
std::string number(double value) {
  if (!std::isfinite(value)) return "nan";
  const double rounded = std::round(value * 100) / 100;
  return fmt::format("{:.2f}", rounded == 0 ? 0.0 : rounded);
}

std::string at_text(Point p) { return number(p.x) + "," + number(p.y); }

// One line: control characters and the quote are escaped.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string box(const geom::Box& b) {
  return b.empty() ? "empty" : fmt::format("{} {}", at_text({b.min_x, b.min_y}), at_text({b.max_x, b.max_y}));
}

std::string path(const SharedPath& shared) {
  if (!shared) return "none";
  std::string whole, shown;
  std::size_t count = 0;
  for (const Subpath& subpath : shared->subpaths) {
    bool first = true;
    for (const Point p : subpath.points) {
      if (!whole.empty()) whole += ' ';
      whole += first ? "M" : "L";
      whole += at_text(p);
      first = false;
      if (++count == 4) shown = whole;
    }
    if (subpath.closed) whole += " Z";
  }
  if (count == 0) return "empty";
  if (count <= kWholePoints) return whole;
  return fmt::format("{} … ({} points in {} parts, {:016x})", shown, count, shared->subpaths.size(),
                     base::fingerprint(whole));
}

std::string paint(const Paint& paint_) {
  if (const auto* color = std::get_if<Color>(&paint_)) return base::to_css(*color);
  constexpr const char* kNames[] = {"hatch", "cross-hatch", "dots", "stripes"};
  const Pattern& p = std::get<Pattern>(paint_);
  std::string out = fmt::format("{}({} angle {} spacing {} width {}", kNames[static_cast<int>(p.kind)],
                                base::to_css(p.color), number(p.angle_deg), number(p.spacing), number(p.width));
  if (p.second.a > 0) out += " on " + base::to_css(p.second);
  return out + ")";
}

std::string opacity(float value) { return value == 1 ? std::string() : " opacity " + number(static_cast<double>(value)); }

struct ItemPrinter {
  std::string operator()(const Fill& f) const {
    return fmt::format("fill {}{}{}{} {}", paint(f.paint), opacity(f.opacity),
                       f.rule == FillRule::NonZero ? " nonzero" : "", f.antialias ? "" : " crisp", path(f.path));
  }
  std::string operator()(const Stroke& s) const {
    constexpr const char* kCaps[] = {"", " round-cap", " square-cap"};
    constexpr const char* kJoins[] = {"", " round-join", " bevel-join"};
    std::string out = fmt::format("stroke {} width {}{}{}", base::to_css(s.color), number(s.width),
                                  kCaps[static_cast<int>(s.cap)], kJoins[static_cast<int>(s.join)]);
    if (s.join == Join::Miter && s.miter_limit != 10) out += " miter " + number(s.miter_limit);
    if (!s.dash.empty()) {
      out += " dash";
      for (const double length : s.dash) out += " " + number(length);
      if (s.dash_offset != 0) out += " from " + number(s.dash_offset);
    }
    if (s.blur != 0) out += " blur " + number(s.blur);
    out += opacity(s.opacity) + " " + path(s.path);
    if (s.clip) out += " inside " + path(s.clip);
    return out;
  }
  std::string operator()(const Circle& c) const {
    std::string out = fmt::format("circle {} radius {} fill {}", at_text(c.center), number(c.radius), base::to_css(c.fill));
    if (c.stroke_width > 0) out += fmt::format(" stroke {} width {}", base::to_css(c.stroke), number(c.stroke_width));
    if (c.blur != 0) out += " blur " + number(c.blur);
    return out + opacity(c.opacity);
  }
  std::string operator()(const Text& t) const {
    std::string out = fmt::format("text {} {}", at_text(t.origin), base::to_css(t.color));
    if (t.rotation != 0) out += " turned " + number(t.rotation);
    if (t.halo_width > 0 && t.halo.a > 0) {
      out += fmt::format(" halo {} width {}", base::to_css(t.halo), number(t.halo_width));
      if (t.halo_blur != 0) out += " blur " + number(t.halo_blur);
    }
    out += opacity(t.opacity);
    for (const GlyphRun& run : t.runs) {
      fmt::format_to(std::back_inserter(out), " [{} {} {}{}", in_quotes(run.text), run.font_file, number(run.size),
                     run.right_to_left ? " rtl" : "");
      bool turned = false;
      for (const Glyph& glyph : run.glyphs) turned = turned || glyph.rotation != 0;
      if (!run.glyphs.empty()) out += fmt::format(" {} glyphs from {}", run.glyphs.size(), at_text(run.glyphs.front().at));
      out += turned ? " curved]" : "]";
    }
    return out;
  }
  std::string operator()(const Image& i) const {
    const std::size_t slash = i.file.find_last_of('/');  // the folder differs between machines
    std::string out = fmt::format("image {} {} size {}x{}", in_quotes(slash == std::string::npos ? i.file : i.file.substr(slash + 1)),
                                  at_text(i.center), number(i.width), number(i.height));
    if (i.rotation != 0) out += " turned " + number(i.rotation);
    if (i.tint) out += " tint " + base::to_css(*i.tint);
    return out + opacity(i.opacity);
  }
};

}  // namespace

std::string print(const Layer& layer) {
  std::string out = "layer " + in_quotes(layer.name) + opacity(layer.opacity);
  if (layer.clip) out += " clip " + box(*layer.clip);
  out += '\n';
  for (const Item& item : layer.items) out += "  " + std::visit(ItemPrinter{}, item) + '\n';
  return out;
}

std::string print(const Scene& scene) {
  std::string out = fmt::format("scene {}x{} background {}\n", number(scene.width), number(scene.height),
                                base::to_css(scene.background));
  if (!scene.title.empty()) out += "title " + in_quotes(scene.title) + '\n';
  if (!scene.description.empty()) out += "description " + in_quotes(scene.description) + '\n';
  if (!scene.language.empty()) out += "language " + in_quotes(scene.language) + '\n';
  for (const SharedLayer& layer : scene.layers)
    if (layer) out += print(*layer);
  return out;
}

}  // namespace sitmap::scene
