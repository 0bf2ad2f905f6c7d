#pragma once
// The embedded layers (country, border, admin1, lake, …): which file serves a layer for a view, and what it owes to whom.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geom/geometry.hpp"
#include "source/read.hpp"

namespace sitmap::source {

// A data provider, from geodata/sources.json.
struct Provider {
  std::string id, title, licence, attribution, data_date;
};

class Catalogue {
 public:
  // Reads geodata/catalogue.json and geodata/sources.json below the data folder. InputError, IoError.
  explicit Catalogue(std::filesystem::path geodata_folder);
  ~Catalogue();

  bool has(std::string_view layer) const;
  std::vector<std::string> layers() const;

  // The layer's features that touch the box, from the file made for this scale (metres per pixel at the centre).
  Table read(std::string_view layer, const geom::GeoBox& box, double metres_per_px,
             const std::vector<std::string>& columns = {}) const;

  // A named embedded data set, e.g. "conflict/control.geojson"; IoError names those that exist.
  std::filesystem::path file(std::string_view name) const;

  const Provider* provider(std::string_view id) const;  // nullptr: not known

 private:
  struct Entry;
  std::filesystem::path folder_;
  std::map<std::string, std::vector<Entry>, std::less<>> layers_;
  std::map<std::string, Provider, std::less<>> providers_;
};

}  // namespace sitmap::source
