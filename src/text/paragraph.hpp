#pragma once
// One paragraph (no line feeds) through Pango: itemised, fonts chosen, broken and shaped. Inside the text module only.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scene/scene.hpp"
#include "text/face.hpp"

namespace sitmap::text {

// What the letters of a paragraph are set in.
struct Setting {
  std::vector<FontName> stack;       // families of the set, best first; never empty
  double size = 16;                  // pixels per em
  double letter_spacing = 0;         // pixels
  std::string language;
};

struct Line {
  std::vector<scene::GlyphRun> runs;  // from x = 0 on the baseline
  double width = 0;
  geom::Box ink;
};

class Paragraph {
 public:
  // `text` is valid UTF-8 without control characters. Code points without a font are added to `missing`.
  Paragraph(const FontSet::Impl& fonts, std::string text, const Setting& setting, std::vector<char32_t>& missing);
  ~Paragraph();
  Paragraph(const Paragraph&) = delete;
  Paragraph& operator=(const Paragraph&) = delete;

  // Byte ranges of the lines, spaces at their ends left out; max_width 0: one line. Balanced as MapLibre's
  // (symbol/shaping.ts, determineLineBreaks).
  struct Range {
    int begin = 0, end = 0;
  };
  std::vector<Range> break_lines(double max_width) const;
  Range whole() const;
  Line shape(Range range) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sitmap::text
