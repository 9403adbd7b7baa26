// Ends of processes: what is_alive() and exitcode() see, and what a signal leaves behind.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void end_with_three() { mp::exit(3); }

void alive_or_ended() {
  auto child = start<&end_with_three>("child");
  record(child.is_alive());
  record(child.exitcode());
  record(child.is_alive());
  child.join();
}

void count(Counter& counter) {
  for (int i = 1; i <= 3; ++i) counter.value() = i;
}

// The lock of the Value may be the dead child's, so the waiting ends.
void terminated_while_counting() {
  Counter counter;
  auto child = start<&count>("child", counter);
  child.terminate();
  record(status_of(child));
  const bool is_free = counter.acquire(true, Milliseconds(20));
  record(is_free);
  if (is_free) record(static_cast<int>(counter.value()));
}

void hold_for_ever(mp::Semaphore& begun, mp::Lock& lock) {
  begun.release();
  lock.acquire();
  begun.release();
  mp::sleep(std::chrono::seconds(100));
}

void killed_while_holding() {
  mp::Semaphore begun(0);
  mp::Lock lock;
  auto child = start<&hold_for_ever>("child", begun, lock);
  begun.acquire();
  child.kill();
  child.join();
  record(begun.acquire(false));
  record(lock.acquire(true, Milliseconds(5)));
}

void end_late() {
  mp::sleep(Milliseconds(1));
  mp::exit(3);
}

void joined_in_time() {
  auto child = start<&end_late>("child");
  child.join(Milliseconds(2));
  record(child.exitcode());
  record(child.is_alive());
  child.join();
}

}  // namespace

HonestyProgram endings_alive_or_ended() {
  return {"endings/alive-or-ended", "is a child alive, ended, and still the same when asked again",
          &alive_or_ended};
}
HonestyProgram endings_terminated_while_counting() {
  return {"endings/terminated-while-counting", "how far a child comes before SIGTERM, and its lock",
          &terminated_while_counting};
}
HonestyProgram endings_killed_while_holding() {
  return {"endings/killed-while-holding", "does SIGKILL come before or after a lock is taken",
          &killed_while_holding};
}
HonestyProgram endings_joined_in_time() {
  return {"endings/joined-in-time", "a timed join of a child that ends about then", &joined_in_time};
}

}  // namespace heddle::honesty
