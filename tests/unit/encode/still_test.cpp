#include "encode/still.hpp"

#include <png.h>

#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>

#include "decode.hpp"
#include "encode/pixels.hpp"
#include "pictures.hpp"

namespace sitmap::encode {
namespace {

using namespace test;

struct ReadPng {
  Picture picture;  // not premultiplied
  int color_type = 0, bit_depth = 0, srgb_intent = -1;
  png_uint_32 pixels_per_metre = 0;
  std::map<std::string, std::string> texts;
};

// Reads with libpng, which checks every CRC; any warning is an error.
ReadPng read_png(const std::string& bytes) {
  const auto fail = [](png_structp, png_const_charp message) { throw std::runtime_error(message); };
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, fail);
  png_infop info = png_create_info_struct(png);
  struct Source {
    const std::string* bytes;
    std::size_t at;
  } source{&bytes, 0};
  png_set_read_fn(png, &source, [](png_structp p, png_bytep out, png_size_t count) {
    auto& from = *static_cast<Source*>(png_get_io_ptr(p));
    if (from.at + count > from.bytes->size()) png_error(p, "the file ends early");
    std::memcpy(out, from.bytes->data() + from.at, count);
    from.at += count;
  });
  ReadPng read;
  png_read_info(png, info);
  read.color_type = png_get_color_type(png, info);
  read.bit_depth = png_get_bit_depth(png, info);
  png_get_sRGB(png, info, &read.srgb_intent);
  read.pixels_per_metre = png_get_pixels_per_meter(png, info);
  png_set_expand(png);
  png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
  png_set_bgr(png);
  png_read_update_info(png, info);
  read.picture = Picture(static_cast<int>(png_get_image_width(png, info)), static_cast<int>(png_get_image_height(png, info)));
  std::vector<png_bytep> rows;
  for (int y = 0; y < read.picture.height; ++y) rows.push_back(reinterpret_cast<png_bytep>(&at(read.picture, 0, y)));
  png_read_image(png, rows.data());
  png_read_end(png, info);
  png_textp texts = nullptr;
  int count = 0;
  png_get_text(png, info, &texts, &count);
  for (int i = 0; i < count; ++i) read.texts[texts[i].key] = texts[i].text;
  png_destroy_read_struct(&png, &info, nullptr);
  EXPECT_EQ(source.at, bytes.size());
  return read;
}

Picture straight(const Picture& picture) {
  Picture out = picture;
  for (std::uint32_t& pixel : out.pixels) pixel = unpremultiply(pixel);
  return out;
}

TEST(Png, OpaquePicturesAreRgb) {
  for (const int width : {1, 2, 3, 4, 5, 63, 64}) {
    const Picture picture = noise(width, 300, 1);
    const ReadPng read = read_png(encode_png(picture));
    EXPECT_EQ(read.color_type, PNG_COLOR_TYPE_RGB) << width;
    EXPECT_EQ(read.picture.pixels, picture.pixels) << width;
  }
}

TEST(Png, OthersAreRgbaNotPremultiplied) {
  const Picture picture = noise(61, 47, 2, false);
  const ReadPng read = read_png(encode_png(picture));
  EXPECT_EQ(read.color_type, PNG_COLOR_TYPE_RGB_ALPHA);
  EXPECT_EQ(read.picture.pixels, straight(picture).pixels);
}

TEST(Png, FewColorsMakeAPalette) {
  struct Case {
    int colors, bits;
  };
  for (const Case& c : {Case{1, 1}, {2, 1}, {3, 2}, {4, 2}, {5, 4}, {16, 4}, {17, 8}, {256, 8}}) {
    Picture picture(37, 23);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
      picture.pixels[i] = 0xff000000 | (static_cast<std::uint32_t>(i) % static_cast<std::uint32_t>(c.colors)) * 0x010f03;
    const ReadPng read = read_png(encode_png(picture));
    EXPECT_EQ(read.color_type, PNG_COLOR_TYPE_PALETTE) << c.colors;
    EXPECT_EQ(read.bit_depth, c.bits) << c.colors;
    EXPECT_EQ(read.picture.pixels, picture.pixels) << c.colors;
  }
}

TEST(Png, OneColorTooManyMakesNoPalette) {
  Picture picture(257, 1);
  for (std::size_t i = 0; i < 257; ++i) picture.pixels[i] = 0xff000000 | static_cast<std::uint32_t>(i) * 0x0101;
  EXPECT_EQ(read_png(encode_png(picture)).color_type, PNG_COLOR_TYPE_RGB);
}

TEST(Png, PalettesKeepAlpha) {
  const Picture picture = patches(40, 5, {kRed, 0, 0x80400000, kBlue});
  const ReadPng read = read_png(encode_png(picture));
  EXPECT_EQ(read.color_type, PNG_COLOR_TYPE_PALETTE);
  EXPECT_EQ(read.picture.pixels, straight(picture).pixels);
  EXPECT_EQ(at(read.picture, 25, 2), 0x80800000u);
}

TEST(Png, TellsResolutionColorSpaceAndTexts) {
  const ReadPng read = read_png(encode_png(
      filled(2, 2, kRed), {.pixels_per_inch = 144, .title = "Jermuk, Ջերմուկ", .description = "two\nlines"}));
  EXPECT_EQ(read.pixels_per_metre, 5669u);
  EXPECT_EQ(read.srgb_intent, PNG_sRGB_INTENT_PERCEPTUAL);
  EXPECT_EQ(read.texts.at("Title"), "Jermuk, Ջերմուկ");
  EXPECT_EQ(read.texts.at("Description"), "two\nlines");
  EXPECT_EQ(read.texts.at("Software"), "sitmap");
}

TEST(Png, EmptyTextsAreLeftOut) {
  const std::string bytes = encode_png(filled(2, 2, kRed), {.software = ""});
  EXPECT_TRUE(read_png(bytes).texts.empty());
  EXPECT_EQ(bytes.find("iTXt"), std::string::npos);
}

TEST(Png, EveryEffortHoldsTheSamePicture) {
  const Picture picture = noise(50, 40, 3);
  for (int effort = -3; effort <= 14; ++effort)
    EXPECT_EQ(read_png(encode_png(picture, {.effort = effort})).picture.pixels, picture.pixels) << effort;
}

TEST(Png, SamePictureSameBytes) {
  const Picture picture = noise(99, 33, 4);
  EXPECT_EQ(encode_png(picture), encode_png(picture));
}

TEST(Png, PixelsThatDontFitTheSizeAreABug) {
  Picture picture(3, 3);
  picture.pixels.pop_back();
  EXPECT_THROW(encode_png(picture), std::logic_error);
  EXPECT_THROW(encode_png(Picture{}), std::logic_error);
  EXPECT_THROW(encode_tiff(picture), std::logic_error);
}

// FFmpeg reads TIFF, too.
Picture read_tiff(const std::string& bytes) {
  const Folder folder;
  std::ofstream(folder / "picture.tif", std::ios::binary) << bytes;
  const Decoded decoded = decode(folder / "picture.tif");
  EXPECT_EQ(decoded.frames.size(), 1u);
  return decoded.frames.at(0).picture;
}

struct Tag {
  unsigned type = 0, count = 0;
  std::string value;
};

unsigned little(std::string_view bytes, std::size_t at, int count) {
  unsigned value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  return value;
}

std::map<unsigned, Tag> tags_of(const std::string& tiff) {
  EXPECT_EQ(tiff.substr(0, 4), std::string("II*\0", 4));
  std::map<unsigned, Tag> tags;
  const std::size_t start = little(tiff, 4, 4);
  EXPECT_EQ(start % 2, 0u);
  unsigned last = 0;
  for (unsigned i = 0; i < little(tiff, start, 2); ++i) {
    const std::size_t entry = start + 2 + 12 * i;
    const unsigned tag = little(tiff, entry, 2), type = little(tiff, entry + 2, 2), count = little(tiff, entry + 4, 4);
    EXPECT_GT(tag, last) << "tags must rise";
    last = tag;
    const std::size_t size = count * (type == 2 ? 1u : type == 3 ? 2u : type == 4 ? 4u : 8u);
    tags[tag] = {type, count, tiff.substr(size <= 4 ? entry + 8 : little(tiff, entry + 8, 4), size)};
    EXPECT_EQ(tags[tag].value.size(), size);
  }
  return tags;
}

TEST(Tiff, OpaquePicturesAreRgb) {
  const Picture picture = noise(61, 47, 5);
  const std::string bytes = encode_tiff(picture);
  EXPECT_EQ(read_tiff(bytes).pixels, picture.pixels);
  EXPECT_EQ(tags_of(bytes).count(338), 0u);
}

TEST(Tiff, OthersAreRgbaNotPremultiplied) {
  const Picture picture = noise(61, 47, 6, false);
  const std::string bytes = encode_tiff(picture);
  EXPECT_EQ(read_tiff(bytes).pixels, straight(picture).pixels);
  const auto tags = tags_of(bytes);
  EXPECT_EQ(little(tags.at(338).value, 0, 2), 2u);
  EXPECT_EQ(tags.at(258).count, 4u);
}

TEST(Tiff, TellsResolutionAndTexts) {
  const auto tags = tags_of(encode_tiff(filled(3, 2, kRed), {.pixels_per_inch = 300, .title = "A", .description = "Long text"}));
  EXPECT_EQ(little(tags.at(282).value, 0, 4), 300u * little(tags.at(282).value, 4, 4));
  EXPECT_EQ(little(tags.at(296).value, 0, 2), 2u);
  EXPECT_EQ(tags.at(269).value, std::string("A\0", 2));
  EXPECT_EQ(tags.at(270).value, std::string("Long text\0", 10));
  EXPECT_EQ(tags.at(305).value, std::string("sitmap\0", 7));
}

}  // namespace
}  // namespace sitmap::encode
