#include "encode/film_module/stream_film.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <stdexcept>
#include <string_view>

#include "encode/film_module/av.hpp"
#include "encode/film_module/frame_queue.hpp"
#include "encode/frame_rate.hpp"
#include "encode/yuv.hpp"

namespace sitmap::encode {
namespace {

// What becomes of a picture that is shown for several ticks.
enum class Ticks {
  Encoded,   // it is encoded as often
  Repeated,  // every packet stands for itself: it is encoded once and its packet repeated
  Held,      // it is encoded once, at its time; the film's last one is repeated in its last tick
};

struct Recipe {
  const char* muxer;
  const char* encoder;
  bool even_size;  // 4:2:0 needs it
  Ticks ticks;
};

Recipe recipe_for(FilmFormat format) {
  switch (format) {
    case FilmFormat::WebM: return {"webm", "libvpx-vp9", true, Ticks::Held};
    case FilmFormat::Mov: return {"mov", "prores_ks", false, Ticks::Repeated};
    default: return {"mp4", "libx264", true, Ticks::Encoded};
  }
}

// Columns a VP9 encoder can work on at once are at least 256 pixels wide; log2 of their number.
int tile_columns(int width) { return width >= 2048 ? 3 : width >= 1024 ? 2 : width >= 512 ? 1 : 0; }

constexpr std::array<std::string_view, 10> kPresets{"ultrafast", "superfast", "veryfast", "faster",   "fast",
                                                    "medium",    "slow",      "slower",   "veryslow", "placebo"};

class StreamFilm final : public FilmWriter {
 public:
  StreamFilm(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options, const FilmHost& host)
      : format_(format),
        recipe_(recipe_for(format)),
        options_(options),
        rate_(frame_rate(options.fps)),
        failer_(host, path),
        url_("file:" + path.string()),
        codec_(find_encoder(recipe_.encoder, failer_)) {
    // x264 would complain on stderr by itself.
    if (format == FilmFormat::Mp4 && std::find(kPresets.begin(), kPresets.end(), options.preset) == kPresets.end())
      failer_.fail("x264 has no preset '" + options.preset + "'", "its presets are ultrafast … medium … veryslow");
    io_ = open_output(path, failer_);
  }

  void add(const Picture& picture, int ticks) override {
    if (picture.width != options_.width || picture.height != options_.height ||
        picture.pixels.size() != static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height))
      throw std::logic_error("encode: a picture of another size than its film");
    if (ticks <= 0) return;
    if (!queue_) start(picture);
    Av<AVFrame> frame = queue_->used();
    if (!frame) frame = new_frame();
    convert(picture, *frame);
    queue_->push({std::move(frame), ticks});
  }

  void finish() override {
    if (!queue_) failer_.fail("a film needs at least one picture");
    queue_->finish();
  }

 private:
  // The first picture decides whether a WebM film has alpha.
  void start(const Picture& first) {
    alpha_ = format_ == FilmFormat::Mov ||
             (format_ == FilmFormat::WebM &&
              std::any_of(first.pixels.begin(), first.pixels.end(), [](std::uint32_t p) { return p >> 24 != 255; }));
    open_encoder();
    open_muxer();
    packet_.reset(av_packet_alloc());
    queue_ = std::make_unique<FrameQueue>([this](QueuedFrame& frame) { encode(frame); }, [this] { end(); });
  }

  void open_encoder() {
    encoder_.reset(avcodec_alloc_context3(codec_));
    if (!encoder_) throw std::bad_alloc();
    AVCodecContext& c = *encoder_;
    c.width = options_.width + (recipe_.even_size ? options_.width % 2 : 0);
    c.height = options_.height + (recipe_.even_size ? options_.height % 2 : 0);
    c.time_base = {rate_.den, rate_.num};
    c.framerate = {rate_.num, rate_.den};
    c.sample_aspect_ratio = {1, 1};
    c.thread_count = std::max(1, options_.threads);
    c.color_range = AVCOL_RANGE_MPEG;
    c.color_primaries = AVCOL_PRI_BT709;
    c.color_trc = AVCOL_TRC_BT709;
    c.colorspace = AVCOL_SPC_BT709;
    c.flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    const double seconds = static_cast<double>(rate_.num) / rate_.den;
    switch (format_) {
      case FilmFormat::WebM:
        c.pix_fmt = alpha_ ? AV_PIX_FMT_YUVA420P : AV_PIX_FMT_YUV420P;
        c.chroma_sample_location = AVCHROMA_LOC_LEFT;
        c.bit_rate = 0;
        c.gop_size = static_cast<int>(std::lround(std::max(1.0, seconds * 5)));
        set_option(&c, "crf", options_.quality > 0 ? options_.quality : 30);
        set_option(&c, "deadline", "good");
        set_option(&c, "cpu-used", 4);
        set_option(&c, "row-mt", 1);
        set_option(&c, "tile-columns", tile_columns(c.width));
        if (alpha_) set_option(&c, "auto-alt-ref", 0);  // hidden frames can't carry alpha
        break;
      case FilmFormat::Mov:
        c.pix_fmt = AV_PIX_FMT_YUVA444P10;
        set_option(&c, "profile", "4444");
        set_option(&c, "vendor", "apl0");
        set_option(&c, "alpha_bits", 16);
        c.flags |= AV_CODEC_FLAG_QSCALE;
        c.global_quality = (options_.quality > 0 ? options_.quality : 4) * FF_QP2LAMBDA;
        break;
      default:
        c.pix_fmt = AV_PIX_FMT_YUV420P;
        c.chroma_sample_location = AVCHROMA_LOC_LEFT;
        c.gop_size = static_cast<int>(std::lround(std::max(1.0, seconds * 2)));  // editors scrub from key to key
        set_option(&c, "preset", options_.preset);
        set_option(&c, "crf", options_.quality > 0 ? options_.quality : 18);
        break;
    }
    if (const int result = avcodec_open2(&c, codec_, nullptr); result < 0) failer_.encoder_failed(recipe_.encoder, result);
  }

  void open_muxer() {
    AVFormatContext* format = nullptr;
    if (avformat_alloc_output_context2(&format, nullptr, recipe_.muxer, url_.c_str()) < 0)
      failer_.fail(std::string("this FFmpeg can't write ") + recipe_.muxer, "install a complete libavformat");
    muxer_.reset(format);
    format->pb = io_.get();
    format->flags |= AVFMT_FLAG_BITEXACT;
    stream_ = avformat_new_stream(format, nullptr);
    if (stream_ == nullptr || avcodec_parameters_from_context(stream_->codecpar, encoder_.get()) < 0)
      throw std::bad_alloc();
    stream_->time_base = encoder_->time_base;
    if (recipe_.ticks != Ticks::Held) stream_->avg_frame_rate = stream_->r_frame_rate = encoder_->framerate;
    if (format_ == FilmFormat::WebM && alpha_) av_dict_set(&stream_->metadata, "alpha_mode", "1", 0);
    if (!options_.title.empty()) av_dict_set(&format->metadata, "title", options_.title.c_str(), 0);
    if (!options_.description.empty())
      av_dict_set(&format->metadata, format_ == FilmFormat::WebM ? "description" : "comment", options_.description.c_str(), 0);
    if (format_ == FilmFormat::Mp4 || format_ == FilmFormat::Mov) set_option(format, "movflags", "+faststart");
    if (format_ == FilmFormat::Mp4) open_filter();
    failer_.check_write(avformat_write_header(format, nullptr));
  }

  // x264 writes its version and settings into the stream (SEI, NAL unit type 6): they would change the bytes.
  void open_filter() {
    AVBSFContext* filter = nullptr;
    const AVBitStreamFilter* const found = av_bsf_get_by_name("filter_units");
    if (found == nullptr || av_bsf_alloc(found, &filter) < 0) return;
    filter_.reset(filter);
    set_option(filter->priv_data, "remove_types", "6");
    filter->time_base_in = encoder_->time_base;
    if (avcodec_parameters_copy(filter->par_in, stream_->codecpar) < 0 || av_bsf_init(filter) < 0 ||
        avcodec_parameters_copy(stream_->codecpar, filter->par_out) < 0)
      failer_.fail("FFmpeg's filter_units doesn't take this stream");
  }

  Av<AVFrame> new_frame() const {
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame) throw std::bad_alloc();
    frame->format = encoder_->pix_fmt;
    frame->width = encoder_->width;
    frame->height = encoder_->height;
    frame->color_range = encoder_->color_range;
    frame->color_primaries = encoder_->color_primaries;
    frame->color_trc = encoder_->color_trc;
    frame->colorspace = encoder_->colorspace;
    frame->chroma_location = encoder_->chroma_sample_location;
    if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
    return frame;
  }

  void convert(const Picture& picture, AVFrame& frame) const {
    const auto plane = [&frame](int i) { return Plane<std::uint8_t>{frame.data[i], frame.linesize[i]}; };
    const auto deep = [&frame](int i) {
      return Plane<std::uint16_t>{reinterpret_cast<std::uint16_t*>(frame.data[i]), frame.linesize[i] / 2};
    };
    if (format_ == FilmFormat::Mov) to_yuva444p10(picture, deep(0), deep(1), deep(2), deep(3));
    else if (alpha_) to_yuva420(picture, plane(0), plane(1), plane(2), plane(3));
    else to_yuv420(picture, plane(0), plane(1), plane(2));
  }

  // From here on: on the queue's thread.
  void encode(QueuedFrame& frame) {
    switch (recipe_.ticks) {
      case Ticks::Encoded:
        for (int i = 0; i < frame.ticks; ++i) send(*frame.frame, ticks_ + i);
        break;
      case Ticks::Repeated:
        repeats_.push_back(frame.ticks);
        send(*frame.frame, ticks_);
        break;
      case Ticks::Held:
        send(*frame.frame, ticks_);
        last_.reset(frame.ticks > 1 ? av_frame_clone(frame.frame.get()) : nullptr);
        break;
    }
    ticks_ += frame.ticks;
  }

  void send(AVFrame& frame, std::int64_t tick) {
    frame.pts = tick;
    frame.pict_type = AV_PICTURE_TYPE_NONE;
    exchange(&frame);
  }

  void exchange(const AVFrame* frame) {
    if (const int result = avcodec_send_frame(encoder_.get(), frame); result < 0)
      failer_.encoder_failed(recipe_.encoder, result);
    for (;;) {
      const int result = avcodec_receive_packet(encoder_.get(), packet_.get());
      if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
      if (result < 0) failer_.encoder_failed(recipe_.encoder, result);
      packet_->duration = 1;
      if (recipe_.ticks == Ticks::Repeated) repeat();
      else filter();
    }
  }

  void repeat() {
    const Av<AVPacket> whole(av_packet_alloc());
    av_packet_move_ref(whole.get(), packet_.get());
    for (int i = 0; i < repeats_.front(); ++i) {
      if (av_packet_ref(packet_.get(), whole.get()) < 0) throw std::bad_alloc();
      packet_->pts = packet_->dts = written_++;
      write();
    }
    repeats_.pop_front();
  }

  void filter() {
    if (!filter_) return write();
    if (av_bsf_send_packet(filter_.get(), packet_.get()) < 0) failer_.fail("FFmpeg's filter_units gave up");
    while (av_bsf_receive_packet(filter_.get(), packet_.get()) == 0) write();
  }

  void write() {
    av_packet_rescale_ts(packet_.get(), encoder_->time_base, stream_->time_base);
    packet_->stream_index = stream_->index;
    failer_.check_write(av_interleaved_write_frame(muxer_.get(), packet_.get()));
    failer_.check_write(io_->error);
  }

  void end() {
    if (last_) send(*last_, ticks_ - 1);
    last_.reset();
    exchange(nullptr);
    failer_.check_write(av_write_trailer(muxer_.get()));
    avio_flush(io_.get());
    failer_.check_write(io_->error);
    AVIOContext* io = io_.release();
    muxer_->pb = nullptr;
    failer_.check_write(avio_closep(&io));
  }

  FilmFormat format_;
  Recipe recipe_;
  FilmOptions options_;
  FrameRate rate_;
  Failer failer_;
  std::string url_;
  const AVCodec* codec_;
  bool alpha_ = false;
  Av<AVIOContext> io_;
  Av<AVCodecContext> encoder_;
  Av<AVFormatContext> muxer_;
  AVStream* stream_ = nullptr;
  Av<AVBSFContext> filter_;
  Av<AVPacket> packet_;
  std::deque<int> repeats_;
  Av<AVFrame> last_;
  std::int64_t ticks_ = 0, written_ = 0;
  std::unique_ptr<FrameQueue> queue_;  // last: its thread ends before the rest goes
};

}  // namespace

std::unique_ptr<FilmWriter> open_stream(FilmFormat format, const std::filesystem::path& path, const FilmOptions& options,
                                        const FilmHost& host) {
  return std::make_unique<StreamFilm>(format, path, options, host);
}

}  // namespace sitmap::encode
