#include "decode.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sitmap::encode::test {
namespace {

void need(bool fine, const char* what) {
  if (!fine) throw std::runtime_error(what);
}

int sample(const AVFrame& frame, const AVPixFmtDescriptor& format, int component, int x, int y) {
  const AVComponentDescriptor& c = format.comp[component];
  if (component == 1 || component == 2) {
    x >>= format.log2_chroma_w;
    y >>= format.log2_chroma_h;
  }
  const std::uint8_t* at = frame.data[c.plane] + y * frame.linesize[c.plane] + x * c.step + c.offset;
  return c.depth > 8 ? at[0] | at[1] << 8 : *at;
}

// The textbook's floating-point conversion, on purpose another than the one under test.
std::uint32_t rgb(const AVFrame& frame, const AVPixFmtDescriptor& format, int x, int y) {
  const bool alpha = (format.flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
  const auto whole = [](double value) { return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255)); };
  const double most = std::pow(2, format.comp[0].depth) - 1;
  const std::uint32_t a = alpha ? whole(sample(frame, format, 3, x, y) / most) : 255;
  if ((format.flags & AV_PIX_FMT_FLAG_RGB) != 0)
    return a << 24 | static_cast<std::uint32_t>(sample(frame, format, 0, x, y)) << 16 |
           static_cast<std::uint32_t>(sample(frame, format, 1, x, y)) << 8 |
           static_cast<std::uint32_t>(sample(frame, format, 2, x, y));
  const double unit = std::pow(2, format.comp[0].depth - 8);
  const double luma = (sample(frame, format, 0, x, y) / unit - 16) / 219;
  const double cb = (sample(frame, format, 1, x, y) / unit - 128) / 224, cr = (sample(frame, format, 2, x, y) / unit - 128) / 224;
  const double kr = 0.2126, kb = 0.0722, kg = 1 - kr - kb;
  const double r = luma + 2 * (1 - kr) * cr, b = luma + 2 * (1 - kb) * cb, g = (luma - kr * r - kb * b) / kg;
  return a << 24 | whole(r) << 16 | whole(g) << 8 | whole(b);
}

Picture picture_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* const format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  need(format != nullptr && (format->flags & AV_PIX_FMT_FLAG_PAL) == 0, "a pixel format the test can't read");
  Picture picture(frame.width, frame.height);
  for (int y = 0; y < frame.height; ++y)
    for (int x = 0; x < frame.width; ++x)
      picture.pixels[static_cast<std::size_t>(y * frame.width + x)] = rgb(frame, *format, x, y);
  return picture;
}

}  // namespace

Decoded decode(const std::filesystem::path& path, const std::string& decoder) {
  av_log_set_level(AV_LOG_ERROR);
  AVFormatContext* input = nullptr;
  need(avformat_open_input(&input, path.c_str(), nullptr, nullptr) == 0, "can't open the film");
  need(avformat_find_stream_info(input, nullptr) >= 0 && input->nb_streams == 1, "not one stream");
  AVStream* const stream = input->streams[0];
  const AVCodec* const codec = decoder.empty() ? avcodec_find_decoder(stream->codecpar->codec_id)
                                               : avcodec_find_decoder_by_name(decoder.c_str());
  AVCodecContext* context = avcodec_alloc_context3(codec);
  need(avcodec_parameters_to_context(context, stream->codecpar) >= 0, "no parameters");
  need(avcodec_open2(context, codec, nullptr) == 0, "can't decode the film");

  Decoded film;
  film.codec = avcodec_get_name(stream->codecpar->codec_id);
  film.width = stream->codecpar->width;
  film.height = stream->codecpar->height;
  film.range = stream->codecpar->color_range;
  film.primaries = stream->codecpar->color_primaries;
  film.transfer = stream->codecpar->color_trc;
  film.matrix = stream->codecpar->color_space;
  film.duration = static_cast<double>(input->duration) / AV_TIME_BASE;
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(input->metadata, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr)
    film.metadata.push_back(std::string(entry->key) + "=" + entry->value);

  AVPacket* packet = av_packet_alloc();
  AVFrame* frame = av_frame_alloc();
  const auto drain = [&] {
    while (avcodec_receive_frame(context, frame) == 0) {
      film.pixel_format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame->format));
      film.frames.push_back({static_cast<double>(frame->best_effort_timestamp) * av_q2d(stream->time_base),
                             frame->key_frame != 0, picture_of(*frame)});
      av_frame_unref(frame);
    }
  };
  while (av_read_frame(input, packet) == 0) {
    need(avcodec_send_packet(context, packet) == 0, "a packet the decoder refuses");
    av_packet_unref(packet);
    drain();
  }
  avcodec_send_packet(context, nullptr);
  drain();
  av_frame_free(&frame);
  av_packet_free(&packet);
  avcodec_free_context(&context);
  avformat_close_input(&input);
  return film;
}

}  // namespace sitmap::encode::test
