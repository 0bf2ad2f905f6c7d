#pragma once
// Messages and progress on a terminal, in a pipe, and for scripts.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "base/log.hpp"

namespace sitmap::cli {

// Warnings on stderr, each once; of one name at most kShown, the others counted.
class ConsoleLog final : public base::Log {
 public:
  explicit ConsoleLog(bool quiet) : quiet_(quiet) {}
  void problem(const base::Problem& problem) override;
  void note(std::string_view message) override;
  void finish();  // "… and 12 more [event-left-out]"

 private:
  bool quiet_;
  std::set<std::string> shown_;
  std::map<std::string, int> counts_;
};

enum class ProgressMode { Auto, Plain, Kv, None };

// Auto: one line on a terminal, nothing elsewhere. Plain: a line per stage. Kv: key=value lines on stderr.
class ConsoleProgress final : public base::Progress {
 public:
  explicit ConsoleProgress(ProgressMode mode);
  ~ConsoleProgress() override;
  void begin(std::string_view stage, std::int64_t total) override;
  void advance(std::int64_t done) override;
  void end() override;

 private:
  void show(bool last);
  enum class Display { Line, Plain, Kv, None } display_;
  std::mutex mutex_;
  std::string stage_;
  std::int64_t total_ = 0, done_ = 0;
  std::chrono::steady_clock::time_point start_, shown_;
  bool line_open_ = false;
};

}  // namespace sitmap::cli
