#include "gazetteer/locate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "gazetteer/context.hpp"
#include "gazetteer/database.hpp"
#include "gazetteer/query.hpp"
#include "gazetteer/rank.hpp"
#include "gazetteer/script.hpp"

namespace sitmap::gazetteer {
namespace {

constexpr std::size_t kLongestQuery = 400;  // bytes
constexpr std::size_t kShown = 10;
constexpr std::size_t kMostNearKeys = 40;
constexpr double kMisfit = 0.3;  // of its share, for a place that is not of the kind or not where the query says

class Search {
 public:
  Search(const Database& database, const NameIndex& index, std::string_view query, const Hints& hints)
      : database_(database), index_(index), query_(query), hints_(hints) {}

  Match run() {
    match_.query = query_;
    const std::string_view trimmed = base::trim(query_);
    if (trimmed.empty()) return unknown("the name is empty");
    if (trimmed.size() > kLongestQuery) return unknown("this is too long for a place name");
    if (trimmed.find('\0') != trimmed.npos || !base::valid_utf8(trimmed))
      return unknown("this is no valid UTF-8 text: save the file as UTF-8");
    if (by_id(trimmed)) return match_;
    if (border(trimmed)) return match_;

    const std::vector<Reading> readings = readings_of(trimmed);
    if (readings.empty()) return unknown("there are no letters in this name");
    std::map<std::int64_t, Candidate> fitting, others;
    for (const Reading& reading : readings) collect(reading, fitting, others);
    if (!fitting.empty()) return decide(values(std::move(fitting)));
    if (!others.empty()) return misfit(values(std::move(others)));
    return near(readings);
  }

 private:
  bool by_id(std::string_view text) {
    if (text.find(':') == text.npos) return false;
    const auto no = database_.find_id(text);
    const auto row = no ? database_.row(*no) : std::nullopt;
    if (!row) return false;
    match_.status = Status::Matched;
    match_.best = Scored{database_.place(*row), 1, std::string(text), "its id"};
    return true;
  }

  // The line that two countries share, for any two that do.
  bool border(std::string_view text) {
    std::optional<std::pair<Row, Row>> apart;
    for (const auto& [a, b] : border_cuts(text)) {
      const auto first = country(a), second = country(b);
      if (!first || !second || first->no == second->no) continue;
      if (const auto no = database_.border(first->country, second->country)) {
        const auto row = database_.row(*no);
        if (!row) continue;
        match_.status = Status::Matched;
        match_.best = Scored{database_.place(*row), 1, row->name, "the border the two countries share"};
        return true;
      }
      apart = {*first, *second};
    }
    if (!apart) return false;
    unknown(fmt::format("{} and {} share no land border", apart->first.name, apart->second.name));
    return true;
  }

  std::optional<Row> country(const std::string& key) const {
    std::optional<Row> best;
    Quality how = Quality::Code;
    for (const NameHit& hit : index_.exact(key)) {
      const auto row = database_.row(hit.place);
      if (row && is_country(*row) && (!best || hit.quality < how)) {
        best = row;
        how = hit.quality;
      }
    }
    return best;
  }

  void collect(const Reading& reading, std::map<std::int64_t, Candidate>& fitting,
               std::map<std::int64_t, Candidate>& others) {
    std::vector<Context> contexts;
    bool looked_up = false;
    for (const NameHit& hit : index_.exact(reading.core)) {
      if (hit.quality == Quality::Core && !reading.group) continue;
      if (hit.quality == Quality::Code && reading.core.size() < 3) continue;
      auto row = database_.row(hit.place);
      if (!row) continue;
      if (!looked_up) {
        for (const std::string& text : reading.context) contexts.emplace_back(database_, index_, text);
        looked_up = true;
      }
      Candidate candidate{.row = std::move(*row), .quality = hit.quality, .key = reading.core};
      const Row& r = candidate.row;
      candidate.asked_kind = reading.group && belongs(*reading.group, r.kind, r.feature_class, r.feature_code);
      const bool context_fits =
          std::all_of(contexts.begin(), contexts.end(), [&](const Context& c) { return c.fits(r); });
      candidate.asked_context = !contexts.empty() && context_fits;
      const bool fits = context_fits && (!reading.group || candidate.asked_kind);
      if (fits || hit.quality != Quality::Core) put(fits ? fitting : others, std::move(candidate));
    }
  }

  // Of several readings that lead to one place, the one that says most counts.
  static void put(std::map<std::int64_t, Candidate>& into, Candidate candidate) {
    const auto weight = [](const Candidate& c) {
      return 2 * static_cast<int>(c.asked_context) + static_cast<int>(c.asked_kind) -
             (c.quality == Quality::Primary || c.quality == Quality::Tagged ? 0.0 : 0.5);
    };
    const auto [at, added] = into.try_emplace(candidate.row.no, candidate);
    if (!added && weight(candidate) > weight(at->second)) at->second = std::move(candidate);
  }

  static std::vector<Candidate> values(std::map<std::int64_t, Candidate> found) {
    std::vector<Candidate> out;
    for (auto& [no, candidate] : found) out.push_back(std::move(candidate));
    return out;
  }

  Scored scored(const Candidate& candidate) const {
    Scored out{.place = database_.place(candidate.row), .score = score_of(candidate), .matched_name = candidate.row.name,
               .why = base::join(candidate.why, "; ")};
    for (const Name& name : out.place.names)
      if (fold(name.text) == candidate.key) {
        out.matched_name = name.text;
        break;
      }
    return out;
  }

  void list(const std::vector<Candidate>& candidates, std::size_t from) {
    for (std::size_t i = from; i < candidates.size() && match_.candidates.size() < kShown; ++i)
      match_.candidates.push_back(scored(candidates[i]));
  }

  // "Şuşa" is Shusha rather than Shush or Sousse, whose folded names are the same.
  bool look_at_accents(std::vector<Candidate>& candidates) const {
    constexpr std::size_t kMost = 50;
    const std::string_view asked = base::trim(query_);
    const bool accents = std::any_of(asked.begin(), asked.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!accents || candidates.size() > kMost) return false;
    for (Candidate& c : candidates) {
      const std::vector<Name> names = database_.names(c.row.no);
      c.verbatim = c.row.name == asked || std::any_of(names.begin(), names.end(), [&](const Name& n) { return n.text == asked; });
    }
    return true;
  }

  Match decide(std::vector<Candidate> candidates) {
    rank(candidates, hints_);
    if (candidates.front().share < kMatchedShare && look_at_accents(candidates)) rank(candidates, hints_);
    const Candidate& best = candidates.front();
    if (best.share >= kMatchedShare && (!best.far_off || best.asked_context)) {
      match_.status = Status::Matched;
      match_.best = scored(best);
      list(candidates, 1);
      return match_;
    }
    match_.status = Status::Ambiguous;
    list(candidates, 0);
    if (best.share >= kMatchedShare) {
      match_.advice = fmt::format("the only one known is far from the map's other places; if it is meant, say '{}'",
                                  best.row.country.empty() ? best.row.id : full(match_.candidates[0].place));
      return match_;
    }
    const auto rival = std::find_if(candidates.begin() + 1, candidates.end(),
                                    [](const Candidate& c) { return !c.same_as_best; });
    const auto at = static_cast<std::size_t>(rival - candidates.begin());
    match_.advice = at < match_.candidates.size()
                        ? fmt::format("say which: '{}' or '{}'", distinct(match_.candidates[0].place, match_.candidates[at].place),
                                      distinct(match_.candidates[at].place, match_.candidates[0].place))
                        : fmt::format("say which by its id: '{}'", best.row.id);
    return match_;
  }

  // A query for this place that can't mean the other.
  static std::string distinct(const Place& place, const Place& other) {
    const bool country = place.feature_class == "A" && place.feature_code.starts_with("PCL");
    if (country) return place.name + " (country)";
    const std::string_view own = place.admin.empty() ? std::string_view() : std::string_view(place.admin.front());
    if (!own.empty() && place.country != other.country) return fmt::format("{}, {}", place.name, own);
    if (place.admin.size() > 1 && place.admin.back() != (other.admin.empty() ? "" : other.admin.back()) &&
        place.feature_class == other.feature_class)
      return fmt::format("{}, {}", place.name, place.admin.back());
    if (place.kind != other.kind && group_of(fold(place.kind))) return fmt::format("{} ({})", place.name, place.kind);
    return place.id;
  }

  static std::string full(const Place& place) {
    if (place.admin.empty()) return place.name;
    return fmt::format("{}, {}", place.name, place.admin.front());
  }

  // The name is known, but not as this kind or not there.
  Match misfit(std::vector<Candidate> candidates) {
    rank(candidates, hints_);
    for (Candidate& candidate : candidates) candidate.share *= kMisfit;
    list(candidates, 0);
    return unknown(fmt::format("no place of this name fits; did you mean '{}'{}?", full(match_.candidates[0].place),
                               match_.candidates[0].place.kind.empty() ? "" : " (" + match_.candidates[0].place.kind + ")"));
  }

  Match near(const std::vector<Reading>& readings) {
    std::vector<Candidate> candidates;
    std::set<std::string> tried;
    for (const Reading& reading : readings) add_near(reading, reading.core, tried, candidates);
    if (candidates.empty())
      for (const Reading& reading : readings)
        if (const std::string latin = fold(romanised(reading.core)); !latin.empty() && latin != reading.core) {
          for (const NameHit& hit : index_.exact(latin)) add_hit(hit, latin, 1, candidates);
          add_near(reading, latin, tried, candidates);
        }
    if (candidates.empty()) return unknown("no such name is in the gazetteer; give coordinates, or another spelling");
    rank(candidates, hints_);
    std::set<std::int64_t> seen;
    std::erase_if(candidates, [&](const Candidate& c) { return !seen.insert(c.row.no).second; });
    list(candidates, 0);
    return unknown(fmt::format("did you mean '{}'?", full(match_.candidates[0].place)));
  }

  void add_near(const Reading& reading, const std::string& key, std::set<std::string>& tried,
                std::vector<Candidate>& candidates) {
    const std::size_t letters = base::display_width(key);
    const std::size_t limit = letters >= 6 ? 2 : letters >= 4 ? 1 : 0;
    if (limit == 0 || !tried.insert(key).second) return;
    for (const NearKey& near_key : index_.near(key, limit, kMostNearKeys))
      for (const NameHit& hit : index_.exact(near_key.key)) {
        if (hit.quality >= Quality::Core && !reading.group) continue;
        add_hit(hit, near_key.key, std::max<std::size_t>(near_key.distance, 1), candidates);
      }
  }

  void add_hit(const NameHit& hit, const std::string& key, std::size_t distance, std::vector<Candidate>& candidates) {
    if (auto row = database_.row(hit.place))
      candidates.push_back({.row = std::move(*row), .quality = hit.quality, .key = key, .distance = distance});
  }

  Match unknown(std::string advice) {
    match_.status = Status::Unknown;
    match_.best.reset();
    match_.advice = std::move(advice);
    return match_;
  }

  const Database& database_;
  const NameIndex& index_;
  std::string_view query_;
  const Hints& hints_;
  Match match_;
};

}  // namespace

Match locate(const Database& database, const NameIndex& index, std::string_view query, const Hints& hints) {
  return Search(database, index, query, hints).run();
}

}  // namespace sitmap::gazetteer
