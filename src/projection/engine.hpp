#pragma once
// PROJ behind a wall: one operation from longitude/latitude in degrees to metres (x east, y north). A PROJ object
// serves one thread at a time, so a session borrows one from a pool of clones.

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "geom/geometry.hpp"

namespace sitmap::projection {

class Engine {
 public:
  struct Worker;  // a PROJ context with its operation

  Engine(std::unique_ptr<Worker> first, bool takes_radians, double metres_per_unit);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  // Not thread-safe; cheap to make.
  class Session {
   public:
    explicit Session(const Engine& engine);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();
    // In place. Points that cannot be transformed become NaN.
    void forward(std::span<geom::Point> points) const;
    void inverse(std::span<geom::Point> points) const;  // longitudes as PROJ gives them
    geom::Point forward(geom::Point lon_lat) const;

   private:
    const Engine& engine_;
    std::unique_ptr<Worker> worker_;
  };

 private:
  std::unique_ptr<Worker> borrow() const;
  void give_back(std::unique_ptr<Worker> worker) const;

  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Worker>> idle_;
  std::unique_ptr<Worker> pattern_;  // never lent: others are cloned from it under the lock
  bool takes_radians_;
  double metres_per_unit_;
};

// The operation of a PROJ string on WGS 84 or on an ellipsoid of its own, without PROJ's database (which takes
// longer to open than a small map to draw). Nothing when PROJ doesn't know it.
std::unique_ptr<Engine> engine_from_parameters(const std::string& proj_string);

// Any CRS text that PROJ reads. InputError when it is unknown or isn't a projected CRS.
struct NamedCrs {
  std::unique_ptr<Engine> engine;
  std::string name;         // "WGS 84 / UTM zone 38N"
  std::string proj_string;  // may be empty
};
NamedCrs engine_from_database(const std::string& text);

}  // namespace sitmap::projection
