#include "gazetteer/record.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "base/text.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/kind_words.hpp"
#include "gazetteer/script.hpp"

namespace sitmap::gazetteer {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"official", "local", "former", "exonym", "transliteration"};
constexpr double kUnits = 1e6;

void put(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}
void put_signed(std::string& out, std::int64_t value) {
  put(out, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t get() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) throw std::invalid_argument("the geometry ends too early");
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw std::invalid_argument("the geometry has an endless number");
  }
  std::int64_t get_signed() {
    const std::uint64_t value = get();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  // A count of things of at least a byte each.
  std::size_t count() {
    const std::uint64_t value = get();
    if (value > bytes_.size() - at_) throw std::invalid_argument("the geometry counts more than it holds");
    return static_cast<std::size_t>(value);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

struct Cursor {
  std::int64_t x = 0, y = 0;
};

void put_path(std::string& out, std::span<const geom::Point> path, Cursor& last) {
  put(out, path.size());
  for (const geom::Point p : path) {
    const Cursor now{std::llround(p.x * kUnits), std::llround(p.y * kUnits)};
    put_signed(out, now.x - last.x);
    put_signed(out, now.y - last.y);
    last = now;
  }
}

geom::Path get_path(Reader& in, Cursor& last) {
  geom::Path path(in.count());
  for (geom::Point& p : path) {
    last.x += in.get_signed();
    last.y += in.get_signed();
    p = {static_cast<double>(last.x) / kUnits, static_cast<double>(last.y) / kUnits};
  }
  return path;
}

}  // namespace

std::string_view name_of(NameKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<NameKind> name_kind(std::string_view text) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<NameKind>(found - kKinds.begin());
}

std::string pack_names(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) {
    out += static_cast<char>('0' + static_cast<int>(name.kind));
    out += name.language + '\t' + name.text;
    if (name.valid) out += '\t' + time::to_edtf(*name.valid);
    out += '\n';
  }
  return out;
}

std::vector<Name> unpack_names(std::string_view packed) {
  std::vector<Name> names;
  for (std::size_t begin = 0; begin < packed.size();) {
    const std::size_t end = std::min(packed.find('\n', begin), packed.size());
    const std::vector<std::string> parts = base::split(packed.substr(begin, end - begin), '\t');
    begin = end + 1;
    if (parts.size() < 2 || parts[0].empty()) continue;
    Name name{.text = parts[1], .language = parts[0].substr(1), .script = script_of(parts[1])};
    name.kind = static_cast<NameKind>(std::clamp(parts[0][0] - '0', 0, 4));
    if (parts.size() > 2) name.valid = time::parse_edtf(parts[2]).interval;
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<Key> keys_of(std::string_view name, Quality quality) {
  std::vector<Key> keys;
  const auto add = [&](std::string key, Quality how) {
    if (key.empty()) return;
    const auto same = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.text == key; });
    if (same == keys.end()) keys.push_back({std::move(key), how});
    else same->quality = std::min(same->quality, how);
  };
  const std::string whole = fold(name);
  add(whole, quality);
  std::string with_a(name);
  for (const std::string_view schwa : {"ə", "Ə"})
    for (std::size_t at = 0; (at = with_a.find(schwa, at)) != std::string::npos;) with_a.replace(at, schwa.size(), "a");
  if (with_a != name) add(fold(with_a), std::max(quality, Quality::Variant));
  if (whole.starts_with("saint ")) add("st " + whole.substr(6), std::max(quality, Quality::Variant));
  if (whole.starts_with("st ")) add("saint " + whole.substr(3), std::max(quality, Quality::Variant));
  if (whole.starts_with("the ")) add(whole.substr(4), quality);
  if (quality != Quality::Code)
    for (const KindReading& reading : strip_kind_words(whole)) add(reading.core, Quality::Core);
  return keys;
}

std::string pack_geometry(const geom::Geometry& geometry) {
  std::string out(1, static_cast<char>(geometry.index()));
  Cursor last;
  if (const auto* points = std::get_if<geom::MultiPoint>(&geometry)) {
    put_path(out, points->points, last);
  } else if (const auto* lines = std::get_if<geom::MultiLine>(&geometry)) {
    put(out, lines->lines.size());
    for (const geom::Path& line : lines->lines) put_path(out, line, last);
  } else if (const auto* areas = std::get_if<geom::MultiPolygon>(&geometry)) {
    put(out, areas->polygons.size());
    for (const geom::Polygon& polygon : areas->polygons) {
      put(out, 1 + polygon.holes.size());
      put_path(out, polygon.outer, last);
      for (const geom::Path& hole : polygon.holes) put_path(out, hole, last);
    }
  }
  return out;
}

geom::Geometry unpack_geometry(std::string_view bytes) {
  if (bytes.empty()) return {};
  Reader in(bytes.substr(1));
  Cursor last;
  switch (bytes[0]) {
    case 0:
      return {};
    case 1:
      return geom::MultiPoint{get_path(in, last)};
    case 2: {
      geom::MultiLine lines;
      lines.lines.resize(in.count());
      for (geom::Path& line : lines.lines) line = get_path(in, last);
      return lines;
    }
    case 3: {
      geom::MultiPolygon areas;
      areas.polygons.resize(in.count());
      for (geom::Polygon& polygon : areas.polygons) {
        const std::size_t rings = in.count();
        if (rings == 0) throw std::invalid_argument("the geometry has a polygon without rings");
        polygon.outer = get_path(in, last);
        polygon.holes.resize(rings - 1);
        for (geom::Path& hole : polygon.holes) hole = get_path(in, last);
      }
      return areas;
    }
    default:
      throw std::invalid_argument("the geometry is of an unknown kind");
  }
}

}  // namespace sitmap::gazetteer
