#pragma once
// What the program asks of the GDAL module.

#include <filesystem>
#include <string>
#include <vector>

#include "source/read.hpp"

namespace sitmap::source {

struct GdalModule {
  int version;  // of this interface
  Table (*read)(const std::filesystem::path& path, const ReadOptions& options);
  std::vector<std::string> (*layers)(const std::filesystem::path& path);
  std::string (*gdal_version)();
};
inline constexpr int kGdalModuleVersion = 1;

}  // namespace sitmap::source

extern "C" const sitmap::source::GdalModule* sitmap_gdal_module();
