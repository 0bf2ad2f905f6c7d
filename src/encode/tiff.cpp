// TIFF 6.0 (Adobe, 1992), with the deflate compression of its Technical Note 3.
#include <algorithm>
#include <cmath>
#include <memory>

#include "encode/deflate.hpp"
#include "encode/pixels.hpp"
#include "encode/still.hpp"

namespace sitmap::encode {
namespace {

enum Type : std::uint16_t { kAscii = 2, kShort = 3, kLong = 4, kRational = 5 };

void little(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}

// One image file directory; values longer than four bytes stand behind it. Tags are added in rising order.
class Directory {
 public:
  void add(std::uint16_t tag, Type type, std::uint32_t count, std::string value) {
    entries_.push_back({tag, type, count, std::move(value)});
  }
  void number(std::uint16_t tag, Type type, std::uint32_t value) {
    std::string bytes;
    little(bytes, value, type == kShort ? 2 : 4);
    add(tag, type, 1, std::move(bytes));
  }
  void text(std::uint16_t tag, std::string_view text) {
    if (text.empty()) return;
    std::string bytes(text);
    std::erase(bytes, '\0');
    bytes += '\0';
    add(tag, kAscii, static_cast<std::uint32_t>(bytes.size()), bytes);
  }
  // The directory as it stands at `offset` of the file.
  std::string at(std::size_t offset) const {
    std::string table, values;
    little(table, entries_.size(), 2);
    const std::size_t values_at = offset + 2 + entries_.size() * 12 + 4;
    for (const Entry& entry : entries_) {
      little(table, entry.tag, 2);
      little(table, entry.type, 2);
      little(table, entry.count, 4);
      if (entry.value.size() <= 4) {
        table += entry.value;
        table.append(4 - entry.value.size(), '\0');
      } else {
        little(table, values_at + values.size(), 4);
        values += entry.value;
        if (values.size() % 2 != 0) values += '\0';
      }
    }
    little(table, 0, 4);  // no further directory
    return table + values;
  }

 private:
  struct Entry {
    std::uint16_t tag;
    Type type;
    std::uint32_t count;
    std::string value;
  };
  std::vector<Entry> entries_;
};

std::string resolution(double pixels_per_inch) {
  std::string bytes;
  little(bytes, static_cast<std::uint64_t>(std::llround(std::clamp(pixels_per_inch, 0.001, 1e6) * 1000)), 4);
  little(bytes, 1000, 4);
  return bytes;
}

}  // namespace

std::string encode_tiff(const Picture& picture, const StillOptions& options) {
  check(picture);
  const bool rgb = opaque(picture.pixels);
  const std::size_t samples = rgb ? 3 : 4;
  const std::size_t size = picture.pixels.size() * samples;
  const auto bytes = std::make_unique_for_overwrite<std::uint8_t[]>(size);
  (rgb ? write_rgb : write_rgba)(picture.pixels, bytes.get());

  std::string out = "II*";
  out += '\0';
  little(out, 0, 4);  // where the directory is: set below
  append_zlib(out, {bytes.get(), size}, options.effort);
  const std::size_t strip_size = out.size() - 8;
  if (out.size() % 2 != 0) out += '\0';

  Directory directory;
  directory.number(256, kLong, static_cast<std::uint32_t>(picture.width));
  directory.number(257, kLong, static_cast<std::uint32_t>(picture.height));
  std::string depths;
  for (std::size_t i = 0; i < samples; ++i) little(depths, 8, 2);
  directory.add(258, kShort, static_cast<std::uint32_t>(samples), depths);
  directory.number(259, kShort, 8);  // deflate
  directory.number(262, kShort, 2);  // RGB
  directory.text(269, options.title);
  directory.text(270, options.description);
  directory.number(273, kLong, 8);
  directory.number(274, kShort, 1);  // top to bottom
  directory.number(277, kShort, static_cast<std::uint32_t>(samples));
  directory.number(278, kLong, static_cast<std::uint32_t>(picture.height));
  directory.number(279, kLong, static_cast<std::uint32_t>(strip_size));
  directory.add(282, kRational, 1, resolution(options.pixels_per_inch));
  directory.add(283, kRational, 1, resolution(options.pixels_per_inch));
  directory.number(284, kShort, 1);  // samples of a pixel together
  directory.number(296, kShort, 2);  // per inch
  directory.text(305, options.software);
  directory.number(317, kShort, 1);             // no predictor: it makes flat maps larger
  if (!rgb) directory.number(338, kShort, 2);   // alpha, not premultiplied

  std::string offset;
  little(offset, out.size(), 4);
  std::copy(offset.begin(), offset.end(), out.begin() + 4);
  return out + directory.at(out.size());
}

}  // namespace sitmap::encode
