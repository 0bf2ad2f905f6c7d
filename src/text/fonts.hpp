#pragma once
// The project's private fonts: what is installed on the machine never reaches an output.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sitmap::text {

// A set of font folders, shareable between threads (each thread gets a Pango font map of its own).
class FontSet {
 public:
  // The embedded folder styles/fonts below the data folder, and the user's own folders. IoError when a folder isn't
  // there. Opening is lazy and cached, since scanning fonts takes longer than drawing a still.
  explicit FontSet(std::vector<std::filesystem::path> folders);
  ~FontSet();

  // Families known, sorted.
  std::vector<std::string> families() const;
  bool has_family(std::string_view family) const;
  // Absolute path of a font file named in a GlyphRun.
  std::filesystem::path file(std::string_view font_file) const;

  struct Impl;
  const std::shared_ptr<Impl>& impl() const { return impl_; }

 private:
  std::shared_ptr<Impl> impl_;
};

// A MapLibre font stack entry → family, weight, italic: "Noto Sans Bold Italic" → {"Noto Sans", 700, true}.
struct FontName {
  std::string family;
  int weight = 400;
  bool italic = false;
};
FontName parse_font_name(std::string_view name);

}  // namespace sitmap::text
