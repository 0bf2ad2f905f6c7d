// Well-known binary: OGC 06-103r4 / ISO 13249-3, and PostGIS's flags for Z, M and SRID.

#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "geom/geojson.hpp"

namespace sitmap::geom {
namespace {

enum WkbKind : std::uint32_t { kPoint = 1, kLine, kPolygon, kMultiPoint, kMultiLine, kMultiPolygon, kCollection };

class Writer {
 public:
  void header(std::uint32_t kind) {
    out_ += '\x01';
    integer(kind);
  }
  void integer(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out_ += static_cast<char>((value >> shift) & 0xff);
  }
  void size(std::size_t value) { integer(static_cast<std::uint32_t>(value)); }
  void position(Point p) {
    number(p.x);
    number(p.y);
  }
  void path(const Path& path) {
    size(path.size());
    for (const Point& p : path) position(p);
  }
  void point(Point p) {
    header(kPoint);
    position(p);
  }
  void line(const Path& line) {
    header(kLine);
    path(line);
  }
  void polygon(const Polygon& polygon) {
    header(kPolygon);
    size(polygon.holes.size() + 1);
    path(polygon.outer);
    for (const Path& hole : polygon.holes) path(hole);
  }
  std::string take() { return std::move(out_); }

 private:
  void number(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) out_ += static_cast<char>((bits >> shift) & 0xff);
  }
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Geometry read() {
    const std::uint32_t kind = header();
    Geometry out = body(kind);
    if (at_ != bytes_.size()) throw std::invalid_argument("WKB goes on after its geometry");
    return out;
  }

 private:
  Geometry body(std::uint32_t kind) {
    switch (kind) {
      case kPoint:
        return wrap(MultiPoint{}, &MultiPoint::points, position());
      case kLine:
        return wrap(MultiLine{}, &MultiLine::lines, path());
      case kPolygon:
        return wrap(MultiPolygon{}, &MultiPolygon::polygons, polygon());
      case kMultiPoint:
        return members(&MultiPoint::points, kPoint, [&] { return position(); });
      case kMultiLine:
        return members(&MultiLine::lines, kLine, [&] { return path(); });
      case kMultiPolygon:
        return members(&MultiPolygon::polygons, kPolygon, [&] { return polygon(); });
      case kCollection:
        if (count(5) == 0) return {};
        throw std::invalid_argument("a WKB geometry collection cannot be drawn");
      default:
        throw std::invalid_argument("WKB kind " + std::to_string(kind) + " is not supported");
    }
  }

  template <class Multi, class Member>
  static Geometry wrap(Multi out, std::vector<Member> Multi::*list, Member member) {
    (out.*list).push_back(std::move(member));
    Geometry geometry = std::move(out);
    return is_empty(geometry) ? Geometry{} : geometry;
  }

  template <class Multi, class Member, class Read>
  Geometry members(std::vector<Member> Multi::*list, std::uint32_t kind, Read read) {
    Multi out;
    for (std::uint32_t left = count(5); left > 0; --left) {
      if (header() != kind) throw std::invalid_argument("a WKB multi-geometry holds a member of another kind");
      (out.*list).push_back(read());
    }
    if ((out.*list).empty()) return {};
    return out;
  }

  Polygon polygon() {
    Polygon out;
    const std::uint32_t rings = count(4);
    for (std::uint32_t i = 0; i < rings; ++i) (i == 0 ? out.outer : out.holes.emplace_back()) = path();
    return out;
  }

  Path path() {
    Path out(count(8 * static_cast<std::size_t>(dimensions_)));
    for (Point& p : out) p = position();
    return out;
  }

  Point position() {
    Point p{number(), number()};
    for (int extra = 2; extra < dimensions_; ++extra) number();
    return p;
  }

  // Byte order and kind; sets the number of dimensions of what follows.
  std::uint32_t header() {
    need(5);
    const auto order = static_cast<unsigned char>(bytes_[at_++]);
    if (order > 1) throw std::invalid_argument("WKB starts with neither 0 nor 1");
    little_ = order == 1;
    std::uint32_t kind = integer();
    dimensions_ = 2;
    if (kind & 0x80000000u) ++dimensions_;
    if (kind & 0x40000000u) ++dimensions_;
    if (kind & 0x20000000u) {
      need(4);
      at_ += 4;
    }
    kind &= 0x0fffffffu;
    const std::uint32_t iso = kind / 1000;
    if (iso > 3) throw std::invalid_argument("WKB kind " + std::to_string(kind) + " is not supported");
    if (iso == 3) dimensions_ = 4;
    if ((iso == 1 || iso == 2) && dimensions_ == 2) dimensions_ = 3;
    return kind % 1000;
  }

  std::uint32_t count(std::size_t bytes_each) {
    need(4);
    const std::uint32_t value = integer();
    if (value > (bytes_.size() - at_) / bytes_each) throw std::invalid_argument("WKB ends early");
    return value;
  }

  std::uint32_t integer() {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at_ + i])) << 8 * (little_ ? i : 3 - i);
    at_ += 4;
    return value;
  }

  double number() {
    need(8);
    std::uint64_t bits = 0;
    if (little_ && std::endian::native == std::endian::little) {
      std::memcpy(&bits, bytes_.data() + at_, 8);
    } else {
      for (std::size_t i = 0; i < 8; ++i)
        bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[at_ + i])) << 8 * (little_ ? i : 7 - i);
    }
    at_ += 8;
    return std::bit_cast<double>(bits);
  }

  void need(std::size_t size) const {
    if (bytes_.size() - at_ < size) throw std::invalid_argument("WKB ends early");
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool little_ = true;
  int dimensions_ = 2;
};

}  // namespace

std::string to_wkb(const Geometry& geometry) {
  Writer writer;
  if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
    if (points->points.size() != 1) {
      writer.header(kMultiPoint);
      writer.size(points->points.size());
    }
    for (const Point& p : points->points) writer.point(p);
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    if (lines->lines.size() != 1) {
      writer.header(kMultiLine);
      writer.size(lines->lines.size());
    }
    for (const Path& line : lines->lines) writer.line(line);
  } else if (const auto* area = std::get_if<MultiPolygon>(&geometry)) {
    if (area->polygons.size() != 1) {
      writer.header(kMultiPolygon);
      writer.size(area->polygons.size());
    }
    for (const Polygon& polygon : area->polygons) writer.polygon(polygon);
  } else {
    writer.header(kCollection);
    writer.size(0);
  }
  return writer.take();
}

Geometry from_wkb(std::string_view bytes) { return Reader(bytes).read(); }

}  // namespace sitmap::geom
