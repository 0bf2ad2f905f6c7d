#pragma once
#include <memory>

#include "encode/film_module.hpp"

namespace sitmap::encode {

// MP4 (H.264) and MOV (ProRes 4444) have one packet per tick: editors need a constant frame rate. WebM (VP9), for
// browsers, has one per picture, which is several times faster.
std::unique_ptr<FilmWriter> open_stream(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options,
                                        const FilmHost& host);

}  // namespace sitmap::encode
