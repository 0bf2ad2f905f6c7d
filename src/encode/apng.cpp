#include "encode/apng.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/problem.hpp"
#include "encode/changes.hpp"
#include "encode/deflate.hpp"
#include "encode/frame_rate.hpp"
#include "encode/output_file.hpp"
#include "encode/pixels.hpp"
#include "encode/png_chunks.hpp"
#include "encode/still.hpp"

namespace sitmap::encode {
namespace {

enum class Blend : char { Source = 0, Over = 1 };

struct Delay {
  std::uint32_t num = 0, den = 1;
};

// Both parts of a delay are 16-bit numbers: exact where that can be, else as fine as it goes.
Delay delay_of(std::int64_t ticks, FrameRate rate) {
  if (ticks * rate.den <= 0xffff && rate.num <= 0xffff)
    return {static_cast<std::uint32_t>(ticks * rate.den), static_cast<std::uint32_t>(rate.num)};
  for (const std::int64_t units : {1000, 100, 10, 1})
    if (const std::int64_t time = time_of(ticks, rate, units); time <= 0xffff)
      return {static_cast<std::uint32_t>(time), static_cast<std::uint32_t>(units)};
  return {0xffff, 1};
}

class ApngFilm final : public FilmWriter {
 public:
  ApngFilm(const std::filesystem::path& path, const FilmOptions& options)
      : file_(path), options_(options), rate_(frame_rate(options.fps)) {}

  void add(const Picture& picture, int ticks) override {
    check(picture);
    if (picture.width != options_.width || picture.height != options_.height)
      throw std::logic_error("encode: a picture of another size than its film");
    if (ticks <= 0) return;
    if (frames_ == 0) {
      begin();
      pending_ = pack(picture, {0, 0, picture.width, picture.height}, Blend::Source);
    } else {
      const Rect rect = changed_rect<std::uint32_t>(shown_.pixels, picture.pixels, picture.width, picture.height);
      if (rect.empty()) {
        pending_->ticks += ticks;
        return;
      }
      flush();
      pending_ = pack(picture, rect, blend_for(picture, rect));
    }
    pending_->ticks = ticks;
    shown_ = picture;
    ++frames_;
  }

  void finish() override {
    if (frames_ == 0) throw base::IoError("a film needs at least one picture");
    flush();
    std::string end;
    append_chunk(end, "IEND", {});
    file_.write(end);
    file_.write_at(control_at_, control());
    file_.close();
  }

 private:
  struct Frame {
    Rect rect;
    Blend blend = Blend::Source;
    std::int64_t ticks = 0;
    std::string packed;
  };

  std::string control() const {
    std::string data, chunk;
    append_u32(data, frames_);
    append_u32(data, 0);  // endlessly
    append_chunk(chunk, "acTL", data);
    return chunk;
  }

  void begin() {
    std::string head;
    append_png_signature(head);
    append_ihdr(head, options_.width, options_.height, 8, PngColor::Rgba);
    append_srgb(head);
    append_text(head, "Title", options_.title);
    append_text(head, "Description", options_.description);
    control_at_ = static_cast<std::int64_t>(head.size());
    head += control();  // its number of frames is set by finish()
    file_.write(head);
  }

  // With Over, what has not changed is left transparent, which packs to nearly nothing; a change to a pixel that is
  // not opaque needs Source.
  Blend blend_for(const Picture& picture, const Rect& rect) const {
    for (int y = rect.y; y < rect.y + rect.height; ++y)
      for (std::size_t i = index(rect.x, y), end = i + static_cast<std::size_t>(rect.width); i < end; ++i)
        if (picture.pixels[i] != shown_.pixels[i] && alpha_of(picture.pixels[i]) != 255) return Blend::Source;
    return Blend::Over;
  }

  Frame pack(const Picture& picture, const Rect& rect, Blend blend) const {
    const auto width = static_cast<std::size_t>(rect.width);
    const std::size_t stride = width * 4 + 1;
    std::vector<std::uint8_t> rows(stride * static_cast<std::size_t>(rect.height));
    std::vector<std::uint32_t> line(width);
    for (int y = 0; y < rect.height; ++y) {
      const std::size_t start = index(rect.x, rect.y + y);
      std::copy_n(picture.pixels.begin() + static_cast<std::ptrdiff_t>(start), width, line.begin());
      if (blend == Blend::Over)
        for (std::size_t x = 0; x < width; ++x)
          if (line[x] == shown_.pixels[start + x]) line[x] = 0;
      write_rgba(line, rows.data() + stride * static_cast<std::size_t>(y) + 1);
    }
    Frame frame{rect, blend, 0, {}};
    append_zlib(frame.packed, rows, StillOptions{}.effort);
    return frame;
  }

  void flush() {
    if (!pending_) return;
    const Frame frame = *std::exchange(pending_, std::nullopt);
    const Delay delay = delay_of(frame.ticks, rate_);
    const bool first = sequence_ == 0;
    std::string data, chunks;
    append_u32(data, sequence_++);
    append_u32(data, static_cast<std::uint32_t>(frame.rect.width));
    append_u32(data, static_cast<std::uint32_t>(frame.rect.height));
    append_u32(data, static_cast<std::uint32_t>(frame.rect.x));
    append_u32(data, static_cast<std::uint32_t>(frame.rect.y));
    append_u16(data, delay.num);
    append_u16(data, delay.den);
    data += '\0';  // leaves its pixels where they are
    data += static_cast<char>(frame.blend);
    append_chunk(chunks, "fcTL", data);
    if (first) {
      append_chunk(chunks, "IDAT", frame.packed);
    } else {
      data.clear();
      append_u32(data, sequence_++);
      append_chunk(chunks, "fdAT", data + frame.packed);
    }
    file_.write(chunks);
  }

  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(options_.width) + static_cast<std::size_t>(x);
  }

  OutputFile file_;
  FilmOptions options_;
  FrameRate rate_;
  std::int64_t control_at_ = 0;
  std::uint32_t frames_ = 0, sequence_ = 0;
  Picture shown_;
  std::optional<Frame> pending_;
};

}  // namespace

std::unique_ptr<FilmWriter> open_apng(const std::filesystem::path& path, const FilmOptions& options) {
  return std::make_unique<ApngFilm>(path, options);
}

}  // namespace sitmap::encode
