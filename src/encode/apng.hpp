#pragma once
#include <filesystem>
#include <memory>

#include "encode/film.hpp"

namespace sitmap::encode {

// Animated PNG (PNG Specification, third edition, section 4.9): RGBA, lossless, the frames after the first hold what
// has changed. Plays endlessly. Equal pictures in a row become one frame.
std::unique_ptr<FilmWriter> open_apng(const std::filesystem::path& path, const FilmOptions& options);

}  // namespace sitmap::encode
