#pragma once
// FFmpeg's handles and errors.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

#include <memory>
#include <string>

#include "encode/film_module.hpp"

namespace sitmap::encode {

struct AvDelete {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVBSFContext* filter) const { av_bsf_free(&filter); }
  void operator()(AVIOContext* io) const { avio_closep(&io); }
  void operator()(AVFormatContext* format) const { avformat_free_context(format); }  // its file is closed elsewhere
};
template <class T>
using Av = std::unique_ptr<T, AvDelete>;

// Throws the host's IoError: "cannot …: reason", with FFmpeg's last message where the code alone says little.
class Failer {
 public:
  Failer(const FilmHost& host, std::filesystem::path path) : host_(&host), path_(std::move(path)) {}
  [[noreturn]] void fail(const std::string& message, const std::string& hint = {}) const;
  [[noreturn]] void write_failed(int av_error) const;
  [[noreturn]] void encoder_failed(const char* encoder, int av_error) const;
  void check_write(int av_result) const {
    if (av_result < 0) write_failed(av_result);
  }

 private:
  const FilmHost* host_;
  std::filesystem::path path_;
};

// FFmpeg's messages go nowhere but into the errors above.
void silence_log();

const AVCodec* find_encoder(const char* name, const Failer& failer);
Av<AVIOContext> open_output(const std::filesystem::path& path, const Failer& failer);
// An option that must be known to its object: anything else is a bug of ours.
void set_option(void* object, const char* name, const std::string& value);
void set_option(void* object, const char* name, std::int64_t value);

}  // namespace sitmap::encode
