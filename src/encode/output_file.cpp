#include "encode/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/problem.hpp"

namespace sitmap::encode {

std::string write_advice(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: return "the disk is full: free some space or write somewhere else";
    case EFBIG: return "the file would be larger than allowed here (see 'ulimit -f')";
    case EACCES:
    case EPERM: return "check the permissions of the file and its folder";
    case EROFS: return "the file system is read-only; write somewhere else";
    case ENOENT: return "the folder doesn't exist: make it, or check the name";
    case EISDIR: return "that is a folder; name a file";
    default: return {};
  }
}

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path) {
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail(errno);
}

OutputFile::~OutputFile() {
  if (file_ >= 0) ::close(file_);
}

void OutputFile::fail(int error_number) const {
  throw base::IoError(fmt::format("cannot write '{}': {}", path_.string(), std::strerror(error_number)),
                      write_advice(error_number));
}

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void OutputFile::write_at(std::int64_t position, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file_, bytes.data(), bytes.size(), position);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    position += count;
  }
}

void OutputFile::close() {
  if (::close(std::exchange(file_, -1)) != 0) fail(errno);
}

}  // namespace sitmap::encode
