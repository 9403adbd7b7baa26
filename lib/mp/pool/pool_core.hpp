// What Pool and ThreadPool have in common: whether it runs, the tasks that no worker has yet, and the way a
// job's parts come to their end. How tasks reach workers is for the two kinds of cores that are derived.
//
// A core is shared by the pool's handle, its own threads, and the exit sequence, which terminates a pool that
// is still there (PROC-10). Every call but those of the pool's own threads is made in the process that made
// the pool: RuntimeError elsewhere (the cure of POOL-26).
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mp/os/operation.hpp>
#include <mp/pool/callbacks.hpp>
#include <mp/pool/job.hpp>
#include <mp/shared/exit_duty.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp::detail {

/// How many workers, for the number that the program asks for: that of the processors if absent (POOL-01).
/// ValueError: below 1.
std::size_t workers_for(std::optional<int> processes);

/// Calls per chunk of a map: what the program asks for, or by the formula of POOL-08. ValueError: below 1
/// (deviates from POOL-09).
std::size_t chunk_for(std::optional<std::int64_t> chunksize, std::size_t size, std::size_t workers);

class PoolCore : public std::enable_shared_from_this<PoolCore> {
 public:
  /// `object`: announced by whoever makes it.
  PoolCore(std::string_view name, ObjectId object, std::size_t workers);
  virtual ~PoolCore() = default;
  PoolCore(const PoolCore&) = delete;
  PoolCore& operator=(const PoolCore&) = delete;

  ObjectId object() const { return object_; }
  std::size_t worker_count() const { return worker_count_; }
  const std::shared_ptr<Callbacks>& callbacks() const { return callbacks_; }
  bool is_own(Os& os) const { return os.process_id() == creator_; }

  bool is_running(Os& os);
  /// ValueError: the pool was closed or terminated (POOL-02).
  void demand_running(Os& os, Location where);
  /// All parts of a job that can be; the rest failed before and is counted here as well. ValueError as above.
  void submit(Os& os, const std::shared_ptr<Job>& job, std::vector<Task> tasks, std::size_t failed_parts,
              Location where);

  void close(Location where);
  void terminate(Location where);
  void join(Location where);
  /// The handle goes. A pool that runs is told of and terminated (POOL-27).
  void let_go(Location where);

 protected:
  enum class State : std::uint8_t { running, closed, terminated };

  /// So many tasks have come, or the state has changed. The mutex is not held.
  virtual void ring(Os& os, std::size_t tasks) = 0;
  /// The state is terminated: workers end now.
  virtual void stop_workers(Os& os, Location where) = 0;
  /// Waits until all workers and threads of the pool have ended.
  virtual void await_workers(Os& os, Location where) = 0;

  void hook_exit_sequence();
  /// A part is over; `failure` is null if it did not fail, or if the job knows already. With no more of them
  /// the job is done, or its callback's turn comes.
  void end_part(Os& os, const std::shared_ptr<Job>& job, std::size_t part, std::exception_ptr failure);
  /// Fails all tasks that no worker has, and all that come, with this.
  void break_down(Os& os, std::exception_ptr why);

  const ObjectId object_;
  const std::string name_;  // for words: "pool p", or "a pool"
  FutexLock mutex_;         // of the five below, and of the parts of jobs
  State state_ = State::running;
  std::deque<Task> pending_;
  std::exception_ptr broken_;  // why no task will ever run; null: it works
  bool has_ended_ = false;     // workers and threads are known to have ended

 private:
  void demand_own(Os& os) const;
  bool has_no_parts(Os& os, const Job& job);
  void note_end(Os& os, bool has_ended);
  void conclude(Os& os, const std::shared_ptr<Job>& job);

  const std::size_t worker_count_;
  const ProcessId creator_;
  const std::shared_ptr<Callbacks> callbacks_;
  ExitDuty at_exit_;  // under the mutex
};

}  // namespace mp::detail
