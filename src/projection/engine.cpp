#include "projection/engine.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "base/problem.hpp"

namespace sitmap::projection {
namespace {

constexpr double kRad = std::numbers::pi / 180;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kHint = "use \"auto\", a projected CRS such as EPSG:3857, or a PROJ string such as \"+proj=eqc\"";

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct ObjectDeleter {
  void operator()(PJ* object) const { proj_destroy(object); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Object = std::unique_ptr<PJ, ObjectDeleter>;

enum class Database { Yes, No };

Context make_context(Database database) {
  Context context(proj_context_create());
  proj_log_func(context.get(), nullptr, [](void*, int, const char*) {});  // its level is not heeded everywhere
  proj_context_set_enable_network(context.get(), 0);
  if (database == Database::No) {
    const char* nowhere = "/nonexistent";
    proj_context_set_search_paths(context.get(), 1, &nowhere);
  }
  return context;
}

// Several threads at once may clone from one pattern: PROJ reads it only, but its context keeps an error number.
Object clone_into(PJ_CONTEXT* context, const PJ* operation) { return Object(proj_clone(context, operation)); }

[[noreturn]] void not_projected(const std::string& text, const char* name, const char* what) {
  throw base::InputError(fmt::format("'{}' is not a projected CRS ({} is {})", text, name ? name : "it", what), kHint);
}

// The kind of CRS that counts: a bound CRS is what it is bound to.
void require_projected(PJ_CONTEXT* context, const PJ* crs, const std::string& text) {
  const char* name = proj_get_name(crs);
  switch (proj_get_type(crs)) {
    case PJ_TYPE_PROJECTED_CRS:
      return;
    case PJ_TYPE_BOUND_CRS: {
      const Object source(proj_get_source_crs(context, crs));
      if (source) require_projected(context, source.get(), text);
      return;
    }
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
      not_projected(text, name, "longitude and latitude");
    case PJ_TYPE_GEOCENTRIC_CRS:
      not_projected(text, name, "geocentric");
    case PJ_TYPE_VERTICAL_CRS:
      not_projected(text, name, "a height system");
    case PJ_TYPE_COMPOUND_CRS:
      not_projected(text, name, "a position with a height");
    case PJ_TYPE_ENGINEERING_CRS:
      not_projected(text, name, "a local system");
    default:
      not_projected(text, name, "another kind of object");
  }
}

double metres_per_unit(PJ_CONTEXT* context, const PJ* crs) {
  double factor = 1;
  Object source;
  if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) source.reset(proj_get_source_crs(context, crs));
  const Object system(proj_crs_get_coordinate_system(context, source ? source.get() : crs));
  if (system)
    proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr);
  return factor > 0 ? factor : 1;
}

}  // namespace

struct Engine::Worker {
  Context context;
  Object operation;
};

Engine::Engine(std::unique_ptr<Worker> first, bool takes_radians, double metres_per_unit)
    : pattern_(std::move(first)), takes_radians_(takes_radians), metres_per_unit_(metres_per_unit) {}

Engine::~Engine() = default;

std::unique_ptr<Engine::Worker> Engine::borrow() const {
  const std::scoped_lock lock(mutex_);
  if (!idle_.empty()) {
    std::unique_ptr<Worker> worker = std::move(idle_.back());
    idle_.pop_back();
    return worker;
  }
  auto worker = std::make_unique<Worker>();
  worker->context = make_context(takes_radians_ ? Database::No : Database::Yes);
  worker->operation = clone_into(worker->context.get(), pattern_->operation.get());
  if (!worker->operation) throw base::IoError("PROJ could not copy a map projection");
  return worker;
}

void Engine::give_back(std::unique_ptr<Worker> worker) const {
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(worker));
}

Engine::Session::Session(const Engine& engine) : engine_(engine), worker_(engine.borrow()) {}
Engine::Session::~Session() { engine_.give_back(std::move(worker_)); }

void Engine::Session::forward(std::span<geom::Point> points) const {
  if (points.empty()) return;
  if (engine_.takes_radians_)
    for (geom::Point& p : points) p = {p.x * kRad, p.y * kRad};
  constexpr std::size_t stride = sizeof(geom::Point);
  proj_trans_generic(worker_->operation.get(), PJ_FWD, &points.front().x, stride, points.size(), &points.front().y,
                     stride, points.size(), nullptr, 0, 0, nullptr, 0, 0);
  for (geom::Point& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
      p = {kNan, kNan};
    } else if (engine_.metres_per_unit_ != 1) {
      p = p * engine_.metres_per_unit_;
    }
  }
}

void Engine::Session::inverse(std::span<geom::Point> points) const {
  if (points.empty()) return;
  if (engine_.metres_per_unit_ != 1)
    for (geom::Point& p : points) p = p * (1 / engine_.metres_per_unit_);
  constexpr std::size_t stride = sizeof(geom::Point);
  proj_trans_generic(worker_->operation.get(), PJ_INV, &points.front().x, stride, points.size(), &points.front().y,
                     stride, points.size(), nullptr, 0, 0, nullptr, 0, 0);
  for (geom::Point& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
      p = {kNan, kNan};
    } else if (engine_.takes_radians_) {
      p = {p.x / kRad, p.y / kRad};
    }
  }
}

geom::Point Engine::Session::forward(geom::Point lon_lat) const {
  forward(std::span(&lon_lat, 1));
  return lon_lat;
}

std::unique_ptr<Engine> engine_from_parameters(const std::string& proj_string) {
  auto worker = std::make_unique<Engine::Worker>();
  worker->context = make_context(Database::No);
  worker->operation.reset(proj_create(worker->context.get(), proj_string.c_str()));
  if (!worker->operation || !proj_angular_input(worker->operation.get(), PJ_FWD) ||
      proj_angular_output(worker->operation.get(), PJ_FWD))
    return nullptr;
  return std::make_unique<Engine>(std::move(worker), true, 1);
}

NamedCrs engine_from_database(const std::string& text) {
  auto worker = std::make_unique<Engine::Worker>();
  worker->context = make_context(Database::Yes);
  PJ_CONTEXT* context = worker->context.get();
  const Object crs(proj_create(context, text.c_str()));
  if (!crs) {
    const int error = proj_context_errno(context);
    const char* known_error =
        error != 0 && error < PROJ_ERR_OTHER ? proj_context_errno_string(context, error) : nullptr;
    if (text.starts_with("EPSG:"))
      throw base::InputError(fmt::format("there is no CRS '{}' in PROJ's EPSG database", text), kHint);
    std::string reason = known_error ? fmt::format(" ({})", known_error) : "";
    throw base::InputError(fmt::format("'{}' is not a projection that PROJ knows{}", text, reason), kHint);
  }
  require_projected(context, crs.get(), text);

  const Object earth(proj_create(context, "OGC:CRS84"));
  if (!earth) throw base::IoError("PROJ's database was not found", "install proj-data, or set PROJ_LIB to its folder");
  Object operation(proj_create_crs_to_crs_from_pj(context, earth.get(), crs.get(), nullptr, nullptr));
  if (operation) operation.reset(proj_normalize_for_visualization(context, operation.get()));
  if (!operation)
    throw base::InputError(fmt::format("PROJ finds no way from longitude and latitude to '{}'", text), kHint);
  worker->operation = std::move(operation);

  NamedCrs out;
  out.name = proj_get_name(crs.get()) ? proj_get_name(crs.get()) : "";
  if (const char* exported = proj_as_proj_string(context, crs.get(), PJ_PROJ_4, nullptr)) out.proj_string = exported;
  const double unit = metres_per_unit(context, crs.get());
  out.engine = std::make_unique<Engine>(std::move(worker), false, unit);
  return out;
}

}  // namespace sitmap::projection
