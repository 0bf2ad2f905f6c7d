#pragma once
// Short ways to put text and boxes into a scene layer: the furniture's pen.

#include <string>
#include <vector>

#include "compose/furniture.hpp"
#include "scene/scene.hpp"
#include "text/shape.hpp"

namespace sitmap::compose {

enum class Weight { Regular, SemiBold, Bold, Italic };

class Ink {
 public:
  Ink(scene::Layer& layer, const FurnitureInput& input) : layer_(layer), input_(input) {}

  text::Shaped shape(const std::string& text, double size, Weight weight = Weight::Regular, double max_width = 0,
                     text::Align align = text::Align::Left) const;
  // The text's box has its upper left corner at `at` (for Right: its upper right corner; Center: upper middle).
  void put(const text::Shaped& shaped, geom::Point at, const scene::Color& color, text::Align align = text::Align::Left,
           double halo = 0);
  void box(const geom::Box& box, const scene::Color& fill, const scene::Color* rule = nullptr);
  void line(geom::Point a, geom::Point b, const scene::Color& color, double width);

 private:
  scene::Layer& layer_;
  const FurnitureInput& input_;
};

// Words of the furniture in the map's language; English for languages without an entry.
struct FurnitureWords {
  std::string sources, as_of, claimed_by, reported, figures, borders;
};
FurnitureWords furniture_words(const std::vector<std::string>& languages);
std::string fill_in(const std::string& pattern, const std::string& value);  // "{}" replaced

}  // namespace sitmap::compose
