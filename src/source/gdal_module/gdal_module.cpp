#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <set>

#include "base/problem.hpp"
#include "base/text.hpp"
#include "source/filter.hpp"
#include "source/gdal_module/convert.hpp"
#include "source/gdal_module/interface.hpp"

namespace sitmap::source {
namespace {

using base::InputError;

struct CloseDataset {
  void operator()(void* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, CloseDataset>;
struct DestroyTransform {
  void operator()(void* transform) const { OCTDestroyCoordinateTransformation(static_cast<OGRCoordinateTransformationH>(transform)); }
};
using Transform = std::unique_ptr<void, DestroyTransform>;

// Data files are untrusted: these drivers read files and nothing else (no VRT, no WFS, no virtual file systems).
void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", nullptr);
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "400");
    CPLSetConfigOption("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER");
    RegisterOGRFlatGeobuf();
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRGeoJSONSeq();
    RegisterOGRTopoJSON();
    RegisterOGRShape();
    RegisterOGRCSV();
    RegisterOGRSQLite();
    RegisterOGRKML();
    RegisterOGRGML();
    RegisterOGRGPX();
    RegisterOGRTAB();
    RegisterOGRXLSX();
    RegisterOGRODS();
    RegisterOGRPG();
  });
}

void CPL_STDCALL ignore_errors(CPLErr, CPLErrorNum, const char*) {}

// GDAL's messages are read from CPLGetLastErrorMsg and never printed.
struct QuietErrors {
  QuietErrors() { CPLPushErrorHandler(ignore_errors); }
  ~QuietErrors() { CPLPopErrorHandler(); }
};

std::string gdal_reason() {
  const char* message = CPLGetLastErrorMsg();
  return message != nullptr && *message != '\0' ? fmt::format(": {}", message) : std::string();
}

Dataset open(const std::filesystem::path& path) {
  register_drivers();
  const std::string name = path.string();
  if (!name.starts_with("PG:")) {
    if (name.starts_with("/vsi") || name.find("://") != std::string::npos)
      throw InputError(fmt::format("'{}' is not a file of this machine", name), "download it first, then name the file");
    if (!std::filesystem::exists(path))
      throw InputError(fmt::format("cannot read '{}': no such file", name),
                       "check the name; paths in a map file are relative to that file");
  }
  CPLErrorReset();
  Dataset dataset(GDALOpenEx(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
  if (!dataset)
    throw InputError(fmt::format("cannot read '{}' as vector data{}", name, gdal_reason()),
                     "GeoJSON, GeoPackage, FlatGeobuf, Shapefile, CSV, KML, GPX, GML, XLSX and ODS can be read");
  return dataset;
}

std::vector<std::string> names_of(void* dataset) {
  std::vector<std::string> names;
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i)
    names.emplace_back(OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
  return names;
}

OGRLayerH layer_of(void* dataset, const std::filesystem::path& path, const std::string& wanted) {
  if (!wanted.empty()) {
    if (OGRLayerH layer = GDALDatasetGetLayerByName(dataset, wanted.c_str())) return layer;
    throw InputError(fmt::format("'{}' has no layer '{}'", path.string(), wanted),
                     base::suggestion(wanted, names_of(dataset)));
  }
  if (GDALDatasetGetLayerCount(dataset) == 0)
    throw InputError(fmt::format("'{}' has no layers", path.string()), "check that it is a vector data file");
  return GDALDatasetGetLayer(dataset, 0);
}

// To WGS 84 longitude/latitude; nothing when the layer is there already (or says no CRS).
Transform to_wgs84(OGRLayerH layer, OGRSpatialReferenceH wgs84) {
  OGRSpatialReferenceH own = OGR_L_GetSpatialRef(layer);
  if (own == nullptr) return nullptr;
  if (OSRIsGeographic(own)) {
    const char* datum = OSRGetAttrValue(own, "DATUM", 0);
    if (datum != nullptr && (std::strstr(datum, "WGS") != nullptr || std::strstr(datum, "World Geodetic") != nullptr))
      return nullptr;
  }
  OSRSetAxisMappingStrategy(own, OAMS_TRADITIONAL_GIS_ORDER);
  if (OSRIsSame(own, wgs84)) return nullptr;
  return Transform(OCTNewCoordinateTransformation(own, wgs84));
}

struct Columns {
  std::vector<int> indices;
  std::vector<OGRFieldType> types;
  std::shared_ptr<const Schema> schema;
};

// Reads the wanted columns only; the others are not even decoded.
Columns choose_columns(OGRLayerH layer, const std::vector<std::string>& wanted) {
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  const std::set<std::string> chosen(wanted.begin(), wanted.end());
  Columns columns;
  std::vector<std::string> names;
  std::vector<const char*> ignored;
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
    const char* name = OGR_Fld_GetNameRef(field);
    if (!wanted.empty() && !chosen.contains(name)) {
      ignored.push_back(name);
      continue;
    }
    columns.indices.push_back(i);
    columns.types.push_back(OGR_Fld_GetType(field));
    names.emplace_back(name);
  }
  ignored.push_back(nullptr);
  if (ignored.size() > 1 && OGR_L_TestCapability(layer, OLCIgnoreFields)) OGR_L_SetIgnoredFields(layer, ignored.data());
  columns.schema = std::make_shared<Schema>(std::move(names));
  return columns;
}

void read_box(OGRLayerH layer, const geom::Box* box, const Columns& columns, void* transform, Table& table) {
  if (box != nullptr && transform == nullptr)
    OGR_L_SetSpatialFilterRect(layer, box->min_x, box->min_y, box->max_x, box->max_y);
  else
    OGR_L_SetSpatialFilter(layer, nullptr);
  OGR_L_ResetReading(layer);
  while (OGRFeatureH handle = OGR_L_GetNextFeature(layer)) {
    const std::unique_ptr<void, decltype(&OGR_F_Destroy)> feature(handle, OGR_F_Destroy);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(handle);
    if (geometry != nullptr && transform != nullptr &&
        OGR_G_Transform(geometry, static_cast<OGRCoordinateTransformationH>(transform)) != OGRERR_NONE)
      continue;
    Feature out;
    out.id = OGR_F_GetFID(handle);
    out.geometry = convert_geometry(geometry);
    if (!finite_coordinates(out.geometry)) continue;
    if (box != nullptr && transform != nullptr && !touches(out.geometry, {box, 1})) continue;
    out.schema = columns.schema;
    out.values.reserve(columns.indices.size());
    for (std::size_t i = 0; i < columns.indices.size(); ++i)
      out.values.push_back(convert_field(handle, columns.indices[i], columns.types[i]));
    table.features.push_back(std::move(out));
  }
}

Table read(const std::filesystem::path& path, const ReadOptions& options) {
  const QuietErrors quiet;
  const Dataset dataset = open(path);
  OGRLayerH layer = layer_of(dataset.get(), path, options.layer);
  if (!options.where.empty() && OGR_L_SetAttributeFilter(layer, options.where.c_str()) != OGRERR_NONE)
    throw InputError(fmt::format("'{}': the condition \"{}\" is not understood{}", path.string(), options.where, gdal_reason()),
                     "write it as OGR SQL, for example: population > 10000");
  const std::unique_ptr<void, decltype(&OSRDestroySpatialReference)> wgs84(OSRNewSpatialReference(nullptr),
                                                                          OSRDestroySpatialReference);
  OSRImportFromEPSG(wgs84.get(), 4326);
  OSRSetAxisMappingStrategy(wgs84.get(), OAMS_TRADITIONAL_GIS_ORDER);
  const Transform transform = to_wgs84(layer, wgs84.get());
  const Columns columns = choose_columns(layer, options.columns);

  Table table;
  table.schema = columns.schema;
  CPLErrorReset();
  if (options.box) {
    std::set<std::int64_t> seen;
    for (const geom::Box& box : options.box->boxes()) {
      const std::size_t before = table.features.size();
      read_box(layer, &box, columns, transform.get(), table);
      if (before == 0) {
        for (const Feature& feature : table.features) seen.insert(feature.id);
      } else {
        std::erase_if(table.features, [&, i = std::size_t{0}](const Feature& feature) mutable {
          return i++ >= before && seen.contains(feature.id);
        });
      }
    }
  } else {
    read_box(layer, nullptr, columns, transform.get(), table);
  }
  if (CPLGetLastErrorType() >= CE_Failure && table.features.empty())
    throw InputError(fmt::format("cannot read '{}'{}", path.string(), gdal_reason()), "the file may be damaged");
  return table;
}

std::vector<std::string> layers(const std::filesystem::path& path) {
  const QuietErrors quiet;
  return names_of(open(path).get());
}

std::string version() { return GDALVersionInfo("RELEASE_NAME"); }

}  // namespace
}  // namespace sitmap::source

extern "C" const sitmap::source::GdalModule* sitmap_gdal_module() {
  static const sitmap::source::GdalModule module{sitmap::source::kGdalModuleVersion, sitmap::source::read,
                                                 sitmap::source::layers, sitmap::source::version};
  return &module;
}
