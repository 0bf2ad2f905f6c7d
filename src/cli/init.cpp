// The files that 'sitmap init' writes.

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "base/file.hpp"
#include "base/problem.hpp"
#include "cli/commands.hpp"

namespace sitmap::cli {
namespace {

constexpr const char* kMap = R"(# A situation map. 'sitmap render map.yaml' makes the outputs; 'sitmap check map.yaml' says what is wrong.
title: Two days on the border
subtitle: Reported shelling and clashes, 12–14 September 2022

area: { places: [Jermuk, Gegharkunik, Lachin corridor], pad: 12% }
size: article              # article, square, story, video, 4k or [1600, 900]
style: news-light          # news-light, news-dark, print, or the path of a MapLibre style
language: en

data:
  events: events.csv       # place names are found in the gazetteer: 'sitmap locate Jermuk'

time: { from: 2022-09-12, to: 2022-09-14, step: 1 day, hold: 1.5 s }

outputs: [map.png]         # also .svg, .pdf, .mp4, .webm, .gif, or frames/{date}.png
)";

constexpr const char* kEvents = R"(id,start,end,place,kind,title,measure,value,claimed_by,about,source
border-night,2022-09-12,2022-09-13,Armenia-Azerbaijan border,clash,Artillery and drone strikes shortly after midnight,,,Armenia,Azerbaijan,
gegharkunik,2022-09-13,,Gegharkunik,shelling,Bombardment of Gegharkunik province,killed,4,Governor of Gegharkunik,Armenian soldiers,
jermuk,2022-09-14,,Jermuk,shelling,Artillery and mortars fired at towns including Jermuk,,,Armenia,Azerbaijan,
)";

}  // namespace

int write_starter(const std::string& folder) {
  namespace fs = std::filesystem;
  const fs::path map = (fs::path(folder) / "map.yaml").lexically_normal(), events = (fs::path(folder) / "events.csv").lexically_normal();
  for (const fs::path& file : {map, events})
    if (fs::exists(file)) throw base::InputError(fmt::format("'{}' is there already", file.string()), "name another folder: 'sitmap init my-map'");
  base::write_file(map, kMap);
  base::write_file(events, kEvents);
  fmt::print("{}\n{}\nnow: sitmap render {}\n", map.string(), events.string(), map.string());
  return 0;
}

}  // namespace sitmap::cli
