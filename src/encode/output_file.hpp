#pragma once
// A file written piece by piece. Publishing it (or not) is its owner's business.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace sitmap::encode {

// What to do about a failed write, by errno; may be empty.
std::string write_advice(int error_number);

class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);  // truncates; IoError
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void write(std::string_view bytes);                             // appends; IoError
  void write_at(std::int64_t position, std::string_view bytes);   // over what stands there; IoError
  void close();                                                   // IoError when the system reports a late failure

 private:
  [[noreturn]] void fail(int error_number) const;
  std::filesystem::path path_;
  int file_ = -1;
};

}  // namespace sitmap::encode
