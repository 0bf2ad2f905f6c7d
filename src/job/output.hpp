#pragma once
// What an output's name says: its ending decides what is made.

#include <filesystem>
#include <string>
#include <string_view>

#include "time/day.hpp"

namespace sitmap::job {

enum class OutputKind { Png, Tiff, Svg, Pdf, Film, Frames };

// .png .tif .tiff .svg .pdf a still; .mp4 .webm .mov .gif .apng .webp a film; a name with {date} or {index} and a still's
// ending one picture for each step. Call only for names without an output_problem().
OutputKind output_kind(std::string_view name);

std::string output_problem(std::string_view name);  // "" when it can be made
std::string output_hint();

// "frames/{date}.png" → "frames/2020-09-27.png"; {index} → "0001".
std::string frame_name(std::string_view pattern, time::Day date, std::size_t index);

}  // namespace sitmap::job
