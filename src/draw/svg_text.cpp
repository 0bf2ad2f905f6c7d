#include "draw/svg_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "draw/font_subset.hpp"
#include "draw/xml.hpp"
#include "text/outline.hpp"

namespace sitmap::draw {
namespace {

double degrees(double radians) { return radians * 180 / std::numbers::pi; }

std::string font_attributes(const scene::GlyphRun& run) {
  std::string out = fmt::format(" font-family=\"'{}', sans-serif\" font-size=\"{}\"", escape_xml(run.family), decimal(run.size, 3));
  if (run.weight != 400) out += fmt::format(" font-weight=\"{}\"", run.weight);
  if (run.italic) out += " font-style=\"italic\"";
  if (run.letter_spacing != 0) out += fmt::format(" letter-spacing=\"{}\"", decimal(run.letter_spacing, 3));
  return out;
}

bool has_halo(const scene::Text& text) { return text.halo_width > 0 && text.halo.a > 0; }

std::string halo_attributes(const scene::Text& text) {
  return paint_attributes("stroke", text.halo, static_cast<double>(text.opacity)) +
         fmt::format(" stroke-width=\"{}\" stroke-linejoin=\"round\"", decimal(2 * text.halo_width));
}

std::string fill_attributes(const scene::Text& text) {
  return paint_attributes("fill", text.color, static_cast<double>(text.opacity));
}

struct Word {
  std::string text;
  double x = 0, y = 0;
};

std::string cluster_text(const scene::GlyphRun& run, const scene::Glyph& glyph) {
  return glyph.cluster < run.text.size() ? run.text.substr(glyph.cluster, glyph.cluster_length) : std::string();
}

// Left-to-right words with the spaces behind them, each where its first letter stands.
std::vector<Word> words_of(const scene::GlyphRun& run) {
  std::vector<Word> out;
  bool after_space = true;
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    const scene::Glyph& glyph = run.glyphs[i];
    if (i > 0 && glyph.cluster == run.glyphs[i - 1].cluster) continue;
    const std::string cluster = cluster_text(run, glyph);
    const bool space = cluster == " ";
    if (out.empty() || (after_space && !space)) out.push_back({{}, glyph.at.x, glyph.at.y});
    out.back().text += cluster;
    after_space = space;
  }
  if (!out.empty() && out.size() == 1) out.front().text = run.text;
  return out;
}

std::string straight_text(const scene::Text& text) {
  std::string paint = fill_attributes(text);
  if (has_halo(text)) paint += halo_attributes(text) + " paint-order=\"stroke\"";
  if (text.rotation != 0)
    paint += fmt::format(" transform=\"rotate({} {} {})\"", decimal(degrees(text.rotation), 3), decimal(text.origin.x),
                         decimal(text.origin.y));
  const bool backwards = std::ranges::any_of(text.runs, &scene::GlyphRun::right_to_left);
  std::string out;
  const auto tspans = [&](const scene::GlyphRun& run, const std::string& attributes) {
    for (const Word& word : words_of(run))
      out += fmt::format("<tspan x=\"{}\" y=\"{}\"{}>{}</tspan>", decimal(text.origin.x + word.x),
                         decimal(text.origin.y + word.y), attributes, escape_xml(word.text));
  };
  if (!backwards) {
    out += fmt::format("<text xml:space=\"preserve\"{}{}>", font_attributes(text.runs.front()), paint);
    for (const scene::GlyphRun& run : text.runs)
      tspans(run, font_attributes(run) == font_attributes(text.runs.front()) ? std::string() : font_attributes(run));
    return out + "</text>\n";
  }
  // Direction belongs to a whole <text>: one for each run.
  out += "<g>";
  for (const scene::GlyphRun& run : text.runs) {
    if (run.glyphs.empty()) continue;
    out += fmt::format("<text xml:space=\"preserve\"{}{}", font_attributes(run), paint);
    if (run.right_to_left) {
      const double right = run.glyphs.back().at.x + run.glyphs.back().advance;
      out += fmt::format(" direction=\"rtl\" unicode-bidi=\"bidi-override\" x=\"{}\" y=\"{}\">{}", decimal(text.origin.x + right),
                         decimal(text.origin.y + run.glyphs.back().at.y), escape_xml(run.text));
    } else {
      out += ">";
      tspans(run, {});
    }
    out += "</text>";
  }
  return out + "</g>\n";
}

std::string curved_text(const scene::Text& text) {
  const double c = std::cos(text.rotation), s = std::sin(text.rotation);
  std::string out, label;
  for (const scene::GlyphRun& run : text.runs) label += run.text;
  out += fmt::format("<g aria-label=\"{}\">", escape_xml(label));
  const auto pass = [&](const std::string& attributes) {
    out += "<g" + attributes + ">";
    for (const scene::GlyphRun& run : text.runs) {
      scene::GlyphRun font = run;
      font.letter_spacing = 0;
      out += "<g" + font_attributes(font) + ">";
      for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
        const scene::Glyph& glyph = run.glyphs[i];
        if (i > 0 && glyph.cluster == run.glyphs[i - 1].cluster) continue;
        const std::string letters = cluster_text(run, glyph);
        if (letters.find_first_not_of(' ') == std::string::npos) continue;
        out += fmt::format("<text transform=\"translate({},{}) rotate({})\">{}</text>",
                           decimal(text.origin.x + glyph.at.x * c - glyph.at.y * s),
                           decimal(text.origin.y + glyph.at.x * s + glyph.at.y * c),
                           decimal(degrees(glyph.rotation + text.rotation)), escape_xml(letters));
      }
      out += "</g>";
    }
    out += "</g>";
  };
  if (has_halo(text)) pass(" fill=\"none\"" + halo_attributes(text));  // all halos below all letters
  pass(fill_attributes(text));
  return out + "</g>\n";
}

}  // namespace

std::string outline_text(const scene::Text& text, const text::FontSet& fonts) {
  using Verb = text::Outline::Verb;
  std::string data, label;
  const double c = std::cos(text.rotation), s = std::sin(text.rotation);
  for (const scene::GlyphRun& run : text.runs) {
    label += run.text;
    for (const scene::Glyph& glyph : run.glyphs) {
      const text::Outline& outline = text::glyph_outline(fonts, run.font_file, glyph.index);
      const double angle = text.rotation + glyph.rotation, gc = std::cos(angle) * run.size, gs = std::sin(angle) * run.size;
      const double x = text.origin.x + glyph.at.x * c - glyph.at.y * s, y = text.origin.y + glyph.at.x * s + glyph.at.y * c;
      const geom::Point* p = outline.points.data();
      const auto next = [&] {
        const geom::Point em = *p++;
        data += decimal(x + em.x * gc - em.y * gs) + "," + decimal(y + em.x * gs + em.y * gc);
      };
      for (const Verb verb : outline.verbs) {
        data += verb == Verb::Move ? "M" : verb == Verb::Line ? "L" : verb == Verb::Cubic ? "C" : "Z";
        for (int i = verb == Verb::Close ? 0 : verb == Verb::Cubic ? 3 : 1; i > 0; --i) {
          next();
          if (i > 1) data += " ";
        }
      }
    }
  }
  if (data.empty()) return {};
  std::string out = fmt::format("<path aria-label=\"{}\" d=\"{}\"{}", escape_xml(label), data, fill_attributes(text));
  if (has_halo(text)) out += halo_attributes(text) + " paint-order=\"stroke\"";
  return out + "/>\n";
}

std::string live_text(const scene::Text& text, const text::FontSet& fonts, SvgFonts& used) {
  bool curved = false, backwards = false;
  for (const scene::GlyphRun& run : text.runs) {
    backwards = backwards || run.right_to_left;
    for (const scene::Glyph& glyph : run.glyphs) curved = curved || glyph.rotation != 0;
  }
  if (curved && backwards) return outline_text(text, fonts);
  for (const scene::GlyphRun& run : text.runs) {
    SvgFont& font = used[run.font_file];
    font.family = run.family;
    font.weight = run.weight;
    font.italic = run.italic;
    font.letters.merge(code_points(run.text));
  }
  return curved ? curved_text(text) : straight_text(text);
}

}  // namespace sitmap::draw
