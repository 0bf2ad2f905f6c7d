#pragma once
// Frames on their way from the thread that draws to the one that encodes: a few, so that either may be ahead.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "encode/film_module/av.hpp"

namespace sitmap::encode {

struct QueuedFrame {
  Av<AVFrame> frame;
  int ticks = 0;
};

class FrameQueue {
 public:
  // `encode` runs for every frame, `end` once after the last, both on the queue's thread.
  FrameQueue(std::function<void(QueuedFrame&)> encode, std::function<void()> end);
  FrameQueue(const FrameQueue&) = delete;
  FrameQueue& operator=(const FrameQueue&) = delete;
  ~FrameQueue();  // forgets what waits

  // A frame to fill: a used one when there is one that nobody holds any more, else null.
  Av<AVFrame> used();
  // Waits while the queue is full. Throws what `encode` threw, here or in finish().
  void push(QueuedFrame frame);
  void finish();

 private:
  enum class State { Open, Finishing, Stopped };
  void run();
  void rethrow();

  static constexpr std::size_t kMost = 3;
  std::function<void(QueuedFrame&)> encode_;
  std::function<void()> end_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<QueuedFrame> waiting_;
  std::vector<Av<AVFrame>> used_;
  State state_ = State::Open;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace sitmap::encode
