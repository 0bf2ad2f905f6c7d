#pragma once
// Title, subtitle, date, legend, claims, scale bar, locator inset, source line, timeline: placed on the page first,
// so that the map's area and its labels keep clear of them.

#include <memory>
#include <string>
#include <vector>

#include "compose/settings.hpp"
#include "projection/view.hpp"
#include "scene/scene.hpp"
#include "text/fonts.hpp"
#include "time/schedule.hpp"

namespace sitmap::compose {

// Colours and fonts of the furniture, from the style's metadata "sitmap:furniture" ({"paper": "#fff", "ink": "#222",
// "muted": "#666", "accent": "#b22222", "font": "Noto Sans", …}); unknown keys are problems of the style.
struct Theme {
  scene::Color paper{1, 1, 1, 1}, ink{0.13F, 0.13F, 0.13F, 1}, muted{0.40F, 0.40F, 0.40F, 1},
      accent{0.70F, 0.13F, 0.13F, 1}, rule{0.80F, 0.80F, 0.80F, 1}, water{0.85F, 0.89F, 0.92F, 1},
      land{0.97F, 0.96F, 0.94F, 1}, focus{0.84F, 0.80F, 0.73F, 1};
  std::string font = "Noto Sans";
};

// One line of the legend. The swatch is made of the same items that draw the map, within a box of 26 × 14 pixels at 0,0.
struct LegendEntry {
  std::string text;
  std::vector<scene::Item> swatch;
  bool operator==(const LegendEntry& other) const { return text == other.text; }
};

// What one party says at a moment: "Armenian servicemen killed", "49", "killed", "Armenia", "13 Sep 2022".
struct ClaimLine {
  std::string what, value, measure, who, as_of;
  bool operator==(const ClaimLine&) const = default;
};

// A named country outline for the locator, longitude/latitude.
struct LocatorShape {
  std::string name;
  geom::Geometry area;
  bool focus = false;   // one of the countries of the map's area
};

struct FurnitureInput {
  const text::FontSet* fonts = nullptr;
  Theme theme;
  Furniture settings;
  Words words;
  projection::PageSize page;
  const time::Schedule* schedule = nullptr;      // empty states: no dates at all
  bool sequence = false;                         // a film or frames: timeline, a date that changes
  std::vector<std::string> attributions;         // short texts for the source line, in order
  std::vector<double> event_days;                // for the timeline's histogram: day numbers of event starts
};

// The page divided before the map is projected: bands for title, source line and timeline.
class PageLayout {
 public:
  explicit PageLayout(const FurnitureInput& input);
  projection::Margins margins() const { return margins_; }  // the map's area of interest fits inside
  geom::Box map_box() const;                                 // the free part of the page
  double unit() const { return unit_; }                      // size of body text, pixels

  // Furniture that never changes: bands, title, subtitle, source line; and its boxes for label placement.
  scene::SharedLayer fixed() const { return fixed_; }
  // The date and the timeline's mark at a frame; the boxes are the same in every frame.
  scene::SharedLayer at_frame(std::size_t frame) const;
  const std::vector<geom::Box>& occupied() const { return occupied_; }

 private:
  FurnitureInput input_;
  projection::Margins margins_;
  double unit_ = 14;
  scene::SharedLayer fixed_;
  std::vector<geom::Box> occupied_;
  geom::Box date_box_, timeline_box_;
};

// Boxes that stand on the map: legend, claims, scale bar, locator, north arrow. Corners are chosen so that they hide
// least of `interest` (page pixels: event sites, focus areas).
struct MapFurniture {
  scene::SharedLayer fixed;                    // scale bar, locator, north arrow
  std::vector<geom::Box> occupied;             // of everything, over all frames
  geom::Box legend_box, claims_box;            // empty: none
};
MapFurniture place_map_furniture(const FurnitureInput& input, const PageLayout& layout, const projection::View& view,
                                 const std::vector<LegendEntry>& all_entries, const std::vector<ClaimLine>& most_claims,
                                 const std::vector<LocatorShape>& locator, const std::vector<geom::Box>& interest);

// The legend and the claims as they are at one frame, inside the boxes placed before.
scene::SharedLayer draw_legend(const FurnitureInput& input, const PageLayout& layout, const geom::Box& box,
                               const std::vector<LegendEntry>& entries);
scene::SharedLayer draw_claims(const FurnitureInput& input, const PageLayout& layout, const geom::Box& box,
                               const std::vector<ClaimLine>& claims);

// A round length that fits in `max_px`: {50 km in pixels, "50 km"}; the scale of the map's centre.
struct ScaleBar {
  double length_px = 0, length_m = 0;
  std::string text;
};
ScaleBar choose_scale_bar(double metres_per_px, double max_px);

}  // namespace sitmap::compose
