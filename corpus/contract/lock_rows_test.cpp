// Lock and RLock: the rows LOCK-* and RLOCK-* of the contract.
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void acquire_gives_true_or_false_in_time() {
  mp::Lock lock;
  check(lock.acquire(), "a free lock was not acquired");
  check(!lock.acquire(false), "a held lock was acquired");
  check(!lock.acquire(true, 0s) && !lock.acquire(true, -1s), "one attempt on a held lock succeeded");
  const mp::Instant before = mp::os().now();
  check(!lock.acquire(true, 0.01s), "a held lock was acquired in time");
  check(mp::os().now() - before >= 10ms, "the timeout was not waited for");
}

void release_it(mp::Lock& lock) { lock.release(); }

void anybody_may_release() {
  mp::Lock lock;
  lock.acquire();
  mp::Process child(mp::fn<&release_it>, mp::args(lock));
  child.start();
  child.join();
  check(lock.acquire(false), "a lock that a child released is not free");
}

void release_of_an_unlocked_lock_is_refused() {
  mp::Lock lock;
  check_throws<mp::ValueError>([&] { lock.release(); }, "release by nobody was accepted");
  check(lock.acquire(false), "a refused release changed the lock");
}

void holder_cannot_acquire_again() {
  mp::Lock lock;
  lock.acquire();
  check(!lock.acquire(false) && !lock.acquire(true, 0.01s), "the holder acquired again");
}

void hold_for_a_while(mp::Lock& lock, mp::Value<int>& inside) {
  const mp::With held(lock);
  inside.value() = inside.value() + 1;
  check(inside.value() == 1, "two hold the lock at once");
  inside.value() = inside.value() - 1;
}

void holders_exclude_each_other() {
  mp::Lock lock;
  mp::Value<int> inside(0);
  mp::Process first(mp::fn<&hold_for_a_while>, mp::args(lock, inside));
  mp::Process second(mp::fn<&hold_for_a_while>, mp::args(lock, inside));
  first.start();
  second.start();
  first.join();
  second.join();
  check(lock.acquire(false), "the lock is not free though both have released it");
}

void does_not_cross_in_a_message() {
  auto [a, b] = mp::Pipe();
  mp::Lock lock;
  check_throws<mp::RuntimeError>([&] { a.send(lock); }, "a Lock was sent through a pipe");
}

// --- a holder that is killed ------------------------------------------------------------------------------

template <class L>
void acquire_and_stay(L& lock, mp::Semaphore& held) {
  lock.acquire();
  held.release();
  mp::sleep(1000s);  // until killed
}

/// A process that is killed while it holds the lock.
template <class L>
void let_a_holder_die(L& lock) {
  mp::Semaphore held(0);
  mp::Process holder = start<&acquire_and_stay<L>>("holder", lock, held);
  held.acquire();
  holder.kill();
  holder.join();
}

void killed_holder_leaves_a_lock_held() {
  mp::Lock lock;
  let_a_holder_die(lock);
  check(!lock.acquire(true, 0.01s), "a lock was acquired whose holder was killed");
  lock.release();
  check(lock.acquire(false), "a lock that a killed holder left could not be released");
}

void killed_holder_leaves_an_rlock_held() {
  mp::RLock lock;
  let_a_holder_die(lock);
  check(!lock.acquire(true, 0.01s), "an RLock was acquired whose owner was killed");
  check_throws<mp::AssertionError>([&] { lock.release(); }, "a killed owner's RLock was released");
}

template <class L>
void robust_lock_is_taken_over() {
  L lock({.robust = true});
  let_a_holder_die(lock);
  check_throws<mp::OwnerDied>([&] { lock.acquire(); }, "the death of the holder was not told");
  lock.release();
  check(lock.acquire(false), "a lock taken over and released is not free");
}

void acquire_twice_as_told(mp::Lock& lock, mp::Value<int>& told, mp::Value<int>& had) {
  try {
    lock.acquire();
  } catch (const mp::OwnerDied&) {
    told.value() += 1;
  }
  had.value() += 1;
  lock.release();
}

// Both may sleep on it already when the holder dies, or come later.
void one_taker_is_told() {
  mp::Lock lock({.robust = true});
  mp::Value<int> told(0);
  mp::Value<int> had(0);
  mp::Semaphore held(0);
  mp::Process holder = start<&acquire_and_stay<mp::Lock>>("holder", lock, held);
  held.acquire();
  mp::Process first = start<&acquire_twice_as_told>("first", lock, told, had);
  mp::Process second = start<&acquire_twice_as_told>("second", lock, told, had);
  holder.kill();
  first.join();
  second.join();
  check(told.value() == 1, "not exactly one taker was told");
  check(had.value() == 2, "a taker did not get the lock");
}

void with_does_not_keep_a_lock_from_the_dead() {
  mp::Lock lock({.robust = true});
  let_a_holder_die(lock);
  bool entered = false;
  check_throws<mp::OwnerDied>(
      [&] {
        const mp::With held(lock);
        entered = true;
      },
      "With did not tell");
  check(!entered, "the scope was entered");
  const mp::With held(lock);
  check(!lock.acquire(false), "With does not hold the lock");
}

void robust_lock_is_ordinary_otherwise() {
  mp::Lock lock({.robust = true});
  check_throws<mp::ValueError>([&] { lock.release(); }, "release by nobody was accepted");
  check(lock.acquire() && !lock.acquire(true, 0.01s), "the holder acquired again");
  mp::Process child = start<&release_it>("child", lock);
  child.join();
  check(lock.acquire(false), "a robust lock that a child released is not free");
}

// --- what is asked of it ----------------------------------------------------------------------------------

void condition_goes_by_what_its_caller_did() {
  mp::Lock lock;
  mp::Condition condition(lock);
  check_throws<mp::AssertionError>([&] { condition.notify(); }, "notify without the lock was accepted");
  lock.acquire();
  mp::Process child = start<&release_it>("child", lock);
  child.join();
  condition.notify();  // acquired here and not released here, whoever has it now
  lock.acquire();
  lock.release();
  check_throws<mp::AssertionError>([&] { condition.notify(); }, "notify after the release was accepted");
}

void timeout_is_on_the_steady_clock() {
  mp::Lock lock;
  lock.acquire();
  const mp::Instant before = mp::os().now();
  check(!lock.acquire(true, 0.01s), "a held lock was acquired");
  const auto waited = mp::os().now() - before;
  check(waited >= 10ms, "the wait was shorter than its timeout");
}

// --- RLock ------------------------------------------------------------------------------------------------

void try_to_acquire(mp::RLock& lock, mp::Value<bool>& got) { got.value() = lock.acquire(false); }

bool another_process_can_take(mp::RLock& lock) {
  mp::Value<bool> got(false);
  start<&try_to_acquire>("other", lock, got).join();
  return got.value();
}

bool another_thread_can_take(mp::RLock& lock) {
  bool got = false;
  start_thread("other", [&] {
    got = lock.acquire(false);
    if (got) lock.release();
  }).join();
  return got;
}

void owner_acquires_again() {
  mp::RLock lock;
  check(lock.acquire() && lock.acquire(false) && lock.acquire(true, 0s), "the owner could not acquire again");
  lock.release();
  lock.release();
  check(!another_process_can_take(lock) && !another_thread_can_take(lock), "free before the last release");
  lock.release();
  check(another_thread_can_take(lock), "not free after the last release");
}

void release_by_others_is_refused() {
  mp::RLock lock;
  check_throws<mp::AssertionError>([&] { lock.release(); }, "release of a free RLock was accepted");
  lock.acquire();
  bool refused = false;
  start_thread("other", [&] {
    try {
      lock.release();
    } catch (const mp::AssertionError&) {
      refused = true;
    }
  }).join();
  check(refused, "release by another thread was accepted");
  check(!another_thread_can_take(lock), "a refused release changed the lock");
  lock.release();
}

void be_no_owner(mp::RLock& lock) {
  check(!lock.acquire(false), "a child owns what its parent owns");
  check_throws<mp::AssertionError>([&] { lock.release(); }, "a child released what its parent owns");
}

void child_is_no_owner() {
  mp::RLock lock;
  lock.acquire();
  start<&be_no_owner>("child", lock).join();
  lock.release();
}

const Row rows[] = {
    {"LOCK-01", "acquire gives True, or False when the lock does not come in time",
     &acquire_gives_true_or_false_in_time},
    {"LOCK-02 LOCK-05", "a lock held before a fork is held in the child, which may release it",
     &anybody_may_release},
    {"LOCK-03", "release of an unlocked Lock is a ValueError", &release_of_an_unlocked_lock_is_refused},
    {"LOCK-04", "a Lock is not reentrant", &holder_cannot_acquire_again},
    {"LOCK-06", "a killed holder leaves a Lock held, and anybody may release it",
     &killed_holder_leaves_a_lock_held},
    {"LOCK-06", "a killed owner leaves an RLock held", &killed_holder_leaves_an_rlock_held},
    {"LOCK-06", "a robust Lock goes to the next who acquires, with OwnerDied",
     &robust_lock_is_taken_over<mp::Lock>},
    {"LOCK-06", "a robust RLock goes to the next who acquires, with OwnerDied",
     &robust_lock_is_taken_over<mp::RLock>},
    {"LOCK-06", "exactly one of those who wait for a robust Lock is told", &one_taker_is_told},
    {"LOCK-06", "With releases a robust Lock before it tells", &with_does_not_keep_a_lock_from_the_dead},
    {"LOCK-02 LOCK-03 LOCK-04 LOCK-06", "a robust Lock is like any other while its holder lives",
     &robust_lock_is_ordinary_otherwise},
    {"LOCK-09", "a Condition goes by what the calling task did with the Lock",
     &condition_goes_by_what_its_caller_did},
    {"LOCK-10 LOCK-12", "holders exclude each other, and see what the one before wrote",
     &holders_exclude_each_other},
    {"LOCK-11", "a timeout is measured on a clock that only moves forwards", &timeout_is_on_the_steady_clock},
    {"LOCK-08", "a Lock is handed over at the birth of a process only", &does_not_cross_in_a_message},
    {"RLOCK-01 RLOCK-03", "an RLock's owner acquires again, and others wait for as many releases",
     &owner_acquires_again},
    {"RLOCK-02", "release of an RLock by another than its owner is an AssertionError",
     &release_by_others_is_refused},
    {"RLOCK-04", "a child born while its parent owns an RLock is no owner", &child_is_no_owner},
};

HEDDLE_CONTRACT_ROWS(Lock, rows);

}  // namespace
}  // namespace heddle::trial
