#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "encode/film.hpp"

namespace sitmap::encode {

// GIF89a, one palette for the whole film, no dither, plays endlessly. Pictures are kept packed until finish(), which
// chooses the palette and writes. A pixel is transparent when its alpha is below one half.
// Times are hundredths of a second: each end is rounded, so errors don't add up. Viewers slow down delays below 2/100:
// a picture that would get less is left out, and its time goes to its neighbours.
std::unique_ptr<FilmWriter> open_gif(const std::filesystem::path& path, const FilmOptions& options);

// The image data of GIF89a (appendix F): the smallest code size, then LZW codes in sub-blocks, and their end.
// Every index is below 2^bits; bits 1..8.
std::string gif_lzw(std::span<const std::uint8_t> indices, int bits);

}  // namespace sitmap::encode
