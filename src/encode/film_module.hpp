#pragma once
// What the program and its film module (libsitmap_film.so) agree on. The module is loaded at run time, so that a
// still doesn't pay for loading FFmpeg's libraries.

#include <cstddef>
#include <string>

#include "encode/film.hpp"

namespace sitmap::encode {

// Raise it with every change of what stands in this header, FilmOptions, FilmWriter or Picture.
inline constexpr unsigned kFilmModuleAbi = 1;

// What the module asks of its host: errors are thrown by the host, so that their type is the host's own.
struct FilmHost {
  void (*fail)(const std::string& message, const std::string& hint) = nullptr;  // throws IoError
};

struct FilmModule {
  unsigned abi = kFilmModuleAbi;
  std::size_t options_size = sizeof(FilmOptions);
  // A new FilmWriter for Mp4, WebM, Mov or WebP; the host outlives it.
  FilmWriter* (*open)(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options,
                      const FilmHost& host) = nullptr;
  const char* (*ffmpeg_version)() = nullptr;
};

using FilmModuleEntry = const FilmModule* (*)();
inline constexpr const char* kFilmModuleEntry = "sitmap_film_module";  // extern "C"
inline constexpr const char* kFilmModuleName = "sitmap_film";

}  // namespace sitmap::encode
