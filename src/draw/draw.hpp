#pragma once
// Scenes to pixels, SVG and PDF. The same scene gives the same bytes, drawn first or last, on any number of threads.
// PDF and pictures go through Cairo, SVG icons through librsvg (loaded when the first is met); areas, lines and
// letters become pixels by a rasteriser of our own (coverage.hpp), since Cairo's takes three times as long.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "encode/picture.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::draw {

// Draws a sequence's scenes. Layers that several scenes share are drawn once: the ones at the bottom become one picture
// that later scenes begin with, others are kept as the tiles they cover. A kept layer gives the same bits as one drawn
// anew. Thread-safe: draw() may be called from several threads at once. draw() throws InputError for a size or a
// picture file that can't be drawn, IoError for a file that can't be read.
class Painter {
 public:
  // scale: device pixels per CSS pixel (2 for retina stills). `transparent`: no background.
  Painter(const text::FontSet& fonts, double scale, bool transparent = false);
  ~Painter();

  // Threads that draw() may use for the layers of one scene (a still's); 1 at first. Doesn't change the picture.
  void set_jobs(int jobs);
  // Tell which layers will come again, in the order of the scenes; optional, makes the cache exact.
  void expect(const std::vector<scene::Scene>& scenes);
  encode::Picture draw(const scene::Scene& scene);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A standalone SVG 1.1 document: live text (<text> with the glyph positions of each cluster, so that it looks the same
// and stays editable), a named group per layer, fonts embedded as subsets unless told otherwise; no ids that change.
struct SvgOptions {
  enum class Text { Live, Outlines } text = Text::Live;
  bool embed_fonts = true;
};
std::string to_svg(const scene::Scene& scene, const text::FontSet& fonts, const SvgOptions& options = {});

// PDF with embedded fonts, selectable text, one page, a layer (optional content is not in Cairo 1.16: none) and
// metadata; `points_per_px` 0.75 makes 96 pixels an inch. `date` "2022-09-15" is the creation date recorded.
std::string to_pdf(const std::vector<scene::Scene>& pages, const text::FontSet& fonts, const std::string& date = {});

std::string cairo_version();

}  // namespace sitmap::draw
