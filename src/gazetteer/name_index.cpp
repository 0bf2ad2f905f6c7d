#include "gazetteer/name_index.hpp"

#include <algorithm>
#include <bit>
#include <mutex>

#include "base/text.hpp"
#include "gazetteer/database.hpp"

namespace sitmap::gazetteer {
namespace {

struct Shape {
  std::uint32_t length = 0;    // code points
  std::uint64_t letters = 0;   // a bit per letter, modulo 64
};

Shape shape_of(std::string_view key) {
  Shape shape;
  char32_t letter = 0;
  const auto flush = [&] {
    if (letter != 0) shape.letters |= std::uint64_t{1} << (letter & 63);
  };
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) {
      letter = (letter << 6) | (byte & 0x3F);
      continue;
    }
    flush();
    ++shape.length;
    letter = byte;
  }
  flush();
  return shape;
}

class SqliteNameIndex final : public NameIndex {
 public:
  explicit SqliteNameIndex(const Database& database) : database_(database) {}

  std::vector<NameHit> exact(std::string_view key) const override { return database_.hits(key); }

  std::vector<NearKey> near(std::string_view key, std::size_t distance, std::size_t most) const override {
    std::call_once(loaded_, [this] {
      database_.for_each_key([this](std::string_view k) {
        if (!entries_.empty() && text_of(entries_.back()) == k) return;
        entries_.push_back({shape_of(k), static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(k.size())});
        text_ += k;
      });
    });
    const Shape wanted = shape_of(key);
    std::vector<NearKey> found;
    for (const Entry& entry : entries_) {
      const Shape& shape = entry.shape;
      if (shape.length > wanted.length + distance || wanted.length > shape.length + distance) continue;
      // An edit takes away at most one letter and brings at most one.
      if (static_cast<std::size_t>(std::popcount(shape.letters ^ wanted.letters)) > 2 * distance) continue;
      const std::string_view other = text_of(entry);
      // Two errors of which one is the first letter make another name rather than a mistyped one.
      if (distance > 1 && other.front() != key.front() && base::edit_distance(key, other, 1) > 1) continue;
      const std::size_t d = base::edit_distance(key, other, distance);
      if (d <= distance) found.push_back({std::string(other), d});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
    if (found.size() > most) found.resize(most);
    return found;
  }

 private:
  struct Entry {
    Shape shape;
    std::uint32_t begin, size;  // in text_
  };
  std::string_view text_of(const Entry& entry) const { return std::string_view(text_).substr(entry.begin, entry.size); }

  const Database& database_;
  mutable std::once_flag loaded_;
  mutable std::vector<Entry> entries_;
  mutable std::string text_;  // all keys, one after the other
};

}  // namespace

std::unique_ptr<NameIndex> make_sqlite_name_index(const Database& database) {
  return std::make_unique<SqliteNameIndex>(database);
}

}  // namespace sitmap::gazetteer
