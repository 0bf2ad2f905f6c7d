#pragma once
// A palette for pictures with too many colours.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sitmap::encode {

struct ColorCount {
  std::uint32_t color = 0;   // 0xRRGGBB
  std::uint64_t count = 0;
  bool operator==(const ColorCount&) const = default;
};

// How often each colour occurs.
class ColorCounts {
 public:
  ColorCounts();
  void add(std::uint32_t color, std::uint64_t count);
  std::vector<ColorCount> sorted() const;  // by colour, so that no hash order shows

 private:
  void grow();
  std::vector<ColorCount> slots_;  // count 0: empty
  std::size_t used_ = 0;
};

// At most `limit` (1..256) colours, sorted: all of them when there are no more. Else those of flat areas (land, water)
// exactly, and for the rest clusters in OKLab (median cut, then k-means); a cluster with one prevailing colour gives
// that one. Colours weigh as the square root of their counts, so that small marks keep theirs.
std::vector<std::uint32_t> choose_palette(const std::vector<ColorCount>& counts, std::size_t limit);

// For each colour the index of the nearest in the (sorted) palette in OKLab, the lowest of equals.
std::vector<std::uint8_t> nearest_in_palette(const std::vector<ColorCount>& colors,
                                             const std::vector<std::uint32_t>& palette);

}  // namespace sitmap::encode
