#include "encode/film_module/webp_film.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <stdexcept>

#include "encode/film_module/av.hpp"
#include "encode/film_module/frame_queue.hpp"
#include "encode/frame_rate.hpp"

namespace sitmap::encode {
namespace {

constexpr const char* kEncoder = "libwebp_anim";
constexpr std::int64_t kMilliseconds = 1000;

std::uint32_t straight(std::uint32_t p) {
  const std::uint32_t a = p >> 24;
  if (a == 255) return p;
  if (a == 0) return 0;
  const auto channel = [a, p](int shift) { return std::min(255u, ((p >> shift & 255) * 255 + a / 2) / a) << shift; };
  return a << 24 | channel(16) | channel(8) | channel(0);
}

// The encoder is told when pictures begin, never when the last one ends: it makes that as long as the average. Its
// duration stands in the header of the last ANMF chunk (WebP Container Specification).
void set_last_duration(std::span<std::uint8_t> file, std::int64_t milliseconds) {
  constexpr std::size_t kDuration = 8 + 12;
  std::uint8_t* last = nullptr;
  for (std::size_t at = 12; at + 8 <= file.size();) {
    std::uint32_t size = 0;
    std::memcpy(&size, file.data() + at + 4, 4);
    if (std::memcmp(file.data() + at, "ANMF", 4) == 0 && at + kDuration + 3 <= file.size()) last = file.data() + at;
    at += 8 + static_cast<std::size_t>(size) + size % 2;
  }
  if (last == nullptr) return;  // one picture: no animation
  const auto value = static_cast<std::uint32_t>(std::clamp<std::int64_t>(milliseconds, 0, 0xffffff));
  std::memcpy(last + kDuration, &value, 3);
}

class WebPFilm final : public FilmWriter {
 public:
  WebPFilm(const std::filesystem::path& path, const FilmOptions& options, const FilmHost& host)
      : options_(options),
        rate_(frame_rate(options.fps)),
        failer_(host, path),
        codec_(find_encoder(kEncoder, failer_)),
        io_(open_output(path, failer_)) {
    constexpr int kMostPixels = 16383;
    if (options.width > kMostPixels || options.height > kMostPixels)
      failer_.fail("a WebP picture holds at most 16383 × 16383 pixels", "choose a smaller size");
    open_encoder();
    packet_.reset(av_packet_alloc());
    queue_ = std::make_unique<FrameQueue>([this](QueuedFrame& frame) { encode(frame); }, [this] { end(); });
  }

  void add(const Picture& picture, int ticks) override {
    if (picture.width != options_.width || picture.height != options_.height ||
        picture.pixels.size() != static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height))
      throw std::logic_error("encode: a picture of another size than its film");
    if (ticks <= 0) return;
    any_ = true;
    // libwebp keeps what it is given only as long as the call lasts, FFmpeg's wrapper until the next: no reuse.
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame) throw std::bad_alloc();
    frame->format = AV_PIX_FMT_RGB32;
    frame->width = picture.width;
    frame->height = picture.height;
    if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
    const auto width = static_cast<std::size_t>(picture.width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y) {
      std::uint8_t* out = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
      for (const std::uint32_t pixel : std::span(picture.pixels).subspan(y * width, width)) {
        const std::uint32_t value = straight(pixel);
        std::memcpy(out, &value, 4);
        out += 4;
      }
    }
    queue_->push({std::move(frame), ticks});
  }

  void finish() override {
    if (!any_) failer_.fail("a film needs at least one picture");
    queue_->finish();
  }

 private:
  void open_encoder() {
    encoder_.reset(avcodec_alloc_context3(codec_));
    if (!encoder_) throw std::bad_alloc();
    encoder_->width = options_.width;
    encoder_->height = options_.height;
    encoder_->pix_fmt = AV_PIX_FMT_RGB32;
    encoder_->time_base = {1, static_cast<int>(kMilliseconds)};
    set_option(encoder_.get(), "lossless", 1);
    set_option(encoder_.get(), "compression_level", 1);  // higher ones gain hundredths
    encoder_->flags |= AV_CODEC_FLAG_QSCALE;
    encoder_->global_quality = 50 * FF_QP2LAMBDA;  // for lossless pictures: effort
    if (const int result = avcodec_open2(encoder_.get(), codec_, nullptr); result < 0)
      failer_.encoder_failed(kEncoder, result);
  }

  void encode(QueuedFrame& frame) {
    last_begin_ = time_of(ticks_, rate_, kMilliseconds);
    frame.frame->pts = last_begin_;
    ticks_ += frame.ticks;
    send(frame.frame.get());
    frame.frame.reset();
  }

  void send(const AVFrame* frame) {
    if (const int result = avcodec_send_frame(encoder_.get(), frame); result < 0) failer_.encoder_failed(kEncoder, result);
    while (avcodec_receive_packet(encoder_.get(), packet_.get()) == 0) {
      if (av_packet_make_writable(packet_.get()) < 0) throw std::bad_alloc();
      set_last_duration({packet_->data, static_cast<std::size_t>(packet_->size)},
                        time_of(ticks_, rate_, kMilliseconds) - last_begin_);
      avio_write(io_.get(), packet_->data, packet_->size);
      av_packet_unref(packet_.get());
    }
  }

  void end() {
    send(nullptr);
    avio_flush(io_.get());
    failer_.check_write(io_->error);
    AVIOContext* io = io_.release();
    failer_.check_write(avio_closep(&io));
  }

  FilmOptions options_;
  FrameRate rate_;
  Failer failer_;
  const AVCodec* codec_;
  bool any_ = false;
  Av<AVIOContext> io_;
  Av<AVCodecContext> encoder_;
  Av<AVPacket> packet_;
  std::int64_t ticks_ = 0, last_begin_ = 0;
  std::unique_ptr<FrameQueue> queue_;
};

}  // namespace

std::unique_ptr<FilmWriter> open_webp(const std::filesystem::path& path, const FilmOptions& options,
                                      const FilmHost& host) {
  return std::make_unique<WebPFilm>(path, options, host);
}

}  // namespace sitmap::encode
