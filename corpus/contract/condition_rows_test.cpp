// Condition: the rows COND-* of the contract. A waiter says on a semaphore that it is there while it holds
// the lock, so whoever then has the lock knows that it waits.
#include <chrono>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void wait_once(mp::Condition& condition, mp::Semaphore& here, mp::Semaphore& woken) {
  const mp::With held(condition);
  here.release();
  if (condition.wait()) woken.release();
}

/// Processes that wait once each.
struct Waiters {
  mp::Condition& condition;
  mp::Semaphore here{0};
  mp::Semaphore woken{0};
  std::vector<mp::Process> processes = {};

  void add(int count) {
    for (int i = 0; i < count; ++i) processes.push_back(start<&wait_once>("waiter", condition, here, woken));
    for (int i = 0; i < count; ++i) here.acquire();
  }
  void notify(int count) {
    const mp::With held(condition);
    condition.notify(count);
  }
  /// Waits for that many to wake, and for no more to do so in the next moment.
  void expect_woken(int count, std::string_view words) {
    for (int i = 0; i < count; ++i) woken.acquire();
    check(!woken.acquire(true, 0.005s), words);
  }
  void join() {
    for (mp::Process& process : processes) process.join();
  }
};

void lock_is_an_rlock_or_the_callers_own() {
  mp::Condition condition;
  check(condition.acquire() && condition.acquire(false), "the lock is not an RLock of its own");
  condition.release();
  condition.release();
  mp::Lock lock;
  mp::Condition over(lock);
  const mp::With held(over);
  check(!lock.acquire(false), "the condition does not hold the lock that it was given");
}

void callers_without_the_lock_are_refused() {
  mp::Condition condition;
  check_throws<mp::AssertionError>([&] { condition.wait(); }, "wait without the lock was accepted");
  check_throws<mp::AssertionError>([&] { condition.notify(); }, "notify without the lock was accepted");
  check_throws<mp::AssertionError>([&] { condition.notify_all(); },
                                   "notify_all without the lock was accepted");
  check(condition.wait_for([] { return true; }), "a predicate that holds needed the lock");
}

void wait_without_time_lets_others_have_the_lock() {
  mp::Condition condition;
  const mp::With held(condition);
  check(!condition.wait(0s) && !condition.wait(-1s) && !condition.wait(0.005s), "nobody notified");
}

void wait_restores_all_levels() {
  mp::Condition condition;
  Waiters others{condition};
  condition.acquire();
  condition.acquire();
  mp::Thread notifier = start_thread("notifier", [&] { others.notify(1); });
  check(condition.wait(), "wait was not notified");
  notifier.join();
  condition.release();
  condition.release();
  check_throws<mp::AssertionError>([&] { condition.release(); }, "wait restored another depth");
}

void notify_wakes_as_many_as_told() {
  mp::Condition condition;
  Waiters waiters{condition};
  waiters.notify(1);  // nobody there: not remembered
  waiters.add(3);
  waiters.notify(0);
  waiters.notify(-1);
  waiters.expect_woken(0, "notify woke more than told");
  waiters.notify(2);
  waiters.expect_woken(2, "notify woke more than told");
  waiters.notify(5);
  waiters.expect_woken(1, "more waited than there were");
  waiters.join();
}

void notify_all_wakes_all() {
  mp::Condition condition;
  Waiters waiters{condition};
  waiters.add(3);
  {
    const mp::With held(condition);
    condition.notify_all();
  }
  waiters.join();
  check(waiters.woken.get_value() == 3, "a waiter was not notified");
}

void wait_for_gives_the_last_value() {
  mp::Condition condition;
  const mp::With held(condition);
  int evaluations = 0;
  check(!condition.wait_for([&] { return ++evaluations > 1; }, 0s) && evaluations == 1,
        "a predicate without time was not evaluated once");
  check(!condition.wait_for([] { return false; }, 0.005s), "a predicate that never holds held");
}

void set_to_one(mp::Condition& condition, mp::Value<int>& number) {
  const mp::With held(condition);
  number.value() = 1;
  condition.notify();
}

void wait_for_is_woken() {
  mp::Condition condition;
  mp::Value<int> number(0);
  mp::Process other = start<&set_to_one>("other", condition, number);
  {
    const mp::With held(condition);
    check(condition.wait_for([&] { return number.value() == 1; }), "the predicate does not hold");
  }
  other.join();
}

void woken_return_once_the_lock_is_free() {
  mp::Condition condition;
  Waiters waiters{condition};
  waiters.add(1);
  const mp::With held(condition);
  condition.notify();
  check(!waiters.woken.acquire(true, 0.005s), "a waiter returned while the notifier held the lock");
  condition.release();
  waiters.woken.acquire();
  condition.acquire();
  waiters.join();
}

void wait_briefly(mp::Condition& condition, mp::Semaphore& here, mp::Value<int>& notified) {
  const mp::With held(condition);
  here.release();
  if (condition.wait(0.002s)) notified.value() += 1;
}

// Whoever was chosen says so; a notification is never spent on one whose time ran out.
void notification_and_timeout_at_once() {
  mp::Condition condition;
  mp::Semaphore here(0);
  mp::Value<int> notified(0);
  mp::Process waiter = start<&wait_briefly>("waiter", condition, here, notified);
  here.acquire();
  mp::sleep(0.002s);
  {
    const mp::With held(condition);
    condition.notify();
  }
  waiter.join();
  Waiters later{condition};
  later.add(1);
  later.notify(1);
  later.join();
  check(later.woken.get_value() == 1, "a notification was lost");
}

void stopped_waiter_does_not_stop_notify() {
  mp::Condition condition;
  Waiters waiters{condition};
  waiters.add(1);
  { const mp::With held(condition); }
  mp::os().signal_process(*waiters.processes[0].pid(), mp::Signal::stop);
  waiters.notify(1);
  waiters.notify(1);
  mp::os().signal_process(*waiters.processes[0].pid(), mp::Signal::resume);
  waiters.join();
  check(waiters.woken.get_value() == 1, "the stopped waiter was not notified");
}

void killed_waiter_hangs_nobody() {
  mp::Condition condition;
  Waiters waiters{condition};
  waiters.add(1);
  { const mp::With held(condition); }  // from here on it waits, without the lock
  waiters.processes[0].kill();
  waiters.join();
  waiters.add(1);
  waiters.notify(1);  // may be spent on the dead one
  waiters.notify(1);
  waiters.notify(1);
  waiters.join();
  check(waiters.woken.get_value() == 1, "the live waiter was not notified");
}

void hold_robustly(mp::Lock& lock, mp::Semaphore& held) {
  try {
    lock.acquire();
  } catch (const mp::OwnerDied&) {
  }
  held.release();
  mp::sleep(1000s);  // until killed
}

// The waiter wants its lock back from one that dies with it.
void wait_tells_that_the_holder_died() {
  mp::Lock lock({.robust = true});
  mp::Condition condition(lock);
  mp::Semaphore held(0);
  lock.acquire();
  mp::Process holder = start<&hold_robustly>("holder", lock, held);
  mp::Thread killer = start_thread("killer", [&] {
    held.acquire();
    holder.kill();
  });
  check_throws<mp::OwnerDied>([&] { condition.wait(0.05s); }, "the death of the holder was not told");
  lock.release();
  killer.join();
  holder.join();
  check(lock.acquire(false), "the lock is not free");
}

const Row rows[] = {
    {"COND-01", "a Condition has an RLock of its own, or the caller's Lock or RLock",
     &lock_is_an_rlock_or_the_callers_own},
    {"COND-02", "wait and notify without the lock are AssertionErrors",
     &callers_without_the_lock_are_refused},
    {"COND-03", "wait gives False when nobody notified in time",
     &wait_without_time_lets_others_have_the_lock},
    {"COND-04", "wait gives up all levels of an RLock and restores them", &wait_restores_all_levels},
    {"COND-05 COND-13", "notify wakes at most as many as told, and is not remembered",
     &notify_wakes_as_many_as_told},
    {"COND-06", "notify_all wakes all who wait", &notify_all_wakes_all},
    {"COND-07", "wait_for gives the predicate's last value", &wait_for_gives_the_last_value},
    {"COND-03 COND-07", "wait_for returns when a notifier made the predicate hold", &wait_for_is_woken},
    {"COND-08", "the notified return once the notifier has released the lock",
     &woken_return_once_the_lock_is_free},
    {"COND-09", "a time that runs out as notify is called costs nobody a later notification",
     &notification_and_timeout_at_once},
    {"COND-10", "what a robust lock throws leaves wait with the lock held", &wait_tells_that_the_holder_died},
    {"COND-11", "notify does not wait for a waiter that is stopped", &stopped_waiter_does_not_stop_notify},
    {"COND-12", "a waiter that was killed hangs neither notifiers nor other waiters",
     &killed_waiter_hangs_nobody},
};

HEDDLE_CONTRACT_ROWS(Condition, rows);

}  // namespace
}  // namespace heddle::trial
