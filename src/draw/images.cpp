#include "draw/images.hpp"

#include <cairo.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/file.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"
#include "draw/icon_module.hpp"

namespace sitmap::draw {
namespace fs = std::filesystem;
namespace {

constexpr const char* kReinstall = "build and install sitmap again, or name the module's folder in SITMAP_MODULES";

// $SITMAP_MODULES alone when it is set; else lib/sitmap in the program's folder and every one above it.
fs::path find_module() {
  if (const char* named = std::getenv("SITMAP_MODULES"); named != nullptr && *named != '\0')
    return fs::path(named) / kIconModuleFile;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !error && folder.has_relative_path(); folder = folder.parent_path()) {
    const fs::path candidate = folder / "lib" / "sitmap" / kIconModuleFile;
    std::error_code missing;
    if (fs::is_regular_file(candidate, missing)) return candidate;
  }
  throw base::IoError(fmt::format("SVG icons need the module {}, which was not found", kIconModuleFile), kReinstall);
}

DrawSvgFunction load_module() {
  const fs::path path = find_module();
  void* const library = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);  // stays until the process ends
  if (library == nullptr) {
    const char* const reason = ::dlerror();
    throw base::IoError(fmt::format("cannot load the icon module: {}", reason != nullptr ? reason : path.c_str()),
                        "install librsvg (Debian: librsvg2-2)");
  }
  const auto function = reinterpret_cast<DrawSvgFunction>(::dlsym(library, kDrawSvgName));
  if (function == nullptr)
    throw base::IoError(fmt::format("the icon module '{}' belongs to another version of sitmap", path.string()), kReinstall);
  return function;
}

base::Location in_file(const std::string& file) { return {file, 0, 0, {}}; }

cairo_status_t read_bytes(void* closure, unsigned char* data, unsigned length) {
  auto& rest = *static_cast<std::string_view*>(closure);
  if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest.data(), length);
  rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

std::uint32_t packed(const base::Color& c) {
  const auto channel = [](float v) {
    return static_cast<std::uint32_t>(std::lround(static_cast<double>(v < 0 ? 0 : v > 1 ? 1 : v) * 255));
  };
  return channel(c.a) << 24 | channel(c.r) << 16 | channel(c.g) << 8 | channel(c.b);
}

}  // namespace

bool is_svg_file(std::string_view file) { return base::ascii_lower(fs::path(file).extension().string()) == ".svg"; }

void draw_svg(cairo_t* cr, const std::string& file, const std::string& bytes, double width, double height) {
  static const DrawSvgFunction function = load_module();
  std::array<char, 300> error{};
  if (function(cr, bytes.data(), bytes.size(), width, height, error.data(), error.size()) != 0)
    throw base::InputError(in_file(file), fmt::format("cannot draw the icon: {}", error.data()), "is it an SVG document?");
}

Surface decode_png(const std::string& file, const std::string& bytes) {
  std::string_view rest = bytes;
  Surface surface(cairo_image_surface_create_from_png_stream(read_bytes, &rest));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw base::InputError(in_file(file), "cannot read the picture", "PNG and SVG files can be drawn");
  return surface;
}

const std::string& ImageCache::bytes(const std::string& file) {
  const std::scoped_lock lock(guard_);
  auto found = bytes_.find(file);
  if (found == bytes_.end()) found = bytes_.emplace(file, base::read_file(file)).first;
  return found->second;
}

Surface surface_of(const encode::Picture& picture) {
  auto* const bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.pixels.data()));
  return Surface(cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, picture.width, picture.height,
                                                     picture.width * 4));
}

const encode::Picture& ImageCache::get(const scene::Image& image, int width, int height) {
  const bool svg = is_svg_file(image.file);
  const std::string& content = bytes(image.file);
  const std::scoped_lock lock(guard_);
  Key key{image.file, svg ? width : 0, svg ? height : 0, image.tint ? packed(*image.tint) : 0};
  const auto found = pictures_.find(key);
  if (found != pictures_.end()) return found->second;
  Surface png = svg ? nullptr : decode_png(image.file, content);
  encode::Picture picture(svg ? width : cairo_image_surface_get_width(png.get()),
                          svg ? height : cairo_image_surface_get_height(png.get()));
  {
    const Surface surface = surface_of(picture);
    const Context cr(cairo_create(surface.get()));
    if (png) {
      cairo_set_source_surface(cr.get(), png.get(), 0, 0);
      cairo_paint(cr.get());
    } else {
      draw_svg(cr.get(), image.file, content, width, height);
    }
    if (image.tint) {
      cairo_set_operator(cr.get(), CAIRO_OPERATOR_IN);
      cairo_set_source_rgba(cr.get(), static_cast<double>(image.tint->r), static_cast<double>(image.tint->g),
                            static_cast<double>(image.tint->b), static_cast<double>(image.tint->a));
      cairo_paint(cr.get());
    }
  }
  return pictures_.emplace(std::move(key), std::move(picture)).first->second;
}

}  // namespace sitmap::draw
