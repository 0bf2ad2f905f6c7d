#include "encode/gif.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/problem.hpp"
#include "base/workers.hpp"
#include "encode/changes.hpp"
#include "encode/deflate.hpp"
#include "encode/frame_rate.hpp"
#include "encode/output_file.hpp"
#include "encode/palette.hpp"
#include "encode/pixels.hpp"

namespace sitmap::encode {
namespace {

using namespace std::literals;

constexpr int kPackEffort = 1;

enum class Disposal : unsigned { Keep = 1, ToBackground = 2 };

void append_le16(std::string& out, std::int64_t value) {
  out += static_cast<char>(value & 255);
  out += static_cast<char>(value >> 8 & 255);
}

bool visible(std::uint32_t pixel) { return alpha_of(pixel) >= 128; }
std::uint32_t color_of(std::uint32_t pixel) { return unpremultiply(pixel) & 0xffffff; }

// Pixels of the film's pictures to indices of its palette.
class Indexer {
 public:
  Indexer(const std::vector<ColorCount>& colors, const std::vector<std::uint32_t>& palette, std::uint8_t transparent)
      : transparent_(transparent) {
    std::size_t size = 1024;
    while (size < colors.size() * 2) size *= 2;
    slots_.resize(size);
    const std::vector<std::uint8_t> indices = nearest_in_palette(colors, palette);
    for (std::size_t i = 0; i < colors.size(); ++i) slots_[slot(colors[i].color)] = {colors[i].color, indices[i], true};
  }
  void index(std::span<const std::uint32_t> pixels, std::span<std::uint8_t> out) const {
    std::uint32_t last = pixels.empty() ? 0 : ~pixels.front();
    std::uint8_t value = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      if (pixels[i] != last) {
        last = pixels[i];
        value = visible(last) ? slots_[slot(color_of(last))].index : transparent_;
      }
      out[i] = value;
    }
  }

 private:
  struct Slot {
    std::uint32_t color = 0;
    std::uint8_t index = 0;
    bool used = false;
  };
  std::size_t slot(std::uint32_t color) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (color * 0x9e3779b97f4a7c15ULL >> 40) & mask;
    while (slots_[at].used && slots_[at].color != color) at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> slots_;
  std::uint8_t transparent_;
};

class GifFilm final : public FilmWriter {
 public:
  GifFilm(const std::filesystem::path& path, const FilmOptions& options)
      : file_(path), options_(options), rate_(frame_rate(options.fps)) {
    if (options.width > 0xffff || options.height > 0xffff)
      throw base::IoError("a GIF holds at most 65535 × 65535 pixels", "choose a smaller size");
  }

  void add(const Picture& picture, int ticks) override {
    check(picture);
    if (picture.width != options_.width || picture.height != options_.height)
      throw std::logic_error("encode: a picture of another size than its film");
    if (ticks <= 0) return;
    end_ += ticks;
    if (!pictures_.empty() && last_.pixels == picture.pixels) {
      pictures_.back().end = end_;
      return;
    }
    count(picture);
    Packed packed{end_, {}};
    append_zlib(packed.bytes, bytes_of(picture), kPackEffort);
    pictures_.push_back(std::move(packed));
    last_ = picture;
  }

  void finish() override {
    if (pictures_.empty()) throw base::IoError("a film needs at least one picture");
    last_ = {};
    const std::vector<ColorCount> colors = counts_.sorted();
    const std::vector<std::uint32_t> palette = choose_palette(colors, 255);
    transparent_ = static_cast<std::uint8_t>(palette.size());
    while ((1u << bits_) < palette.size() + 1) ++bits_;
    write_head(palette);
    write_frames(Indexer(colors, palette, transparent_));
    file_.write(";");
    file_.close();
  }

 private:
  struct Packed {
    std::int64_t end = 0;  // ticks
    std::string bytes;
  };
  struct Frame {
    std::vector<std::uint8_t> indices;
    Rect rect;
    std::int64_t hundredths = 0;
    std::string data;
  };

  static std::span<const std::uint8_t> bytes_of(const Picture& picture) {
    return {reinterpret_cast<const std::uint8_t*>(picture.pixels.data()), picture.pixels.size() * 4};
  }

  // Only what is new in a picture counts: a colour's weight is what is seen of it appearing.
  void count(const Picture& picture) {
    const bool first = pictures_.empty();
    const std::vector<std::uint32_t>& pixels = picture.pixels;
    std::uint32_t run = 0;
    std::uint64_t length = 0;
    const auto flush = [&] {
      if (length == 0) return;
      if (visible(run)) counts_.add(color_of(run), length);
      else has_holes_ = true;
    };
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      if (!first && pixels[i] == last_.pixels[i]) continue;
      if (pixels[i] != run) {
        flush();
        run = pixels[i];
        length = 0;
      }
      ++length;
    }
    flush();
  }

  void write_head(const std::vector<std::uint32_t>& palette) {
    std::string head = "GIF89a";
    append_le16(head, options_.width);
    append_le16(head, options_.height);
    head += static_cast<char>(0xf0 | (bits_ - 1));  // a global palette, 8 bits a channel
    head += "\0\0"sv;                                // background index; no pixel aspect
    for (std::size_t i = 0; i < (std::size_t{1} << bits_); ++i) {
      const std::uint32_t color = i < palette.size() ? palette[i] : 0;
      head += static_cast<char>(color >> 16 & 255);
      head += static_cast<char>(color >> 8 & 255);
      head += static_cast<char>(color & 255);
    }
    if (pictures_.size() > 1) head += "\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"sv;  // endlessly
    append_comment(head, options_.title);
    append_comment(head, options_.description);
    file_.write(head);
  }

  static void append_comment(std::string& out, std::string_view text) {
    if (text.empty()) return;
    out += "\x21\xfe"sv;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(255, text.size()))) {
      out += static_cast<char>(std::min<std::size_t>(255, text.size()));
      out += text.substr(0, 255);
    }
    out += '\0';
  }

  // The shown part of the pictures with its times: (index of the picture, hundredths).
  std::vector<std::pair<std::size_t, std::int64_t>> schedule() const {
    std::vector<std::pair<std::size_t, std::int64_t>> shown;
    std::int64_t now = 0;
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      const std::int64_t end = time_of(pictures_[i].end, rate_, 100);
      if (end - now < 2 && pictures_.size() > 1) {
        if (i + 1 < pictures_.size() || shown.empty()) continue;
        shown.back().first = i;  // the film ends as it should
        shown.back().second += end - now;
        continue;
      }
      shown.emplace_back(i, std::max<std::int64_t>(end - now, 2));
      now = end;
    }
    if (shown.empty()) shown.emplace_back(pictures_.size() - 1, 2);
    return shown;
  }

  void write_frames(const Indexer& indexer) {
    const auto shown = schedule();
    const auto size = static_cast<std::size_t>(options_.width) * static_cast<std::size_t>(options_.height);
    // Indices of a frame stay until its successor is packed, which needs them to find what has changed.
    std::vector<Frame> frames(shown.size());
    constexpr std::size_t kBatch = 8;
    for (std::size_t start = 0; start < shown.size(); start += kBatch) {
      const std::size_t count = std::min(kBatch, shown.size() - start);
      base::parallel_for(count, options_.threads, [&](std::size_t i) {
        Frame& frame = frames[start + i];
        frame.hundredths = shown[start + i].second;
        frame.indices.resize(size);
        std::vector<std::uint32_t> pixels(size);
        inflate_zlib(pictures_[shown[start + i].first].bytes, {reinterpret_cast<std::uint8_t*>(pixels.data()), size * 4});
        indexer.index(pixels, frame.indices);
      });
      base::parallel_for(count, options_.threads, [&](std::size_t i) {
        pack(frames[start + i], start + i == 0 ? nullptr : &frames[start + i - 1]);
      });
      for (std::size_t i = start; i < start + count; ++i) {
        write_frame(frames[i]);
        frames[i].data = {};
        if (i > 0) frames[i - 1].indices = {};
      }
    }
  }

  void pack(Frame& frame, const Frame* previous) const {
    frame.rect = {0, 0, options_.width, options_.height};
    std::vector<std::uint8_t> part;
    if (previous == nullptr || has_holes_) {
      frame.data = gif_lzw(frame.indices, bits_);
      return;
    }
    frame.rect = changed_rect<std::uint8_t>(previous->indices, frame.indices, options_.width, options_.height);
    if (frame.rect.empty()) frame.rect = {0, 0, 1, 1};
    const Rect& rect = frame.rect;
    part.reserve(static_cast<std::size_t>(rect.width) * static_cast<std::size_t>(rect.height));
    for (int y = rect.y; y < rect.y + rect.height; ++y) {
      const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(options_.width);
      for (std::size_t i = row + static_cast<std::size_t>(rect.x), end = i + static_cast<std::size_t>(rect.width); i < end; ++i)
        part.push_back(frame.indices[i] == previous->indices[i] ? transparent_ : frame.indices[i]);
    }
    frame.data = gif_lzw(part, bits_);
  }

  void write_frame(const Frame& frame) {
    // Pictures with holes are drawn whole over nothing; others over what they follow.
    const Disposal disposal = has_holes_ ? Disposal::ToBackground : Disposal::Keep;
    std::string out;
    for (std::int64_t left = frame.hundredths; left > 0; left -= 0xffff) {
      const bool again = left != frame.hundredths;  // a delay is a 16-bit number: a longer one needs further frames
      out += "\x21\xf9\x04"sv;
      out += static_cast<char>(static_cast<unsigned>(disposal) << 2 | 1);
      append_le16(out, std::min<std::int64_t>(left, 0xffff));
      out += static_cast<char>(transparent_);
      out += '\0';
      const bool nothing = again && !has_holes_;
      const Rect rect = nothing ? Rect{0, 0, 1, 1} : frame.rect;
      out += ',';
      append_le16(out, rect.x);
      append_le16(out, rect.y);
      append_le16(out, rect.width);
      append_le16(out, rect.height);
      out += '\0';
      const std::uint8_t hole[] = {transparent_};
      out += nothing ? gif_lzw(hole, bits_) : frame.data;
    }
    file_.write(out);
  }

  OutputFile file_;
  FilmOptions options_;
  FrameRate rate_;
  ColorCounts counts_;
  bool has_holes_ = false;
  std::vector<Packed> pictures_;
  Picture last_;
  std::int64_t end_ = 0;
  int bits_ = 1;
  std::uint8_t transparent_ = 0;
};

}  // namespace

std::unique_ptr<FilmWriter> open_gif(const std::filesystem::path& path, const FilmOptions& options) {
  return std::make_unique<GifFilm>(path, options);
}

}  // namespace sitmap::encode
