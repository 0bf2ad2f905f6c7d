// sitmap_gazetteer_builder GEODATA OUT.sqlite: makes the gazetteer from the layers and tables of a geodata folder.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "base/file.hpp"
#include "base/problem.hpp"
#include "gazetteer/builder/entries.hpp"

namespace {

// The files that were read, with fingerprints of their bytes: what "built from" means.
std::string inputs_of(const std::filesystem::path& geodata) {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : {geodata, geodata / "tables"})
    if (std::filesystem::is_directory(folder))
      for (const auto& file : std::filesystem::directory_iterator(folder))
        if (file.path().extension() == ".fgb" || file.path().extension() == ".csv") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  std::string out;
  for (const auto& file : files)
    out += fmt::format("{}{} {:016x}", out.empty() ? "" : "; ", file.filename().string(),
                       sitmap::base::fingerprint(sitmap::base::read_file(file)));
  return out;
}

void build(const std::filesystem::path& geodata, const std::filesystem::path& target) {
  namespace builder = sitmap::gazetteer::builder;
  if (!std::filesystem::is_directory(geodata))
    throw sitmap::base::IoError(fmt::format("there is no folder '{}'", geodata.string()));
  sitmap::base::Problems problems;
  builder::Collection collection = builder::read_layers(geodata);
  builder::apply_table(geodata, collection, problems);
  problems.throw_if_errors();
  const auto entries = builder::finish(std::move(collection));
  builder::write(target, entries, inputs_of(geodata));
  fmt::print("{}: {} places, {} bytes\n", target.string(), entries.size(), std::filesystem::file_size(target));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: sitmap_gazetteer_builder GEODATA OUT.sqlite\n");
    return 2;
  }
  try {
    build(argv[1], argv[2]);
    return 0;
  } catch (const sitmap::base::InputError& error) {
    for (const auto& problem : error.problems()) fmt::print(stderr, "{}", sitmap::base::format(problem));
  } catch (const sitmap::base::IoError& error) {
    fmt::print(stderr, "sitmap_gazetteer_builder: {}\n{}\n", error.what(), error.hint());
  } catch (const std::exception& error) {
    fmt::print(stderr, "sitmap_gazetteer_builder: {}\n", error.what());
  }
  return 1;
}
