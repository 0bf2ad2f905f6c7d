#include "encode/apng.hpp"

#include "decode.hpp"
#include "encode/pixels.hpp"
#include "pictures.hpp"

namespace sitmap::encode {
namespace {

using namespace test;

struct Shot {
  Picture picture;
  int ticks = 1;
};

std::string bytes_of(const std::vector<Shot>& shots, double fps = 25) {
  const Folder folder;
  const auto film = open_apng(folder / "film.apng", {.width = shots[0].picture.width, .height = shots[0].picture.height, .fps = fps});
  for (const Shot& shot : shots) film->add(shot.picture, shot.ticks);
  film->finish();
  return file_bytes(folder / "film.apng");
}

Decoded read(const std::string& bytes) {
  const Folder folder;
  std::ofstream(folder / "film.apng", std::ios::binary) << bytes;
  return decode(folder / "film.apng");
}

struct Control {
  unsigned width, height, num, den;
  bool operator==(const Control&) const = default;
};

std::vector<Control> controls(const std::string& bytes) {
  const auto number = [&](std::size_t at, std::size_t count) {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  std::vector<Control> out;
  for (std::size_t at = bytes.find("fcTL"); at != std::string::npos; at = bytes.find("fcTL", at + 4))
    out.push_back({number(at + 8, 4), number(at + 12, 4), number(at + 24, 2), number(at + 26, 2)});
  return out;
}

TEST(Apng, IsLossless) {
  std::vector<Shot> shots;
  for (unsigned i = 0; i < 4; ++i) shots.push_back({noise(31, 17, i), 5});
  shots.push_back(shots.back());
  fill(shots.back().picture, 3, 4, 5, 6, kRed);
  const Decoded film = read(bytes_of(shots));
  ASSERT_EQ(film.frames.size(), 5u);
  for (std::size_t i = 0; i < shots.size(); ++i) EXPECT_EQ(film.frames[i].picture.pixels, shots[i].picture.pixels) << i;
}

TEST(Apng, KeepsAlphaThatChanges) {
  std::vector<Shot> shots;
  for (unsigned i = 0; i < 4; ++i) shots.push_back({noise(31, 17, i, i % 2 == 0), 5});
  const Decoded film = read(bytes_of(shots));
  ASSERT_EQ(film.frames.size(), 4u);
  for (std::size_t i = 0; i < shots.size(); ++i)
    for (std::size_t p = 0; p < shots[i].picture.pixels.size(); ++p)
      ASSERT_EQ(film.frames[i].picture.pixels[p], unpremultiply(shots[i].picture.pixels[p])) << i;
}

TEST(Apng, HoldsOnlyWhatChanges) {
  std::vector<Shot> shots(3, {filled(50, 40, kGrey), 5});
  fill(shots[1].picture, 10, 20, 7, 8, kRed);
  shots[2].picture = shots[1].picture;
  const std::string bytes = bytes_of(shots);
  EXPECT_EQ(controls(bytes), (std::vector<Control>{{50, 40, 5, 25}, {7, 8, 10, 25}}));
}

TEST(Apng, DelaysAreExactWhereTheyCanBe) {
  EXPECT_EQ(controls(bytes_of({{filled(2, 2, kRed), 3}}, 29.97)), (std::vector<Control>{{2, 2, 3003, 30000}}));
  EXPECT_EQ(controls(bytes_of({{filled(2, 2, kRed), 300}}, 29.97)), (std::vector<Control>{{2, 2, 10010, 1000}}));
  EXPECT_EQ(controls(bytes_of({{filled(2, 2, kRed), 70000}}, 25)), (std::vector<Control>{{2, 2, 28000, 10}}));
}

}  // namespace
}  // namespace sitmap::encode
