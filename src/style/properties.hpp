#pragma once
// Numbers for the names of properties, for quick finding. A name that several layer types share has one number.

#include <cstdint>
#include <optional>
#include <string_view>

#include "style/style.hpp"

namespace sitmap::style {

inline constexpr std::size_t kLayerTypes = 7;

using PropertyId = std::uint8_t;
std::optional<PropertyId> property_id(std::string_view name);
const PropertySpec& property_spec(PropertyId id);  // of the first layer type that has it; the defaults are the same

}  // namespace sitmap::style
