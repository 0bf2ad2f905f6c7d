#pragma once
// Films: pictures in order to MP4, WebM, MOV, GIF, APNG, WebP. FFmpeg's libraries stand in a module of their own that
// is loaded when the first film is opened (linking them takes a tenth of a second that a still shouldn't pay).

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "encode/picture.hpp"

namespace sitmap::encode {

enum class FilmFormat { Mp4, WebM, Mov, Gif, Apng, WebP };

// .mp4 .webm .mov .gif .apng .webp (case ignored); nothing for others.
std::optional<FilmFormat> film_format_of(const std::filesystem::path& path);

struct FilmOptions {
  int width = 1920, height = 1080;   // of the pictures; odd sizes are grown by a repeated row or column for 4:2:0
  double fps = 25;
  // H.264: x264 CRF 18 preset medium; VP9: CRF 30; MOV: ProRes 4444 (alpha), quantiser 4. Others are lossless but
  // for GIF's palette.
  int quality = 0;                   // 0: the format's default, else its CRF or quantiser
  std::string preset = "medium";     // x264's
  std::string title = {}, description = {};  // container metadata
  // Encoder threads are a constant, never the machine's: the count changes the bytes of x264.
  int threads = 2;
};

// Encodes on threads of its own; a few pictures may wait, then add() does. What goes wrong there (IoError) is thrown
// by a later add() or by finish(). Every picture has the film's size (std::logic_error).
class FilmWriter {
 public:
  virtual ~FilmWriter() = default;
  // Shows the picture for `ticks` × 1/fps seconds. In order. Nothing happens when ticks ≤ 0.
  virtual void add(const Picture& picture, int ticks) = 0;
  // Writes the trailer. Without it the file is broken: publish the file only after finish(). IoError when there was
  // no picture.
  virtual void finish() = 0;
};

// Writes to `path` (its ending is ignored). IoError when the file can't be written, or an encoder isn't there.
// MP4: H.264 High, yuv420p, BT.709 limited range with tags, a key frame every 2 s, faststart, bit-exact (no clock, no
// versions); every tick is a frame, as in MOV. What is transparent shows over black.
// WebM: VP9 yuv420p, yuva420p when the first picture isn't opaque; a frame per picture, and one in the last tick.
// GIF: one palette of 255 over the whole film, made by a first pass over the pictures it is given (kept in memory
// compressed), not dithered. GIF, APNG: equal pictures in a row become one frame. APNG, WebP: lossless.
std::unique_ptr<FilmWriter> open_film(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options);

void warm_up_films();            // loads the module in the background
std::string ffmpeg_version();    // loads the module

}  // namespace sitmap::encode
