// CIELAB after CIE 15 with the white point D50, sRGB after IEC 61966-2-1 with Bradford adaptation; HCL hue goes the
// short way round.

#include "expression/color_space.hpp"

#include <algorithm>
#include <cmath>

namespace sitmap::expression {
namespace {

constexpr double kWhiteX = 0.96422, kWhiteZ = 0.82521;
constexpr double kStep = 6.0 / 29;
constexpr double kPi = 3.14159265358979323846;

struct Lab {
  double l = 0, a = 0, b = 0;
};
struct Hcl {
  double h = 0, c = 0, l = 0;  // h in degrees, NaN for greys
};

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }
double gamma(double c) {
  return std::clamp(c <= 0.00304 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055, 0.0, 1.0);
}
double forward(double t) {
  return t > kStep * kStep * kStep ? std::cbrt(t) : t / (3 * kStep * kStep) + 4.0 / 29;
}
double backward(double t) { return t > kStep ? t * t * t : 3 * kStep * kStep * (t - 4.0 / 29); }

Lab to_lab(const base::Color& color) {
  const double r = linear(color.r), g = linear(color.g), b = linear(color.b);
  const double y = forward(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
  double x = y, z = y;
  if (!(r == g && g == b)) {
    x = forward((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / kWhiteX);
    z = forward((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / kWhiteZ);
  }
  return {std::max(0.0, 116 * y - 16), 500 * (x - y), 200 * (y - z)};
}

base::Color to_rgb(const Lab& lab, double alpha) {
  const double fy = (lab.l + 16) / 116;
  const double x = kWhiteX * backward(fy + lab.a / 500), y = backward(fy), z = kWhiteZ * backward(fy - lab.b / 200);
  return {static_cast<float>(gamma(3.1338561 * x - 1.6168667 * y - 0.4906146 * z)),
          static_cast<float>(gamma(-0.9787684 * x + 1.9161415 * y + 0.033454 * z)),
          static_cast<float>(gamma(0.0719453 * x - 0.2289914 * y + 1.4052427 * z)), static_cast<float>(alpha)};
}

Hcl to_hcl(const base::Color& color) {
  const Lab lab = to_lab(color);
  const double chroma = std::hypot(lab.a, lab.b);
  double hue = std::nan("");
  if (std::round(chroma * 10000) != 0) {
    hue = std::atan2(lab.b, lab.a) * 180 / kPi;
    if (hue < 0) hue += 360;
  }
  return {hue, chroma, lab.l};
}

double between(double a, double b, double t) { return a + t * (b - a); }

base::Color mix_hcl(const base::Color& from, const base::Color& to, double t) {
  const Hcl a = to_hcl(from), b = to_hcl(to);
  double hue = 0, chroma = between(a.c, b.c, t);
  if (!std::isnan(a.h) && !std::isnan(b.h)) {
    double turn = b.h - a.h;
    if (turn > 180) turn -= 360;
    if (turn < -180) turn += 360;
    hue = a.h + t * turn;
  } else if (!std::isnan(a.h)) {
    hue = a.h;
    if (b.l == 0 || b.l == 1) chroma = a.c;
  } else if (!std::isnan(b.h)) {
    hue = b.h;
    if (a.l == 0 || a.l == 1) chroma = b.c;
  }
  const double radians = hue * kPi / 180;
  return to_rgb({between(a.l, b.l, t), std::cos(radians) * chroma, std::sin(radians) * chroma},
                between(from.a, to.a, t));
}

}  // namespace

base::Color mix(const base::Color& from, const base::Color& to, double t, ColorSpace space) {
  if (space == ColorSpace::Hcl) return mix_hcl(from, to, t);
  if (space == ColorSpace::Lab) {
    const Lab a = to_lab(from), b = to_lab(to);
    return to_rgb({between(a.l, b.l, t), between(a.a, b.a, t), between(a.b, b.b, t)}, between(from.a, to.a, t));
  }
  const auto channel = [t](float a, float b) { return static_cast<float>(between(a, b, t)); };
  return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b), channel(from.a, to.a)};
}

}  // namespace sitmap::expression
