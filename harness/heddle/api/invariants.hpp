// What a program says of its own state for as long as an object lives, and the harness holds it to it:
//
//   const auto balanced = heddle::always("balanced", [&] { return in == out + stored; });   // after each
//   step const heddle::Hot waiting = heddle::hot("request pending");                             // not for
//   ever
//
// In world sim. In a real run nobody stands between the steps: there, and outside a harness, nothing happens.
#pragma once

#include <concepts>
#include <string_view>
#include <utility>

#include <heddle/core/session.hpp>

namespace heddle {

/// A statement that lasts until the scope ends.
class [[nodiscard]] Stated {
 public:
  explicit Stated(const Statement& statement) : session_(session()) {
    if (session_ != nullptr) watch_ = session_->watch(statement);
  }
  ~Stated() {
    if (session_ != nullptr && session() == session_) session_->unwatch(watch_);
  }
  Stated(const Stated&) = delete;
  Stated& operator=(const Stated&) = delete;

 private:
  Session* session_;
  WatchId watch_ = 0;
};

template <class Predicate>
requires std::predicate<const Predicate&>
class [[nodiscard]] Always {
 public:
  Always(std::string_view name, Predicate predicate, mp::Location where)
      : predicate_(std::move(predicate)),
        stated_({.name = name, .where = where, .holds = &holds, .of = &predicate_}) {}
  Always(const Always&) = delete;
  Always& operator=(const Always&) = delete;

 private:
  static bool holds(const void* of) { return (*static_cast<const Predicate*>(of))(); }

  const Predicate predicate_;
  const Stated stated_;
};

/// `predicate` holds after every step of every task while the result lives, which is no longer than the task
/// that asks; where it does not, the execution ends with finding `assertion`, about `name`. A step is what a
/// task does between two points where others may run (Granularity).
///
/// The predicate may be called on any task's stack. It looks and does nothing else: at what it captured, at
/// Values, Arrays, shared memory, counts of semaphores and sizes of queues. That is no operation: no other
/// task runs meanwhile, and no race rule sees it. Where it would have to wait, because a task holds the lock
/// of what it reads, it is not asked after this step. A call that does more is a finding as well.
template <class Predicate>
requires std::predicate<const Predicate&> Always<Predicate> always(
    std::string_view name, Predicate predicate, mp::Location where = mp::Location::current()) {
  return Always<Predicate>(name, std::move(predicate), where);
}

using Hot = Stated;

/// While the result lives the program is in a state that it must leave. An execution that is over with the
/// state not left, by its task's end as well, ends with finding `assertion`; one that goes on for half the
/// steps allowed, with everybody getting turns, with finding `livelock`; both about `name`.
inline Hot hot(std::string_view name, mp::Location where = mp::Location::current()) {
  return Hot({.name = name, .where = where});
}

}  // namespace heddle
