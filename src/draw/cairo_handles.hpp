#pragma once
// Owners of Cairo's handles.

#include <memory>

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace sitmap::draw {

struct DestroyCairo {
  void operator()(cairo_t* cr) const;
  void operator()(cairo_surface_t* surface) const;
};
using Context = std::unique_ptr<cairo_t, DestroyCairo>;
using Surface = std::unique_ptr<cairo_surface_t, DestroyCairo>;

}  // namespace sitmap::draw
