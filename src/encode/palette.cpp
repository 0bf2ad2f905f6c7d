#include "encode/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sitmap::encode {
namespace {

// OKLab: Björn Ottosson, "A perceptual color space for image processing", 2020.
struct Lab {
  float l = 0, a = 0, b = 0;
  float axis(int i) const { return i == 0 ? l : i == 1 ? a : b; }
};

float linear(std::uint32_t channel) {
  static const auto table = [] {
    std::array<float, 256> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double c = static_cast<double>(i) / 255;
      values[i] = static_cast<float>(c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return values;
  }();
  return table[channel & 255];
}

Lab to_lab(std::uint32_t color) {
  const float r = linear(color >> 16), g = linear(color >> 8), b = linear(color);
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

std::uint32_t to_channel(float value) {
  const double c = std::clamp(static_cast<double>(value), 0.0, 1.0);
  const double encoded = c <= 0.0031308 ? c * 12.92 : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
  return static_cast<std::uint32_t>(std::lround(encoded * 255));
}

std::uint32_t to_color(const Lab& lab) {
  const auto cube = [](float v) { return v * v * v; };
  const float l = cube(lab.l + 0.3963377774f * lab.a + 0.2158037573f * lab.b);
  const float m = cube(lab.l - 0.1055613458f * lab.a - 0.0638541728f * lab.b);
  const float s = cube(lab.l - 0.0894841775f * lab.a - 1.2914855480f * lab.b);
  return to_channel(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s) << 16 |
         to_channel(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s) << 8 |
         to_channel(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s);
}

struct Entry {
  Lab lab;
  double weight = 0;
  ColorCount color;
};

struct Box {
  std::size_t begin = 0, end = 0;
  std::array<double, 3> mean{}, variance{};  // variance: weighted sum of squares about the mean
  double spread() const { return *std::max_element(variance.begin(), variance.end()); }
};

Box measure(const std::vector<Entry>& entries, std::size_t begin, std::size_t end) {
  Box box{begin, end, {}, {}};
  double total = 0;
  for (std::size_t i = begin; i < end; ++i) {
    total += entries[i].weight;
    for (int axis = 0; axis < 3; ++axis)
      box.mean[static_cast<std::size_t>(axis)] += entries[i].weight * static_cast<double>(entries[i].lab.axis(axis));
  }
  for (double& mean : box.mean) mean /= total;
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double away = static_cast<double>(entries[i].lab.axis(static_cast<int>(axis))) - box.mean[axis];
      box.variance[axis] += entries[i].weight * away * away;
    }
  return box;
}

std::vector<Lab> cut(std::vector<Entry>& entries, std::size_t limit) {
  std::vector<Box> boxes{measure(entries, 0, entries.size())};
  while (boxes.size() < limit) {
    const auto widest =
        std::max_element(boxes.begin(), boxes.end(), [](const Box& p, const Box& q) { return p.spread() < q.spread(); });
    if (widest->spread() <= 0) break;
    const Box box = *widest;
    const auto axis = static_cast<std::size_t>(
        std::max_element(box.variance.begin(), box.variance.end()) - box.variance.begin());
    const auto at = [&](std::size_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
    const auto middle = std::stable_partition(at(box.begin), at(box.end), [&](const Entry& entry) {
      return static_cast<double>(entry.lab.axis(static_cast<int>(axis))) <= box.mean[axis];
    });
    const auto split = static_cast<std::size_t>(middle - entries.begin());
    if (split == box.begin || split == box.end) {  // differences below the precision of the mean
      widest->variance = {};
      continue;
    }
    *widest = measure(entries, box.begin, split);
    boxes.push_back(measure(entries, split, box.end));
  }
  std::vector<Lab> centres;
  for (const Box& box : boxes)
    centres.push_back({static_cast<float>(box.mean[0]), static_cast<float>(box.mean[1]), static_cast<float>(box.mean[2])});
  return centres;
}

// Centres side by side, so that the search runs over plain arrays.
class Nearest {
 public:
  explicit Nearest(const std::vector<Lab>& centres) : count_(centres.size()) {
    for (std::size_t i = 0; i < count_; ++i) {
      l_[i] = centres[i].l;
      a_[i] = centres[i].a;
      b_[i] = centres[i].b;
    }
  }
  std::size_t find(const Lab& lab) const {
    std::array<float, 256> distance{};
    for (std::size_t i = 0; i < count_; ++i) {
      const float dl = l_[i] - lab.l, da = a_[i] - lab.a, db = b_[i] - lab.b;
      distance[i] = dl * dl + da * da + db * db;
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < count_; ++i)
      if (distance[i] < distance[best]) best = i;
    return best;
  }

 private:
  std::size_t count_;
  std::array<float, 256> l_{}, a_{}, b_{};
};

std::vector<Lab> move_centres(const std::vector<Entry>& entries, const std::vector<Lab>& centres) {
  struct Sum {
    double weight = 0, l = 0, a = 0, b = 0;
  };
  std::vector<Sum> sums(centres.size());
  const Nearest nearest(centres);
  for (const Entry& entry : entries) {
    Sum& sum = sums[nearest.find(entry.lab)];
    sum.weight += entry.weight;
    sum.l += entry.weight * static_cast<double>(entry.lab.l);
    sum.a += entry.weight * static_cast<double>(entry.lab.a);
    sum.b += entry.weight * static_cast<double>(entry.lab.b);
  }
  std::vector<Lab> moved = centres;
  for (std::size_t i = 0; i < moved.size(); ++i)
    if (const Sum& sum = sums[i]; sum.weight > 0)
      moved[i] = {static_cast<float>(sum.l / sum.weight), static_cast<float>(sum.a / sum.weight),
                  static_cast<float>(sum.b / sum.weight)};
  return moved;
}

std::vector<std::uint32_t> settle(const std::vector<Entry>& entries, const std::vector<Lab>& centres) {
  struct Cluster {
    std::uint64_t total = 0;
    ColorCount top;
  };
  std::vector<Cluster> clusters(centres.size());
  const Nearest nearest(centres);
  for (const Entry& entry : entries) {
    Cluster& cluster = clusters[nearest.find(entry.lab)];
    cluster.total += entry.color.count;
    if (entry.color.count > cluster.top.count ||
        (entry.color.count == cluster.top.count && entry.color.color < cluster.top.color))
      cluster.top = entry.color;
  }
  std::vector<std::uint32_t> palette;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i].total == 0) continue;
    const bool prevails = clusters[i].top.count * 3 >= clusters[i].total;
    palette.push_back(prevails ? clusters[i].top.color : to_color(centres[i]));
  }
  std::sort(palette.begin(), palette.end());
  palette.erase(std::unique(palette.begin(), palette.end()), palette.end());
  return palette;
}

}  // namespace

ColorCounts::ColorCounts() : slots_(4096) {}

void ColorCounts::add(std::uint32_t color, std::uint64_t count) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (color * 0x9e3779b97f4a7c15ULL >> 40) & mask;
  while (slots_[at].count != 0 && slots_[at].color != color) at = (at + 1) & mask;
  if (slots_[at].count == 0) {
    slots_[at].color = color;
    ++used_;
  }
  slots_[at].count += count;
  if (used_ * 2 > slots_.size()) grow();
}

void ColorCounts::grow() {
  const std::vector<ColorCount> old = std::move(slots_);
  slots_ = std::vector<ColorCount>(old.size() * 2);
  used_ = 0;
  for (const ColorCount& entry : old)
    if (entry.count != 0) add(entry.color, entry.count);
}

std::vector<ColorCount> ColorCounts::sorted() const {
  std::vector<ColorCount> all;
  all.reserve(used_);
  for (const ColorCount& entry : slots_)
    if (entry.count != 0) all.push_back(entry);
  std::sort(all.begin(), all.end(), [](const ColorCount& p, const ColorCount& q) { return p.color < q.color; });
  return all;
}

std::vector<std::uint32_t> choose_palette(const std::vector<ColorCount>& counts, std::size_t limit) {
  std::vector<std::uint32_t> palette;
  if (counts.size() <= limit) {
    for (const ColorCount& entry : counts) palette.push_back(entry.color);
    std::sort(palette.begin(), palette.end());
    return palette;
  }
  std::vector<ColorCount> by_count = counts;
  std::sort(by_count.begin(), by_count.end(), [](const ColorCount& p, const ColorCount& q) {
    return p.count != q.count ? p.count > q.count : p.color < q.color;
  });
  // Flat areas: what covers more than a two-thousandth, as far as half the palette goes.
  std::uint64_t total = 0;
  for (const ColorCount& entry : counts) total += entry.count;
  std::size_t flat = 0;
  while (flat < limit / 2 && by_count[flat].count * 2000 >= total) palette.push_back(by_count[flat++].color);

  constexpr std::size_t kMostColors = 32768;  // rarer ones have no say
  constexpr int kRounds = 4;
  std::vector<Entry> entries;
  for (std::size_t i = flat; i < std::min(by_count.size(), flat + kMostColors); ++i)
    entries.push_back({to_lab(by_count[i].color), std::sqrt(static_cast<double>(by_count[i].count)), by_count[i]});
  std::vector<Lab> centres = cut(entries, limit - flat);
  for (int round = 0; round < kRounds; ++round) centres = move_centres(entries, centres);
  for (const std::uint32_t color : settle(entries, centres)) palette.push_back(color);
  std::sort(palette.begin(), palette.end());
  palette.erase(std::unique(palette.begin(), palette.end()), palette.end());
  return palette;
}

std::vector<std::uint8_t> nearest_in_palette(const std::vector<ColorCount>& colors,
                                             const std::vector<std::uint32_t>& palette) {
  std::vector<Lab> centres;
  for (const std::uint32_t color : palette) centres.push_back(to_lab(color));
  const Nearest nearest(centres);
  std::vector<std::uint8_t> indices;
  indices.reserve(colors.size());
  for (const ColorCount& entry : colors) {
    const auto exact = std::lower_bound(palette.begin(), palette.end(), entry.color);
    indices.push_back(exact != palette.end() && *exact == entry.color
                          ? static_cast<std::uint8_t>(exact - palette.begin())
                          : static_cast<std::uint8_t>(nearest.find(to_lab(entry.color))));
  }
  return indices;
}

}  // namespace sitmap::encode
