#include "text/shape.hpp"

#include <pango/pango.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "text/face.hpp"
#include "text/paragraph.hpp"

namespace sitmap::text {
namespace {

// Valid UTF-8 without control characters; '\n' alone separates lines.
std::string clean(std::string_view text) {
  std::string out;
  const int length = static_cast<int>(text.size());
  const auto append = [&](UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    int n = 0;
    U8_APPEND_UNSAFE(bytes, n, c);
    out.append(bytes, static_cast<std::size_t>(n));
  };
  for (int at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    if (c < 0)
      append(0xFFFD);
    else if (c == '\n' || c == 0x2028 || c == 0x2029)
      out += '\n';
    else if (c == '\t')
      out += ' ';
    else if (u_charType(c) != U_CONTROL_CHAR)
      append(c);
  }
  return out;
}

std::string change_case(const std::string& text, const TextStyle& style) {
  if (style.uppercase == style.lowercase) return text;
  const icu::Locale locale(style.language.c_str());
  icu::UnicodeString changed = icu::UnicodeString::fromUTF8(text);
  if (style.uppercase)
    changed.toUpper(locale);
  else
    changed.toLower(locale);
  std::string out;
  changed.toUTF8String(out);
  return out;
}

Setting make_setting(const FontSet::Impl& fonts, const TextStyle& style) {
  Setting setting;
  setting.size = style.size;
  setting.letter_spacing = style.letter_spacing * style.size;
  setting.language = style.language;
  for (const std::string& name : style.fonts) {
    const FontName parsed = parse_font_name(name);
    if (fonts.find(parsed) != nullptr) setting.stack.push_back(parsed);
  }
  if (setting.stack.empty()) {  // nothing asked for exists: Noto Sans, else the set's first family
    FontName name = style.fonts.empty() ? FontName{} : parse_font_name(style.fonts.front());
    name.family = "Noto Sans";
    if (fonts.find(name) == nullptr) name.family = fonts.faces().front()->family;
    setting.stack.push_back(name);
  }
  return setting;
}

}  // namespace

Shaped shape(const FontSet& fonts, std::string_view text, const TextStyle& style) {
  const FontSet::Impl& impl = *fonts.impl();
  const Setting setting = make_setting(impl, style);
  const Face& first = *impl.find(setting.stack.front());
  Shaped out;
  std::vector<Line> lines;
  for (std::string& paragraph : base::split(change_case(clean(text), style), '\n')) {
    const Paragraph laid(impl, std::move(paragraph), setting, out.missing);
    for (const Paragraph::Range range : laid.break_lines(style.max_width)) lines.push_back(laid.shape(range));
  }
  for (const Line& line : lines) out.width = std::max(out.width, line.width);
  const double step = style.line_height * style.size;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double room = out.width - lines[i].width;
    const geom::Point shift{style.align == Align::Left ? 0 : style.align == Align::Right ? room : room / 2,
                            static_cast<double>(i) * step};
    for (scene::GlyphRun& run : lines[i].runs) {
      for (scene::Glyph& glyph : run.glyphs) glyph.at = glyph.at + shift;
      if (!run.glyphs.empty()) out.runs.push_back(std::move(run));
    }
    const geom::Box& ink = lines[i].ink;
    if (!ink.empty())
      out.ink.extend(geom::Box{ink.min_x + shift.x, ink.min_y + shift.y, ink.max_x + shift.x, ink.max_y + shift.y});
  }
  out.lines = static_cast<int>(lines.size());
  out.ascent = first.ascent * style.size;
  out.descent = first.descent * style.size;
  if (!lines.front().ink.empty()) out.ascent = std::max(out.ascent, -lines.front().ink.min_y);
  if (!lines.back().ink.empty()) out.descent = std::max(out.descent, lines.back().ink.max_y);
  out.height = out.ascent + static_cast<double>(lines.size() - 1) * step + out.descent;
  return out;
}

std::string pango_version() { return pango_version_string(); }

}  // namespace sitmap::text
