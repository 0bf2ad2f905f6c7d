#include "encode/film_module/av.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

namespace sitmap::encode {
namespace {

std::mutex log_guard;
std::string last_error;

void remember(void*, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR) return;
  char text[512];
  std::vsnprintf(text, sizeof text, format, arguments);
  const std::scoped_lock lock(log_guard);
  last_error = text;
  while (!last_error.empty() && (last_error.back() == '\n' || last_error.back() == '.')) last_error.pop_back();
}

std::string reason(int av_error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(av_error, text, sizeof text);
  return text;
}

std::string advice(int av_error) {
  switch (AVUNERROR(av_error)) {
    case ENOSPC: return "the disk is full: free some space or write somewhere else";
    case EFBIG: return "the file would be larger than allowed here (see 'ulimit -f')";
    case EACCES: return "check the permissions of the file and its folder";
    case EROFS: return "the file system is read-only; write somewhere else";
    case ENOENT: return "the folder doesn't exist: make it, or check the name";
    default: return {};
  }
}

}  // namespace

void silence_log() { av_log_set_callback(remember); }

void Failer::fail(const std::string& message, const std::string& hint) const {
  host_->fail(message, hint);
  std::abort();
}

void Failer::write_failed(int av_error) const {
  fail(fmt::format("cannot write '{}': {}", path_.string(), reason(av_error)), advice(av_error));
}

void Failer::encoder_failed(const char* encoder, int av_error) const {
  std::string said;
  {
    const std::scoped_lock lock(log_guard);
    said = last_error;
  }
  fail(fmt::format("the encoder {} gave up: {}{}{}", encoder, reason(av_error), said.empty() ? "" : "; ", said));
}

const AVCodec* find_encoder(const char* name, const Failer& failer) {
  const AVCodec* const codec = avcodec_find_encoder_by_name(name);
  if (codec == nullptr)
    failer.fail(fmt::format("this FFmpeg ({}) has no encoder {}", av_version_info(), name),
                "install a complete libavcodec (Debian's has it), or make another kind of film");
  return codec;
}

Av<AVIOContext> open_output(const std::filesystem::path& path, const Failer& failer) {
  AVIOContext* io = nullptr;
  failer.check_write(avio_open(&io, ("file:" + path.string()).c_str(), AVIO_FLAG_WRITE));
  return Av<AVIOContext>(io);
}

void set_option(void* object, const char* name, const std::string& value) {
  if (av_opt_set(object, name, value.c_str(), AV_OPT_SEARCH_CHILDREN) < 0)
    throw std::logic_error(fmt::format("encode: FFmpeg doesn't take the option {}={}", name, value));
}

void set_option(void* object, const char* name, std::int64_t value) { set_option(object, name, std::to_string(value)); }

}  // namespace sitmap::encode
