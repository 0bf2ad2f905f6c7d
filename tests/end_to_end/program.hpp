#pragma once
// Runs the program as a user does.

#include <filesystem>
#include <string>
#include <vector>

namespace sitmap::test {

struct Outcome {
  int exit_code = -1;
  std::string out, err;
};

// In this folder, with these words (no shell). Standard input is empty. `most_bytes` limits the size of each file that
// the program writes, as a full disk does.
Outcome run(const std::vector<std::string>& words, const std::filesystem::path& folder, long long most_bytes = -1);
std::string program();              // build/…/bin/sitmap
std::string read(const std::filesystem::path& path);

// An empty folder that goes with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sitmap::test
