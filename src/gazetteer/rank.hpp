#pragma once
// How likely each place of a name is meant.
//
// A place's points are the decimal logarithm of its odds: 2 points more mean a hundred times as likely. They add up
// from how prominent the place is, how good the name fits, and what is known around the query. A candidate's share is
// its part in the odds of all candidates that are other places.

#include <string>
#include <vector>

#include "gazetteer/database.hpp"
#include "gazetteer/gazetteer.hpp"

namespace sitmap::gazetteer {

// The best candidate is `matched` when it is at least three times as likely as all the other places together, and is no
// minor place far off from the map's area and the table's other places.
inline constexpr double kMatchedShare = 0.75;

struct Candidate {
  Row row;
  Quality quality = Quality::Primary;
  std::string key;                 // the key that hit
  bool asked_kind = false;         // its kind was named in the query
  bool asked_context = false;      // its country or unit was named in the query
  std::size_t distance = 0;        // typing errors
  double points = 0;
  double share = 0;                // 0..1
  bool verbatim = false;           // one of its names is written as asked, accents and all
  bool far_off = false;            // a minor place, far from the map and from the other places
  bool same_as_best = false;       // another record or another dated state of the best place
  std::vector<std::string> why{};
};

// Sets points, share, same_as_best and why; sorts best first (ties: by id).
void rank(std::vector<Candidate>& candidates, const Hints& hints);

// The score shown: the share, less for names that fit less well.
double score_of(const Candidate& candidate);

bool is_country(const Row& row);

}  // namespace sitmap::gazetteer
