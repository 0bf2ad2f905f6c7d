#include "encode/frame_rate.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace sitmap::encode {

FrameRate frame_rate(double fps) {
  if (!(fps > 0 && fps <= 1000)) throw std::logic_error("encode: a film needs a frame rate between 0 and 1000");
  const auto near = [](double a, double b) { return std::abs(a - b) < 0.005; };
  if (const double whole = std::round(fps); whole >= 1 && std::abs(fps - whole) < 1e-9)
    return {static_cast<int>(whole), 1};
  if (const double whole = std::ceil(fps); near(fps, whole * 1000 / 1001) && whole >= 20)
    return {static_cast<int>(whole) * 1000, 1001};
  const int thousandths = static_cast<int>(std::lround(std::max(fps, 0.001) * 1000));
  const int common = std::gcd(thousandths, 1000);
  return {thousandths / common, 1000 / common};
}

std::int64_t time_of(std::int64_t ticks, FrameRate rate, std::int64_t units) {
  return (2 * ticks * units * rate.den + rate.num) / (2 * static_cast<std::int64_t>(rate.num));
}

}  // namespace sitmap::encode
