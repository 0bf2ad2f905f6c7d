#pragma once
// What a run says to its user, as interfaces: the command line, tests and embedding programs each bring their own.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.hpp"

namespace sitmap::base {

class Log {
 public:
  virtual ~Log() = default;
  virtual void problem(const Problem& problem) = 0;   // a warning, shown once, repeats counted by the implementation
  virtual void note(std::string_view message) = 0;    // "wrote out/border.png (1200 × 800, 214 kB)"
};

// Progress of a run in named stages ("reading", "placing labels", "drawing", "encoding"). Thread-safe.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void begin(std::string_view stage, std::int64_t total) = 0;  // total 0: not known
  virtual void advance(std::int64_t done) = 0;                         // done so far, not the increment
  virtual void end() = 0;
};

class SilentLog final : public Log {
 public:
  void problem(const Problem&) override {}
  void note(std::string_view) override {}
};

class SilentProgress final : public Progress {
 public:
  void begin(std::string_view, std::int64_t) override {}
  void advance(std::int64_t) override {}
  void end() override {}
};

}  // namespace sitmap::base
