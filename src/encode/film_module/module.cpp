#include "encode/film_module/av.hpp"
#include "encode/film_module/stream_film.hpp"
#include "encode/film_module/webp_film.hpp"

namespace sitmap::encode {
namespace {

FilmWriter* open(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options, const FilmHost& host) {
  return (format == FilmFormat::WebP ? open_webp(path, options, host) : open_stream(format, path, options, host)).release();
}

const char* version() { return av_version_info(); }

}  // namespace
}  // namespace sitmap::encode

extern "C" __attribute__((visibility("default"))) const sitmap::encode::FilmModule* sitmap_film_module() {
  static const sitmap::encode::FilmModule module = [] {
    sitmap::encode::silence_log();
    sitmap::encode::FilmModule made;
    made.open = sitmap::encode::open;
    made.ffmpeg_version = sitmap::encode::version;
    return made;
  }();
  return &module;
}
