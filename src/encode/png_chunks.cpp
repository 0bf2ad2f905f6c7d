#include "encode/png_chunks.hpp"

#include <algorithm>
#include <cmath>

#include "encode/deflate.hpp"

namespace sitmap::encode {

using namespace std::literals;

void append_u16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value >> 8 & 255);
  out += static_cast<char>(value & 255);
}

void append_u32(std::string& out, std::uint32_t value) {
  append_u16(out, value >> 16);
  append_u16(out, value & 0xffff);
}

void append_png_signature(std::string& out) { out += "\x89PNG\r\n\x1a\n"sv; }

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_u32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  out += type;
  out += data;
  append_u32(out, crc32(std::string_view(out).substr(start)));
}

void append_ihdr(std::string& out, int width, int height, int bit_depth, PngColor color) {
  std::string data;
  append_u32(data, static_cast<std::uint32_t>(width));
  append_u32(data, static_cast<std::uint32_t>(height));
  data += static_cast<char>(bit_depth);
  data += static_cast<char>(color);
  data += "\0\0\0"sv;  // deflate, adaptive filters, not interlaced
  append_chunk(out, "IHDR", data);
}

void append_srgb(std::string& out) { append_chunk(out, "sRGB", "\0"sv); }  // perceptual intent

void append_phys(std::string& out, double pixels_per_inch) {
  if (!(pixels_per_inch > 0)) return;
  const auto per_metre = static_cast<std::uint32_t>(std::lround(std::min(pixels_per_inch, 1e6) / 0.0254));
  std::string data;
  append_u32(data, per_metre);
  append_u32(data, per_metre);
  data += '\1';  // the unit is the metre
  append_chunk(out, "pHYs", data);
}

void append_text(std::string& out, std::string_view keyword, std::string_view text) {
  if (text.empty()) return;
  std::string data(keyword);
  data += "\0\0\0\0\0"sv;  // not compressed; no language, no translated keyword
  std::copy_if(text.begin(), text.end(), std::back_inserter(data), [](char c) { return c != '\0'; });
  append_chunk(out, "iTXt", data);
}

}  // namespace sitmap::encode
