// The result of a job that was submitted to a pool: to be waited for, asked about and had any number of
// times, by any thread of the process that made the pool. It stays when the pool is gone. There is no way to
// cancel a job.
//
// Rows met: ASYNC-01. A job that terminate() dropped is never done: get() without a timeout waits for ever
// (POOL-05).
#pragma once

#include <memory>
#include <utility>

#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/pool/results.hpp>

namespace mp {

/// T: what the function gives, std::monostate if that is nothing; of a map, a vector of it.
template <class T>
class AsyncResult {
 public:
  explicit AsyncResult(std::shared_ptr<detail::ResultJob<T>> job) : job_(std::move(job)) {}

  /// A copy of the value, or the job's exception. TimeoutError: not done in time. WorkerLost: the worker
  /// ended (POOL-21). BrokenPool. RuntimeError: in another process than the pool's; or in a callback, without
  /// a timeout, if the job has a callback of its own that has not run.
  T get(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Os& here = os();
    Operation operation(here, Verb::get, ObjectKind::async_result, job_->object(), where);
    if (!job_->await(here, deadline_after(here, timeout), where))
      throw TimeoutError("the result did not come in time");
    if (job_->has_failed()) operation.fail(1);
    const T& value = job_->value();
    operation.succeed_with([&] { return detail::describe_result(value); });
    return value;
  }
  /// Waits until the job is done, for at most `timeout`; says nothing about whether it is.
  void wait(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Os& here = os();
    Operation operation(here, Verb::wait, ObjectKind::async_result, job_->object(), where);
    if (job_->await(here, deadline_after(here, timeout), where)) operation.succeed();
  }
  bool ready(Location where = Location::current()) const {
    Os& here = os();
    Operation operation(here, Verb::ready, ObjectKind::async_result, job_->object(), where);
    const bool is_done = job_->is_done(here);
    operation.succeed(is_done ? 1 : 0);
    return is_done;
  }
  /// Did the job end without an exception? ValueError: it is not done.
  bool successful(Location where = Location::current()) const {
    Os& here = os();
    Operation operation(here, Verb::successful, ObjectKind::async_result, job_->object(), where);
    if (!job_->is_done(here)) throw ValueError("the job is not done");
    const bool is_good = !job_->has_failed();
    operation.succeed(is_good ? 0 : 1);
    return is_good;
  }

  ObjectId object() const { return job_->object(); }

 private:
  std::shared_ptr<detail::ResultJob<T>> job_;
};

}  // namespace mp
