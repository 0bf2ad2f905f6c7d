#include <algorithm>
#include <array>
#include <vector>

#include "encode/gif.hpp"

namespace sitmap::encode {
namespace {

// Codes of growing width, least bit first, in blocks of up to 255 bytes.
class BlockWriter {
 public:
  explicit BlockWriter(std::string& out) : out_(out) {}
  void put(unsigned code, int width) {
    bits_ |= static_cast<std::uint64_t>(code) << held_;
    held_ += width;
    while (held_ >= 8) flush_byte();
  }
  void end() {
    if (held_ > 0) {
      held_ = 8;
      flush_byte();
    }
    flush_block();
    out_ += '\0';
  }

 private:
  void flush_byte() {
    block_[size_++] = static_cast<char>(bits_ & 255);
    bits_ >>= 8;
    held_ -= 8;
    if (size_ == block_.size()) flush_block();
  }
  void flush_block() {
    if (size_ == 0) return;
    out_ += static_cast<char>(size_);
    out_.append(block_.data(), size_);
    size_ = 0;
  }
  std::string& out_;
  std::array<char, 255> block_{};
  std::size_t size_ = 0;
  std::uint64_t bits_ = 0;
  int held_ = 0;
};

// (prefix code, next index) → code, as an open hash table.
class Strings {
 public:
  void clear() { keys_.fill(0); }
  // The slot of the key: its code is codes()[slot] when found.
  std::size_t slot(std::uint32_t key) const {
    std::size_t at = (key * 0x9e3779b1u) >> 18;
    while (keys_[at] != 0 && keys_[at] != key) at = (at + 1) % kSlots;
    return at;
  }
  bool has(std::size_t slot) const { return keys_[slot] != 0; }
  std::uint16_t code(std::size_t slot) const { return codes_[slot]; }
  void set(std::size_t slot, std::uint32_t key, unsigned code) {
    keys_[slot] = key;
    codes_[slot] = static_cast<std::uint16_t>(code);
  }

 private:
  static constexpr std::size_t kSlots = 1 << 14;
  std::array<std::uint32_t, kSlots> keys_{};
  std::array<std::uint16_t, kSlots> codes_{};
};

}  // namespace

std::string gif_lzw(std::span<const std::uint8_t> indices, int bits) {
  constexpr unsigned kCodes = 4096;
  const int root = std::max(bits, 2);
  const unsigned clear = 1u << root, end = clear + 1;
  std::string out(1, static_cast<char>(root));
  BlockWriter codes(out);
  const auto strings = std::make_unique<Strings>();
  int width = root + 1;
  unsigned next = end + 1;
  codes.put(clear, width);
  if (!indices.empty()) {
    unsigned prefix = indices.front();
    for (const std::uint8_t index : indices.subspan(1)) {
      const std::uint32_t key = (prefix << 8 | index) + 1;
      const std::size_t slot = strings->slot(key);
      if (strings->has(slot)) {
        prefix = strings->code(slot);
        continue;
      }
      codes.put(prefix, width);
      prefix = index;
      if (next < kCodes) {
        if (next == 1u << width) ++width;
        strings->set(slot, key, next++);
      } else {
        codes.put(clear, width);
        strings->clear();
        width = root + 1;
        next = end + 1;
      }
    }
    codes.put(prefix, width);
    // The reader adds a string for the last code, too, and may widen its codes by that.
    if (next == 1u << width && width < 12) ++width;
  }
  codes.put(end, width);
  codes.end();
  return out;
}

}  // namespace sitmap::encode
