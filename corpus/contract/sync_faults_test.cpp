// Locks and their kin, shared values and shared memory under faults.
#include <chrono>
#include <string>

#include <heddle/trial/fault_programs.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

template <auto target, class... A>
mp::Process start_catching(A&... arguments) {
  return start_daemon<&catching<target, A...>>("child", arguments...);
}

template <class L>
void add_one(L& lock, mp::RawValue<int>& sum) {
  const mp::With held(lock);
  sum.value() = sum.value() + 1;
}

template <class L>
void add_with(L& lock) {
  mp::RawValue<int> sum(0);
  const mp::Process first = start_catching<&add_one<L>>(lock, sum);
  const mp::Process second = start_catching<&add_one<L>>(lock, sum);
  add_one(lock, sum);
  first.join();
  second.join();
  check(sum.value() == 3, "a lock let two in");
}

void with_a_lock() {
  mp::Lock lock;
  add_with(lock);
}
void with_a_robust_rlock() {
  mp::RLock lock({.robust = true});
  add_with(lock);
}
void with_a_bounded_semaphore() {
  mp::BoundedSemaphore semaphore(1);
  add_with(semaphore);
}

void take_in_time(mp::Semaphore& semaphore) {
  if (semaphore.acquire(true, 5.0s)) semaphore.release();
}

void with_a_semaphore() {
  mp::Semaphore semaphore(0);
  const mp::Process child = start_catching<&take_in_time>(semaphore);
  check(!semaphore.acquire(true, 0.5s), "a semaphore of 0 was acquired");
  semaphore.release();
  child.join();
  check(semaphore.acquire(false), "a taker kept what it was to give back");
}

void wait_for_turn(mp::Condition& condition, mp::RawValue<int>& turn) {
  const mp::With held(condition);
  while (turn.value() == 0) condition.wait();
  turn.value() = 2;
  condition.notify();
}

void with_a_condition() {
  mp::Condition condition;
  mp::RawValue<int> turn(0);
  const mp::Process child = start_catching<&wait_for_turn>(condition, turn);
  {
    const mp::With held(condition);
    turn.value() = 1;
    condition.notify_all();
    while (turn.value() != 2) condition.wait();
    check(!condition.wait(0.5s), "a wait that nobody ends was notified");
  }
  child.join();
}

void wait_once(mp::Condition& condition, mp::Semaphore& here) {
  const mp::With held(condition);
  here.release();
  check(condition.wait(), "a waiter came back without a notify");
}

void with_one_notify() {
  mp::Condition condition;
  mp::Semaphore here(0);
  const mp::Process child = start_catching<&wait_once>(condition, here);
  here.acquire();
  {
    const mp::With held(condition);
    condition.notify();
  }
  child.join();
  check(child.exitcode() == 0, "a waiter was refused");
}

void wait_for_set(mp::Event& event) { check(event.wait(), "a wait came back before the event was set"); }

void with_an_event() {
  mp::Event event;
  const mp::Process child = start_catching<&wait_for_set>(event);
  check(!event.wait(0.5s), "an event was set by nobody");
  event.set();
  child.join();
}

void pass_twice(mp::Barrier& barrier) {
  barrier.wait();
  barrier.wait();
}

void with_a_barrier() {
  mp::Barrier barrier(3);
  const mp::Process first = start_catching<&pass_twice>(barrier);
  const mp::Process second = start_catching<&pass_twice>(barrier);
  pass_twice(barrier);
  first.join();
  second.join();
  check(!barrier.broken(), "a barrier broke");
}

void with_an_acting_barrier() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(0.5s); }>);
  const mp::Process child = start_catching<&pass_twice>(barrier);
  pass_twice(barrier);
  child.join();
  check(!barrier.broken(), "a barrier broke");
}

void add_to_both(mp::Value<int>& value, mp::Array<int>& array) {
  const mp::With held(value);
  value.value() += 1;
  array[1] = array[1] + 1;
}

void with_values() {
  mp::Value<int> value(0);
  mp::Array<int> array(3);
  const mp::Process child = start_catching<&add_to_both>(value, array);
  add_to_both(value, array);
  child.join();
  check(value.value() == 2 && array[1] == 2, "an update is lost");
}

void write_into(std::string& name) {
  mp::SharedMemory memory = mp::SharedMemory::attach(name);
  memory.buf().store<int>(4, 7);
  memory.close();
}

void with_shared_memory() {
  mp::SharedMemory memory = mp::SharedMemory::create(64);
  std::string name = memory.name();
  try {
    const mp::Process child = start_catching<&write_into>(name);
    child.join();
    check(child.exitcode() == 3 || memory.buf().load<int>(4) == 7, "what was written is not there");
  } catch (...) {
    memory.unlink();
    throw;
  }
  memory.unlink();
  bool is_gone = false;
  try {
    mp::SharedMemory::attach(name);
  } catch (const mp::FileNotFoundError&) {
    is_gone = true;
  }
  check(is_gone, "a name outlives its unlink");
}

void with_named_memory() {
  for (int round = 0; round < 3; ++round) {
    try {
      mp::SharedMemory memory = mp::SharedMemory::create(64, "named");
      memory.unlink();
    } catch (const mp::FileExistsError&) {
      check(false, "a refused segment left its name");
    } catch (const mp::Error&) {
      if (round == 2) throw;
    }
  }
}

const FaultProgram programs[] = {
    {"Lock", &with_a_lock},
    {"RobustRLock", &with_a_robust_rlock},
    {"BoundedSemaphore", &with_a_bounded_semaphore},
    {"Semaphore", &with_a_semaphore},
    {"Condition", &with_a_condition},
    {"OneNotify", &with_one_notify},
    {"Event", &with_an_event},
    {"Barrier", &with_a_barrier},
    {"ActingBarrier", &with_an_acting_barrier},
    {"Values", &with_values},
    {"SharedMemory", &with_shared_memory},
    {"NamedMemory", &with_named_memory},
};

HEDDLE_FAULT_PROGRAMS(Sync, programs);

}  // namespace
}  // namespace heddle::trial
