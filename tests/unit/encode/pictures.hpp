#pragma once
// Small pictures for the tests, and what they look like afterwards.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

#include "encode/picture.hpp"

namespace sitmap::encode::test {

inline constexpr std::uint32_t kRed = 0xffff0000, kGreen = 0xff00ff00, kBlue = 0xff0000ff, kWhite = 0xffffffff,
                               kBlack = 0xff000000, kGrey = 0xff808080;
inline const std::vector<std::uint32_t> kPatches{kRed, kGreen, kBlue, kWhite, kGrey, kBlack};

inline Picture filled(int width, int height, std::uint32_t color) {
  Picture picture(width, height);
  std::fill(picture.pixels.begin(), picture.pixels.end(), color);
  return picture;
}

inline std::uint32_t& at(Picture& picture, int x, int y) {
  return picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)];
}
inline std::uint32_t at(const Picture& picture, int x, int y) { return at(const_cast<Picture&>(picture), x, y); }

inline void fill(Picture& picture, int x0, int y0, int width, int height, std::uint32_t color) {
  for (int y = y0; y < y0 + height; ++y)
    for (int x = x0; x < x0 + width; ++x) at(picture, x, y) = color;
}

// Columns of pure colours.
inline Picture patches(int width, int height, const std::vector<std::uint32_t>& colors = kPatches) {
  Picture picture(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      at(picture, x, y) = colors[static_cast<std::size_t>(x) * colors.size() / static_cast<std::size_t>(width)];
  return picture;
}

inline Picture noise(int width, int height, unsigned seed, bool opaque = true) {
  std::mt19937 random(seed);
  Picture picture(width, height);
  for (std::uint32_t& pixel : picture.pixels) {
    const std::uint32_t a = opaque ? 255 : random() & 255;
    const auto channel = [&] { return a == 0 ? 0 : static_cast<std::uint32_t>(random()) % (a + 1); };
    pixel = a << 24 | channel() << 16 | channel() << 8 | channel();
  }
  return picture;
}

inline int channel(std::uint32_t pixel, int shift) { return static_cast<int>(pixel >> shift & 255); }

// The greatest difference of a channel, alpha included.
inline int distance(std::uint32_t a, std::uint32_t b) {
  int most = 0;
  for (const int shift : {0, 8, 16, 24}) most = std::max(most, std::abs(channel(a, shift) - channel(b, shift)));
  return most;
}

inline std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A folder of its own for each test, removed afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sitmap-encode-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace sitmap::encode::test
