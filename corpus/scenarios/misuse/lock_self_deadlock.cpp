// Waiting for a Lock that the task itself holds.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <string>

namespace heddle::misuse {
namespace {

// Closing an account writes what is open, and both take the account's lock.
namespace nested_calls {

template <class AnyLock>
void save(AnyLock& lock, mp::RawValue<int>& balance) {
  const mp::With held(lock);
  balance.value() = 10;
}

template <class AnyLock>
void write_open(AnyLock& lock, mp::RawValue<int>& balance) {
  const mp::With held(lock);
  balance.value() = 0;
}

template <class AnyLock>
void close_account(AnyLock& lock, mp::RawValue<int>& balance) {
  const mp::With held(lock);
  if (balance.value() != 0) write_open(lock, balance);
}

template <class AnyLock>
void body() {
  AnyLock lock({.name = "lock"});
  mp::RawValue<int> balance(0, {.name = "balance"});
  mp::Process saver(mp::fn<&save<AnyLock>>, mp::args(lock, balance), {.name = "saver"});
  mp::Process closer(mp::fn<&close_account<AnyLock>>, mp::args(lock, balance), {.name = "closer"});
  saver.start();
  closer.start();
  saver.join();
  closer.join();
}

}  // namespace nested_calls

// A Value is given a Lock, and every access of the Value takes it.
namespace lock_of_a_value {

using Counter = mp::Value<int>;

void count(Counter& counter) {
  const mp::With held(counter);
  counter.value() = counter.value() + 1;
}

template <class AnyLock>
void body() {
  AnyLock lock({.name = "lock"});
  Counter counter(0, {.name = "counter", .lock = lock});
  mp::Process worker(mp::fn<&count>, mp::args(counter), {.name = "worker"});
  worker.start();
  worker.join();
}

}  // namespace lock_of_a_value

// A thread waits on a Condition, and its predicate takes the lock that it is called with.
namespace careful_predicate {

void open(mp::Condition& changed, mp::RawValue<bool>& is_open) {
  const mp::With held(changed);
  is_open.value() = true;
  changed.notify_all();
}

template <bool is_fixed>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::Condition changed(lock, {.name = "changed"});
  mp::RawValue<bool> is_open(false, {.name = "is-open"});
  mp::Thread opener([&] { open(changed, is_open); }, {.name = "opener"});
  mp::Thread visitor(
      [&] {
        const mp::With held(changed);
        changed.wait_for([&]() -> bool {
          if (is_fixed) return is_open.value();
          const mp::With careful(lock);  // the plant: it has it
          return is_open.value();
        });
      },
      {.name = "visitor"});
  visitor.start();
  opener.start();
  visitor.join();
  opener.join();
}

}  // namespace careful_predicate

}  // namespace

std::vector<Scenario> lock_self_deadlock() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-self-deadlock"}};
  return {
      {.name = "misuse/lock-self-deadlock-1",
       .summary = "a function calls another under a Lock that both take",
       .body = &nested_calls::body<mp::Lock>,
       .expected = caught},
      {.name = "misuse/lock-self-deadlock-1-fixed",
       .summary = "a function calls another under an RLock that both take",
       .body = &nested_calls::body<mp::RLock>},
      {.name = "misuse/lock-self-deadlock-2",
       .summary = "a Value with a Lock is read and written by who holds that",
       .body = &lock_of_a_value::body<mp::Lock>,
       .expected = caught},
      {.name = "misuse/lock-self-deadlock-2-fixed",
       .summary = "a Value with an RLock is read and written by who holds that",
       .body = &lock_of_a_value::body<mp::RLock>},
      {.name = "misuse/lock-self-deadlock-3",
       .summary = "the predicate of wait_for takes the lock of its Condition",
       .body = &careful_predicate::body<false>,
       .expected = caught},
      {.name = "misuse/lock-self-deadlock-3-fixed",
       .summary = "the predicate of wait_for is called with the lock of its Condition and takes none",
       .body = &careful_predicate::body<true>},
  };
}

}  // namespace heddle::misuse
