#include <algorithm>
#include <memory>
#include <utility>

#include "encode/deflate.hpp"
#include "encode/pixels.hpp"
#include "encode/png_chunks.hpp"
#include "encode/still.hpp"

namespace sitmap::encode {
namespace {

// Rows as they are packed: a filter byte (0: none), then the samples.
struct Rows {
  std::size_t stride = 0;  // bytes of a row with its filter byte
  std::size_t size = 0;
  std::unique_ptr<std::uint8_t[]> bytes;

  Rows(std::size_t row_bytes, int height)
      : stride(row_bytes + 1),
        size(stride * static_cast<std::size_t>(height)),
        bytes(std::make_unique_for_overwrite<std::uint8_t[]>(size)) {}
  std::uint8_t* begin_row(std::size_t y) {
    std::uint8_t* row = bytes.get() + y * stride;
    *row = 0;
    return row + 1;
  }
};

std::span<const std::uint32_t> row_of(const Picture& picture, std::size_t y) {
  const auto width = static_cast<std::size_t>(picture.width);
  return std::span(picture.pixels).subspan(y * width, width);
}

int bits_for(std::size_t colors) { return colors <= 2 ? 1 : colors <= 4 ? 2 : colors <= 16 ? 4 : 8; }

Rows palette_rows(const Picture& picture, const SmallPalette& palette, int bits) {
  const auto width = static_cast<std::size_t>(picture.width);
  const std::size_t per_byte = static_cast<std::size_t>(8 / bits);
  Rows rows((width + per_byte - 1) / per_byte, picture.height);
  for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y) {
    std::uint8_t* out = rows.begin_row(y);
    const auto pixels = row_of(picture, y);
    std::uint32_t last = pixels[0];
    std::uint8_t index = palette.index_of(last);
    unsigned packed = 0;
    for (std::size_t x = 0; x < width; ++x) {
      if (pixels[x] != last) index = palette.index_of(last = pixels[x]);
      packed = packed << bits | index;
      if ((x + 1) % per_byte == 0) *out++ = static_cast<std::uint8_t>(std::exchange(packed, 0));
    }
    if (const std::size_t left = width % per_byte; left != 0)
      *out = static_cast<std::uint8_t>(packed << (bits * static_cast<int>(per_byte - left)));
  }
  return rows;
}

void append_palette(std::string& out, const SmallPalette& palette) {
  std::string colors, alphas;
  for (const std::uint32_t pixel : palette.colors()) {
    const std::uint32_t c = unpremultiply(pixel);
    colors += static_cast<char>(c >> 16 & 255);
    colors += static_cast<char>(c >> 8 & 255);
    colors += static_cast<char>(c & 255);
    if (alpha_of(c) < 255) alphas += static_cast<char>(alpha_of(c));
  }
  append_chunk(out, "PLTE", colors);
  if (!alphas.empty()) append_chunk(out, "tRNS", alphas);
}

void append_idat(std::string& out, const Rows& rows, int effort) {
  // IDAT chunks hold up to 2³¹ − 1 bytes; a picture that packs into more isn't one of ours.
  const std::size_t start = out.size();
  append_u32(out, 0);
  out += "IDAT";
  append_zlib(out, {rows.bytes.get(), rows.size}, effort);
  std::string size;
  append_u32(size, static_cast<std::uint32_t>(out.size() - start - 8));
  std::copy(size.begin(), size.end(), out.begin() + static_cast<std::ptrdiff_t>(start));
  append_u32(out, crc32(std::string_view(out).substr(start + 4)));
}

}  // namespace

std::string encode_png(const Picture& picture, const StillOptions& options) {
  check(picture);
  const auto palette = SmallPalette::of(picture.pixels);
  const int bits = palette ? bits_for(palette->colors().size()) : 8;
  const PngColor color = palette                    ? PngColor::Palette
                         : opaque(picture.pixels) ? PngColor::Rgb
                                                    : PngColor::Rgba;

  std::string out;
  append_png_signature(out);
  append_ihdr(out, picture.width, picture.height, bits, color);
  append_srgb(out);
  append_phys(out, options.pixels_per_inch);
  append_text(out, "Title", options.title);
  append_text(out, "Description", options.description);
  append_text(out, "Software", options.software);

  if (palette) {
    append_palette(out, *palette);
    append_idat(out, palette_rows(picture, *palette, bits), options.effort);
  } else {
    const auto width = static_cast<std::size_t>(picture.width);
    Rows rows(width * (color == PngColor::Rgb ? 3 : 4), picture.height);
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y)
      (color == PngColor::Rgb ? write_rgb : write_rgba)(row_of(picture, y), rows.begin_row(y));
    append_idat(out, rows, options.effort);
  }
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace sitmap::encode
