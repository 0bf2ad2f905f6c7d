#include "label/options.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace sitmap::label {
namespace {

// Numbers that can't overflow on the way; false for NaN.
bool usable(const Rect& rect) {
  constexpr double kFar = 1e9;
  return std::abs(rect.center.x) < kFar && std::abs(rect.center.y) < kFar && rect.half_width >= 0 &&
         rect.half_width < kFar && rect.half_height >= 0 && rect.half_height < kFar && std::abs(rect.rotation) < kFar;
}

bool within(const geom::Box& box, const geom::Box& page) {
  constexpr double kRounding = 1e-6;
  return box.min_x >= page.min_x - kRounding && box.max_x <= page.max_x + kRounding &&
         box.min_y >= page.min_y - kRounding && box.max_y <= page.max_y + kRounding;
}

// The share of a label's life that an obstacle is there.
double shared_life(const Life& label, const Life& obstacle) {
  if (label.end <= label.begin) return 1;
  const int frames = std::min(label.end, obstacle.end) - std::max(label.begin, obstacle.begin);
  return std::max(0, frames) / static_cast<double>(label.end - label.begin);
}

class Preparation {
 public:
  explicit Preparation(const Problem& problem)
      : problem_(problem), prepared_{Cells(problem.page), {}, {}, {}, {}, 0}, at_(prepared_.cells.count()) {
    for (const Obstacle& obstacle : problem.obstacles) {
      Body body = usable(obstacle.rect) ? make_body(obstacle.rect) : Body{};
      if (usable(obstacle.rect) && obstacle.weight > 0) {  // false for NaN
        prepared_.cells.any(body.box, [&](std::size_t cell) {
          at_[cell].push_back(static_cast<int>(obstacles_.size()));
          return false;
        });
      }
      obstacles_.push_back(body);
    }
    seen_.assign(obstacles_.size(), -1);
  }

  Prepared run() {
    std::map<std::string_view, int> groups;
    for (std::size_t r = 0; r < problem_.requests.size(); ++r) {
      const Request& request = problem_.requests[r];
      prepared_.entries.push_back(entry(static_cast<int>(r)));
      prepared_.widest_padding = std::max(prepared_.widest_padding, request.padding);
      if (request.group.empty()) continue;
      const int group = groups.try_emplace(request.group, static_cast<int>(groups.size())).first->second;
      prepared_.entries.back().group = group;
      prepared_.groups.resize(groups.size());
      prepared_.groups[static_cast<std::size_t>(group)].push_back(static_cast<int>(r));
    }
    for (std::size_t r = 0; r < prepared_.entries.size(); ++r) {
      geom::Box& reach = prepared_.entries[r].reach;
      if (!reach.empty()) reach = reach.expanded(prepared_.widest_padding + problem_.requests[r].repeat_px);
    }
    return std::move(prepared_);
  }

 private:
  Entry entry(int r) {
    const Request& request = problem_.requests[static_cast<std::size_t>(r)];
    Entry entry;
    entry.first_option = static_cast<int>(prepared_.options.size());
    entry.priority = std::isnan(request.priority) ? 0 : request.priority;
    entry.fixed = request.pinned >= 0 || request.allow_overlap;
    bool any_shape = false, any_inside = false;
    for (std::size_t c = 0; c < request.candidates.size(); ++c) {
      if (request.pinned >= 0 && request.pinned != static_cast<int>(c)) continue;
      const auto& rects = request.candidates[c].rects;
      if (rects.empty() || !std::all_of(rects.begin(), rects.end(), usable)) continue;
      any_shape = true;
      Option option = shape(rects, static_cast<int>(c));
      if (!within(option.box, problem_.page)) {
        drop(option);
        continue;
      }
      any_inside = true;
      option.cost = std::isfinite(request.candidates[c].cost) ? request.candidates[c].cost : 1;
      if (!add_obstacles(r, option)) {
        drop(option);
        continue;
      }
      entry.reach.extend(option.box);
      prepared_.options.push_back(option);
    }
    entry.options = static_cast<int>(prepared_.options.size()) - entry.first_option;
    entry.without = !any_shape ? Reason::NoCandidate : !any_inside ? Reason::OutsidePage : Reason::NoRoom;
    std::stable_sort(prepared_.options.begin() + entry.first_option, prepared_.options.end(),
                     [](const Option& a, const Option& b) { return a.cost < b.cost; });
    return entry;
  }

  Option shape(const std::vector<Rect>& rects, int candidate) {
    Option option;
    option.candidate = candidate;
    option.first_body = static_cast<int>(prepared_.bodies.size());
    option.bodies = static_cast<int>(rects.size());
    for (const Rect& rect : rects) {
      prepared_.bodies.push_back(make_body(rect));
      option.box.extend(prepared_.bodies.back().box);
    }
    option.center = option.box.center();
    return option;
  }

  void drop(const Option& option) { prepared_.bodies.resize(static_cast<std::size_t>(option.first_body)); }

  // Adds to the cost what the option covers; false when that may not be covered.
  bool add_obstacles(int r, Option& option) {
    const Request& request = problem_.requests[static_cast<std::size_t>(r)];
    const double padding = std::max(0.0, request.padding);
    near_.clear();
    ++query_;
    prepared_.cells.any(option.box.expanded(padding), [&](std::size_t cell) {
      for (const int o : at_[cell]) {
        auto& seen = seen_[static_cast<std::size_t>(o)];
        if (seen == query_) continue;
        seen = query_;
        near_.push_back(o);
      }
      return false;
    });
    std::sort(near_.begin(), near_.end());  // costs are summed in one order
    for (const int o : near_) {
      const Obstacle& obstacle = problem_.obstacles[static_cast<std::size_t>(o)];
      if (obstacle.owner == r || !obstacle.life.overlaps(request.life)) continue;
      const Body& body = obstacles_[static_cast<std::size_t>(o)];
      const bool hard = obstacle.weight >= 1;
      double share = 0;
      for (int b = 0; b < option.bodies; ++b) {
        const Body& own = prepared_.bodies[static_cast<std::size_t>(option.first_body + b)];
        if (hard && !request.allow_overlap && overlap(own, body, padding)) return false;
        if (!hard || request.allow_overlap) share += covered_share(own, body);
      }
      option.cost += obstacle.weight * std::min(1.0, share) * shared_life(request.life, obstacle.life);
    }
    return true;
  }

  const Problem& problem_;
  Prepared prepared_;
  std::vector<std::vector<int>> at_;  // cell → obstacles
  std::vector<Body> obstacles_;
  std::vector<int> seen_, near_;
  int query_ = 0;
};

}  // namespace

Prepared prepare(const Problem& problem) { return Preparation(problem).run(); }

}  // namespace sitmap::label
