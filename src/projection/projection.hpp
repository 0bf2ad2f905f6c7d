#pragma once
// Earth to plane, through PROJ. Longitude, latitude in degrees (WGS 84) to metres, x east, y north.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geom/geometry.hpp"

namespace sitmap::projection {

class Engine;
struct Domain;

// A map projection. Copies share the definition; all members may be called from several threads at once.
class Projection {
 public:
  // "EPSG:32638", a PROJ string ("+proj=lcc …"), or any text PROJ's CRS reader takes. Throws InputError with PROJ's
  // reason when it is none, or is not a projected CRS.
  static Projection from_text(std::string_view text);

  // A choice that suits the area (the world, when the box is not one), with round parameters. Conformal up to about
  // continental size: Mercator near the equator, Lambert conformal conic at middle latitudes (standard parallels at 1/6
  // and 5/6), polar stereographic around the poles, transverse Mercator for tall areas; Lambert azimuthal equal-area
  // for continents; Equal Earth for the world. After Snyder, "Map Projections: A Working Manual", USGS PP 1395, pp.
  // 33-35, and Šavrič et al. 2016.
  static Projection automatic(const geom::GeoBox& area);

  static Projection web_mercator();  // EPSG:3857

  std::optional<geom::Point> forward(geom::Point lon_lat) const;  // metres, x east, y north; nothing outside
  std::optional<geom::Point> inverse(geom::Point metres) const;   // degrees; nothing outside
  // The same for many, in place; what lies outside becomes NaN.
  void inverse(std::span<geom::Point> metres) const;

  const std::string& definition() const;   // PROJ string or authority code that from_text() reads; for the manifest
  const std::string& description() const;  // for people: "Lambert conformal conic, 39° N / 41° N"
  double center_longitude() const;         // the meridian opposite to the cut, degrees
  enum class Family { Cylindrical, PseudoCylindrical, Conic, Azimuthal, Other };
  Family family() const;
  bool is_web_mercator() const;

  const Engine& engine() const;  // for this module
  const Domain& domain() const;

 private:
  struct Impl;
  explicit Projection(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  static Projection plain(const std::string& proj_string, std::string description = {});  // null when PROJ refuses
  std::shared_ptr<const Impl> impl_;
};

std::string proj_version();  // "9.1.1"

}  // namespace sitmap::projection
