#include "source/read.hpp"

#include "base/file.hpp"
#include "base/module.hpp"
#include "base/text.hpp"
#include "source/csv.hpp"
#include "source/filter.hpp"
#include "source/flatgeobuf.hpp"
#include "source/gdal_module/interface.hpp"
#include "source/geopackage.hpp"

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

// CSV needs no GDAL, and ours names broken rows.
Table read_csv(const std::filesystem::path& path, const ReadOptions& options) {
  base::Problems problems;
  Table table = to_table(parse_csv(base::read_file(path), path.string(), problems));
  problems.throw_if_errors();
  if (options.box)
    std::erase_if(table.features, [boxes = options.box->boxes()](const Feature& f) { return !touches(f.geometry, boxes); });
  return table;
}

}  // namespace

Table read_features(const std::filesystem::path& path, const ReadOptions& options) {
  const std::string ending = base::ascii_lower(path.extension().string());
  if ((ending == ".csv" || ending == ".tsv") && options.where.empty()) return read_csv(path, options);
  if (ending == ".fgb")
    if (auto table = read_flatgeobuf(path, options)) return *std::move(table);
  if (ending == ".gpkg")
    if (auto table = read_geopackage(path, options)) return *std::move(table);
  return gdal().read(path, options);
}

std::vector<std::string> layer_names(const std::filesystem::path& path) { return gdal().layers(path); }

std::string gdal_version() { return gdal().gdal_version(); }

}  // namespace sitmap::source
