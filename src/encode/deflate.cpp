#include "encode/deflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <stdexcept>

namespace sitmap::encode {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

// One per thread and level: its tables take longer to set up than a small picture to pack.
libdeflate_compressor& compressor(int level) {
  thread_local std::array<std::unique_ptr<libdeflate_compressor, FreeCompressor>, 13> cache;
  auto& entry = cache[static_cast<std::size_t>(std::clamp(level, 1, 12))];
  if (!entry) entry.reset(libdeflate_alloc_compressor(std::clamp(level, 1, 12)));
  if (!entry) throw std::bad_alloc();
  return *entry;
}

}  // namespace

void append_zlib(std::string& out, std::span<const std::uint8_t> bytes, int level) {
  libdeflate_compressor& packer = compressor(level);
  const std::size_t bound = libdeflate_zlib_compress_bound(&packer, bytes.size());
  const auto room = std::make_unique_for_overwrite<char[]>(bound);
  const std::size_t size = libdeflate_zlib_compress(&packer, bytes.data(), bytes.size(), room.get(), bound);
  if (size == 0) throw std::logic_error("encode: libdeflate found no room for its output");
  out.append(room.get(), size);
}

void inflate_zlib(std::string_view stream, std::span<std::uint8_t> out) {
  thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> unpacker(libdeflate_alloc_decompressor());
  if (!unpacker) throw std::bad_alloc();
  if (libdeflate_zlib_decompress(unpacker.get(), stream.data(), stream.size(), out.data(), out.size(), nullptr) !=
      LIBDEFLATE_SUCCESS)
    throw std::logic_error("encode: a packed picture doesn't unpack");
}

std::uint32_t crc32(std::string_view bytes) { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

}  // namespace sitmap::encode
