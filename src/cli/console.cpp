#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace sitmap::cli {
namespace {

constexpr int kShown = 10;  // warnings of one name

}  // namespace

void ConsoleLog::problem(const base::Problem& problem) {
  const std::string text = base::format(problem);
  if (!shown_.insert(text).second) return;  // stills and films of one run find the same
  if (++counts_[problem.name] > kShown || quiet_) return;
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void ConsoleLog::note(std::string_view message) {
  if (quiet_) return;
  fmt::print(stderr, "{}\n", message);
}

void ConsoleLog::finish() {
  if (!quiet_)
    for (const auto& [name, count] : counts_)
      if (count > kShown) fmt::print(stderr, "… and {} more [{}]\n", count - kShown, name);
  counts_.clear();
}

ConsoleProgress::ConsoleProgress(ProgressMode mode) {
  switch (mode) {
    case ProgressMode::Auto: display_ = ::isatty(STDERR_FILENO) != 0 ? Display::Line : Display::None; break;
    case ProgressMode::Plain: display_ = Display::Plain; break;
    case ProgressMode::Kv: display_ = Display::Kv; break;
    case ProgressMode::None: display_ = Display::None; break;
  }
}

ConsoleProgress::~ConsoleProgress() {
  if (line_open_) fmt::print(stderr, "\r\033[K");
}

void ConsoleProgress::begin(std::string_view stage, std::int64_t total) {
  const std::lock_guard lock(mutex_);
  stage_ = stage;
  total_ = total;
  done_ = 0;
  start_ = shown_ = std::chrono::steady_clock::now();
  if (display_ == Display::Plain) fmt::print(stderr, "{} …\n", stage_);
  if (display_ == Display::Kv || display_ == Display::Line) show(false);
}

void ConsoleProgress::advance(std::int64_t done) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  const auto now = std::chrono::steady_clock::now();
  if (now - shown_ < std::chrono::milliseconds(display_ == Display::Line ? 60 : 500)) return;
  shown_ = now;
  show(false);
}

void ConsoleProgress::end() {
  const std::lock_guard lock(mutex_);
  show(true);
}

void ConsoleProgress::show(bool last) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (display_ == Display::Line) {
    if (last) {
      fmt::print(stderr, "\r\033[K");
      line_open_ = false;
    } else {
      const std::string left = done_ > 0 && seconds > 1 ? fmt::format(", {:.0f} s left", seconds / static_cast<double>(done_) * static_cast<double>(total_ - done_)) : "";
      fmt::print(stderr, "\r\033[K{}{}{}", stage_, total_ > 0 ? fmt::format(" {}/{}", done_, total_) : "", left);
      line_open_ = true;
    }
    std::fflush(stderr);
  } else if (display_ == Display::Kv) {
    fmt::print(stderr, "stage={}\ndone={}\ntotal={}\nseconds={:.3f}\nprogress={}\n", stage_, done_, total_, seconds, last ? "end" : "continue");
    std::fflush(stderr);
  } else if (display_ == Display::Plain && !last && total_ > 0) {
    fmt::print(stderr, "{} {}/{}\n", stage_, done_, total_);
  }
}

}  // namespace sitmap::cli
