// Managed locks and the like are threading's, managed queues are queue.Queue: rows MGR-01, MGR-08..11,
// MGR-20.
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using Numbers = mp::QueueProxy<int>;

void put_three(Numbers& queue) {
  for (int i = 0; i < 3; ++i) queue.put(i);
}

void a_queue_keeps_order_and_bound() {
  mp::Manager manager;
  Numbers queue = manager.Queue<int>(1);
  auto child = start<&put_three>("child", queue);
  for (int i = 0; i < 3; ++i) check(queue.get() == i, "an item came out of order");
  child.join();
  queue.put(1);
  check(queue.full() && queue.qsize() == 1, "a full queue is not full");
  check_throws<mp::Full>([&] { queue.put_nowait(2); }, "a full queue takes more");
  check(queue.get_nowait() == 1 && queue.empty(), "an item is not there");
  check_throws<mp::Empty>([&] { return queue.get(true, 0.001s); }, "an empty queue gives something");
}

void what_was_put_is_there() {
  mp::Manager manager;
  const Numbers queue = manager.Queue<int>();
  queue.put(1);
  check(!queue.empty() && queue.qsize() == 1, "what was put is not seen");
}

void finish_all(mp::JoinableQueueProxy<int>& jobs) {
  for (int i = 0; i < 2; ++i) {
    jobs.get();
    jobs.task_done();
  }
}

void a_joinable_queue_is_joined() {
  mp::Manager manager;
  auto jobs = manager.JoinableQueue<int>();
  auto child = start<&finish_all>("child", jobs);
  jobs.put(1);
  jobs.put(2);
  jobs.join();
  check_throws<mp::ValueError>([&] { jobs.task_done(); }, "a mark too many is taken");
  child.join();
}

void a_lock_is_threadings() {
  mp::Manager manager;
  const mp::LockProxy lock = manager.Lock();
  check_throws<mp::RuntimeError>([&] { lock.release(); }, "a free lock is released");
  check(lock.acquire() && !lock.acquire(false) && !lock.acquire(true, 0.001s), "a lock is taken twice");
  check_throws<mp::ValueError>([&] { return lock.acquire(false, 1s); }, "an attempt has a timeout");
  check_throws<mp::ValueError>([&] { return lock.acquire(true, -2s); }, "a timeout is negative");
  auto thread = start_thread("thread", [&] { lock.release(); });
  thread.join();
  check(lock.acquire(false), "a lock is not released by another thread");
}

void an_rlock_belongs_to_a_thread() {
  mp::Manager manager;
  const mp::RLockProxy lock = manager.RLock();
  check(lock.acquire() && lock.acquire(), "an RLock is not taken twice");
  auto thread = start_thread("thread", [&] {
    check(!lock.acquire(false), "an RLock is another thread's");
    check_throws<mp::RuntimeError>([&] { lock.release(); }, "another thread releases an RLock");
  });
  thread.join();
  lock.release();
  lock.release();
  check_throws<mp::RuntimeError>([&] { lock.release(); }, "a free RLock is released");
}

void semaphores_count() {
  mp::Manager manager;
  const auto bounded = manager.BoundedSemaphore(1);
  check_throws<mp::ValueError>([&] { bounded.release(); }, "a bound is exceeded");
  const auto semaphore = manager.Semaphore(0);
  check(!semaphore.acquire(true, -1s), "there was nothing to acquire");
  semaphore.release();
  check(semaphore.acquire(), "what was released is not there");
}

void wait_for_it(mp::EventProxy& event, mp::SemaphoreProxy& released) {
  if (event.wait()) released.release();
}

// The flag is set for moments only: whoever looks at it again after being released finds it clear.
void an_event_releases_who_waits() {
  mp::Manager manager;
  mp::EventProxy event = manager.Event();
  mp::SemaphoreProxy released = manager.Semaphore(0);
  auto child = start<&wait_for_it>("child", event, released);
  do {
    event.set();
    event.clear();
  } while (!released.acquire(true, 0.001s));
  child.join();
  check(!event.is_set() && !event.wait(0s), "the flag is not clear");
}

void be_notified(mp::ConditionProxy& condition, mp::SemaphoreProxy& here) {
  const mp::With held(condition);
  here.release();
  check(condition.wait(), "a notified waiter gives False");
}

void a_condition_wants_its_lock() {
  mp::Manager manager;
  mp::ConditionProxy condition = manager.Condition();
  check_throws<mp::RuntimeError>([&] { return condition.wait(); }, "wait without the lock");
  check_throws<mp::RuntimeError>([&] { condition.notify(); }, "notify without the lock");
  mp::SemaphoreProxy here = manager.Semaphore(0);
  auto child = start<&be_notified>("child", condition, here);
  here.acquire();
  {
    const mp::With held(condition);
    condition.notify();
    check(!condition.wait(0s), "a notification was its own");
  }
  child.join();
  check(child.exitcode() == 0, "the waiter failed");
}

void meet(mp::BarrierProxy& barrier) { barrier.wait(); }

void a_barrier_meets_and_breaks() {
  mp::Manager manager;
  mp::BarrierProxy barrier = manager.Barrier(2);
  auto child = start<&meet>("child", barrier);
  const int index = barrier.wait();
  check(index == 0 || index == 1, "an index is none");
  child.join();
  check_throws<mp::BrokenBarrierError>([&] { return barrier.wait(0.001s); }, "a party alone passes");
  check(barrier.broken() && barrier.n_waiting() == 0 && barrier.parties() == 2, "a barrier is whole");
  barrier.reset();
  check(!barrier.broken(), "a barrier is broken");
}

void negative_timeouts_of_queues_are_refused() {
  mp::Manager manager;
  const Numbers queue = manager.Queue<int>();
  check_throws<mp::ValueError>([&] { return queue.get(true, -1s); }, "get takes a negative timeout");
  check_throws<mp::ValueError>([&] { queue.put(1, true, -1s); }, "put takes a negative timeout");
}

void acquire_and_end(mp::LockProxy& lock) { lock.acquire(); }

void a_dead_holder_leaves_a_lock_held_and_anybody_releases_it() {
  mp::Manager manager;
  mp::LockProxy lock = manager.Lock();
  auto holder = start<&acquire_and_end>("holder", lock);
  holder.join();
  check(!lock.acquire(false), "a dead holder's lock is free");
  lock.release();
  check(lock.acquire(false), "nobody but the holder releases it");
}

void get_one(Numbers& queue, mp::SemaphoreProxy& here) {
  here.release();
  queue.get();
}

void a_killed_getter_takes_nothing() {
  mp::Manager manager;
  Numbers queue = manager.Queue<int>();
  mp::SemaphoreProxy here = manager.Semaphore(0);
  auto getter = start<&get_one>("getter", queue, here);
  here.acquire();
  getter.kill();
  getter.join();
  queue.put(7);
  check(queue.get() == 7, "a killed getter took an item");
}

void acquire_one(mp::LockProxy& lock, mp::SemaphoreProxy& here) {
  here.release();
  lock.acquire();
}

void a_killed_waiter_gets_no_lock() {
  mp::Manager manager;
  mp::LockProxy lock = manager.Lock();
  mp::SemaphoreProxy here = manager.Semaphore(0);
  lock.acquire();
  auto waiter = start<&acquire_one>("waiter", lock, here);
  here.acquire();
  waiter.kill();
  waiter.join();
  lock.release();
  check(lock.acquire(), "a killed waiter has the lock");
}

constexpr Row rows[] = {
    {"MGR-01", "a managed Queue is queue.Queue", &a_queue_keeps_order_and_bound},
    {"MGR-01", "a managed JoinableQueue is joined", &a_joinable_queue_is_joined},
    {"MGR-08", "what was put is seen at once", &what_was_put_is_there},
    {"MGR-09 MGR-20", "a managed Lock is threading's", &a_lock_is_threadings},
    {"MGR-09", "a managed RLock belongs to a thread", &an_rlock_belongs_to_a_thread},
    {"MGR-09", "managed semaphores are threading's", &semaphores_count},
    {"MGR-09", "an Event that is set and cleared releases who waits", &an_event_releases_who_waits},
    {"MGR-09", "a managed Condition wants its lock", &a_condition_wants_its_lock},
    {"MGR-01", "a managed Barrier meets and breaks", &a_barrier_meets_and_breaks},
    {"MGR-20", "negative timeouts of queues are refused", &negative_timeouts_of_queues_are_refused},
    {"MGR-10", "a dead holder leaves a Lock held, which anybody may release",
     &a_dead_holder_leaves_a_lock_held_and_anybody_releases_it},
    {"MGR-11", "a getter that was killed takes nothing", &a_killed_getter_takes_nothing},
    {"MGR-11", "a waiter that was killed gets no lock", &a_killed_waiter_gets_no_lock},
};

}  // namespace

HEDDLE_CONTRACT_ROWS(ManagerSync, rows);

}  // namespace heddle::trial
