#pragma once
// How places and names stand in the file: shared by the builder that writes them and the reader.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/place.hpp"

namespace sitmap::gazetteer {

inline constexpr std::int64_t kApplicationId = 0x53474147;  // "SGAG"
inline constexpr std::int64_t kSchemaVersion = 1;

// How a key came from a place's names. The order is stored in the file: add at the end only.
enum class Quality : std::uint8_t {
  Primary,    // the name used in the field
  Tagged,     // a name whose language is known
  Former,     // a name no longer in use
  Alternate,  // another spelling, language not known
  Variant,    // a respelling made by rule (ə as a)
  Core,       // without its kind word ("lachin" of "Lachin corridor"): only for queries that have one
  Code,       // IATA, ICAO, ISO codes
};

// Names as one text, a line each: the digit of the kind and the language, the text, the validity when known (EDTF),
// with TABs between them.
std::string pack_names(const std::vector<Name>& names);
std::vector<Name> unpack_names(std::string_view packed);

std::string_view name_of(NameKind kind);
std::optional<NameKind> name_kind(std::string_view text);

// A key of the index, and all keys of a name: its folded form, and variants made by rule.
struct Key {
  std::string text;
  Quality quality;
};
std::vector<Key> keys_of(std::string_view name, Quality quality);

// Geometry as quantised deltas (1e-6 degrees, zigzag varints): a third of WKB. A private format of this file.
std::string pack_geometry(const geom::Geometry& geometry);
geom::Geometry unpack_geometry(std::string_view bytes);  // std::invalid_argument on a damaged text

}  // namespace sitmap::gazetteer
