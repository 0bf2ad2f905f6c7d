#include "encode/film.hpp"

#include <fmt/format.h>

#include <array>
#include <future>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "base/module.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"
#include "encode/apng.hpp"
#include "encode/film_module.hpp"
#include "encode/gif.hpp"

namespace sitmap::encode {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const std::string& message, const std::string& hint) { throw base::IoError(message, hint); }
constexpr FilmHost kHost{fail};

const FilmModule* load() {
  const auto entry = reinterpret_cast<FilmModuleEntry>(base::module_symbol(kFilmModuleName, kFilmModuleEntry));
  const FilmModule* const module = entry();
  if (module == nullptr || module->abi != kFilmModuleAbi || module->options_size != sizeof(FilmOptions))
    throw base::IoError(fmt::format("the module {} is of another version of sitmap", kFilmModuleName),
                        "build and install sitmap again as a whole");
  return module;
}

// Started once. A future of std::async is waited for at exit, so that no process ends in the middle of a dlopen.
std::shared_future<const FilmModule*> module_future() {
  static std::mutex guard;
  static std::shared_future<const FilmModule*> future;
  const std::scoped_lock lock(guard);
  if (!future.valid()) future = std::async(std::launch::async, load).share();
  return future;
}

}  // namespace

std::optional<FilmFormat> film_format_of(const fs::path& path) {
  constexpr std::array<std::pair<std::string_view, FilmFormat>, 6> kEndings{{{".mp4", FilmFormat::Mp4},
                                                                             {".webm", FilmFormat::WebM},
                                                                             {".mov", FilmFormat::Mov},
                                                                             {".gif", FilmFormat::Gif},
                                                                             {".apng", FilmFormat::Apng},
                                                                             {".webp", FilmFormat::WebP}}};
  const std::string ending = base::ascii_lower(path.extension().string());
  for (const auto& [known, format] : kEndings)
    if (ending == known) return format;
  return std::nullopt;
}

std::unique_ptr<FilmWriter> open_film(FilmFormat format, const fs::path& path, const FilmOptions& options) {
  if (options.width <= 0 || options.height <= 0) throw std::logic_error("encode: a film without a size");
  if (format == FilmFormat::Gif) return open_gif(path, options);
  if (format == FilmFormat::Apng) return open_apng(path, options);
  return std::unique_ptr<FilmWriter>(module_future().get()->open(format, path, options, kHost));
}

void warm_up_films() { (void)module_future(); }

std::string ffmpeg_version() { return module_future().get()->ffmpeg_version(); }

}  // namespace sitmap::encode
