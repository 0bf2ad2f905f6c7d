#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <utility>

#include "base/problem.hpp"

namespace sitmap::base {
namespace fs = std::filesystem;
namespace {

std::string advice(std::string_view doing, int error_number) {
  switch (error_number) {
    case ENOENT:
      return doing == "read" ? "check the name; paths in a map file are relative to that file" : "nothing can be written there; choose another folder";
    case ENAMETOOLONG: return "choose a shorter name";
    case ENOTDIR: return "a file of that name stands where a folder is needed";
    case EACCES:
    case EPERM: return "check the permissions of the file and its folder";
    case ENOSPC:
    case EDQUOT: return "the disk is full: free some space or write somewhere else";
    case EISDIR: return "that is a folder; name a file";
    case EROFS: return "the file system is read-only; write somewhere else";
    default: return {};
  }
}

[[noreturn]] void fail(std::string_view doing, const fs::path& path, int error_number) {
  throw IoError(fmt::format("cannot {} '{}': {}", doing, path.string(), std::strerror(error_number)),
                advice(doing, error_number));
}

}  // namespace

std::string read_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail("read", path, errno);
  struct stat status {};
  std::string bytes;
  if (::fstat(file, &status) == 0 && status.st_size > 0) bytes.reserve(static_cast<std::size_t>(status.st_size));
  char buffer[1 << 16];
  for (;;) {
    const ssize_t count = ::read(file, buffer, sizeof buffer);
    if (count == 0) break;
    if (count < 0) {
      if (errno == EINTR) continue;
      const int error_number = errno;
      ::close(file);
      fail("read", path, error_number);
    }
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(file);
  return bytes;
}

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)) {
  static std::atomic<unsigned> counter = 0;
  std::error_code ignored;
  if (fs::is_directory(target_, ignored)) fail("write", target_, EISDIR);
  if (target_.has_parent_path()) {
    std::error_code error;
    fs::create_directories(target_.parent_path(), error);
    if (error) fail("make the folder", target_.parent_path(), error.value());
  }
  temporary_ = target_.parent_path() /
               fmt::format(".{}.{}-{}.part{}", target_.stem().string(), ::getpid(), counter++, target_.extension().string());
  const int file = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) {
    const int error_number = errno;
    fs::path wanted = target_;
    temporary_.clear();
    fail("write", wanted, error_number);
  }
  ::close(file);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  const int file = ::open(temporary_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (file < 0) fail("write", target_, errno);
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR) continue;
      const int error_number = errno;
      ::close(file);
      fail("write", target_, error_number);
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::close(file) != 0) fail("write", target_, errno);
}

void AtomicFile::publish() {
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("write", target_, errno);
  temporary_.clear();
}

void write_file(const fs::path& target, std::string_view bytes) {
  AtomicFile file(target);
  file.write(bytes);
  file.publish();
}

fs::path data_folder() {
  if (const char* named = std::getenv("SITMAP_DATA"); named != nullptr && *named != '\0') {
    if (fs::is_directory(named)) return named;
    throw IoError(fmt::format("SITMAP_DATA names '{}', which is not a folder", named),
                  "unset SITMAP_DATA to use the installed data");
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !error && folder.has_relative_path(); folder = folder.parent_path()) {
    const fs::path candidate = folder / "share" / "sitmap";
    if (fs::is_directory(candidate)) return candidate;
  }
  throw IoError("the data that come with sitmap were not found beside the program",
                "install with 'cmake --install', or name the folder in SITMAP_DATA");
}

std::uint64_t fingerprint(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace sitmap::base
