#include "job/output.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "encode/film.hpp"

namespace sitmap::job {
namespace {

std::string ending_of(std::string_view name) { return base::ascii_lower(std::filesystem::path(name).extension().string()); }

bool is_pattern(std::string_view name) {
  return name.find("{date}") != std::string_view::npos || name.find("{index}") != std::string_view::npos;
}

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

}  // namespace

OutputKind output_kind(std::string_view name) {
  const std::string ending = ending_of(name);
  if (is_pattern(name)) return OutputKind::Frames;
  if (ending == ".svg") return OutputKind::Svg;
  if (ending == ".pdf") return OutputKind::Pdf;
  if (ending == ".tif" || ending == ".tiff") return OutputKind::Tiff;
  return encode::film_format_of(std::string(name)) ? OutputKind::Film : OutputKind::Png;
}

std::string output_problem(std::string_view name) {
  const std::string ending = ending_of(name);
  if (ending.empty()) return fmt::format("the output '{}' has no ending that says what to make", name);
  const bool still = ending == ".png" || ending == ".tif" || ending == ".tiff" || ending == ".svg" || ending == ".pdf";
  const bool film = encode::film_format_of(std::string(name)).has_value();
  if (is_pattern(name) && !still) return fmt::format("'{}' asks for one file per date, which '{}' can't be", name, ending);
  if (!still && !film) return fmt::format("'{}' is no kind of output", ending);
  const auto open = name.find('{');
  if (open != std::string_view::npos && !is_pattern(name))
    return fmt::format("'{}' has a placeholder that isn't known", name);
  return {};
}

std::string output_hint() {
  return "stills are .png .svg .pdf .tif, films .mp4 .webm .mov .gif .apng .webp, and 'frames/{date}.png' is one picture a step";
}

std::string frame_name(std::string_view pattern, time::Day date, std::size_t index) {
  std::string name(pattern);
  replace(name, "{date}", time::to_iso(date));
  replace(name, "{index}", fmt::format("{:04}", index));
  return name;
}

}  // namespace sitmap::job
