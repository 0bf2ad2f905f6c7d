#pragma once
// Problems in the input: where, what, what to do next. Exceptions carry them to the one place that prints.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sitmap::base {

// A place in an input file. Lines and columns count from 1, columns in Unicode code points; 0 = not known.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  std::string line_text;  // the whole line as it stands in the file, for the caret; may be empty

  bool operator==(const Location&) const = default;
};

enum class Severity { Warning, Error };

struct Problem {
  Severity severity = Severity::Error;
  std::string name;     // for warnings: the name that groups repeats ("event-left-out"); may be empty for errors
  Location where;       // may be empty: about no file
  std::string message;  // what is wrong, one line, no full stop
  std::string hint;     // what to do next ("did you mean 'color'?"); may be empty
};

// Collects every problem of one run; a document is checked to its end and all are shown together.
class Problems {
 public:
  void error(Location where, std::string message, std::string hint = {});
  void warn(std::string name, Location where, std::string message, std::string hint = {});
  void add(Problem problem);
  void append(Problems other);

  bool has_errors() const { return errors_ > 0; }
  bool empty() const { return all_.empty(); }
  const std::vector<Problem>& all() const { return all_; }

  // Throws InputError with everything collected when there is an error.
  void throw_if_errors() const;

 private:
  std::vector<Problem> all_;
  std::size_t errors_ = 0;
};

// "file:14:9: unknown key 'colour' in 'furniture'\n  14 |   colour: …\n     |   ^ did you mean 'color'?\n"
std::string format(const Problem& problem);

// The input is wrong: exit code 1.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::string message, std::string hint = {});
  InputError(Location where, std::string message, std::string hint = {});
  explicit InputError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

// The outside world failed (disk, permissions, a library): exit code 1.
class IoError : public std::runtime_error {
 public:
  explicit IoError(std::string message, std::string hint = {});
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// The command line is wrong: exit code 2.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(std::string message, std::string hint = {});
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// The user asked to stop (Ctrl-C): exit code 130, no message.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("stopped") {}
};

}  // namespace sitmap::base
