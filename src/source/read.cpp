#include "source/read.hpp"

#include <algorithm>
#include <thread>

#include "base/file.hpp"
#include "base/module.hpp"
#include "base/text.hpp"
#include "source/csv.hpp"
#include "source/gdal_module/interface.hpp"

namespace sitmap::source {
namespace {

const GdalModule& gdal() {
  static const GdalModule* module = [] {
    const auto entry = reinterpret_cast<decltype(&sitmap_gdal_module)>(base::module_symbol("sitmap_gdal", "sitmap_gdal_module"));
    const GdalModule* found = entry();
    if (found->version != kGdalModuleVersion)
      throw base::IoError("the module sitmap_gdal is of another version of sitmap", "build and install sitmap again");
    return found;
  }();
  return *module;
}

bool in_box(const geom::Geometry& geometry, const geom::GeoBox& box) {
  const geom::Box own = geom::bounds(geometry);
  const auto boxes = box.boxes();
  return std::any_of(boxes.begin(), boxes.end(), [&](const geom::Box& part) { return own.intersects(part); });
}

// CSV needs no GDAL, and ours names broken rows.
Table read_csv(const std::filesystem::path& path, const ReadOptions& options) {
  base::Problems problems;
  Table table = to_table(parse_csv(base::read_file(path), path.string(), problems));
  problems.throw_if_errors();
  if (options.box)
    std::erase_if(table.features, [&](const Feature& f) { return geom::is_empty(f.geometry) || !in_box(f.geometry, *options.box); });
  return table;
}

}  // namespace

Table read_features(const std::filesystem::path& path, const ReadOptions& options) {
  const std::string ending = base::ascii_lower(path.extension().string());
  if ((ending == ".csv" || ending == ".tsv") && options.where.empty()) return read_csv(path, options);
  return gdal().read(path, options);
}

std::vector<std::string> layer_names(const std::filesystem::path& path) { return gdal().layers(path); }

void warm_up() {
  static std::jthread thread([] {  // joined when the program ends
    try {
      gdal();
    } catch (const std::exception&) {  // the first real use says what is wrong
    }
  });
}

std::string gdal_version() { return gdal().gdal_version(); }

}  // namespace sitmap::source
