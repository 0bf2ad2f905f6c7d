#include "base/module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/problem.hpp"

#ifndef SITMAP_BUILD_MODULES
#define SITMAP_BUILD_MODULES ""
#endif

namespace sitmap::base {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> folders() {
  std::vector<fs::path> out;
  if (const char* named = std::getenv("SITMAP_MODULES"); named != nullptr && *named != '\0') out.emplace_back(named);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !error && folder.has_relative_path(); folder = folder.parent_path())
    out.push_back(folder / "lib" / "sitmap");
  if (constexpr std::string_view kBuild = SITMAP_BUILD_MODULES; !kBuild.empty()) out.emplace_back(kBuild);
  return out;
}

void* load(const std::string& file_name) {
  for (const fs::path& folder : folders()) {
    const fs::path file = folder / file_name;
    if (!fs::exists(file)) continue;
    if (void* handle = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL)) return handle;
    throw IoError(fmt::format("cannot load '{}': {}", file.string(), ::dlerror()),
                  "install the missing library, or build sitmap again on this machine");
  }
  throw IoError(fmt::format("the module {} was not found beside the program", file_name),
                "install with 'cmake --install', or name its folder in SITMAP_MODULES");
}

}  // namespace

void* module_symbol(std::string_view name, const char* symbol) {
  static auto& mutex = *new std::mutex;
  // Never destroyed: a module may still be loading in the background when the program ends.
  static auto& loaded = *new std::map<std::string, void*, std::less<>>;
  const std::lock_guard lock(mutex);
  auto it = loaded.find(name);
  if (it == loaded.end()) it = loaded.emplace(name, load(fmt::format("lib{}.so", name))).first;
  if (void* address = ::dlsym(it->second, symbol)) return address;
  throw IoError(fmt::format("the module {} is of another version of sitmap", name),
                "build and install sitmap again as a whole");
}

}  // namespace sitmap::base
