#pragma once
// Deflate (RFC 1950, 1951) and CRC-32, by libdeflate.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sitmap::encode {

// Appends a zlib stream of `bytes` to `out`. Level 1..12 (others are clamped).
void append_zlib(std::string& out, std::span<const std::uint8_t> bytes, int level);
// The reverse, for a stream of append_zlib whose content fills `out` exactly. std::logic_error otherwise.
void inflate_zlib(std::string_view stream, std::span<std::uint8_t> out);

std::uint32_t crc32(std::string_view bytes);

}  // namespace sitmap::encode
