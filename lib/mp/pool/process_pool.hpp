// The core of Pool: worker processes, and the one helper thread that serves them. It hands tasks out, one to
// a worker at a time; takes results in; sees workers end, and replaces them.
//
// Each worker has two pipes and a socket that only it and this thread use, and no lock is shared with it. So
// a worker can die at any moment and harm nothing but the task that it had, which is known (the cure of
// POOL-21 and POOL-22). The thread never waits for the rest of a frame; it does wait while a worker reads a
// task of more than a pipe holds. A worker that stands stopped at such a moment stops the pool, until it goes
// on or the pool is terminated.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mp/pool/frame.hpp>
#include <mp/pool/pool_core.hpp>
#include <mp/pool/worker.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace mp::detail {

struct WorkersPlan {
  std::size_t count = 0;
  std::string name;  // of a worker, before its number
  std::uint64_t tasks_max = 0;
  std::shared_ptr<const InitializerCall> initializer;
  // For a pool in a manager's server; null or empty elsewhere.
  std::optional<ObjectId> object = {};                    // what somebody else has announced it as
  std::function<std::vector<Descriptor>()> foreign = {};  // more that a new worker closes
  std::function<void()> on_drained = {};  // by the thread: it was closed, and its workers have ended
};

class ProcessPool final : public PoolCore {
 public:
  /// Call start() next.
  ProcessPool(std::string_view name, WorkersPlan plan, Location where);
  ~ProcessPool() override;
  /// Starts the workers and the thread. What one of them throws leaves it, after those that were started have
  /// ended.
  void start(Location where);

 private:
  struct Worker {
    Process process;
    Descriptor to = -1;      // -1: closed
    Descriptor from = -1;    // the same
    Descriptor passed = -1;  // the same: the socket for descriptors
    Descriptor sentinel = -1;
    FrameBuffer buffer = {};
    std::optional<Task> task = {};  // what it has
    std::uint64_t tasks_given = 0;
    bool is_ready = false;     // its initializer has run, if there is one
    bool is_stopping = false;  // it has been told to
    /// False: it has all it gets for now, or for ever.
    bool is_idle() const { return to >= 0 && !task && !is_stopping; }
  };

  void ring(Os& os, std::size_t tasks) override;
  void stop_workers(Os& os, Location where) override;
  void await_workers(Os& os, Location where) override;

  // By the thread, or before there is one.
  void start_worker(Os& os, Location where);
  void note_passed(Os& os, std::vector<Descriptor>& into);
  void run();
  bool is_over(Os& os);
  bool is_terminated(Os& os);
  std::vector<PollItem> look(Os& os);
  void drain_bell(Os& os, bool has_rung);
  void receive(Os& os, Worker& worker);
  void handle(Os& os, Worker& worker, const Frame& frame);
  void finish(Os& os, Worker& worker, const Frame& frame);
  void bury(Os& os, Worker& worker);
  void lose(Os& os, Worker& worker, int exitcode);
  void note_stillbirth(Os& os, const Worker& worker);
  void replace_missing(Os& os);
  void hand_out(Os& os);
  void give(Os& os, Worker& worker, Task task);
  void pass(Os& os, Worker& worker, Descriptor fd);
  void tell_idle_to_stop(Os& os);
  void close_ends(Os& os, Worker& worker);

  const WorkersPlan plan_;
  std::vector<std::unique_ptr<Worker>> workers_;  // changed by the thread, under the mutex
  std::optional<Thread> thread_;                  // set by start()
  Descriptor bell_in_ = -1;                       // the thread's end of the pipe that wakes it
  Descriptor bell_out_ = -1;
  bool is_asleep_ = false;           // under the mutex: nobody has rung since the thread looked
  std::uint64_t workers_made_ = 0;   // the thread's
  std::uint64_t stillbirths_ = 0;    // the thread's: workers in a row that ended before they were ready
  std::string stillbirth_in_words_;  // the thread's: what the last of them said
};

}  // namespace mp::detail
