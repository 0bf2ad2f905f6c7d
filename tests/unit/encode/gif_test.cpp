#include "encode/gif.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "decode.hpp"
#include "encode/palette.hpp"
#include "pictures.hpp"

namespace sitmap::encode {
namespace {

using namespace test;

struct Shot {
  Picture picture;
  int ticks = 1;
};

Decoded make(const std::vector<Shot>& shots, double fps = 25, std::string* bytes = nullptr) {
  const Folder folder;
  const auto film = open_gif(folder / "film.gif", {.width = shots[0].picture.width, .height = shots[0].picture.height, .fps = fps});
  for (const Shot& shot : shots) film->add(shot.picture, shot.ticks);
  film->finish();
  if (bytes != nullptr) *bytes = file_bytes(folder / "film.gif");
  return decode(folder / "film.gif");
}

// The delays of a GIF's frames, hundredths of a second.
std::vector<int> delays(const std::string& gif) {
  std::vector<int> out;
  for (std::size_t at = gif.find("\x21\xf9\x04"); at != std::string::npos; at = gif.find("\x21\xf9\x04", at + 8))
    out.push_back(static_cast<unsigned char>(gif[at + 4]) + 256 * static_cast<unsigned char>(gif[at + 5]));
  return out;
}

TEST(Gif, FewColorsAreExact) {
  std::vector<Shot> shots(3, {patches(60, 40), 5});
  fill(shots[1].picture, 10, 10, 7, 3, 0xff123456);
  fill(shots[2].picture, 50, 30, 10, 10, kWhite);
  const Decoded film = make(shots);
  ASSERT_EQ(film.frames.size(), 3u);
  EXPECT_NEAR(film.duration, 0.6, 1e-3);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(film.frames[i].picture.pixels, shots[i].picture.pixels) << i;
}

TEST(Gif, AsManyColorsAsAPaletteHoldsAreExact) {
  for (const unsigned colors : {1u, 2u, 3u, 4u, 5u, 16u, 17u, 254u, 255u}) {
    Picture picture(64, 64);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
      picture.pixels[i] = 0xff000000 | static_cast<std::uint32_t>(i * i) % colors * 0x010307;
    const Decoded film = make({{picture, 5}, {filled(64, 64, picture.pixels[0]), 5}});
    ASSERT_EQ(film.frames.size(), colors == 1 ? 1u : 2u);
    EXPECT_EQ(film.frames[0].picture.pixels, picture.pixels) << colors;
  }
}

TEST(Gif, ManyColorsStayNear) {
  Picture picture(256, 64);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 256; ++x)
      at(picture, x, y) = 0xff000000 | static_cast<std::uint32_t>(x) << 16 | static_cast<std::uint32_t>(4 * y) << 8 | 0x40;
  fill(picture, 100, 20, 60, 40, 0xffaad3df);  // a sea
  fill(picture, 5, 5, 3, 3, 0xffff00ff);       // a small mark
  const Decoded film = make({{picture, 1}});
  EXPECT_EQ(at(film.frames.at(0).picture, 130, 40), 0xffaad3df) << "flat areas keep their colour";
  EXPECT_LE(distance(at(film.frames.at(0).picture, 6, 6), 0xffff00ff), 12) << "small marks keep theirs";
  double sum = 0;
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) sum += distance(film.frames[0].picture.pixels[i], picture.pixels[i]);
  EXPECT_LT(sum / static_cast<double>(picture.pixels.size()), 10);
}

TEST(Gif, HolesMayComeAndGo) {
  std::vector<Shot> shots{{filled(20, 20, kRed), 5}, {filled(20, 20, 0), 5}, {filled(20, 20, kBlue), 5}};
  fill(shots[1].picture, 5, 5, 5, 5, kGreen);
  const Decoded film = make(shots);
  ASSERT_EQ(film.frames.size(), 3u);
  EXPECT_EQ(at(film.frames[0].picture, 1, 1), kRed);
  EXPECT_EQ(at(film.frames[1].picture, 1, 1) >> 24, 0u);
  EXPECT_EQ(at(film.frames[1].picture, 6, 6), kGreen);
  EXPECT_EQ(at(film.frames[2].picture, 1, 1), kBlue);
}

TEST(Gif, EqualPicturesAreOneFrame) {
  std::string bytes;
  make({{filled(9, 9, kRed), 5}, {filled(9, 9, kRed), 7}, {filled(9, 9, kBlue), 3}}, 25, &bytes);
  EXPECT_EQ(delays(bytes), (std::vector<int>{48, 12}));
}

TEST(Gif, RoundedTimesDontAddUp) {
  std::string bytes;
  std::vector<Shot> shots;
  for (unsigned i = 0; i < 30; ++i) shots.push_back({filled(4, 4, 0xff000000 | i), 1});
  make(shots, 30, &bytes);
  const std::vector<int> found = delays(bytes);
  EXPECT_EQ(found.size(), 30u);
  int sum = 0;
  for (const int delay : found) {
    EXPECT_TRUE(delay == 3 || delay == 4) << delay;
    sum += delay;
  }
  EXPECT_EQ(sum, 100);
}

TEST(Gif, LeavesOutWhatViewersWouldSlowDown) {
  std::string bytes;
  std::vector<Shot> shots;
  for (unsigned i = 0; i < 100; ++i) shots.push_back({filled(4, 4, 0xff000000 | i), 1});
  const Decoded film = make(shots, 100, &bytes);
  const std::vector<int> found = delays(bytes);
  int sum = 0;
  for (const int delay : found) {
    EXPECT_GE(delay, 2);
    sum += delay;
  }
  EXPECT_EQ(sum, 100);
  EXPECT_EQ(film.frames.back().picture.pixels[0], 0xff000063u) << "the film ends with its last picture";
}

TEST(Gif, LongHoldsTakeSeveralFrames) {
  std::string bytes;
  make({{filled(4, 4, kRed), 25 * 700}, {filled(4, 4, kBlue), 5}}, 25, &bytes);
  EXPECT_EQ(delays(bytes), (std::vector<int>{65535, 70000 - 65535, 20}));
}

TEST(Gif, TooLargeIsAnError) {
  const Folder folder;
  EXPECT_THROW(open_gif(folder / "film.gif", {.width = 70000, .height = 10}), base::IoError);
}

// Every length and depth goes through the growth of the codes and the full table.
TEST(GifLzw, ReadsBack) {
  for (const unsigned colors : {2u, 16u, 200u})
    for (const int side : {1, 2, 3, 7, 20, 90, 300}) {
      std::mt19937 random(colors);
      Picture picture(side, side);
      for (std::uint32_t& pixel : picture.pixels) pixel = 0xff000000 | (static_cast<std::uint32_t>(random()) % colors) * 0x010101;
      const Decoded film = make({{picture, 1}});
      EXPECT_EQ(film.frames.at(0).picture.pixels, picture.pixels) << colors << " colours, side " << side;
    }
}

TEST(Palette, FewColorsAreKept) {
  EXPECT_EQ(choose_palette({{5, 1}, {1, 9}, {3, 2}}, 3), (std::vector<std::uint32_t>{1, 3, 5}));
  EXPECT_TRUE(choose_palette({}, 255).empty());
}

TEST(Palette, PaleFlatColorsStayApart) {
  std::vector<ColorCount> counts;
  for (std::uint32_t i = 0; i < 4000; ++i) counts.push_back({i * 4099 % 0x1000000, 20});
  const std::vector<std::uint32_t> flat{0xf8f5f0, 0xf0f3ea, 0xf2efef, 0xf5f3ec};
  for (const std::uint32_t color : flat) counts.push_back({color, 50000});
  std::sort(counts.begin(), counts.end(), [](const ColorCount& a, const ColorCount& b) { return a.color < b.color; });
  const auto palette = choose_palette(counts, 255);
  for (const std::uint32_t color : flat) EXPECT_TRUE(std::binary_search(palette.begin(), palette.end(), color)) << color;
  EXPECT_GT(palette.size(), 200u);
}

TEST(Palette, KeepsToItsLimit) {
  std::vector<ColorCount> counts;
  for (std::uint32_t i = 0; i < 40000; ++i) counts.push_back({i * 397 % 0x1000000, 1 + i % 7});
  for (const std::size_t limit : {1u, 2u, 17u, 255u}) {
    const auto palette = choose_palette(counts, limit);
    EXPECT_LE(palette.size(), limit);
    EXPECT_GE(palette.size() * 2, limit);
    for (const std::uint8_t index : nearest_in_palette(counts, palette)) ASSERT_LT(index, palette.size());
  }
}

TEST(Palette, CountsAddUp) {
  ColorCounts counts;
  for (std::uint32_t round = 0; round < 3; ++round)
    for (std::uint32_t i = 0; i < 20000; ++i) counts.add(i * 7, i + 1);
  const auto sorted = counts.sorted();
  ASSERT_EQ(sorted.size(), 20000u);
  for (std::uint32_t i = 0; i < 20000; ++i) ASSERT_EQ(sorted[i], (ColorCount{i * 7, 3ull * (i + 1)}));
}

}  // namespace
}  // namespace sitmap::encode
