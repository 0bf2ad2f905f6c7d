#pragma once
// A page of pixels in square tiles: which were drawn on, and laying one over another.

#include <cstdint>
#include <vector>

#include "draw/mask.hpp"
#include "encode/picture.hpp"

namespace sitmap::draw {

inline constexpr int kTile = 64;  // pixels

std::uint32_t premultiplied(float r, float g, float b, float a);

// dst = src over dst, both premultiplied; src × opacity (0..255) first.
void composite_row(std::uint32_t* dst, const std::uint32_t* src, int count, int opacity);

// dst = color × coverage (0..255) over dst, for a run of pixels.
void cover_row(std::uint32_t* dst, int count, std::uint32_t color, int coverage);
void cover_mask(std::uint32_t* dst, const std::uint8_t* mask, int count, std::uint32_t color);

// The pixels a layer drew, transparent where it drew nothing. Outside its tiles everything is zero, and stays so.
class Sheet {
 public:
  Sheet(int width, int height);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  int width() const { return width_; }
  int height() const { return height_; }
  PixelBox box() const { return {0, 0, width_, height_}; }
  std::uint32_t* pixels() { return pixels_; }
  std::uint32_t* at(int x, int y) { return pixels() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + x; }

  void touch(const PixelBox& box);  // will be drawn on
  void composite_onto(encode::Picture& page, int opacity) const;
  void clear();  // what was touched

 private:
  friend class Kept;
  template <class Visit>
  void each_touched(Visit visit) const;

  int width_, height_, columns_, rows_;
  std::uint32_t* pixels_ = nullptr;  // zeroed by the system when first touched
  std::size_t bytes_ = 0;
  std::vector<char> touched_;
};

// A sheet's drawn tiles, kept for later frames.
class Kept {
 public:
  Kept(const Sheet& sheet, int opacity);
  void composite_onto(encode::Picture& page) const;

 private:
  struct Tile {
    PixelBox box;
    std::size_t at = 0;
  };
  int opacity_;
  std::vector<Tile> tiles_;
  std::vector<std::uint32_t> pixels_;
};

}  // namespace sitmap::draw
