#pragma once
// Places and their names.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geom/geometry.hpp"
#include "time/interval.hpp"

namespace sitmap::gazetteer {

enum class NameKind { Official, Local, Former, Exonym, Transliteration };

struct Name {
  std::string text;                    // UTF-8
  std::string language{};              // BCP 47; empty: not known
  std::string script{};                // ISO 15924 ("Latn", "Armn"); empty: not known
  NameKind kind = NameKind::Local;
  std::optional<time::Interval> valid{}; // nothing: not known
};

struct Place {
  std::string id;                      // "geonames:174875", "admin1:AZE-1735", "sitmap:lachin-corridor"
  std::string name;                    // in English as used in the field
  std::string kind;                    // for people: town, village, province, district, corridor, border, country, …
  std::string feature_class, feature_code;  // GeoNames: "P", "PPLC"
  std::string country;                 // ISO 3166-1 alpha-2; empty: none or several
  std::vector<std::string> admin;      // names of the units above, country first
  geom::Point at;                      // longitude, latitude: the point, or a point inside the area or on the line
  double precision_m = 0;              // radius within which the true position lies; 0: not known
  geom::Geometry geometry;             // point, line or area; longitude, latitude
  std::vector<Name> names;
  std::optional<time::Interval> valid; // of this record (dated geometry)
  std::int64_t population = 0;
  int rank = 8;                        // prominence: 1 metropolis … 8 hamlet
  std::string source;                  // id(s) of geodata/sources.json, or text

  // The name in the first of these languages that has one (valid on the day if given), else `name`.
  std::string name_in(const std::vector<std::string>& languages, std::optional<time::Day> on = {}) const;
};

}  // namespace sitmap::gazetteer
