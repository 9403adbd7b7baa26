// What each thread of a ThreadPool does.
#include <mp/pool/threads_core.hpp>

#include <limits>
#include <utility>

#include <mp/errors.hpp>
#include <mp/process/uncaught.hpp>

namespace mp::detail {

namespace {

/// What left the function; null if nothing did. A SystemExit ends the task and not the thread.
std::exception_ptr caught(const std::function<void()>& function) {
  try {
    function();
    return nullptr;
  } catch (const SystemExit& end) {
    return std::make_exception_ptr(WorkerLost("a task of a ThreadPool called exit", end.status & 0xff));
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    return std::current_exception();
  }
}

std::string in_words(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& exception) {
    return exception_in_words(exception);
  } catch (...) {
    return unknown_exception_in_words();
  }
}

}  // namespace

ThreadsCore::ThreadsCore(std::string_view name, std::size_t count, std::function<void()> initializer,
                         Location where)
    : PoolCore(name, announce(os(), ObjectKind::pool, name, where), count),
      worker_name_(name.empty() ? "ThreadPoolWorker" : std::string(name) + "-ThreadPoolWorker"),
      initializer_(std::move(initializer)) {}

void ThreadsCore::start(Location where) {
  Os& here = os();
  Operation operation(here, Verb::start, ObjectKind::pool, object_, where);
  const auto self = std::static_pointer_cast<ThreadsCore>(shared_from_this());
  threads_.reserve(worker_count());
  std::exception_ptr failure;
  try {
    while (threads_.size() < worker_count()) {
      const std::string name = worker_name_ + "-" + std::to_string(threads_.size() + 1);
      Thread thread([self] { self->run(); }, {.name = name, .daemon = true}, where);
      thread.start(where);
      threads_.push_back(std::move(thread));
    }
    hook_exit_sequence();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure != nullptr) {
    {
      const FutexGuard guard(here, mutex_);
      state_ = State::terminated;
    }
    ring(here, worker_count());
    await_workers(here, where);
    std::rethrow_exception(failure);
  }
  operation.succeed();
}

void ThreadsCore::ring(Os& os, std::size_t tasks) {
  os.fetch_add(doorbell_, 1);
  os.word_wake(doorbell_, static_cast<int>(std::min<std::size_t>(tasks, worker_count())));
}

// A thread cannot be stopped: one in the middle of a task ends behind it.
void ThreadsCore::stop_workers(Os&, Location) {}

void ThreadsCore::await_workers(Os&, Location where) {
  for (const Thread& thread : threads_)
    if (thread != current_thread()) thread.join(std::nullopt, where);
}

std::optional<Task> ThreadsCore::take_next(Os& os) {
  while (true) {
    const std::uint32_t seen = os.load(doorbell_);
    {
      const FutexGuard guard(os, mutex_);
      if (!pending_.empty()) {
        std::optional<Task> next(std::move(pending_.front()));
        pending_.pop_front();
        return next;
      }
      if (state_ != State::running) return std::nullopt;
    }
    static_cast<void>(os.word_wait(doorbell_, seen, never));  // rung, or for nothing: look again
  }
}

void ThreadsCore::run() {
  Os& here = os();
  if (initializer_ != nullptr && !initialise(here)) return;
  while (std::optional<Task> task = take_next(here)) perform(here, *std::move(task));
}

// The last thread to fail breaks the pool: nobody is left who would do anything (the cure of POOL-23).
bool ThreadsCore::initialise(Os& os) {
  const std::exception_ptr failure = caught(initializer_);
  if (failure == nullptr) return true;
  const std::string words = "the initializer of " + name_ + " raised " + in_words(failure);
  write_error(os, words + "\n");
  bool is_last = false;
  {
    const FutexGuard guard(os, mutex_);
    is_last = ++stillborn_ == worker_count();
  }
  if (is_last)
    break_down(os, std::make_exception_ptr(BrokenPool(name_ + " is broken: " + words + " in each thread")));
  return false;
}

void ThreadsCore::perform(Os& os, Task task) {
  {
    Operation take(os, Verb::take, ObjectKind::async_result, task.job->object(), Location::current());
    take.succeed();
  }
  const std::exception_ptr failure = caught(task.run);
  task.run = nullptr;  // what it holds goes before anybody learns of its end
  Operation hand_in(os, Verb::hand_in, ObjectKind::async_result, task.job->object(), Location::current(),
                    object_);
  hand_in.succeed(failure != nullptr ? 1 : 0);
  if (failure == nullptr && task.hand_over != nullptr) task.hand_over();
  end_part(os, task.job, task.part, failure);
}

}  // namespace mp::detail
