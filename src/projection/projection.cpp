#include "projection/projection.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/problem.hpp"
#include "base/text.hpp"
#include "projection/domain.hpp"
#include "projection/engine.hpp"

namespace sitmap::projection {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// A point and the image of its inverse image agree to this; where they don't (beyond the edge of a map of the
// world, say) PROJ has answered for another place.
constexpr double kRoundTripM = 100;

bool whole_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Codes in daily use that need no look into PROJ's database, which costs more time than a small map.
std::optional<std::string> well_known(std::string_view epsg_code) {
  if (epsg_code == "3857") return "+proj=webmerc +datum=WGS84";
  const auto code = base::parse_integer(epsg_code).value_or(0);
  if (code > 32600 && code <= 32660) return fmt::format("+proj=utm +zone={} +datum=WGS84", code - 32600);
  if (code > 32700 && code <= 32760) return fmt::format("+proj=utm +zone={} +south +datum=WGS84", code - 32700);
  return std::nullopt;
}

// Strings that say all there is to know without PROJ's database: WGS 84, or a sphere or an ellipsoid of their own.
bool self_contained(const Parameters& parameters) {
  for (const char* name : {"nadgrids", "geoidgrids", "towgs84", "init", "pm", "axis", "vunits", "step", "inv", "over"})
    if (parameters.contains(name)) return false;
  const auto datum = parameters.find("datum");
  return datum == parameters.end() || datum->second == "WGS84";
}

// Coordinates are metres here whatever the string's units; false northings and eastings are metres in PROJ anyway.
std::string operation_text(const std::string& text) {
  std::string out;
  for (const std::string& token : base::split(text, ' ')) {
    if (token.empty()) continue;
    const std::string name =
        token.substr(token.starts_with('+') ? 1 : 0, token.find('=') - (token.starts_with('+') ? 1 : 0));
    if (name == "type" || name == "no_defs" || name == "units" || name == "to_meter" || name == "wktext") continue;
    if (!out.empty()) out += ' ';
    out += token;
  }
  return out;
}

}  // namespace

struct Projection::Impl {
  std::unique_ptr<Engine> engine;
  Domain domain;
  std::string definition, description;
  bool web_mercator = false;
};

Projection Projection::plain(const std::string& proj_string, std::string description) {
  auto impl = std::make_shared<Impl>();
  const Parameters parameters = parse_parameters(proj_string);
  impl->engine = engine_from_parameters(operation_text(proj_string));
  if (!impl->engine) return Projection(nullptr);
  impl->domain = domain_of(parameters);
  impl->definition = proj_string;
  impl->description = description.empty() ? describe(parameters) : std::move(description);
  impl->web_mercator = parameters.find("proj")->second == "webmerc";
  return Projection(std::move(impl));
}

Projection Projection::from_text(std::string_view given) {
  std::string text(base::trim(given));
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  if (text.empty()) throw base::InputError("the projection is empty", "use \"auto\", an EPSG code or a PROJ string");

  if (text.size() > 5 && base::ascii_lower(text.substr(0, 5)) == "epsg:") {
    text = "EPSG:" + std::string(base::trim(text.substr(5)));
    if (!whole_number(text.substr(5)))
      throw base::InputError(fmt::format("'{}' is not an EPSG code", given),
                             "write EPSG: and a number, such as EPSG:32638");
    if (const auto known = well_known(std::string_view(text).substr(5))) {
      const Parameters parameters = parse_parameters(*known);
      const std::string name = parameters.contains("zone")
                                   ? fmt::format("WGS 84 / UTM zone {}{}", parameters.find("zone")->second,
                                                 parameters.contains("south") ? "S" : "N")
                                   : "Web Mercator";
      if (Projection out = plain(*known, name); out.impl_) return out;
    }
  }

  const bool proj_string = text.find("proj=") != std::string::npos || text.find("init=") != std::string::npos;
  if (proj_string) {
    const Parameters parameters = parse_parameters(text);
    const auto proj = parameters.find("proj");
    if (proj != parameters.end() && proj->second == "pipeline")
      throw base::InputError("a PROJ pipeline is not a projected CRS",
                             "give the projection's own string, such as \"+proj=laea +lat_0=40\"");
    if (proj != parameters.end() && self_contained(parameters))
      if (Projection out = plain(text); out.impl_) return out;
    if (!parameters.contains("type")) text += " +type=crs";
  }

  NamedCrs named = engine_from_database(text);
  const bool code = text.find(' ') == std::string::npos && text.find(':') != std::string::npos;
  auto impl = std::make_shared<Impl>();
  impl->engine = std::move(named.engine);
  const Parameters parameters = parse_parameters(named.proj_string);
  impl->domain = domain_of(parameters);
  impl->definition = code || named.proj_string.empty() ? text : named.proj_string;
  impl->description = named.name.empty() || named.name == "unknown" ? describe(parameters) : named.name;
  return Projection(std::move(impl));
}

Projection Projection::web_mercator() { return plain("+proj=webmerc +datum=WGS84"); }

std::optional<geom::Point> Projection::forward(geom::Point lon_lat) const {
  if (!impl_->domain.contains(lon_lat)) return std::nullopt;
  const geom::Point p = Engine::Session(*impl_->engine).forward(lon_lat);
  if (std::isnan(p.x)) return std::nullopt;
  return p;
}

std::optional<geom::Point> Projection::inverse(geom::Point metres) const {
  inverse(std::span(&metres, 1));
  if (std::isnan(metres.x)) return std::nullopt;
  return metres;
}

void Projection::inverse(std::span<geom::Point> metres) const {
  const Engine::Session session(*impl_->engine);
  const std::vector<geom::Point> wanted(metres.begin(), metres.end());
  session.inverse(metres);
  for (geom::Point& p : metres)
    if (!impl_->domain.contains(p)) p = {kNan, kNan};
  std::vector<geom::Point> again(metres.begin(), metres.end());
  session.forward(again);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double off = std::hypot(again[i].x - wanted[i].x, again[i].y - wanted[i].y);
    metres[i] =
        off <= kRoundTripM ? geom::Point{geom::normalize_longitude(metres[i].x), metres[i].y} : geom::Point{kNan, kNan};
  }
}

const std::string& Projection::definition() const { return impl_->definition; }
const std::string& Projection::description() const { return impl_->description; }
double Projection::center_longitude() const { return impl_->domain.center_lon; }
Projection::Family Projection::family() const { return impl_->domain.family; }
bool Projection::is_web_mercator() const { return impl_->web_mercator; }
const Engine& Projection::engine() const { return *impl_->engine; }
const Domain& Projection::domain() const { return impl_->domain; }

std::string proj_version() {
  const PJ_INFO info = proj_info();
  return fmt::format("{}.{}.{}", info.major, info.minor, info.patch);
}

}  // namespace sitmap::projection
