#include "events/wkt.hpp"

#include <cmath>
#include <string>

#include "base/text.hpp"

namespace sitmap::events {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::optional<geom::Geometry> geometry() {
    std::string kind = base::ascii_lower(word());
    std::string extra = base::ascii_lower(word());  // "z", "m", "zm"
    if (kind.ends_with("zm")) kind.resize(kind.size() - 2);
    else if (kind.ends_with('z') || kind.ends_with('m')) kind.pop_back();
    if (extra == "empty") return done() ? std::optional<geom::Geometry>(geom::Geometry{}) : std::nullopt;
    if (!extra.empty() && extra != "z" && extra != "m" && extra != "zm") return std::nullopt;
    geom::Geometry out;
    bool read = false;
    if (kind == "point" || kind == "multipoint") {
      geom::MultiPoint points;
      read = list([&] {
        const bool wrapped = take('(');
        points.points.emplace_back();
        return position(points.points.back()) && (!wrapped || take(')'));
      });
      read = read && (kind == "multipoint" || points.points.size() == 1);
      out = std::move(points);
    } else if (kind == "linestring") {
      geom::MultiLine lines;
      read = path(lines.lines.emplace_back(), 2);
      out = std::move(lines);
    } else if (kind == "multilinestring") {
      geom::MultiLine lines;
      read = list([&] { return path(lines.lines.emplace_back(), 2); });
      out = std::move(lines);
    } else if (kind == "polygon") {
      geom::MultiPolygon areas;
      read = polygon(areas.polygons.emplace_back());
      out = std::move(areas);
    } else if (kind == "multipolygon") {
      geom::MultiPolygon areas;
      read = list([&] { return polygon(areas.polygons.emplace_back()); });
      out = std::move(areas);
    }
    if (!read || !done()) return std::nullopt;
    return out;
  }

 private:
  void skip() {
    while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos) rest_.remove_prefix(1);
  }
  bool take(char c) {
    skip();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool done() {
    skip();
    return rest_.empty();
  }
  std::string word() {
    skip();
    std::size_t length = 0;
    while (length < rest_.size() && ((rest_[length] | 0x20) >= 'a' && (rest_[length] | 0x20) <= 'z')) ++length;
    std::string out(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return out;
  }
  std::optional<double> number() {
    skip();
    const std::size_t length = std::min(rest_.find_first_of(" ,()\t\r\n"), rest_.size());
    const auto value = base::parse_double(rest_.substr(0, length));
    if (!value || !std::isfinite(*value)) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }
  bool position(geom::Point& p) {
    const auto x = number(), y = number();
    if (!x || !y) return false;
    p = {*x, *y};
    for (int more = 0; more < 2 && number(); ++more) {
    }
    return true;
  }
  template <class Item>
  bool list(Item item) {
    if (!take('(')) return false;
    do {
      if (!item()) return false;
    } while (take(','));
    return take(')');
  }
  bool path(geom::Path& out, std::size_t least) {
    const bool read = list([&] { return position(out.emplace_back()); });
    return read && out.size() >= least;
  }
  bool polygon(geom::Polygon& out) {
    bool first = true;
    return list([&] {
      geom::Path ring;
      if (!path(ring, 4) || ring.front() != ring.back()) return false;
      if (first) out.outer = std::move(ring);
      else out.holes.push_back(std::move(ring));
      first = false;
      return true;
    });
  }

  std::string_view rest_;
};

}  // namespace

std::optional<geom::Geometry> parse_wkt(std::string_view text) {
  text = base::trim(text);
  if (base::ascii_lower(text.substr(0, 5)) == "srid=") {
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos || text.substr(5, end - 5) != "4326") return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return Parser(text).geometry();
}

}  // namespace sitmap::events
