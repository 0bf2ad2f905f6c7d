#include "base/workers.hpp"

#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sitmap::base {

int default_jobs() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void ordered_parallel(std::size_t count, int jobs, const std::function<void(std::size_t, int)>& make,
                      const std::function<void(std::size_t)>& take, const CancelToken* cancel, std::size_t window) {
  const auto check = [cancel] {
    if (cancel != nullptr) cancel->check();
  };
  if (jobs <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      check();
      make(i, 0);
      take(i);
    }
    return;
  }
  if (window == 0) window = 2 * static_cast<std::size_t>(jobs);

  enum class State : char { Waiting, Ready, Failed };
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<State> states(count, State::Waiting);
  std::vector<std::exception_ptr> errors(count);
  std::size_t next = 0, taken = 0;
  bool stop = false;

  const auto work = [&](int worker) {
    for (;;) {
      std::size_t i;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return stop || next >= count || next < taken + window; });
        if (stop || next >= count) return;
        i = next++;
      }
      State state = State::Ready;
      std::exception_ptr error;
      try {
        check();
        make(i, worker);
      } catch (...) {
        state = State::Failed;
        error = std::current_exception();
      }
      {
        const std::lock_guard lock(mutex);
        states[i] = state;
        errors[i] = error;
      }
      changed.notify_all();
    }
  };

  std::vector<std::jthread> threads;
  for (int worker = 0; worker < jobs; ++worker) threads.emplace_back(work, worker);
  const auto finish = [&] {
    {
      const std::lock_guard lock(mutex);
      stop = true;
    }
    changed.notify_all();
    threads.clear();
  };
  try {
    for (std::size_t i = 0; i < count; ++i) {
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return states[i] != State::Waiting; });
        if (states[i] == State::Failed) std::rethrow_exception(errors[i]);
      }
      take(i);
      {
        const std::lock_guard lock(mutex);
        taken = i + 1;
      }
      changed.notify_all();
    }
  } catch (...) {
    finish();
    throw;
  }
  finish();
}

void parallel_for(std::size_t count, int jobs, const std::function<void(std::size_t)>& body) {
  ordered_parallel(
      count, jobs, [&](std::size_t i, int) { body(i); }, [](std::size_t) {}, nullptr, count);
}

}  // namespace sitmap::base
