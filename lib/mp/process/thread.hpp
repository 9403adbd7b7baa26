// Threads of the calling process, as Python's threading has them: any callable without parameters, started
// once, joined any number of times by any thread but itself. An exception that leaves the callable is
// reported and ends the thread only; a SystemExit ends it silently. A Thread may be destroyed while it
// runs: the exit sequence joins it, unless it is daemonic.
//
// The callable is run where its process lives, so it may capture references; what they name must outlive
// the thread. Creation and end are told to the Os; the callable's own words are in the operations it makes.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mp/errors.hpp>
#include <mp/os/os.hpp>

namespace mp {

struct ThreadRecord;

struct ThreadOptions {
  std::string_view name = {};                 // empty: "Thread-i" by a counter of the process
  std::optional<bool> daemon = std::nullopt;  // absent: as the creating thread
  Role role = Role::user;                     // helper: a primitive's own, such as a server's handler
};

namespace detail {

/// A callable whose type only its maker knows.
class ThreadTarget {
 public:
  virtual ~ThreadTarget() = default;
  virtual void run() = 0;
};

template <class F>
class CallableTarget final : public ThreadTarget {
 public:
  explicit CallableTarget(F callable) : callable_(std::move(callable)) {}
  void run() override { static_cast<void>(callable_()); }

 private:
  F callable_;
};

}  // namespace detail

/// A thread of the calling process, or its first one, which nobody made as a Thread. Copies refer to the same
/// thread; any thread of the process may call. Means nothing in another process.
class ThreadHandle {
 public:
  /// `record`: null for the first thread of the process.
  explicit ThreadHandle(std::shared_ptr<ThreadRecord> record);

  /// Waits for the end for at most `timeout`. RuntimeError: not started, by the thread itself, or the first
  /// thread of the process, which ends last.
  void join(Timeout timeout = std::nullopt, Location where = Location::current()) const;
  bool is_alive(Location where = Location::current()) const;

  std::string name() const;  // "MainThread" for the first thread of a process
  bool daemon() const;
  ObjectId object() const;  // none for the first thread of a process
  /// Of the same thread.
  bool operator==(const ThreadHandle&) const = default;

 protected:
  std::shared_ptr<ThreadRecord> record_;
};

class Thread : public ThreadHandle {
 public:
  template <std::invocable F>
  explicit Thread(F target, ThreadOptions options = {}, Location where = Location::current())
      : Thread(std::make_unique<detail::CallableTarget<F>>(std::move(target)), options, where) {}

  Thread(Thread&&) noexcept = default;
  Thread& operator=(Thread&&) noexcept = default;
  ~Thread() = default;

  /// RuntimeError: a second time, or the machine refuses.
  void start(Location where = Location::current());
  /// RuntimeError once started.
  void set_daemon(bool daemon);

 private:
  Thread(std::unique_ptr<detail::ThreadTarget> target, const ThreadOptions& options, Location where);
};

/// The thread that calls (threading.current_thread).
ThreadHandle current_thread();
/// Its name: "MainThread" on the first one of a process.
std::string current_thread_name();

/// The threads of the calling process that are alive: the first one, then those whose start() has returned
/// and the caller, oldest first (threading.enumerate). A feeder's thread and the like are among them.
std::vector<ThreadHandle> active_threads(Location where = Location::current());
/// How many those are (threading.active_count).
std::size_t active_thread_count(Location where = Location::current());

}  // namespace mp
