#include "encode/yuv.hpp"

#include <cmath>

#include "encode/frame_rate.hpp"
#include "pictures.hpp"

namespace sitmap::encode {
namespace {

using namespace test;

struct Yuv {
  int width, height;
  std::vector<std::uint8_t> y, u, v, a;
  explicit Yuv(const Picture& p)
      : width(p.width + p.width % 2), height(p.height + p.height % 2), y(size(1)), u(size(4)), v(size(4)), a(size(1)) {}
  std::size_t size(int part) const { return static_cast<std::size_t>(width * height / part); }
};

Yuv convert(const Picture& picture) {
  Yuv yuv(picture);
  to_yuv420(picture, {yuv.y.data(), yuv.width}, {yuv.u.data(), yuv.width / 2}, {yuv.v.data(), yuv.width / 2});
  return yuv;
}

// BT.709-6 in floating point: R, G, B of 0..255 to Y′, Cb, Cr of 8 bits, not rounded.
struct Reference {
  double y, u, v;
};
Reference reference(double r, double g, double b) {
  const double luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return {16 + luma * 219 / 255, 128 + (b - luma) / 1.8556 * 224 / 255, 128 + (r - luma) / 1.5748 * 224 / 255};
}

// The widths go through the wide loops and what they leave over.
TEST(Yuv420, AgreesWithTheStandard) {
  for (const auto& [width, height] : {std::pair{1, 1}, {2, 2}, {7, 5}, {16, 4}, {33, 8}, {64, 3}, {131, 6}}) {
    const Picture picture = noise(width, height, static_cast<unsigned>(width));
    const Yuv yuv = convert(picture);
    const auto pixel = [&](int x, int y) {
      return at(picture, std::clamp(x, 0, picture.width - 1), std::clamp(y, 0, picture.height - 1));
    };
    for (int y = 0; y < yuv.height; ++y)
      for (int x = 0; x < yuv.width; ++x) {
        const std::uint32_t p = pixel(x, y);
        EXPECT_NEAR(yuv.y[static_cast<std::size_t>(y * yuv.width + x)],
                    reference(channel(p, 16), channel(p, 8), channel(p, 0)).y, 0.53);
      }
    for (int y = 0; y < yuv.height / 2; ++y)
      for (int x = 0; x < yuv.width / 2; ++x) {
        double rgb[3] = {};
        for (int dy = 0; dy < 2; ++dy)
          for (int dx = -1; dx <= 1; ++dx)
            for (int c = 0; c < 3; ++c)
              rgb[c] += channel(pixel(2 * x + dx, 2 * y + dy), 16 - 8 * c) * (dx == 0 ? 2 : 1) / 8.0;
        const Reference wanted = reference(rgb[0], rgb[1], rgb[2]);
        const auto i = static_cast<std::size_t>(y * yuv.width / 2 + x);
        EXPECT_NEAR(yuv.u[i], wanted.u, 0.53) << width << " " << x << " " << y;
        EXPECT_NEAR(yuv.v[i], wanted.v, 0.53) << width << " " << x << " " << y;
      }
  }
}

TEST(Yuv420, GreysHaveNoColor) {
  for (std::uint32_t grey = 0; grey < 256; ++grey) {
    const Yuv yuv = convert(filled(20, 4, 0xff000000 | grey * 0x010101));
    for (const std::uint8_t u : yuv.u) ASSERT_EQ(u, 128);
    for (const std::uint8_t v : yuv.v) ASSERT_EQ(v, 128);
  }
  EXPECT_EQ(convert(filled(2, 2, kBlack)).y[0], 16);
  EXPECT_EQ(convert(filled(2, 2, kWhite)).y[0], 235);
}

TEST(Yuva420, TransparentPixelsDontColorTheirNeighbours) {
  Picture picture = filled(8, 2, 0);
  fill(picture, 0, 0, 3, 2, kRed);  // the edge runs through a chroma sample
  Yuv yuv(picture);
  to_yuva420(picture, {yuv.y.data(), 8}, {yuv.u.data(), 4}, {yuv.v.data(), 4}, {yuv.a.data(), 8});
  EXPECT_EQ(yuv.v[0], 240);
  EXPECT_EQ(yuv.v[1], 240);
  EXPECT_EQ(yuv.a[2], 255);
  EXPECT_EQ(yuv.a[3], 0);
}

TEST(Yuva420, OpaquePicturesAreAsInYuv420) {
  const Picture picture = noise(31, 15, 8);
  const Yuv opaque = convert(picture);
  Yuv yuv(picture);
  to_yuva420(picture, {yuv.y.data(), yuv.width}, {yuv.u.data(), yuv.width / 2}, {yuv.v.data(), yuv.width / 2}, {yuv.a.data(), yuv.width});
  EXPECT_EQ(yuv.y, opaque.y);
  for (std::size_t i = 0; i < yuv.u.size(); ++i) {
    EXPECT_NEAR(yuv.u[i], opaque.u[i], 1);
    EXPECT_NEAR(yuv.v[i], opaque.v[i], 1);
  }
}

TEST(Yuva444p10, HasTenBits) {
  std::uint16_t y = 0, u = 0, v = 0, a = 0;
  const auto one = [&](std::uint32_t color) { to_yuva444p10(filled(1, 1, color), {&y, 1}, {&u, 1}, {&v, 1}, {&a, 1}); };
  one(kWhite);
  EXPECT_EQ((std::array{y, u, v, a}), (std::array<std::uint16_t, 4>{940, 512, 512, 1023}));
  one(kBlack);
  EXPECT_EQ((std::array{y, u, v, a}), (std::array<std::uint16_t, 4>{64, 512, 512, 1023}));
  one(kBlue);
  EXPECT_EQ(u, 960);
  one(0x80800000);
  EXPECT_EQ(v, 960);
  EXPECT_EQ(a, 514);
}

TEST(FrameRate, IsExact) {
  EXPECT_EQ(frame_rate(25), (FrameRate{25, 1}));
  EXPECT_EQ(frame_rate(29.97), (FrameRate{30000, 1001}));
  EXPECT_EQ(frame_rate(23.976), (FrameRate{24000, 1001}));
  EXPECT_EQ(frame_rate(59.94), (FrameRate{60000, 1001}));
  EXPECT_EQ(frame_rate(12.5), (FrameRate{25, 2}));
  EXPECT_EQ(frame_rate(0.5), (FrameRate{1, 2}));
  for (const double wrong : {0.0, -1.0, 1e9, std::nan("")}) EXPECT_THROW(frame_rate(wrong), std::logic_error);
}

TEST(TimeOf, Rounds) {
  EXPECT_EQ(time_of(1, {30, 1}, 100), 3);
  EXPECT_EQ(time_of(2, {30, 1}, 100), 7);
  EXPECT_EQ(time_of(30, {30, 1}, 100), 100);
  EXPECT_EQ(time_of(30000, {30000, 1001}, 1000), 1001000);
}

}  // namespace
}  // namespace sitmap::encode
