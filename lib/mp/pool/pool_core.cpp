// The states of a pool, and what becomes of jobs.
#include <mp/pool/pool_core.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <mp/errors.hpp>
#include <mp/process/uncaught.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::detail {

std::size_t workers_for(std::optional<int> processes) {
  if (!processes) return os().processors();
  if (*processes < 1) throw ValueError("Number of processes must be at least 1");
  return static_cast<std::size_t>(*processes);
}

std::size_t chunk_for(std::optional<std::int64_t> chunksize, std::size_t size, std::size_t workers) {
  if (chunksize && *chunksize < 1) throw ValueError("Chunksize must be 1 or more");
  if (chunksize) return static_cast<std::size_t>(*chunksize);
  return std::max<std::size_t>(1, (size + 4 * workers - 1) / (4 * workers));
}

PoolCore::PoolCore(std::string_view name, ObjectId object, std::size_t workers)
    : object_(object),
      name_(name.empty() ? std::string("a pool") : "pool " + std::string(name)),
      worker_count_(workers),
      creator_(os().process_id()),
      callbacks_(std::make_shared<Callbacks>()) {}

void PoolCore::hook_exit_sequence() {
  at_exit_.take_on(exit_priority::pool_terminate, shared_from_this(),
                   [](void* core) { static_cast<PoolCore*>(core)->terminate(Location::current()); });
}

void PoolCore::demand_own(Os& os) const {
  if (!is_own(os)) throw RuntimeError("a pool can only be used by the process that made it");
}

bool PoolCore::is_running(Os& os) {
  const FutexGuard guard(os, mutex_);
  return state_ == State::running;
}

void PoolCore::demand_running(Os& os, Location where) {
  demand_own(os);
  if (is_running(os)) return;
  constexpr const char* words = "Pool not running";
  report_misuse(os, ObjectKind::pool, object_, "pool-use-after-close", words, where);
  throw ValueError(words);
}

void PoolCore::submit(Os& os, const std::shared_ptr<Job>& job, std::vector<Task> tasks,
                      std::size_t failed_parts, Location where) {
  if (has_no_parts(os, *job)) {  // nothing to do: done at once, and no callback (POOL-18)
    job->conclude();
    return job->release(os);
  }
  if (job->wants_callbacks()) {
    callbacks_->demand_thread(os, where);
    job->callbacks = callbacks_;
  }
  for (; failed_parts > 0; --failed_parts) end_part(os, job, 0, nullptr);
  const std::size_t count = tasks.size();
  if (count == 0) return;
  std::exception_ptr broken;
  bool is_running = false;
  {
    const FutexGuard guard(os, mutex_);
    is_running = state_ == State::running;
    broken = broken_;
    if (is_running && broken == nullptr) std::move(tasks.begin(), tasks.end(), std::back_inserter(pending_));
  }
  if (!is_running) throw ValueError("Pool not running");  // since demand_running
  if (broken == nullptr) return ring(os, count);
  for (const Task& task : tasks) end_part(os, task.job, task.part, broken);
}

// A part that was submitted earlier may end meanwhile.
bool PoolCore::has_no_parts(Os& os, const Job& job) {
  const FutexGuard guard(os, mutex_);
  return job.parts_left_ == 0;
}

void PoolCore::end_part(Os& os, const std::shared_ptr<Job>& job, std::size_t part,
                        std::exception_ptr failure) {
  bool is_last = false;
  {
    const FutexGuard guard(os, mutex_);
    if (failure != nullptr) job->fail(part, std::move(failure));
    is_last = job->end_part();
  }
  if (is_last) conclude(os, job);
}

void PoolCore::conclude(Os& os, const std::shared_ptr<Job>& job) {
  job->conclude();
  if (job->wants_callback()) return callbacks_->add(os, job);
  job->release(os);
}

void PoolCore::break_down(Os& os, std::exception_ptr why) {
  std::deque<Task> failed;
  {
    const FutexGuard guard(os, mutex_);
    broken_ = why;
    failed.swap(pending_);
  }
  for (const Task& task : failed) end_part(os, task.job, task.part, why);
}

void PoolCore::close(Location where) {
  Os& here = os();
  Operation operation(here, Verb::close, ObjectKind::pool, object_, where);
  demand_own(here);
  {
    const FutexGuard guard(here, mutex_);
    if (state_ == State::running) state_ = State::closed;
  }
  ring(here, std::numeric_limits<std::size_t>::max());
  operation.succeed();
}

void PoolCore::terminate(Location where) {
  Os& here = os();
  Operation operation(here, Verb::terminate, ObjectKind::pool, object_, where);
  demand_own(here);
  std::deque<Task> dropped;  // and freed when nobody needs the mutex
  {
    const FutexGuard guard(here, mutex_);
    state_ = State::terminated;
    dropped.swap(pending_);
  }
  callbacks_->drop_all(here);
  callbacks_->stop(here);
  ring(here, std::numeric_limits<std::size_t>::max());
  stop_workers(here, where);
  callbacks_->join(here, where);
  note_end(here, !callbacks_->is_here(here));
  operation.succeed();
}

void PoolCore::join(Location where) {
  Os& here = os();
  Operation operation(here, Verb::join, ObjectKind::pool, object_, where);
  demand_own(here);
  if (is_running(here)) {
    constexpr const char* words = "Pool is still running";
    report_misuse(here, ObjectKind::pool, object_, "pool-join-before-close", words, where);
    throw ValueError(words);
  }
  await_workers(here, where);
  callbacks_->stop(here);
  callbacks_->join(here, where);
  note_end(here, !callbacks_->is_here(here));
  operation.succeed();
}

void PoolCore::note_end(Os& os, bool has_ended) {
  const FutexGuard guard(os, mutex_);
  has_ended_ = has_ended_ || has_ended;
  at_exit_.drop();
}

void PoolCore::let_go(Location where) {
  Os& here = os();
  if (!is_own(here)) return;  // a child by fork has a copy of the handle and nothing else of the pool
  bool is_running = false;
  {
    const FutexGuard guard(here, mutex_);
    if (has_ended_) return;
    is_running = state_ == State::running;
  }
  if (is_running) {
    Operation operation(here, Verb::terminate, ObjectKind::pool, object_, where);
    const std::string words = name_ + " is destroyed while it runs: close() or terminate() it first";
    report_misuse(here, ObjectKind::pool, object_, "pool-not-closed", words, where);
    write_error(here, words + "\n");
    operation.succeed();
  }
  terminate(where);
  join(where);
}

}  // namespace mp::detail
