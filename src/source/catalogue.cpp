#include "source/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/problem.hpp"
#include "base/text.hpp"
#include "document/read.hpp"

namespace sitmap::source {
namespace fs = std::filesystem;

// One file that serves a layer, for some scales and some part of the earth.
struct Catalogue::Entry {
  fs::path file;
  std::optional<geom::GeoBox> within;  // the view must lie inside
  double above_m_per_px = 0;           // for this scale and smaller ones
  double below_m_per_px = 1e300;       // for larger scales only
  std::vector<std::string> sources;

  bool serves(const geom::GeoBox& box, double metres_per_px) const {
    return metres_per_px >= above_m_per_px && metres_per_px < below_m_per_px && (!within || within->contains(box));
  }
};

namespace {

std::vector<std::string> texts(const document::Node& node) {
  std::vector<std::string> out;
  for (const document::Node& item : node.items()) out.emplace_back(item.text());
  return out;
}

std::string text_of(const document::Node& node, std::string_view key) {
  const auto member = node.find(key);
  return member && member->is_scalar() ? std::string(member->text()) : std::string();
}

double number_of(const document::Node& node, std::string_view key, double otherwise) {
  const auto member = node.find(key);
  return member && member->is_number() ? member->as_number() : otherwise;
}

}  // namespace

Catalogue::Catalogue(fs::path folder) : folder_(std::move(folder)) {
  const document::Node providers = document::read_document(folder_ / "sources.json");
  for (const document::Node& item : providers.items()) {
    Provider provider{text_of(item, "id"), text_of(item, "title"), text_of(item, "licence"),
                      text_of(item, "attribution"), text_of(item, "data_date")};
    providers_.emplace(provider.id, provider);
  }

  const document::Node root = document::read_document(folder_ / "catalogue.json");
  const auto layers = root.find("layers");
  if (!layers || !layers->is_object()) throw base::InputError(root.location(), "the catalogue has no 'layers'");
  for (const document::Member& layer : layers->members()) {
    std::vector<Entry> entries;
    for (const document::Node& item : layer.value.items()) {
      Entry entry;
      entry.file = folder_ / text_of(item, "file");
      entry.above_m_per_px = number_of(item, "above_m_per_px", 0);
      entry.below_m_per_px = number_of(item, "below_m_per_px", 1e300);
      if (const auto within = item.find("within"); within && within->size() == 4)
        entry.within = geom::GeoBox{within->at(0).as_number(), within->at(1).as_number(), within->at(2).as_number(),
                                    within->at(3).as_number()};
      if (const auto sources = item.find("sources")) entry.sources = texts(*sources);
      entries.push_back(std::move(entry));
    }
    layers_.emplace(std::string(layer.key), std::move(entries));
  }
}

Catalogue::~Catalogue() = default;

bool Catalogue::has(std::string_view layer) const { return layers_.contains(layer); }

std::vector<std::string> Catalogue::layers() const {
  std::vector<std::string> names;
  for (const auto& [name, entries] : layers_) names.push_back(name);
  return names;
}

Table Catalogue::read(std::string_view layer, const geom::GeoBox& box, double metres_per_px,
                      const std::vector<std::string>& columns) const {
  const auto it = layers_.find(layer);
  if (it == layers_.end())
    throw base::InputError(fmt::format("there is no embedded layer '{}'", layer), base::suggestion(layer, layers()));
  const auto entry = std::find_if(it->second.begin(), it->second.end(),
                                  [&](const Entry& e) { return e.serves(box, metres_per_px); });
  Table table;
  if (entry == it->second.end()) return table;  // not made for this scale
  table = read_features(entry->file, {.layer = {}, .box = box, .columns = columns, .where = {}});
  table.sources = entry->sources;
  return table;
}

fs::path Catalogue::file(std::string_view name) const {
  const fs::path wanted = fs::path(name).lexically_normal();
  if (!wanted.is_absolute() && !name.empty() && *wanted.begin() != ".." && fs::is_regular_file(folder_ / wanted))
    return folder_ / wanted;
  std::vector<std::string> known;
  for (const auto& item : fs::recursive_directory_iterator(folder_)) {
    const std::string ending = item.path().extension().string();
    if (item.is_regular_file() && (ending == ".geojson" || ending == ".json" || ending == ".csv"))
      known.push_back(item.path().lexically_relative(folder_).string());
  }
  std::sort(known.begin(), known.end());
  throw base::InputError(fmt::format("there is no embedded data set '{}'", name), base::suggestion(name, known));
}

const Provider* Catalogue::provider(std::string_view id) const {
  const auto it = providers_.find(id);
  return it == providers_.end() ? nullptr : &it->second;
}

}  // namespace sitmap::source
