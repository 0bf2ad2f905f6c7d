#pragma once
// Files: read whole, written whole or not at all.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sitmap::base {

// The whole file; IoError with the system's reason and what to do.
std::string read_file(const std::filesystem::path& path);

// A file that appears under its name complete or not at all: it is written beside its target under a temporary
// name, and renamed by publish(). The destructor removes what was not published. Creates missing parent folders.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  const std::filesystem::path& temporary() const { return temporary_; }  // write here; same ending as the target
  const std::filesystem::path& target() const { return target_; }
  void write(std::string_view bytes);  // the whole content; IoError on a full disk
  void publish();                      // flush to disk, rename; IoError

 private:
  std::filesystem::path target_, temporary_;
};

void write_file(const std::filesystem::path& target, std::string_view bytes);  // atomic, in one call

// Where the installed data stand (geodata, styles, schema, gazetteer): $SITMAP_DATA, or ../share/sitmap beside the
// program, found from the program itself so that an installed tree can be moved. IoError when there is none.
std::filesystem::path data_folder();

// 64-bit FNV-1a, for fingerprints that must be the same on every machine.
std::uint64_t fingerprint(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL);

}  // namespace sitmap::base
