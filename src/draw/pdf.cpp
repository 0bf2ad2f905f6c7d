#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "base/problem.hpp"
#include "draw/draw.hpp"
#include "draw/hatch.hpp"
#include "draw/images.hpp"
#include "draw/paths.hpp"

namespace sitmap::draw {
namespace {

using scene::Color;
using Kind = scene::Pattern::Kind;

constexpr double kPointsPerPixel = 0.75;  // 96 pixels an inch
constexpr int kSoftSteps = 5;             // strokes over each other that stand for softness, which PDF can't

struct Freetype {
  FT_Library library = nullptr;
  Freetype() {
    if (FT_Init_FreeType(&library) != 0) throw base::IoError("cannot start FreeType");
  }
  ~Freetype() { FT_Done_FreeType(library); }
  Freetype(const Freetype&) = delete;
  Freetype& operator=(const Freetype&) = delete;
};

// Cairo keeps scaled fonts in caches of its own, so a face lives as long as Cairo's font: FreeType counts for us.
cairo_font_face_t* open_font(FT_Library library, const std::string& path) {
  FT_Face face = nullptr;
  if (FT_New_Face(library, path.c_str(), 0, &face) != 0)
    throw base::IoError(fmt::format("cannot read the font '{}'", path), "replace the file by a sound one");
  static const cairo_user_data_key_t key{};
  cairo_font_face_t* const font = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
  FT_Reference_Library(library);
  struct Owned {
    FT_Library library;
    FT_Face face;
  };
  auto* const owned = new Owned{library, face};
  const auto release = [](void* data) {
    auto* const mine = static_cast<Owned*>(data);
    FT_Done_Face(mine->face);
    FT_Done_Library(mine->library);
    delete mine;
  };
  if (cairo_font_face_set_user_data(font, &key, owned, release) != CAIRO_STATUS_SUCCESS) {
    cairo_font_face_destroy(font);
    release(owned);
    throw base::IoError("no memory for a font");
  }
  return font;
}

class PdfPage {
 public:
  PdfPage(cairo_t* cr, const text::FontSet& fonts, ImageCache& images, FT_Library library,
          std::map<std::string, cairo_font_face_t*>& faces)
      : cr_(cr), fonts_(fonts), images_(images), library_(library), faces_(faces) {}

  void draw(const scene::Scene& scene);
  void operator()(const scene::Fill& fill);
  void operator()(const scene::Stroke& stroke);
  void operator()(const scene::Circle& circle);
  void operator()(const scene::Text& text);
  void operator()(const scene::Image& image);

 private:
  void set_color(const Color& c, double opacity) {
    cairo_set_source_rgba(cr_, static_cast<double>(c.r), static_cast<double>(c.g), static_cast<double>(c.b),
                          static_cast<double>(c.a) * opacity);
  }
  void layer(const scene::Layer& layer);
  void pattern(const scene::Fill& fill, const scene::Pattern& pattern);
  void letters(const scene::Text& text);

  cairo_t* cr_;
  const text::FontSet& fonts_;
  ImageCache& images_;
  FT_Library library_;
  std::map<std::string, cairo_font_face_t*>& faces_;
};

void PdfPage::draw(const scene::Scene& scene) {
  if (scene.background.a > 0) {
    set_color(scene.background, 1);
    cairo_rectangle(cr_, 0, 0, scene.width, scene.height);
    cairo_fill(cr_);
  }
  for (const scene::SharedLayer& shared : scene.layers)
    if (shared && shared->opacity > 0 && !shared->items.empty()) layer(*shared);
}

void PdfPage::layer(const scene::Layer& layer) {
  cairo_save(cr_);
  if (layer.clip) {
    cairo_rectangle(cr_, layer.clip->min_x, layer.clip->min_y, std::max(0.0, layer.clip->width()),
                    std::max(0.0, layer.clip->height()));
    cairo_clip(cr_);
  }
  if (layer.opacity < 1) cairo_push_group(cr_);
  for (const scene::Item& item : layer.items) std::visit(*this, item);
  if (layer.opacity < 1) {
    cairo_pop_group_to_source(cr_);
    cairo_paint_with_alpha(cr_, static_cast<double>(layer.opacity));
  }
  cairo_restore(cr_);
}

void PdfPage::operator()(const scene::Fill& fill) {
  if (!fill.path || !(fill.opacity > 0)) return;
  cairo_new_path(cr_);
  add_path(cr_, *fill.path);
  cairo_set_fill_rule(cr_, fill.rule == scene::FillRule::EvenOdd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
  if (const auto* color = std::get_if<Color>(&fill.paint)) {
    set_color(*color, static_cast<double>(fill.opacity));
    cairo_fill(cr_);
  } else {
    pattern(fill, std::get<scene::Pattern>(fill.paint));
  }
}

// Patterns are lines inside the path; dots are dashes of no length with round ends.
void PdfPage::pattern(const scene::Fill& fill, const scene::Pattern& asked) {
  const scene::Pattern p = sound(asked);
  const geom::Box box = bounds(*fill.path);
  const auto opacity = static_cast<double>(fill.opacity);
  if (box.empty()) return;
  cairo_save(cr_);
  cairo_clip(cr_);
  if (p.second.a > 0) {
    set_color(p.second, opacity);
    cairo_paint(cr_);
  }
  if (p.width > 0) {
    set_color(p.color, opacity);
    cairo_set_line_width(cr_, p.width);
    const double dash[2] = {0, p.spacing};
    const bool dots = p.kind == Kind::Dots;
    cairo_set_line_cap(cr_, dots ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr_, dash, dots ? 2 : 0, 0);
    for (const auto& [from, to] : pattern_lines(p, box)) {
      cairo_move_to(cr_, from.x, from.y);
      cairo_line_to(cr_, to.x, to.y);
    }
    cairo_stroke(cr_);
  }
  cairo_restore(cr_);
}

void PdfPage::operator()(const scene::Stroke& stroke) {
  if (!stroke.path || !(stroke.width > 0) || !(stroke.opacity > 0)) return;
  cairo_save(cr_);
  if (stroke.clip) {
    cairo_new_path(cr_);
    add_path(cr_, *stroke.clip);
    cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_clip(cr_);
  }
  const Softness soft = soften(stroke.width, stroke.blur);
  const double whole = static_cast<double>(stroke.opacity) * soft.peak;
  const int steps = soft.support > 0 ? kSoftSteps : 1;
  double below = 0;  // opacity reached by the wider strokes
  for (int i = 1; i <= steps; ++i) {
    const double wanted = whole * static_cast<double>(stroke.color.a) * i / steps;
    const double width = soft.core + soft.support * (1 - 2 * (i - 0.5) / steps);
    set_color(stroke.color.with_alpha(1), steps == 1 ? wanted : 1 - (1 - wanted) / (1 - below));
    set_stroke(cr_, stroke, steps == 1 ? stroke.width : std::max(0.1, width));
    cairo_new_path(cr_);
    add_path(cr_, *stroke.path);
    cairo_stroke(cr_);
    below = wanted;
    if (below >= 1) break;
  }
  cairo_restore(cr_);
}

void PdfPage::operator()(const scene::Circle& circle) {
  const double stroke = circle.stroke.a > 0 ? std::max(0.0, circle.stroke_width) : 0;
  const double radius = std::max(0.0, circle.radius);
  const geom::Point c = circle.center;
  if (!(radius + stroke > 0) || !(circle.opacity > 0) || !std::isfinite(c.x) || !std::isfinite(c.y)) return;
  const auto opacity = static_cast<double>(circle.opacity);
  const auto disc = [&](double r) {
    cairo_new_path(cr_);
    cairo_arc(cr_, c.x, c.y, r, 0, 2 * std::numbers::pi);
  };
  if (circle.blur > 0) {
    cairo_pattern_t* const gradient = cairo_pattern_create_radial(c.x, c.y, 0, c.x, c.y, radius + stroke);
    for (const SoftStop& stop : soft_stops(circle))
      cairo_pattern_add_color_stop_rgba(gradient, stop.at, static_cast<double>(stop.color.r),
                                        static_cast<double>(stop.color.g), static_cast<double>(stop.color.b),
                                        static_cast<double>(stop.color.a));
    cairo_set_source(cr_, gradient);
    cairo_pattern_destroy(gradient);
    disc(radius + stroke);
    cairo_fill(cr_);
    return;
  }
  if (radius > 0 && circle.fill.a > 0) {
    disc(radius);
    set_color(circle.fill, opacity);
    cairo_fill(cr_);
  }
  if (stroke > 0) {
    disc(radius + stroke / 2);
    cairo_set_line_width(cr_, stroke);
    cairo_set_dash(cr_, nullptr, 0, 0);
    set_color(circle.stroke, opacity);
    cairo_stroke(cr_);
  }
}

void PdfPage::operator()(const scene::Text& text) {
  if (!(text.opacity > 0)) return;
  if (text.halo_width > 0 && text.halo.a > 0) {
    cairo_new_path(cr_);
    add_glyphs(cr_, fonts_, text);
    set_color(text.halo, static_cast<double>(text.opacity));
    cairo_set_line_width(cr_, 2 * text.halo_width);
    cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr_, nullptr, 0, 0);
    cairo_stroke(cr_);
  }
  letters(text);
}

// Glyphs with the text they stand for, so that it can be selected and searched.
void PdfPage::letters(const scene::Text& text) {
  set_color(text.color, static_cast<double>(text.opacity));
  for (const scene::GlyphRun& run : text.runs) {
    cairo_font_face_t*& face = faces_[run.font_file];
    if (face == nullptr) face = open_font(library_, fonts_.file(run.font_file).string());
    cairo_save(cr_);
    cairo_translate(cr_, text.origin.x, text.origin.y);
    cairo_rotate(cr_, text.rotation);
    cairo_set_font_face(cr_, face);
    cairo_font_options_t* const options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr_, options);
    cairo_font_options_destroy(options);

    for (std::size_t i = 0; i < run.glyphs.size();) {
      // One call for neighbours of the same angle; Cairo takes glyphs in visual, text and clusters in logical order.
      std::size_t end = i;
      while (end < run.glyphs.size() && run.glyphs[end].rotation == run.glyphs[i].rotation) ++end;
      const double angle = run.glyphs[i].rotation, c = std::cos(angle), s = std::sin(angle);
      std::vector<cairo_glyph_t> glyphs;
      std::vector<cairo_text_cluster_t> clusters;
      std::uint32_t first = ~0U, last = 0;
      for (std::size_t k = i; k < end; ++k) {
        const scene::Glyph& g = run.glyphs[k];
        // In a frame turned by the angle, so that the font stays upright in it.
        glyphs.push_back({g.index, g.at.x * c + g.at.y * s, -g.at.x * s + g.at.y * c});
        first = std::min(first, g.cluster);
        last = std::max(last, g.cluster + g.cluster_length);
        const bool same = k > i && run.glyphs[k - 1].cluster == g.cluster;
        if (same)
          ++clusters.back().num_glyphs;
        else
          clusters.push_back({static_cast<int>(g.cluster_length), 1});
      }
      if (run.right_to_left) std::ranges::reverse(clusters);
      cairo_save(cr_);
      cairo_rotate(cr_, angle);
      cairo_set_font_size(cr_, run.size);
      int bytes = 0;
      for (const cairo_text_cluster_t& cluster : clusters) bytes += cluster.num_bytes;
      const bool whole = last <= run.text.size() && first < last && static_cast<std::uint32_t>(bytes) == last - first;
      if (whole)
        cairo_show_text_glyphs(cr_, run.text.data() + first, bytes, glyphs.data(), static_cast<int>(glyphs.size()),
                               clusters.data(), static_cast<int>(clusters.size()),
                               run.right_to_left ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : cairo_text_cluster_flags_t{});
      else
        cairo_show_glyphs(cr_, glyphs.data(), static_cast<int>(glyphs.size()));
      cairo_restore(cr_);
      i = end;
    }
    cairo_restore(cr_);
  }
}

void PdfPage::operator()(const scene::Image& image) {
  if (!(image.width > 0 && image.height > 0) || !(image.opacity > 0)) return;
  cairo_save(cr_);
  cairo_translate(cr_, image.center.x, image.center.y);
  cairo_rotate(cr_, image.rotation);
  cairo_translate(cr_, -image.width / 2, -image.height / 2);
  if (is_svg_file(image.file)) {
    const bool plain = !image.tint && image.opacity >= 1;
    if (!plain) cairo_push_group(cr_);
    draw_svg(cr_, image.file, images_.bytes(image.file), image.width, image.height);
    if (!plain) {
      cairo_pattern_t* const group = cairo_pop_group(cr_);
      if (image.tint) {
        set_color(*image.tint, static_cast<double>(image.opacity));
        cairo_mask(cr_, group);
      } else {
        cairo_set_source(cr_, group);
        cairo_paint_with_alpha(cr_, static_cast<double>(image.opacity));
      }
      cairo_pattern_destroy(group);
    }
  } else {
    const encode::Picture& picture = images_.get(image, 0, 0);
    const Surface surface = surface_of(picture);
    cairo_scale(cr_, image.width / picture.width, image.height / picture.height);
    cairo_set_source_surface(cr_, surface.get(), 0, 0);
    cairo_paint_with_alpha(cr_, static_cast<double>(image.opacity));
  }
  cairo_restore(cr_);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string to_pdf(const std::vector<scene::Scene>& pages, const text::FontSet& fonts, const std::string& date) {
  std::string out;
  const Freetype freetype;
  ImageCache images;
  std::map<std::string, cairo_font_face_t*> faces;
  const scene::Scene empty;
  const scene::Scene& first = pages.empty() ? empty : pages.front();
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &out, std::max(1.0, first.width) * kPointsPerPixel,
                                                            std::max(1.0, first.height) * kPointsPerPixel));
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface.get(), key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, first.title);
  set(CAIRO_PDF_METADATA_SUBJECT, first.description);
  set(CAIRO_PDF_METADATA_CREATOR, "sitmap");
  const std::string day = date.empty() ? "2000-01-01" : date;  // else Cairo takes the clock
  set(CAIRO_PDF_METADATA_CREATE_DATE, day.find('T') == std::string::npos ? day + "T00:00:00Z" : day);
  std::string failure;
  {
    const Context cr(cairo_create(surface.get()));
    try {
      for (const scene::Scene& page : pages) {
        cairo_pdf_surface_set_size(surface.get(), std::max(1.0, page.width) * kPointsPerPixel,
                                   std::max(1.0, page.height) * kPointsPerPixel);
        cairo_save(cr.get());
        cairo_scale(cr.get(), kPointsPerPixel, kPointsPerPixel);
        PdfPage(cr.get(), fonts, images, freetype.library, faces).draw(page);
        cairo_restore(cr.get());
        cairo_show_page(cr.get());
      }
    } catch (...) {
      for (const auto& [file, face] : faces) cairo_font_face_destroy(face);
      throw;
    }
    if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS) failure = cairo_status_to_string(cairo_status(cr.get()));
  }
  cairo_surface_finish(surface.get());
  for (const auto& [file, face] : faces)
    if (face != nullptr) cairo_font_face_destroy(face);
  if (failure.empty() && cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    failure = cairo_status_to_string(cairo_surface_status(surface.get()));
  if (!failure.empty()) throw base::IoError(fmt::format("cannot write the PDF: {}", failure));
  return out;
}

}  // namespace sitmap::draw
