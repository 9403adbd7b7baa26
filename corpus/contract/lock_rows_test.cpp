// Lock and RLock: the rows LOCK-* and RLOCK-* of the contract.
#include <chrono>

#include <heddle/trial/rows.hpp>
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

const Row rows[] = {
    {"LOCK-01", "acquire gives True, or False when the lock does not come in time",
     &acquire_gives_true_or_false_in_time},
    {"LOCK-02 LOCK-05", "a lock held before a fork is held in the child, which may release it",
     &anybody_may_release},
    {"LOCK-03", "release of an unlocked Lock is a ValueError", &release_of_an_unlocked_lock_is_refused},
    {"LOCK-04", "a Lock is not reentrant", &holder_cannot_acquire_again},
    {"LOCK-10 LOCK-12", "holders exclude each other, and see what the one before wrote",
     &holders_exclude_each_other},
    {"LOCK-08", "a Lock is handed over at the birth of a process only", &does_not_cross_in_a_message},
};

HEDDLE_CONTRACT_ROWS(Lock, rows);

}  // namespace
}  // namespace heddle::trial
