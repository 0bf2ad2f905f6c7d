#pragma once
// Frame rates and times as exact fractions.

#include <cstdint>

namespace sitmap::encode {

struct FrameRate {  // num / den pictures a second
  int num = 25, den = 1;
  bool operator==(const FrameRate&) const = default;
};

// 25 → 25/1; 29.97 and its kin (n × 1000/1001) → 30000/1001; others to a thousandth. std::logic_error unless
// 0 < fps ≤ 1000.
FrameRate frame_rate(double fps);

// When tick `ticks` begins, in units of 1/`units` s, rounded to the nearest: differences of it carry the error.
std::int64_t time_of(std::int64_t ticks, FrameRate rate, std::int64_t units);

}  // namespace sitmap::encode
