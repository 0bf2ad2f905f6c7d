#include "end_to_end/program.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sitmap::test {
namespace fs = std::filesystem;

std::string program() { return std::string(SITMAP_BINARY_DIR) + "/bin/sitmap"; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Scratch::Scratch() {
  static std::atomic<int> counter = 0;
  path_ = fs::temp_directory_path() / ("sitmap-test-" + std::to_string(::getpid()) + "-" + std::to_string(counter++));
  fs::remove_all(path_);
  fs::create_directories(path_);
}

Scratch::~Scratch() {
  std::error_code error;
  fs::remove_all(path_, error);
}

Outcome run(const std::vector<std::string>& words, const fs::path& folder, long long most_bytes) {
  const Scratch scratch;
  const fs::path out = scratch.path() / "out", err = scratch.path() / "err";
  std::vector<std::string> all{program()};
  all.insert(all.end(), words.begin(), words.end());
  const pid_t child = ::fork();
  if (child == 0) {
    const auto redirect = [](const char* file, int flags, int to) {
      const int handle = ::open(file, flags, 0666);
      if (handle < 0 || ::dup2(handle, to) < 0) std::_Exit(126);
    };
    redirect("/dev/null", O_RDONLY, 0);
    redirect(out.c_str(), O_WRONLY | O_CREAT, 1);
    redirect(err.c_str(), O_WRONLY | O_CREAT, 2);
    if (::chdir(folder.c_str()) != 0) std::_Exit(125);
    if (most_bytes >= 0) {
      const auto most = static_cast<rlim_t>(most_bytes);
      const rlimit limit{most, most};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) std::_Exit(124);
    }
    std::vector<char*> arguments;
    for (std::string& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    std::_Exit(127);
  }
  Outcome outcome;
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read(out);
  outcome.err = read(err);
  return outcome;
}

}  // namespace sitmap::test
