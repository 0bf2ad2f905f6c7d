#pragma once
// The furniture's colours and font from a style's metadata.

#include "compose/furniture.hpp"
#include "style/style.hpp"

namespace sitmap::compose {

Theme read_theme(const style::Style& style, base::Problems& problems);

}  // namespace sitmap::compose
