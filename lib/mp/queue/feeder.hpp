// What one process has of a queue for itself: its two descriptors, the buffer that put appends to and the
// feeder, a helper thread that writes the buffered messages to the pipe. The feeder is started by the first
// put (QUEUE-06) and ends at the sentinel that stop() leaves behind all items (QUEUE-19).
//
// The Feeder is shared by the queue's handle, its thread, and the exit sequence: there "no more data" stops
// it and, at a later priority, its thread is joined (QUEUE-23). So a handle may be destroyed at any time, and
// what was put still arrives (QUEUE-35).
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue_state.hpp>
#include <mp/shared/exit_duty.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp {

/// A message on its way, and the put that sent it.
struct BufferedItem {
  Bytes bytes;
  Stamp stamp = Stamp::none;
  bool is_sentinel = false;  // nothing follows: the feeder ends
};

class Feeder : public std::enable_shared_from_this<Feeder> {
 public:
  /// Takes the two ends of the pipe over. `secret`: the stream's. `size_max`: of the slots.
  Feeder(SharedBlock<QueueState> state, std::uint64_t secret, std::uint32_t size_max, ObjectId queue,
         std::pair<Descriptor, Descriptor> ends);
  ~Feeder();
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

  /// Appends a message, and starts the thread unless it runs. RuntimeError if the machine refuses that; then
  /// nothing is appended.
  void append(Os& os, Bytes bytes, Stamp stamp, Location where);
  /// Lets the thread end once all that was appended is written. Any number of times; nothing if there is
  /// no thread.
  void stop(Os& os);
  /// Waits until the thread has ended; returns at once if there is none, or after cancel_join().
  void join(Location where);
  void cancel_join();

  /// In this process (QUEUE-18). Written by any thread, never unset.
  std::atomic<bool> closed = false;
  /// This process knows that the stream is torn. Written by any thread, never unset.
  std::atomic<bool> torn = false;

  Descriptor read_end() const { return read_end_.load(); }    // -1: closed
  Descriptor write_end() const { return write_end_.load(); }  // -1: closed
  void close_ends(Os& os);

 private:
  void start(Location where);
  void add(Os& os, BufferedItem item);
  void run();
  BufferedItem take_next(Os& os);
  void write(Os& os, const BufferedItem& item);
  void drop(Os& os, const StreamFailure& failure);

  const SharedBlock<QueueState> state_;
  const std::uint64_t secret_;
  const std::uint32_t size_max_;
  const ObjectId queue_;
  const ObjectId object_;
  const Claim claim_;  // lasts until handle and thread are gone: till then items may come from here
  std::atomic<Descriptor> read_end_;
  std::atomic<Descriptor> write_end_;
  std::atomic<bool> join_cancelled_ = false;

  FutexLock mutex_;  // of all below but the doorbell
  std::deque<BufferedItem> buffer_;
  bool is_asleep_ = false;        // the thread has found the buffer empty and nobody has rung since
  bool stopped_ = false;          // the sentinel is in the buffer, or was
  std::optional<Thread> thread_;  // set once
  Word doorbell_;                 // 0: the thread may sleep; 1: it has to look again

  ExitDuty no_more_data_;
  ExitDuty join_thread_;
};

}  // namespace mp
