#include "text/paragraph.hpp"

#include <hb.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "text/balance.hpp"

#if defined(__SANITIZE_ADDRESS__)
// Pango 1.50 never gives back the patterns that its fontconfig thread made: a few for each font map.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\n"; }
#endif

namespace sitmap::text {
namespace {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GRef = std::unique_ptr<T, Unref>;

struct FreeDescription {
  void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

struct FreeGlyphs {
  void operator()(PangoGlyphString* glyphs) const { pango_glyph_string_free(glyphs); }
};

// Glyphs are shaped at one size and scaled, since nothing is hinted: the result can't depend on rounding at a size.
constexpr double kShapingSize = 64;  // pixels per em
constexpr double kEmsPerUnit = 1.0 / (kShapingSize * PANGO_SCALE);

// A face as Pango sees it. Each has a font map of its own, so that no other font can stand in for it.
struct PangoFace {
  GRef<PangoFontMap> map;
  GRef<PangoContext> context;
  GRef<PangoFont> font;
};

void no_hinting(FcPattern* pattern, gpointer) {
  FcPatternDel(pattern, FC_HINTING);
  FcPatternDel(pattern, FC_HINT_STYLE);
  FcPatternAddBool(pattern, FC_HINTING, FcFalse);
  FcPatternAddInteger(pattern, FC_HINT_STYLE, FC_HINT_NONE);
}

PangoFace make_pango_face(const Face& face) {
  PangoFace made;
  made.map.reset(pango_ft2_font_map_new());
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(made.map.get()), face.fontconfig());
  pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(made.map.get()), no_hinting, nullptr, nullptr);
  made.context.reset(pango_font_map_create_context(made.map.get()));
  pango_context_set_round_glyph_positions(made.context.get(), FALSE);
  const Description description(pango_font_description_new());
  pango_font_description_set_family(description.get(), face.family.c_str());
  pango_font_description_set_weight(description.get(), static_cast<PangoWeight>(face.weight));
  pango_font_description_set_style(description.get(), face.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_absolute_size(description.get(), kShapingSize * PANGO_SCALE);
  pango_context_set_font_description(made.context.get(), description.get());
  made.font.reset(pango_font_map_load_font(made.map.get(), made.context.get(), description.get()));
  return made;
}

// Pango's font maps belong to one thread; the faces behind them are shared.
PangoFace& pango_face(const FontSet::Impl& fonts, const Face& face) {
  thread_local std::map<std::pair<std::uint64_t, const Face*>, PangoFace> mine;
  const auto key = std::pair(fonts.serial, &face);
  auto found = mine.find(key);
  if (found == mine.end()) {
    if (mine.size() > 256) mine.clear();
    found = mine.emplace(key, make_pango_face(face)).first;
  }
  return found->second;
}

struct CodePoint {
  char32_t value = 0;
  int begin = 0, end = 0;
  const Face* face = nullptr;
};

std::vector<CodePoint> decode(const std::string& text) {
  std::vector<CodePoint> out;
  const int length = static_cast<int>(text.size());
  for (int at = 0; at < length;) {
    const int begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    out.push_back({c < 0 ? U'\uFFFD' : static_cast<char32_t>(c), begin, at, nullptr});
  }
  return out;
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}
bool is_ignorable(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}
bool is_filler(char32_t c) {  // goes with the letters around it
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || u_ispunct(static_cast<UChar32>(c));
}

// Letters that hang together must not be pulled apart.
bool is_joined(GUnicodeScript script) {
  switch (script) {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_MONGOLIAN:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_MANDAIC:
    case G_UNICODE_SCRIPT_MANICHAEAN:
    case G_UNICODE_SCRIPT_PHAGS_PA:
    case G_UNICODE_SCRIPT_ADLAM:
    case G_UNICODE_SCRIPT_HANIFI_ROHINGYA:
    case G_UNICODE_SCRIPT_SOGDIAN:
    case G_UNICODE_SCRIPT_DEVANAGARI:
    case G_UNICODE_SCRIPT_BENGALI:
    case G_UNICODE_SCRIPT_GURMUKHI:
      return true;
    default:
      return false;
  }
}

// Of the first strong letter (rules P2 and P3 of the Unicode bidirectional algorithm, isolates left out).
PangoDirection base_direction(const std::vector<CodePoint>& text) {
  for (const CodePoint& point : text) {
    const UCharDirection direction = u_charDirection(static_cast<UChar32>(point.value));
    if (direction == U_LEFT_TO_RIGHT) return PANGO_DIRECTION_LTR;
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return PANGO_DIRECTION_RTL;
  }
  return PANGO_DIRECTION_LTR;
}

struct Piece {  // one direction, script, language and face
  int begin = 0, end = 0;
  PangoAnalysis analysis{};  // its font is borrowed
  const Face* face = nullptr;
  bool right_to_left() const { return analysis.level % 2 == 1; }
};

struct ShapedPiece {
  Piece piece;
  std::vector<scene::Glyph> glyphs;  // visual order, from x = 0; clusters in bytes of the paragraph
  double width = 0;
  bool spaced = false;  // letter spacing stands after the last cluster too
};

void choose_faces(const FontSet::Impl& fonts, std::vector<CodePoint>& text, const Setting& setting,
                  std::vector<char32_t>& missing) {
  std::vector<const Face*> stack;
  for (const FontName& name : setting.stack)
    if (const Face* const face = fonts.find(name)) stack.push_back(face);
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    std::vector<char32_t> marks;
    while (next < text.size() && (is_mark(text[next].value) || is_ignorable(text[next].value))) {
      if (is_mark(text[next].value)) marks.push_back(text[next].value);
      ++next;
    }
    const char32_t base = text[i].value;
    const Face* face = nullptr;
    const auto whole = [&](const Face* candidate) {
      return candidate->has(base) && std::ranges::all_of(marks, [&](char32_t m) { return candidate->has(m); });
    };
    for (const Face* const candidate : stack)
      if (face == nullptr && whole(candidate)) face = candidate;
    if (face == nullptr && is_ignorable(base)) face = i > 0 ? text[i - 1].face : stack.front();
    if (face == nullptr) face = fonts.fallback(base, marks.data(), marks.size(), setting.stack.front());
    if (face == nullptr) {
      if (std::ranges::find(missing, base) == missing.end()) missing.push_back(base);
      face = stack.front();
    }
    for (; i < next; ++i) text[i].face = face;
  }
  // Spaces and punctuation between letters of one face stay in that face when it has them: fewer, longer runs.
  for (std::size_t i = 1; i < text.size();) {
    if (!is_filler(text[i].value)) {
      ++i;
      continue;
    }
    std::size_t next = i;
    while (next < text.size() && is_filler(text[next].value)) ++next;
    const Face* const before = text[i - 1].face;
    if (next < text.size() && text[next].face == before)
      for (std::size_t k = i; k < next; ++k)
        if (before->has(text[k].value)) text[k].face = before;
    i = next;
  }
}

}  // namespace

struct Paragraph::Impl {
  const FontSet::Impl& fonts;
  std::string text;
  const Setting& setting;
  std::vector<CodePoint> code_points;
  std::vector<Piece> pieces;  // logical order
  PangoLanguage* language = nullptr;

  void itemize();
  ShapedPiece shape(const Piece& piece) const;
  std::vector<ShapedPiece> shape(Range range) const;  // visual order
};

Paragraph::Paragraph(const FontSet::Impl& fonts, std::string text, const Setting& setting,
                     std::vector<char32_t>& missing)
    : impl_(new Impl{fonts, std::move(text), setting, {}, {}, nullptr}) {
  impl_->code_points = decode(impl_->text);
  if (impl_->code_points.empty()) return;
  choose_faces(fonts, impl_->code_points, setting, missing);
  impl_->itemize();
}

Paragraph::~Paragraph() = default;

// Pango tells directions, scripts and languages; the faces are chosen already, and cut its items further.
void Paragraph::Impl::itemize() {
  language = pango_language_from_string(setting.language.empty() ? "und" : setting.language.c_str());
  PangoLanguage* const unknown = pango_language_from_string("und");
  PangoContext* const context = pango_face(fonts, *code_points.front().face).context.get();
  pango_context_set_language(context, language);
  const PangoDirection direction = base_direction(code_points);
  PangoAttrList* const attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
  GList* const items = pango_itemize_with_base_dir(context, direction, text.data(), 0, static_cast<int>(text.size()),
                                                   attributes, nullptr);
  std::size_t at = 0;
  for (const GList* node = items; node != nullptr; node = node->next) {
    const auto* const item = static_cast<const PangoItem*>(node->data);
    const int end = item->offset + item->length;
    while (at < code_points.size() && code_points[at].begin < end) {
      Piece piece;
      piece.begin = code_points[at].begin;
      piece.face = code_points[at].face;
      piece.analysis = item->analysis;
      piece.analysis.extra_attrs = nullptr;
      while (at < code_points.size() && code_points[at].begin < end && code_points[at].face == piece.face)
        piece.end = code_points[at++].end;
      piece.analysis.font = pango_face(fonts, *piece.face).font.get();
      // Pango's guess of a language looks at the environment.
      const auto script = static_cast<PangoScript>(piece.analysis.script);
      piece.analysis.language = pango_language_includes_script(language, script) ? language : unknown;
      pieces.push_back(piece);
    }
  }
  g_list_free_full(items, [](gpointer item) { pango_item_free(static_cast<PangoItem*>(item)); });
  pango_attr_list_unref(attributes);
}

Paragraph::Range Paragraph::whole() const { return {0, static_cast<int>(impl_->text.size())}; }

ShapedPiece Paragraph::Impl::shape(const Piece& piece) const {
  ShapedPiece out{piece, {}, 0, false};
  const double unit = kEmsPerUnit * setting.size;
  const bool spaced = setting.letter_spacing != 0 && !is_joined(static_cast<GUnicodeScript>(piece.analysis.script));
  PangoAnalysis analysis = piece.analysis;
  GSList attributes{spaced ? pango_attr_letter_spacing_new(1) : nullptr, nullptr};  // turns ligatures off, no more
  if (spaced) analysis.extra_attrs = &attributes;
  out.spaced = spaced;
  const std::unique_ptr<PangoGlyphString, FreeGlyphs> shaped(pango_glyph_string_new());
  pango_shape_full(text.data() + piece.begin, piece.end - piece.begin, text.data(), static_cast<int>(text.size()),
                   &analysis, shaped.get());
  if (spaced) pango_attribute_destroy(static_cast<PangoAttribute*>(attributes.data));

  // Pango tells marks apart from their letters; here a cluster is what moves as one.
  std::vector<int> starts;
  for (auto point = std::ranges::lower_bound(code_points, piece.begin, {}, &CodePoint::begin);
       point != code_points.end() && point->begin < piece.end; ++point) {
    const bool tied = point->begin > piece.begin && (is_mark(point->value) || is_ignorable(point->value) ||
                                                     u_getCombiningClass(static_cast<UChar32>((point - 1)->value)) == 9);
    const int offset = point->begin - piece.begin;
    if (!tied && std::find(shaped->log_clusters, shaped->log_clusters + shaped->num_glyphs, offset) !=
                     shaped->log_clusters + shaped->num_glyphs)
      starts.push_back(offset);
  }
  if (starts.empty() || starts.front() != 0) starts.insert(starts.begin(), 0);
  starts.push_back(piece.end - piece.begin);
  const auto cluster_of = [&](int i) { return *(std::ranges::upper_bound(starts, shaped->log_clusters[i]) - 1); };
  for (int i = 0; i < shaped->num_glyphs; ++i) {
    const PangoGlyphInfo& info = shaped->glyphs[i];
    const int cluster = cluster_of(i);
    const bool unknown = (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
    scene::Glyph glyph;
    glyph.index = unknown ? 0 : info.glyph;
    glyph.at = {out.width + info.geometry.x_offset * unit, info.geometry.y_offset * unit};
    glyph.advance = info.geometry.width * unit;
    if (unknown)
      glyph.advance = hb_font_get_glyph_h_advance(piece.face->hb_font, 0) * setting.size / Face::kUnitsPerEm;
    glyph.cluster = static_cast<std::uint32_t>(piece.begin + cluster);
    glyph.cluster_length = static_cast<std::uint32_t>(*std::ranges::upper_bound(starts, cluster) - cluster);
    const bool cluster_ends = i + 1 == shaped->num_glyphs || cluster_of(i + 1) != cluster;
    if (spaced && cluster_ends && glyph.advance > 0) glyph.advance += setting.letter_spacing;
    out.width += glyph.advance;
    if (info.glyph != PANGO_GLYPH_EMPTY) out.glyphs.push_back(glyph);
  }
  return out;
}

std::vector<ShapedPiece> Paragraph::Impl::shape(Range range) const {
  std::vector<ShapedPiece> out;
  int highest = 0, lowest_odd = 255;
  for (const Piece& piece : pieces) {
    Piece part = piece;
    part.begin = std::max(part.begin, range.begin);
    part.end = std::min(part.end, range.end);
    if (part.begin >= part.end) continue;
    out.push_back(shape(part));
    highest = std::max<int>(highest, part.analysis.level);
    if (part.right_to_left()) lowest_odd = std::min<int>(lowest_odd, part.analysis.level);
  }
  for (int level = highest; level >= lowest_odd; --level) {  // rule L2 of the Unicode bidirectional algorithm
    const auto inside = [&](const ShapedPiece& s) { return s.piece.analysis.level >= level; };
    for (auto begin = out.begin(); begin != out.end();) {
      begin = std::find_if(begin, out.end(), inside);
      const auto end = std::find_if_not(begin, out.end(), inside);
      std::reverse(begin, end);
      begin = end;
    }
  }
  return out;
}

std::vector<Paragraph::Range> Paragraph::break_lines(double max_width) const {
  const Impl& self = *impl_;
  if (max_width <= 0 || self.code_points.empty()) return {whole()};
  std::vector<double> advance(self.text.size() + 1, 0);  // of the cluster that begins at a byte
  for (const ShapedPiece& shaped : self.shape(whole()))
    for (const scene::Glyph& glyph : shaped.glyphs) advance[glyph.cluster] += glyph.advance;

  const std::vector<CodePoint>& points = self.code_points;
  std::vector<PangoLogAttr> attributes(points.size() + 1);
  pango_get_log_attrs(self.text.data(), static_cast<int>(self.text.size()), -1, self.language, attributes.data(),
                      static_cast<int>(attributes.size()));
  std::vector<BreakUnit> units;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool after_open = i > 0 && (points[i - 1].value == U'(' || points[i - 1].value == U'\uFF08');
    units.push_back({advance[static_cast<std::size_t>(points[i].begin)],
                     u_isUWhiteSpace(static_cast<UChar32>(points[i].value)) != 0, attributes[i].is_line_break != 0,
                     after_open ? 50.0 : 0.0});
  }
  std::vector<std::size_t> firsts = balanced_breaks(units, max_width);
  firsts.insert(firsts.begin(), 0);
  firsts.push_back(points.size());
  std::vector<Range> out;
  for (std::size_t k = 0; k + 1 < firsts.size(); ++k) {
    std::size_t begin = firsts[k], end = firsts[k + 1];
    while (end > begin && units[end - 1].space) --end;
    if (k > 0)
      while (begin < end && units[begin].space) ++begin;
    if (begin < end) out.push_back({points[begin].begin, points[end - 1].end});
  }
  return out.empty() ? std::vector<Range>{whole()} : out;
}

Line Paragraph::shape(Range range) const {
  const Impl& self = *impl_;
  Line line;
  bool last_spaced = false;
  int last_end = -1;  // of the run before, for joining left-to-right pieces of one face
  for (const ShapedPiece& shaped : self.shape(range)) {
    const Piece& piece = shaped.piece;
    const bool joins = !line.runs.empty() && !piece.right_to_left() && !line.runs.back().right_to_left &&
                       line.runs.back().font_file == piece.face->file && last_end == piece.begin &&
                       (line.runs.back().letter_spacing != 0) == shaped.spaced;
    if (!joins) {
      scene::GlyphRun run;
      run.font_file = piece.face->file;
      run.family = piece.face->family;
      run.weight = piece.face->weight;
      run.italic = piece.face->italic;
      run.size = self.setting.size;
      run.letter_spacing = shaped.spaced ? self.setting.letter_spacing : 0;
      run.right_to_left = piece.right_to_left();
      line.runs.push_back(std::move(run));
    }
    scene::GlyphRun& run = line.runs.back();
    const auto shift = static_cast<std::uint32_t>(run.text.size());
    run.text.append(self.text, static_cast<std::size_t>(piece.begin), static_cast<std::size_t>(piece.end - piece.begin));
    for (scene::Glyph glyph : shaped.glyphs) {
      glyph.at.x += line.width;
      glyph.cluster = glyph.cluster - static_cast<std::uint32_t>(piece.begin) + shift;
      hb_glyph_extents_t extents{};
      const double em = self.setting.size / Face::kUnitsPerEm;
      if (hb_font_get_glyph_extents(piece.face->hb_font, glyph.index, &extents) != 0 && extents.width != 0) {
        line.ink.extend(geom::Point{glyph.at.x + extents.x_bearing * em, glyph.at.y - extents.y_bearing * em});
        line.ink.extend(geom::Point{glyph.at.x + (extents.x_bearing + extents.width) * em,
                                    glyph.at.y - (extents.y_bearing + extents.height) * em});
      }
      run.glyphs.push_back(glyph);
    }
    line.width += shaped.width;
    last_end = piece.end;
    last_spaced = self.setting.letter_spacing != 0 && !shaped.glyphs.empty() && shaped.spaced;
  }
  if (last_spaced) {
    line.width -= self.setting.letter_spacing;
    line.runs.back().glyphs.back().advance -= self.setting.letter_spacing;
  }
  return line;
}

}  // namespace sitmap::text
