#pragma once
// Reads a style from JSON, with every problem in one run. Internal to this module.

#include <map>
#include <set>

#include "style/style.hpp"

namespace sitmap::style {

class Reader {
 public:
  Reader(const std::filesystem::path& file, base::Problems& found) : found_(found) { style_.file = file; }
  Style read(const document::Node& json);

 private:
  enum class SourceUse { Drawn, Skipped, Wrong };

  void read_root(const document::Node& json);
  void read_sprite(const document::Node& sprite);
  void read_sources(const document::Node& json);
  void read_source(const std::string& id, const document::Node& json);
  SourceUse read_source_data(Source& source);

  void read_layers(const document::Node& json);
  void read_layer(const document::Node& json);
  bool read_layer_source(const document::Node& json, Layer& layer);  // false: the layer is not drawn
  void read_properties(const document::Node& group, std::string_view group_name, Layer& layer);
  void read_property(const document::Member& member, std::string_view group_name, Layer& layer);
  void unknown_property(const document::Member& member, std::string_view group_name, const Layer& layer);

  std::string text(const document::Node& node, std::string_view key);
  std::optional<double> number(const document::Node& node, std::string_view key, double least, double most);
  void check_keys(const document::Node& object, const std::vector<std::string>& known, std::string_view owner);
  void ignored(const document::Node& node, std::string_view key, std::string_view why);

  Style style_;
  base::Problems& found_;
  std::map<std::string, SourceUse, std::less<>> uses_;
  std::map<std::string, base::Location, std::less<>> layer_ids_;
};

}  // namespace sitmap::style
