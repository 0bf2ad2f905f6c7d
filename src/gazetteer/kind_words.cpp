#include "gazetteer/kind_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sitmap::gazetteer {
namespace {

// Folded as gazetteer::fold does, in English, Armenian, Azerbaijani, Russian, Georgian, Turkish, Persian.
constexpr std::array<std::pair<std::string_view, Group>, 150> kWords = {{
    {"country", Group::Country}, {"republic", Group::Country},
    {"district", Group::Admin}, {"province", Group::Admin}, {"raion", Group::Admin}, {"rayon", Group::Admin},
    {"rayonu", Group::Admin}, {"marz", Group::Admin}, {"oblast", Group::Admin}, {"state", Group::Admin},
    {"governorate", Group::Admin}, {"county", Group::Admin}, {"department", Group::Admin},
    {"prefecture", Group::Admin}, {"canton", Group::Admin}, {"krai", Group::Admin}, {"voivodeship", Group::Admin},
    {"municipality", Group::Admin}, {"vilayeti", Group::Admin}, {"vilayet", Group::Admin}, {"muxtar vilayeti", Group::Admin},
    {"autonomous oblast", Group::Admin}, {"autonomous republic", Group::Admin}, {"autonomous region", Group::Admin},
    {"մարզ", Group::Admin}, {"մարզը", Group::Admin}, {"շրջան", Group::Admin}, {"շրջանը", Group::Admin},
    {"район", Group::Admin}, {"область", Group::Admin}, {"марз", Group::Admin}, {"провинция", Group::Admin},
    {"губерния", Group::Admin}, {"край", Group::Admin}, {"ostan", Group::Admin}, {"ili", Group::Admin},
    {"mkhare", Group::Admin}, {"მხარე", Group::Admin}, {"რაიონი", Group::Admin}, {"استان", Group::Admin},
    {"shahrestan", Group::Admin}, {"subdistrict", Group::Admin},
    {"region", Group::Region}, {"area", Group::Region}, {"territory", Group::Region}, {"enclave", Group::Region},
    {"exclave", Group::Region}, {"zone", Group::Region}, {"valley", Group::Region}, {"plateau", Group::Region},
    {"desert", Group::Region}, {"peninsula", Group::Region}, {"регион", Group::Region}, {"bolgesi", Group::Region},
    {"տարածաշրջան", Group::Region}, {"districts", Group::Region},
    {"city", Group::Settlement}, {"town", Group::Settlement}, {"village", Group::Settlement},
    {"settlement", Group::Settlement}, {"hamlet", Group::Settlement}, {"seheri", Group::Settlement},
    {"sahari", Group::Settlement}, {"kendi", Group::Settlement}, {"kandi", Group::Settlement},
    {"qesebesi", Group::Settlement}, {"sehri", Group::Settlement}, {"koyu", Group::Settlement},
    {"քաղաք", Group::Settlement}, {"քաղաքը", Group::Settlement}, {"գյուղ", Group::Settlement},
    {"գյուղը", Group::Settlement}, {"город", Group::Settlement}, {"село", Group::Settlement},
    {"деревня", Group::Settlement}, {"поселок", Group::Settlement}, {"ქალაქი", Group::Settlement},
    {"სოფელი", Group::Settlement}, {"شهر", Group::Settlement}, {"روستای", Group::Settlement},
    {"corridor", Group::Corridor}, {"միջանցք", Group::Corridor}, {"միջանցքը", Group::Corridor},
    {"dehlizi", Group::Corridor}, {"dahlizi", Group::Corridor}, {"koridoru", Group::Corridor},
    {"коридор", Group::Corridor}, {"დერეფანი", Group::Corridor}, {"دالان", Group::Corridor},
    {"border", Group::Border}, {"frontier", Group::Border}, {"state border", Group::Border},
    {"lake", Group::Lake}, {"reservoir", Group::Lake}, {"lagoon", Group::Lake}, {"golu", Group::Lake},
    {"gol", Group::Lake}, {"golleri", Group::Lake}, {"լիճ", Group::Lake}, {"լիճը", Group::Lake},
    {"озеро", Group::Lake}, {"водохранилище", Group::Lake}, {"ტბა", Group::Lake}, {"دریاچه", Group::Lake},
    {"su anbari", Group::Lake}, {"lac", Group::Lake}, {"lago", Group::Lake},
    {"river", Group::River}, {"canal", Group::River}, {"cayi", Group::River}, {"nehri", Group::River},
    {"գետ", Group::River}, {"գետը", Group::River}, {"река", Group::River}, {"მდინარე", Group::River},
    {"rud", Group::River}, {"رود", Group::River}, {"rio", Group::River},
    {"sea", Group::Sea}, {"ocean", Group::Sea}, {"gulf", Group::Sea}, {"bay", Group::Sea}, {"strait", Group::Sea},
    {"denizi", Group::Sea}, {"ծով", Group::Sea}, {"море", Group::Sea}, {"океан", Group::Sea}, {"залив", Group::Sea},
    {"ზღვა", Group::Sea}, {"دریای", Group::Sea},
    {"mount", Group::Mountain}, {"mountain", Group::Mountain}, {"mountains", Group::Mountain}, {"mt", Group::Mountain},
    {"range", Group::Mountain}, {"peak", Group::Mountain}, {"dagi", Group::Mountain}, {"լեռ", Group::Mountain},
    {"լեռը", Group::Mountain}, {"гора", Group::Mountain},
    {"island", Group::Island}, {"islands", Group::Island}, {"остров", Group::Island},
    {"airport", Group::Airport}, {"air base", Group::Airport}, {"international airport", Group::Airport},
    {"аэропорт", Group::Airport},
    {"bridge", Group::Bridge}, {"մոստ", Group::Bridge}, {"мост", Group::Bridge},
}};
constexpr std::array<std::pair<std::string_view, Group>, 4> kMoreWords = {{
    {"pass", Group::Pass}, {"перевал", Group::Pass}, {"line", Group::Line}, {"линия", Group::Line},
}};

template <class Use>
void for_each_word(Use use) {
  for (const auto& [word, group] : kWords) use(word, group);
  for (const auto& [word, group] : kMoreWords) use(word, group);
}

bool has(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != text.npos; });
}

}  // namespace

std::vector<KindReading> strip_kind_words(std::string_view folded) {
  std::vector<KindReading> readings;
  for_each_word([&](std::string_view word, Group group) {
    const auto add = [&](std::string_view core) {
      if (core.starts_with("of ")) core.remove_prefix(3);
      if (core.starts_with("the ")) core.remove_prefix(4);
      if (core.empty()) return;
      readings.push_back({std::string(core), group, std::string(word)});
      // "Գեղարքունիքի մարզ", "Լաչինի միջանցք": the Armenian genitive.
      constexpr std::string_view kGenitive = "ի";
      const auto lead = static_cast<unsigned char>(word.front());
      if (lead >= 0xD4 && lead <= 0xD6 && core.size() > 6 && core.ends_with(kGenitive))
        readings.push_back({std::string(core.substr(0, core.size() - kGenitive.size())), group, std::string(word)});
    };
    if (folded.size() <= word.size() + 1) return;
    if (folded.starts_with(word) && folded[word.size()] == ' ') add(folded.substr(word.size() + 1));
    if (folded.ends_with(word) && folded[folded.size() - word.size() - 1] == ' ')
      add(folded.substr(0, folded.size() - word.size() - 1));
  });
  return readings;
}

std::optional<Group> group_of(std::string_view folded) {
  std::optional<Group> found;
  for_each_word([&](std::string_view word, Group group) {
    if (!found && word == folded) found = group;
  });
  return found;
}

bool belongs(Group group, std::string_view kind, std::string_view feature_class, std::string_view feature_code) {
  const bool country = feature_class == "A" && feature_code.starts_with("PCL");
  switch (group) {
    case Group::Country:
      return country;
    case Group::Admin:
      return (feature_class == "A" && !country) || has(kind, {"district", "province", "oblast", "raion"});
    case Group::Region:
      return (feature_class == "A" && !country) || feature_class == "L" ||
             has(kind, {"region", "area", "territory", "oblast", "districts", "peninsula", "valley", "desert", "plateau"});
    case Group::Settlement:
      return feature_class == "P";
    case Group::Corridor:
      return has(kind, {"corridor"});
    case Group::Border:
      return has(kind, {"border"});
    case Group::Lake:
      return has(kind, {"lake", "reservoir", "lagoon"}) || feature_code.starts_with("LK") || feature_code == "RSV";
    case Group::River:
      return has(kind, {"river", "canal", "stream"});
    case Group::Sea:
      return has(kind, {"sea", "ocean", "gulf", "bay", "strait", "channel", "sound", "lake"});
    case Group::Mountain:
      return feature_class == "T" || has(kind, {"mount", "peak"});
    case Group::Island:
      return has(kind, {"island"}) || feature_code.starts_with("ISL");
    case Group::Airport:
      return has(kind, {"airport", "air base", "airfield"}) || feature_code.starts_with("AIR");
    case Group::Bridge:
      return has(kind, {"bridge", "checkpoint", "crossing"});
    case Group::Pass:
      return has(kind, {"pass"});
    case Group::Line:
      return has(kind, {"line"});
  }
  return false;
}

}  // namespace sitmap::gazetteer
