#include "encode/film_module/frame_queue.hpp"

#include <utility>

namespace sitmap::encode {

FrameQueue::FrameQueue(std::function<void(QueuedFrame&)> encode, std::function<void()> end)
    : encode_(std::move(encode)), end_(std::move(end)), thread_([this] { run(); }) {}

FrameQueue::~FrameQueue() {
  {
    const std::scoped_lock lock(guard_);
    state_ = State::Stopped;
    waiting_.clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Av<AVFrame> FrameQueue::used() {
  const std::scoped_lock lock(guard_);
  for (Av<AVFrame>& frame : used_)
    if (av_frame_is_writable(frame.get()) > 0) {
      std::swap(frame, used_.back());
      Av<AVFrame> found = std::move(used_.back());
      used_.pop_back();
      return found;
    }
  return nullptr;
}

void FrameQueue::rethrow() {
  if (error_) std::rethrow_exception(error_);
}

void FrameQueue::push(QueuedFrame frame) {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [this] { return error_ || waiting_.size() < kMost; });
  rethrow();
  waiting_.push_back(std::move(frame));
  lock.unlock();
  changed_.notify_all();
}

void FrameQueue::finish() {
  {
    const std::scoped_lock lock(guard_);
    if (state_ == State::Open) state_ = State::Finishing;
  }
  changed_.notify_all();
  thread_.join();
  rethrow();
}

void FrameQueue::run() try {
  for (;;) {
    std::unique_lock lock(guard_);
    changed_.wait(lock, [this] { return state_ != State::Open || !waiting_.empty(); });
    if (state_ == State::Stopped) return;
    if (waiting_.empty()) break;
    QueuedFrame frame = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    changed_.notify_all();
    encode_(frame);
    lock.lock();
    if (frame.frame) used_.push_back(std::move(frame.frame));
  }
  end_();
} catch (...) {
  const std::scoped_lock lock(guard_);
  error_ = std::current_exception();
  changed_.notify_all();
}

}  // namespace sitmap::encode
