#pragma once
// What the program and its icon module (libsitmap_icons.so, librsvg) agree on.

#include <cstddef>

typedef struct _cairo cairo_t;

namespace sitmap::draw {

// Draws an SVG document into (0, 0)–(width, height) of the context's user space, its aspect ratio kept, centred.
// References to other files are not followed. 0, or an error text in `error` (cut to its size).
using DrawSvgFunction = int (*)(cairo_t* cr, const char* bytes, std::size_t size, double width, double height,
                                char* error, std::size_t error_size);
inline constexpr const char* kDrawSvgName = "sitmap_draw_svg_1";  // raise the number with every change above
inline constexpr const char* kIconModuleFile = "libsitmap_icons.so";

}  // namespace sitmap::draw
