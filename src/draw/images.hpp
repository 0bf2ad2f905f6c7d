#pragma once
// Pictures and SVG icons of a scene, read once.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

#include "draw/cairo_handles.hpp"
#include "encode/picture.hpp"
#include "scene/scene.hpp"

namespace sitmap::draw {

bool is_svg_file(std::string_view file);
// Draws SVG bytes into (0, 0)–(width, height). InputError naming the file when they are no SVG document.
void draw_svg(cairo_t* cr, const std::string& file, const std::string& bytes, double width, double height);
// PNG bytes as a surface; InputError naming the file.
Surface decode_png(const std::string& file, const std::string& bytes);
// The picture's pixels as a surface that must not be drawn on; the picture must outlive it. Surfaces are not shared
// between threads (pixman counts references without a lock), pixels are.
Surface surface_of(const encode::Picture& picture);

// Thread-safe; an entry never changes once it is there.
class ImageCache {
 public:
  // The picture at a size in device pixels (a PNG at its own size), painted in its tint.
  const encode::Picture& get(const scene::Image& image, int width, int height);
  const std::string& bytes(const std::string& file);  // of the file

 private:
  struct Key {
    std::string file;
    int width = 0, height = 0;
    std::uint32_t tint = 0;
    auto operator<=>(const Key&) const = default;
  };
  std::mutex guard_;
  std::map<std::string, std::string> bytes_;
  std::map<Key, encode::Picture> pictures_;
};

}  // namespace sitmap::draw
