#pragma once
// Reading FlatBuffers (the binary layout of flatbuffers.dev/internals) without trust: every position is checked.

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace sitmap::source {

// The bytes contradict themselves.
struct DamagedBuffer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Little-endian values at any alignment; DamagedBuffer outside the bytes.
template <class T>
T load(std::string_view bytes, std::size_t at) {
  static_assert(std::is_arithmetic_v<T>);
  if (at > bytes.size() || bytes.size() - at < sizeof(T)) throw DamagedBuffer("a value lies outside the data");
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(T));
  return value;
}

class FlatTable {
 public:
  static FlatTable root(std::string_view bytes) { return FlatTable(bytes, load<std::uint32_t>(bytes, 0)); }

  template <class T>
  T scalar(unsigned field, T missing) const {
    const auto at = position(field);
    return at ? load<T>(bytes_, *at) : missing;
  }

  std::optional<FlatTable> table(unsigned field) const {
    const auto at = position(field);
    if (!at) return std::nullopt;
    return FlatTable(bytes_, target(*at));
  }

  // The elements of a vector of values, as bytes; a string's text.
  std::string_view vector(unsigned field, std::size_t bytes_each) const {
    const auto at = position(field);
    if (!at) return {};
    const std::size_t start = target(*at);
    const std::size_t count = load<std::uint32_t>(bytes_, start);
    if (count > (bytes_.size() - start - 4) / bytes_each) throw DamagedBuffer("a list ends outside the data");
    return bytes_.substr(start + 4, count * bytes_each);
  }
  std::string_view text(unsigned field) const { return vector(field, 1); }

  // Tables of a vector of tables: their number and each of them.
  std::size_t size(unsigned field) const { return vector(field, 4).size() / 4; }
  FlatTable element(unsigned field, std::size_t index) const {
    const auto elements = vector(field, 4);
    const auto start = static_cast<std::size_t>(elements.data() - bytes_.data());
    return FlatTable(bytes_, target(start + 4 * index));
  }

 private:
  FlatTable(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {
    const std::int64_t vtable = static_cast<std::int64_t>(at) - load<std::int32_t>(bytes, at);
    if (vtable < 0) throw DamagedBuffer("a table's description lies outside the data");
    vtable_ = static_cast<std::size_t>(vtable);
    vtable_size_ = load<std::uint16_t>(bytes, vtable_);
    if (vtable_size_ < 4 || vtable_size_ > bytes.size() - vtable_) throw DamagedBuffer("a table's description ends early");
  }

  std::size_t target(std::size_t at) const { return at + load<std::uint32_t>(bytes_, at); }

  std::optional<std::size_t> position(unsigned field) const {
    const std::size_t slot = 4 + 2 * std::size_t{field};
    if (slot + 2 > vtable_size_) return std::nullopt;
    const std::size_t offset = load<std::uint16_t>(bytes_, vtable_ + slot);
    if (offset == 0) return std::nullopt;
    return at_ + offset;
  }

  std::string_view bytes_;
  std::size_t at_ = 0, vtable_ = 0, vtable_size_ = 0;
};

}  // namespace sitmap::source
