#pragma once
#include <memory>

#include "encode/film_module.hpp"

namespace sitmap::encode {

// Animated WebP, lossless. The file appears at finish().
std::unique_ptr<FilmWriter> open_webp(const std::filesystem::path& path, const FilmOptions& options,
                                      const FilmHost& host);

}  // namespace sitmap::encode
