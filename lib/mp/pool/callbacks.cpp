// The queue of jobs whose callbacks are to run, and the thread's loop.
#include <mp/pool/callbacks.hpp>

#include <mp/os/operation.hpp>
#include <mp/pool/job.hpp>
#include <mp/process/uncaught.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::detail {

namespace {

/// What left the callback, in words; empty if nothing did.
std::string run_guarded(Job& job) {
  try {
    job.call_back();
    return {};
  } catch (const SystemExit&) {
    return "SystemExit";
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (const std::exception& exception) {
    return exception_in_words(exception);
  } catch (...) {
    return unknown_exception_in_words();
  }
}

}  // namespace

void Callbacks::demand_thread(Os& os, Location where) {
  const FutexGuard guard(os, mutex_);
  if (thread_) return;
  const std::shared_ptr<Callbacks> self = shared_from_this();
  Thread thread([self] { self->run(); }, {.name = "callbacks", .daemon = true}, where);
  thread.start(where);
  thread_ = std::move(thread);
}

void Callbacks::add(Os& os, std::shared_ptr<Job> job) {
  {
    const FutexGuard guard(os, mutex_);
    jobs_.push_back(std::move(job));
  }
  ring(os);
}

void Callbacks::stop(Os& os) {
  {
    const FutexGuard guard(os, mutex_);
    stopped_ = true;
    if (!thread_) return;
  }
  ring(os);
}

void Callbacks::drop_all(Os& os) {
  std::deque<std::shared_ptr<Job>> dropped;
  const FutexGuard guard(os, mutex_);
  dropped.swap(jobs_);
}

void Callbacks::join(Os& os, Location where) {
  {
    const FutexGuard guard(os, mutex_);
    if (!thread_ || id_ == os.thread_id()) return;
  }
  thread_->join(std::nullopt, where);  // does not change any more
}

bool Callbacks::is_here(Os& os) {
  const FutexGuard guard(os, mutex_);
  return id_ == os.thread_id();
}

void Callbacks::ring(Os& os) {
  os.fetch_add(doorbell_, 1);
  os.word_wake(doorbell_, 1);
}

// Null: no more are to come.
std::shared_ptr<Job> Callbacks::take_next(Os& os) {
  while (true) {
    const std::uint32_t seen = os.load(doorbell_);
    {
      const FutexGuard guard(os, mutex_);
      if (!jobs_.empty()) {
        std::shared_ptr<Job> next = std::move(jobs_.front());
        jobs_.pop_front();
        return next;
      }
      if (stopped_) return nullptr;
    }
    static_cast<void>(os.word_wait(doorbell_, seen, never));  // rung, or for nothing: look again
  }
}

// The callback itself runs inside no operation: what it does are operations of its own.
void Callbacks::run() {
  Os& here = os();
  {
    const FutexGuard guard(here, mutex_);
    id_ = here.thread_id();
  }
  while (const std::shared_ptr<Job> job = take_next(here)) {
    {
      Operation take(here, Verb::take, ObjectKind::async_result, job->object(), Location::current());
      take.succeed(job->has_failed() ? 1 : 0);
    }
    const std::string trouble = run_guarded(*job);
    Operation hand_in(here, Verb::hand_in, ObjectKind::async_result, job->object(), Location::current(),
                      job->pool());
    if (!trouble.empty()) {
      const std::string words = "a callback of a pool raised " + trouble;
      report_misuse(here, ObjectKind::async_result, job->object(), "pool-callback-raised", words,
                    Location::current());
      write_error(here, words + "\n");
    }
    job->release(here);
    hand_in.succeed();
  }
}

}  // namespace mp::detail
