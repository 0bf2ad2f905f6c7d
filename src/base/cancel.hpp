#pragma once
// A request to stop, set from a signal handler, looked at between units of work.

#include <atomic>

#include "base/problem.hpp"

namespace sitmap::base {

class CancelToken {
 public:
  void request() noexcept { requested_.store(true, std::memory_order_relaxed); }  // async-signal-safe
  bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }
  void check() const {  // throws Cancelled
    if (requested()) throw Cancelled();
  }

 private:
  std::atomic<bool> requested_ = false;
};

}  // namespace sitmap::base
