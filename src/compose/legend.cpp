#include "compose/legend.hpp"

#include <algorithm>

namespace sitmap::compose {
namespace {

// A text, or an object of texts by language.
std::string text_in(const document::Node& node, const std::vector<std::string>& languages) {
  if (node.is_string()) return std::string(node.as_string());
  if (!node.is_object()) return {};
  for (const std::string& language : languages)
    if (const auto text = node.find(language); text && text->is_string()) return std::string(text->as_string());
  if (const auto text = node.find("en"); text && text->is_string()) return std::string(text->as_string());
  return {};
}

std::string entry_text(const Shown& shown, const PaintContext& context) {
  const auto legend = shown.layer->metadata.find("sitmap:legend");
  if (!legend) return {};
  const auto by = legend->find("by");
  if (!by || !by->is_string()) return text_in(*legend, *context.languages);
  const StyledFeature feature(shown.feature->feature, *context.languages, shown.time ? &*shown.time : nullptr);
  const std::string value = expression::to_text(feature.property(by->as_string()));
  if (const auto labels = legend->find("labels")) {
    if (const auto label = labels->find(value)) return text_in(*label, *context.languages);
    if (labels->has("*")) return {};  // only the listed values have entries
  }
  if (value.empty()) return {};
  std::string prefix;
  if (const auto text = legend->find("text")) prefix = text_in(*text, *context.languages);
  if (const auto at = prefix.find("{}"); at != std::string::npos) return prefix.replace(at, 2, value);
  return value;
}

}  // namespace

void LegendBuilder::add(const Shown& shown) {
  const std::string text = entry_text(shown, context_);
  if (text.empty()) return;
  const std::pair<std::string, const style::Layer*> key{text, shown.layer};
  if (std::find(drawn_.begin(), drawn_.end(), key) != drawn_.end()) return;
  // What fades with age is shown in the legend as on its first day.
  std::optional<TimeProperties> fresh;
  if (shown.time) fresh = TimeProperties{};
  std::vector<scene::Item> swatch =
      paint_swatch(*shown.layer, *shown.feature, fresh ? &*fresh : nullptr, context_);
  if (swatch.empty()) return;
  drawn_.push_back(key);
  const auto same = std::find_if(entries_.begin(), entries_.end(), [&](const LegendEntry& e) { return e.text == text; });
  if (same == entries_.end()) {
    entries_.push_back({text, std::move(swatch)});
    return;
  }
  // Fills lie over each other; of different marks for one class the point's is the most telling.
  const auto is_fill = [](const scene::Item& item) { return std::holds_alternative<scene::Fill>(item); };
  if (std::all_of(same->swatch.begin(), same->swatch.end(), is_fill) && shown.layer->type == style::LayerType::Fill)
    same->swatch.insert(same->swatch.end(), swatch.begin(), swatch.end());
  else if (shown.layer->type == style::LayerType::Circle)
    same->swatch = std::move(swatch);
}

}  // namespace sitmap::compose
