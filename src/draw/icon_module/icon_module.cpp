#include "draw/icon_module.hpp"

#include <librsvg/rsvg.h>

#include <algorithm>
#include <cstring>

namespace {

int fail(GError* reason, char* error, std::size_t error_size) {
  const char* const text = reason != nullptr ? reason->message : "unknown error";
  if (error_size > 0) {
    const std::size_t length = std::min(std::strlen(text), error_size - 1);
    std::memcpy(error, text, length);
    error[length] = '\0';
  }
  if (reason != nullptr) g_error_free(reason);
  return 1;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int sitmap_draw_svg_1(cairo_t* cr, const char* bytes,
                                                                        std::size_t size, double width, double height,
                                                                        char* error, std::size_t error_size) {
  GError* reason = nullptr;
  RsvgHandle* const handle = rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(bytes), size, &reason);
  if (handle == nullptr) return fail(reason, error, error_size);
  const RsvgRectangle viewport{0, 0, width, height};
  const gboolean drawn = rsvg_handle_render_document(handle, cr, &viewport, &reason);
  g_object_unref(handle);
  return drawn ? 0 : fail(reason, error, error_size);
}
