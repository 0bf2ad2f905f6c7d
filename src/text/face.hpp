#pragma once
// One font file of the set, and the set's index. Inside the text module only.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/fonts.hpp"
#include "text/outline.hpp"

struct hb_face_t;
struct hb_font_t;
typedef struct _FcConfig FcConfig;

namespace sitmap::text {

struct Face {
  std::filesystem::path path;
  std::string file;      // name inside its folder
  std::string family;
  int weight = 400;
  bool italic = false;
  hb_face_t* hb_face = nullptr;
  hb_font_t* hb_font = nullptr;  // immutable, scale: kUnitsPerEm
  double ascent = 0, descent = 0;  // ems, both positive

  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face();

  bool has(char32_t code_point) const;
  // A private fontconfig set of this file alone: nothing else on the machine or in the set can take its place.
  FcConfig* fontconfig() const;

  static constexpr int kUnitsPerEm = 1 << 16;

 private:
  mutable std::once_flag fontconfig_once_;
  mutable FcConfig* fontconfig_ = nullptr;
};

struct FontSet::Impl {
  std::vector<std::filesystem::path> folders;
  std::uint64_t serial = 0;  // of this process, never used again: the key of a thread's own fonts

  // Sorted by family, weight, italic. Read at the first call.
  const std::vector<std::unique_ptr<Face>>& faces() const;
  const Face* find(const FontName& name) const;  // nearest weight and slope of the family, or null
  // The faces to try for a text set in a stack, best first, given its weight and slope.
  const Face* fallback(char32_t code_point, const char32_t* marks, std::size_t mark_count, const FontName& like) const;
  const Face* by_file(std::string_view file) const;  // null when there is none

  mutable std::mutex outline_guard;
  mutable std::unordered_map<std::uint64_t, std::unique_ptr<const Outline>> outlines;

 private:
  mutable std::once_flag faces_once_;
  mutable std::vector<std::unique_ptr<Face>> faces_;
};

}  // namespace sitmap::text
