#include "base/problem.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace sitmap::base {

void Problems::error(Location where, std::string message, std::string hint) {
  add({Severity::Error, {}, std::move(where), std::move(message), std::move(hint)});
}

void Problems::warn(std::string name, Location where, std::string message, std::string hint) {
  add({Severity::Warning, std::move(name), std::move(where), std::move(message), std::move(hint)});
}

void Problems::add(Problem problem) {
  if (problem.severity == Severity::Error) ++errors_;
  all_.push_back(std::move(problem));
}

void Problems::append(Problems other) {
  for (Problem& problem : other.all_) add(std::move(problem));
}

void Problems::throw_if_errors() const {
  if (has_errors()) throw InputError(all_);
}

std::string format(const Problem& problem) {
  std::string out;
  const Location& at = problem.where;
  if (!at.file.empty()) {
    out += at.file;
    if (at.line > 0) out += fmt::format(":{}", at.line);
    if (at.line > 0 && at.column > 0) out += fmt::format(":{}", at.column);
    out += ": ";
  }
  if (problem.severity == Severity::Warning) out += "warning: ";
  out += problem.message;
  if (problem.severity == Severity::Warning && !problem.name.empty()) out += fmt::format(" [{}]", problem.name);
  out += '\n';

  const bool has_line = at.line > 0 && !at.line_text.empty();
  if (has_line) {
    const std::string number = fmt::format("{}", at.line);
    out += fmt::format("  {} | {}\n", number, at.line_text);
    if (at.column > 0) {
      const std::string indent(display_width(code_point_prefix(at.line_text, at.column - 1)), ' ');
      out += fmt::format("  {} | {}^{}{}\n", std::string(number.size(), ' '), indent, problem.hint.empty() ? "" : " ",
                         problem.hint);
      return out;
    }
  }
  if (!problem.hint.empty()) out += fmt::format("  {}\n", problem.hint);
  return out;
}

namespace {
std::string joined_messages(const std::vector<Problem>& problems) {
  std::string out;
  for (const Problem& problem : problems) out += format(problem);
  return out;
}
}  // namespace

InputError::InputError(std::string message, std::string hint)
    : InputError(Location{}, std::move(message), std::move(hint)) {}

InputError::InputError(Location where, std::string message, std::string hint)
    : InputError(std::vector<Problem>{
          {Severity::Error, {}, std::move(where), std::move(message), std::move(hint)}}) {}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(joined_messages(problems)), problems_(std::move(problems)) {}

IoError::IoError(std::string message, std::string hint)
    : std::runtime_error(std::move(message)), hint_(std::move(hint)) {}

UsageError::UsageError(std::string message, std::string hint)
    : std::runtime_error(std::move(message)), hint_(std::move(hint)) {}

}  // namespace sitmap::base
