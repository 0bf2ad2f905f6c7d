#pragma once
// The features of one source layer, projected, as expressions see them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compose/clock.hpp"
#include "expression/expression.hpp"
#include "projection/view.hpp"
#include "source/feature.hpp"

namespace sitmap::compose {

struct MapFeature {
  source::Feature feature;
  geom::Geometry page;                       // projected, page pixels, clipped near the page
  geom::Geometry outline;                    // of polygons: lines without the parts along the clip; others: same as page
  std::optional<time::Interval> valid;       // dated features
  Persistence persistence = Persistence::Event;
};

struct MapLayer {
  std::string name;
  bool dated = false;
  std::vector<MapFeature> features;          // those that touch the page
  std::vector<std::string> sources;          // provider ids or texts
  std::vector<std::size_t> outside;          // dated features that don't touch the page: indices into the input
};

struct ProjectOptions {
  double scale = 1;          // device pixels per page pixel
  bool outlines = false;     // a line layer draws its polygons
  double margin_px = 24;
  int jobs = 2;
};
void project_features(MapLayer& layer, const projection::View& view, const ProjectOptions& options);

// A feature with its time properties and the map's languages: "label" is its name in the first language it has.
class StyledFeature final : public expression::FeatureView {
 public:
  StyledFeature(const source::Feature& feature, const std::vector<std::string>& languages,
                const TimeProperties* time = nullptr)
      : feature_(feature), languages_(languages), time_(time) {}
  expression::Value property(std::string_view name) const override;
  bool has(std::string_view name) const override;
  expression::Object properties() const override;
  expression::Value id() const override;
  std::string_view geometry_type() const override;

 private:
  const source::Feature& feature_;
  const std::vector<std::string>& languages_;
  const TimeProperties* time_;
};

std::string label_of(const source::Feature& feature, const std::vector<std::string>& languages);

}  // namespace sitmap::compose
