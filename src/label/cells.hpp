#pragma once
// Square cells over the page, for finding neighbours.

#include <algorithm>
#include <cmath>

#include "geom/geometry.hpp"

namespace sitmap::label {

class Cells {
 public:
  explicit Cells(const geom::Box& page) : origin_{page.min_x, page.min_y} {
    if (!(page.width() >= 0 && page.width() < 1e12 && page.height() >= 0 && page.height() < 1e12)) return;
    constexpr double kSide = 64, kMost = 256;  // pixels; cells to a side
    side_ = std::max({kSide, page.width() / kMost, page.height() / kMost});
    columns_ = static_cast<int>(page.width() / side_) + 1;
    rows_ = static_cast<int>(page.height() / side_) + 1;
  }

  std::size_t count() const { return static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_); }

  // Calls visit(cell) for each cell that the box touches; boxes beyond the page fall into the cells at its edge.
  // Stops when visit returns true, and returns that.
  template <class Visit>
  bool any(const geom::Box& box, Visit visit) const {
    const int x0 = column(box.min_x), x1 = column(box.max_x), y0 = row(box.min_y), y1 = row(box.max_y);
    for (int y = y0; y <= y1; ++y) {
      for (int x = x0; x <= x1; ++x) {
        if (visit(static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x))) {
          return true;
        }
      }
    }
    return false;
  }

 private:
  int column(double x) const { return place(x - origin_.x, columns_); }
  int row(double y) const { return place(y - origin_.y, rows_); }
  int place(double distance, int count) const {
    return static_cast<int>(std::clamp(std::floor(distance / side_), 0.0, static_cast<double>(count - 1)));
  }

  geom::Point origin_;
  double side_ = 1;
  int columns_ = 1, rows_ = 1;
};

}  // namespace sitmap::label
