#pragma once
// The parts of PNG files (PNG Specification, third edition; APNG is part of it) that stills and films share.

#include <cstdint>
#include <string>
#include <string_view>

namespace sitmap::encode {

enum class PngColor : std::uint8_t { Rgb = 2, Palette = 3, Rgba = 6 };

void append_u32(std::string& out, std::uint32_t value);  // big-endian, as all numbers in PNG
void append_u16(std::string& out, std::uint32_t value);

void append_png_signature(std::string& out);
void append_chunk(std::string& out, std::string_view type, std::string_view data);
void append_ihdr(std::string& out, int width, int height, int bit_depth, PngColor color);
void append_srgb(std::string& out);
void append_phys(std::string& out, double pixels_per_inch);
void append_text(std::string& out, std::string_view keyword, std::string_view text);  // iTXt; nothing when empty

}  // namespace sitmap::encode
