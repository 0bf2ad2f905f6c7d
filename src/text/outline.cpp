#include "text/outline.hpp"

#include <fmt/format.h>
#include <hb.h>

#include "base/problem.hpp"
#include "text/face.hpp"

namespace sitmap::text {
namespace {

constexpr double kEm = 1.0 / Face::kUnitsPerEm;

geom::Point em(float x, float y) { return {static_cast<double>(x) * kEm, -static_cast<double>(y) * kEm}; }

void push(Outline& outline, Outline::Verb verb, std::initializer_list<geom::Point> points) {
  outline.verbs.push_back(verb);
  outline.points.insert(outline.points.end(), points);
}

hb_draw_funcs_t* make_draw_functions() {
  hb_draw_funcs_t* const f = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(
      f,
      [](hb_draw_funcs_t*, void* out, hb_draw_state_t*, float x, float y, void*) {
        push(*static_cast<Outline*>(out), Outline::Verb::Move, {em(x, y)});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(
      f,
      [](hb_draw_funcs_t*, void* out, hb_draw_state_t*, float x, float y, void*) {
        push(*static_cast<Outline*>(out), Outline::Verb::Line, {em(x, y)});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(  // quadratic curves arrive here too
      f,
      [](hb_draw_funcs_t*, void* out, hb_draw_state_t*, float ax, float ay, float bx, float by, float x, float y, void*) {
        push(*static_cast<Outline*>(out), Outline::Verb::Cubic, {em(ax, ay), em(bx, by), em(x, y)});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_close_path_func(
      f,
      [](hb_draw_funcs_t*, void* out, hb_draw_state_t*, void*) {
        static_cast<Outline*>(out)->verbs.push_back(Outline::Verb::Close);
      },
      nullptr, nullptr);
  hb_draw_funcs_make_immutable(f);
  return f;
}

}  // namespace

const Outline& glyph_outline(const FontSet& fonts, std::string_view font_file, std::uint32_t glyph) {
  const FontSet::Impl& impl = *fonts.impl();
  std::uint64_t index = 0;
  const auto& faces = impl.faces();
  while (index < faces.size() && faces[index]->file != font_file) ++index;
  if (index == faces.size())
    throw base::IoError(fmt::format("the font file '{}' is not in the font set", font_file));
  const std::uint64_t key = index << 32 | glyph;
  const std::scoped_lock lock(impl.outline_guard);
  std::unique_ptr<const Outline>& slot = impl.outlines[key];
  if (!slot) {
    static hb_draw_funcs_t* const functions = make_draw_functions();
    auto outline = std::make_unique<Outline>();
    hb_font_get_glyph_shape(faces[index]->hb_font, glyph, functions, outline.get());
    outline->box = geom::bounds(outline->points);
    slot = std::move(outline);
  }
  return *slot;
}

}  // namespace sitmap::text
