// The thread of a pool that runs callbacks, one after another. It is not the thread that hands out tasks and
// takes results in, so a callback may be slow, raise, submit jobs and wait for them: the pool goes on (the
// cure of POOL-19). Only a job with a callback of its own waits for those before it.
//
// It is started by the first job that has a callback. What a callback raises is written to descriptor 2 and
// told to the Os; its job's result is what it would have been without.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include <mp/os/os.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp::detail {

class Job;

class Callbacks : public std::enable_shared_from_this<Callbacks> {
 public:
  /// Starts the thread unless it runs. RuntimeError: the machine refuses.
  void demand_thread(Os& os, Location where);
  /// The job is released once its callback has returned.
  void add(Os& os, std::shared_ptr<Job> job);
  /// Ends the thread once all that were added are run.
  void stop(Os& os);
  /// Forgets those whose turn has not come; they are never done.
  void drop_all(Os& os);
  /// Waits for the thread's end; returns at once in the thread itself, or if there is none.
  void join(Os& os, Location where);
  /// Is this the calling thread?
  bool is_here(Os& os);

 private:
  void run();
  std::shared_ptr<Job> take_next(Os& os);
  void ring(Os& os);

  FutexLock mutex_;  // of all below but the doorbell
  std::deque<std::shared_ptr<Job>> jobs_;
  bool stopped_ = false;
  std::optional<Thread> thread_;  // set once
  ThreadId id_ = ThreadId::none;  // of the thread, once it runs
  Word doorbell_;                 // changes when there is something to look at
};

}  // namespace mp::detail
