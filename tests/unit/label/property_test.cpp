// What holds for every problem, tried on many random ones of fixed seeds.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <random>

#include "label/label.hpp"

namespace sitmap::label {
namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  double real(double low, double high) { return low + (high - low) * (engine_() / 4294967296.0); }
  int whole(int low, int high) { return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1)); }

 private:
  std::mt19937 engine_;  // its numbers are fixed by the standard, those of distributions are not
};

struct Size {
  int requests, obstacles;
  double page = 1000;
  int priorities = 5;
  bool rotated = true;
};

Problem random_problem(unsigned seed, const Size& size) {
  Random random(seed);
  Problem problem{{0, 0, size.page, size.page * 0.6}, {}, {}};
  for (int i = 0; i < size.requests; ++i) {
    const geom::Point at{random.real(0, size.page), random.real(0, size.page * 0.6)};
    Request request;
    request.id = std::to_string(i);
    request.priority = random.whole(0, size.priorities);
    request.padding = random.whole(0, 3);
    request.life.begin = random.whole(0, 8);
    request.life.end = request.life.begin + random.whole(1, 10);
    request.candidates = around_point(at, 3, random.real(30, 90), random.real(9, 16), 1.5);
    if (size.rotated && i % 7 == 0) {
      for (Candidate& candidate : request.candidates) {
        candidate.rects.push_back(candidate.rects[0]);
        candidate.rects[1].center.x += 60;
        candidate.rects[1].rotation = random.real(-1.5, 1.5);
      }
    }
    problem.requests.push_back(std::move(request));
    if (i < size.obstacles) problem.obstacles.push_back({{0, 18}, {at, 3, 3, 0}, 1, i});
  }
  for (int i = size.requests; i < size.obstacles; ++i) {
    problem.obstacles.push_back({{random.whole(0, 9), random.whole(10, 18)},
                                 {{random.real(0, size.page), random.real(0, size.page * 0.6)}, random.real(1, 8),
                                  random.real(1, 8), random.real(0, 1)},
                                 i % 3 == 0 ? 1.0 : 0.5, -1});
  }
  return problem;
}

void expect_valid(const Problem& problem, const std::vector<Choice>& choices) {
  ASSERT_EQ(choices.size(), problem.requests.size());
  std::vector<std::pair<std::size_t, const Rect*>> shown;
  for (std::size_t r = 0; r < choices.size(); ++r) {
    ASSERT_EQ(choices[r].candidate >= 0, choices[r].reason == Reason::Placed);
    if (choices[r].candidate < 0) continue;
    const Request& request = problem.requests[r];
    for (const Rect& rect : request.candidates.at(static_cast<std::size_t>(choices[r].candidate)).rects) {
      const geom::Box box = bounds(rect);
      EXPECT_GE(box.min_x, problem.page.min_x - 1e-6);
      EXPECT_LE(box.max_x, problem.page.max_x + 1e-6);
      EXPECT_GE(box.min_y, problem.page.min_y - 1e-6);
      EXPECT_LE(box.max_y, problem.page.max_y + 1e-6);
      for (const Obstacle& obstacle : problem.obstacles) {
        if (obstacle.weight < 1 || obstacle.owner == static_cast<int>(r) || !obstacle.life.overlaps(request.life)) continue;
        EXPECT_FALSE(overlap(rect, obstacle.rect)) << request.id << " covers an obstacle";
      }
      for (const auto& [other, other_rect] : shown) {
        if (other == r || !problem.requests[other].life.overlaps(request.life)) continue;
        EXPECT_FALSE(overlap(rect, *other_rect)) << request.id << " covers " << problem.requests[other].id;
      }
      shown.emplace_back(r, &rect);
    }
  }
}

int placed(const std::vector<Choice>& choices) {
  int count = 0;
  for (const Choice& choice : choices) count += choice.candidate >= 0;
  return count;
}

// Labels shown by priority, the highest first: what must not get worse.
std::vector<int> by_priority(const Problem& problem, const std::vector<Choice>& choices) {
  std::map<double, int, std::greater<>> counts;
  for (std::size_t r = 0; r < choices.size(); ++r) counts[problem.requests[r].priority] += choices[r].candidate >= 0;
  std::vector<int> result;
  for (const auto& [priority, count] : counts) result.push_back(count);
  return result;
}

TEST(Property, NothingOverlapsNothingIsOutsideNoHardObstacleIsCovered) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const Problem problem = random_problem(seed, {150, 300});
    expect_valid(problem, solve(problem));
  }
}

TEST(Property, TheSameTwice) {
  const Problem problem = random_problem(5, {400, 600});
  EXPECT_EQ(print(problem, solve(problem)), print(problem, solve(problem)));
}

TEST(Property, SearchNeverLosesWhatGreedyHad) {
  int better = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const Problem problem = random_problem(seed, {150, 200, 600});
    const auto greedy = by_priority(problem, solve(problem, {.rounds = 0}));
    const auto searched = by_priority(problem, solve(problem));
    EXPECT_GE(searched, greedy) << seed;
    better += searched > greedy;
  }
  EXPECT_GT(better, 20);
}

// The most labels that any choice shows.
int best_count(const Problem& problem, std::size_t r, std::vector<const Candidate*>& chosen) {
  if (r == problem.requests.size()) return 0;
  const Request& request = problem.requests[r];
  chosen.push_back(nullptr);
  int best = best_count(problem, r + 1, chosen);
  for (const Candidate& candidate : request.candidates) {
    bool free = true;
    for (const Rect& rect : candidate.rects) {
      const geom::Box box = bounds(rect);
      free = free && box.min_x >= problem.page.min_x && box.max_x <= problem.page.max_x &&
             box.min_y >= problem.page.min_y && box.max_y <= problem.page.max_y;
      for (std::size_t o = 0; free && o < r; ++o) {
        if (!chosen[o] || !problem.requests[o].life.overlaps(request.life)) continue;
        for (const Rect& other : chosen[o]->rects) free = free && !overlap(rect, other);
      }
    }
    if (!free) continue;
    chosen.back() = &candidate;
    best = std::max(best, 1 + best_count(problem, r + 1, chosen));
  }
  chosen.pop_back();
  return best;
}

TEST(Property, SmallProblemsAreSolvedAsWellAsCanBe) {
  int optimal = 0, cases = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    Problem problem{{0, 0, 130, 60}, {}, {}};
    for (int i = 0; i < 7; ++i) {
      Request request;
      request.priority = 1;
      request.padding = 0;
      request.candidates = around_point({random.real(20, 110), random.real(10, 50)}, 2, random.real(25, 50), 9, 1);
      request.candidates.resize(5);
      problem.requests.push_back(request);
    }
    std::vector<const Candidate*> chosen;
    const int best = best_count(problem, 0, chosen);
    const auto choices = solve(problem);
    expect_valid(problem, choices);
    EXPECT_LE(placed(choices), best);
    optimal += placed(choices) == best;
    ++cases;
  }
  RecordProperty("optimal", optimal);
  EXPECT_GE(optimal, cases * 95 / 100) << optimal << " of " << cases;
}

TEST(Property, LargeProblemsEnd) {
  const Problem problem = random_problem(11, {2000, 5000, 2400});
  const auto start = std::chrono::steady_clock::now();
  const auto choices = solve(problem);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  RecordProperty("milliseconds", std::to_string(took.count()));
  EXPECT_GT(placed(choices), 900);
}

}  // namespace
}  // namespace sitmap::label
