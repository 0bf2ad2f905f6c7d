#include "projection/domain.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/text.hpp"
#include "geom/operations.hpp"

namespace sitmap::projection {
namespace {

constexpr double kDeg = 180 / std::numbers::pi;

using Family = Projection::Family;

struct Known {
  std::string_view code, name;
  Family family;
  double cap_radius = 0;  // degrees; beyond it points are at infinity, hidden or of no use
};

constexpr std::array kKnown = {
    Known{"merc", "Mercator", Family::Cylindrical},
    Known{"webmerc", "Web Mercator", Family::Cylindrical},
    Known{"eqc", "Equirectangular", Family::Cylindrical},
    Known{"cea", "Cylindrical equal-area", Family::Cylindrical},
    Known{"mill", "Miller cylindrical", Family::Cylindrical},
    Known{"gall", "Gall stereographic", Family::Cylindrical},
    Known{"patterson", "Patterson", Family::Cylindrical},
    Known{"comill", "Compact Miller", Family::Cylindrical},
    Known{"tmerc", "Transverse Mercator", Family::Other},
    Known{"etmerc", "Transverse Mercator", Family::Other},
    Known{"utm", "Universal transverse Mercator", Family::Other},
    Known{"gstmerc", "Transverse Mercator", Family::Other},
    Known{"eqearth", "Equal Earth", Family::PseudoCylindrical},
    Known{"robin", "Robinson", Family::PseudoCylindrical},
    Known{"moll", "Mollweide", Family::PseudoCylindrical},
    Known{"sinu", "Sinusoidal", Family::PseudoCylindrical},
    Known{"natearth", "Natural Earth", Family::PseudoCylindrical},
    Known{"natearth2", "Natural Earth II", Family::PseudoCylindrical},
    Known{"wintri", "Winkel Tripel", Family::PseudoCylindrical},
    Known{"hammer", "Hammer", Family::PseudoCylindrical},
    Known{"aitoff", "Aitoff", Family::PseudoCylindrical},
    Known{"kav5", "Kavrayskiy V", Family::PseudoCylindrical},
    Known{"kav7", "Kavrayskiy VII", Family::PseudoCylindrical},
    Known{"eck1", "Eckert I", Family::PseudoCylindrical},
    Known{"eck2", "Eckert II", Family::PseudoCylindrical},
    Known{"eck3", "Eckert III", Family::PseudoCylindrical},
    Known{"eck4", "Eckert IV", Family::PseudoCylindrical},
    Known{"eck5", "Eckert V", Family::PseudoCylindrical},
    Known{"eck6", "Eckert VI", Family::PseudoCylindrical},
    Known{"wag4", "Wagner IV", Family::PseudoCylindrical},
    Known{"vandg", "Van der Grinten", Family::PseudoCylindrical},
    Known{"lcc", "Lambert conformal conic", Family::Conic},
    Known{"aea", "Albers equal-area conic", Family::Conic},
    Known{"eqdc", "Equidistant conic", Family::Conic},
    Known{"leac", "Lambert equal-area conic", Family::Conic},
    Known{"bonne", "Bonne", Family::Conic},
    Known{"poly", "Polyconic", Family::Conic},
    Known{"stere", "Stereographic", Family::Azimuthal, 140},
    Known{"sterea", "Oblique stereographic", Family::Azimuthal, 140},
    Known{"ups", "Universal polar stereographic", Family::Azimuthal, 140},
    Known{"laea", "Lambert azimuthal equal-area", Family::Azimuthal, 179},
    Known{"aeqd", "Azimuthal equidistant", Family::Azimuthal, 179.5},
    Known{"ortho", "Orthographic", Family::Azimuthal, 89.5},
    Known{"gnom", "Gnomonic", Family::Azimuthal, 80},
    Known{"nsper", "Vertical perspective", Family::Azimuthal, 1},
    Known{"geos", "Geostationary", Family::Azimuthal, 1},
    Known{"airy", "Airy", Family::Azimuthal, 89},
};

const Known* known(const Parameters& parameters) {
  const auto proj = parameters.find("proj");
  if (proj == parameters.end()) return nullptr;
  const auto found = std::ranges::find(kKnown, proj->second, &Known::code);
  return found == kKnown.end() ? nullptr : &*found;
}

std::string degrees(double value, char positive, char negative) {
  const double size = std::round(std::abs(value) * 1e4) / 1e4;
  if (size == 0) return "0°";
  return fmt::format("{}° {}", base::print_double(size), value < 0 ? negative : positive);
}

double central_meridian(const Parameters& parameters) {
  if (const double zone = parameter(parameters, "zone", 0); zone >= 1 && zone <= 60) return zone * 6 - 183;
  double lon = parameter(parameters, "lon_0", parameter(parameters, "lonc", 0));
  if (const auto meridian = parameters.find("pm"); meridian != parameters.end())
    lon += base::parse_double(meridian->second).value_or(0);
  return lon;
}

}  // namespace

Parameters parse_parameters(std::string_view proj_string) {
  Parameters out;
  std::string text(proj_string);
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  for (std::string_view token : base::split(text, ' ')) {
    if (token.starts_with('+')) token.remove_prefix(1);
    if (token.empty()) continue;
    const std::size_t equals = token.find('=');
    const std::string_view value = equals == std::string_view::npos ? "" : token.substr(equals + 1);
    out.emplace(token.substr(0, equals), value);  // the first one counts, as in PROJ
  }
  return out;
}

double parameter(const Parameters& parameters, std::string_view name, double otherwise) {
  const auto found = parameters.find(name);
  if (found == parameters.end() || found->second.empty()) return otherwise;
  if (const auto plain = base::parse_double(found->second)) return *plain;
  return proj_dmstor(found->second.c_str(), nullptr) * kDeg;  // "45d30'N"
}

bool Domain::contains(geom::Point lon_lat) const {
  if (!std::isfinite(lon_lat.x) || !(std::abs(lon_lat.y) <= 90)) return false;
  if (cap) return geom::distance_m(cap->center, lon_lat) <= cap->radius / kDeg * geom::kEarthRadiusM * (1 + 1e-9);
  if (lon_lat.y < south || lon_lat.y > north) return false;
  return half_width >= 180 || std::abs(std::remainder(lon_lat.x - center_lon, 360.0)) <= half_width;
}

Domain domain_of(const Parameters& parameters) {
  Domain out;
  const Known* kind = known(parameters);
  out.center_lon = geom::normalize_longitude(central_meridian(parameters));
  if (!kind) return out;
  out.family = kind->family;
  const double lat_0 =
      parameter(parameters, "lat_0", kind->code == "ups" ? (parameters.contains("south") ? -90 : 90) : 0);
  if (kind->family == Family::Azimuthal) {
    double radius = kind->cap_radius;
    if (kind->code == "nsper" || kind->code == "geos") {
      const double height = parameter(parameters, "h", 35785831);
      radius = std::acos(geom::kEarthRadiusM / (geom::kEarthRadiusM + std::max(height, 1.0))) * kDeg * 0.995 - 0.2;
    }
    out.cap = Domain::Cap{{out.center_lon, std::clamp(lat_0, -90.0, 90.0)}, std::max(radius, 0.01)};
    return out;
  }
  if (kind->code == "merc" || kind->code == "webmerc") {
    out.mercator = true;
    out.south = -89;
    out.north = 89;
  } else if (kind->code == "lcc") {  // the pole away from the standard parallels is at infinity
    const double lat_1 = parameter(parameters, "lat_1", lat_0);
    const bool northern = lat_1 + parameter(parameters, "lat_2", lat_1) >= 0;
    (northern ? out.south : out.north) = northern ? -75 : 75;
  } else if (kind->name == "Transverse Mercator" || kind->code == "utm") {
    out.half_width = 75;
  }
  return out;
}

std::string describe(const Parameters& parameters) {
  const Known* kind = known(parameters);
  if (!kind) {
    const auto proj = parameters.find("proj");
    return proj == parameters.end() ? "map projection" : fmt::format("PROJ's '{}' projection", proj->second);
  }
  const double lon = geom::normalize_longitude(central_meridian(parameters));
  const double lat_0 = parameter(parameters, "lat_0", 0);
  std::string out(kind->name);
  if (kind->code == "utm")
    return fmt::format("{}, zone {}{}", out,
                       parameters.find("zone") == parameters.end() ? "?" : parameters.find("zone")->second,
                       parameters.contains("south") ? "S" : "N");
  if (kind->code == "webmerc") return out;
  if (kind->family == Family::Conic && parameters.contains("lat_1")) {
    const double lat_1 = parameter(parameters, "lat_1", 0), lat_2 = parameter(parameters, "lat_2", lat_1);
    return fmt::format("{}, {} / {}", out, degrees(lat_1, 'N', 'S'), degrees(lat_2, 'N', 'S'));
  }
  if (kind->family == Family::Azimuthal) {
    if (std::abs(lat_0) == 90) return fmt::format("{}, {} Pole", out, lat_0 > 0 ? "North" : "South");
    return fmt::format("{}, centred on {}, {}", out, degrees(lat_0, 'N', 'S'), degrees(lon, 'E', 'W'));
  }
  return fmt::format("{}, central meridian {}", out, degrees(lon, 'E', 'W'));
}

}  // namespace sitmap::projection
