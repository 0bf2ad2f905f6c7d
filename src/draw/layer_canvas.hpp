#pragma once
// One layer to pixels.

#include "draw/images.hpp"
#include "draw/pixels.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"

namespace sitmap::draw {

struct Tools {
  const text::FontSet& fonts;
  ImageCache& images;
  double scale = 1;  // device pixels per page pixel
};

// Draws the layer's items on a clear sheet; the layer's opacity is not applied.
void draw_layer(const scene::Layer& layer, const Tools& tools, Sheet& sheet);

}  // namespace sitmap::draw
