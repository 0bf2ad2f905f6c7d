#pragma once
// Work on several threads whose results are taken in order, so that the number of threads never shows.

#include <cstddef>
#include <functional>

#include "base/cancel.hpp"

namespace sitmap::base {

int default_jobs();  // hardware threads this process may use, at least 1

// Calls make(i, worker) for i in [0, count) on `jobs` threads (worker in [0, jobs)), and take(i) on the calling
// thread in the order of i, each after its make(i). At most `window` (0: 2 × jobs) results are made ahead of the
// one to be taken. The first exception (by index) stops the rest and is thrown again here; a cancelled token throws
// Cancelled. jobs <= 1 runs everything on the calling thread.
void ordered_parallel(std::size_t count, int jobs, const std::function<void(std::size_t, int)>& make,
                      const std::function<void(std::size_t)>& take, const CancelToken* cancel = nullptr,
                      std::size_t window = 0);

// The same without results: body(i) in any order.
void parallel_for(std::size_t count, int jobs, const std::function<void(std::size_t)>& body);

}  // namespace sitmap::base
