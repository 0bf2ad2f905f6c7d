#pragma once
// Names to places: matched, ambiguous or unknown; never a guess.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/place.hpp"

namespace sitmap::gazetteer {

enum class Status { Matched, Ambiguous, Unknown };

struct Scored {
  Place place;
  double score = 0;              // 0..1: how sure that this is meant
  std::string matched_name;      // the name that was found
  std::string why;               // "exact name; in the map's area; capital", for people
};

struct Match {
  std::string query;
  Status status = Status::Unknown;
  std::optional<Scored> best;          // when matched
  std::vector<Scored> candidates;      // best first, at most 10; also when matched (the others)
  std::string advice;                  // what would settle it: "add the country: 'Goris, Armenia'"
};

// What is known around a query.
struct Hints {
  std::optional<geom::GeoBox> area;            // of the map, when given
  std::vector<std::string> countries;          // ISO alpha-2
  std::vector<geom::Point> neighbours;         // other places of the same table
  std::optional<time::Day> on;                 // the day whose names and units count
};

struct Info {
  std::string version, built_from;
  std::int64_t places = 0, names = 0;
};

// Opened read-only; locate() may be called from several threads.
class Gazetteer {
 public:
  // IoError when it isn't there, InputError when it is no gazetteer or of another version.
  static Gazetteer open(const std::filesystem::path& file);
  static Gazetteer open_embedded();  // gazetteer.sqlite in the data folder

  Match locate(std::string_view query, const Hints& hints = {}) const;
  std::optional<Place> by_id(std::string_view id) const;
  Info info() const;

 private:
  struct Impl;
  explicit Gazetteer(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

// Case, diacritics, apostrophes, hyphens and spaces folded; scripts kept ("Şuşa" → "susa", "Ցխինվալի" stays Armenian
// lower case). Invalid UTF-8 gives an empty text.
std::string fold(std::string_view name);

}  // namespace sitmap::gazetteer
