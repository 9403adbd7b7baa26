// Programs that say which case they are about and never come to it: a queue that should be full once and has
// room for all, a meeting in a room for one, a lock that should be contended and is not, because each process
// ends before the next is started. Mended by the size, by the room, by starting all first.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

void put_two(mp::Queue<int>& boxes) {
  for (int box = 0; box < 2; ++box) {
    try {
      boxes.put_nowait(box);
    } catch (const mp::Full&) {
      reached("the shelf was full");
      boxes.put(box);
    }
  }
}

template <int shelf_max>
void shelf() {
  must_reach("the shelf was full");
  mp::Queue<int> boxes(shelf_max, {.name = "boxes"});
  mp::Process mover(mp::fn<&put_two>, mp::args(boxes), {.name = "mover"});
  mover.start();
  for (int box = 0; box < 2; ++box) check(boxes.get() == box, "boxes come in order");
  mover.join();
}

void visit(mp::Semaphore& room, mp::Value<int>& guests) {
  const mp::With inside(room);
  {
    const mp::With held(guests.get_lock());
    guests.value() += 1;
    if (guests.value() == 2) reached("two met");
  }
  const mp::With held(guests.get_lock());
  guests.value() -= 1;
}

template <int places>
void meeting() {
  must_reach("two met");
  mp::Semaphore room(places, {.name = "room"});
  mp::Value<int> guests(0, {.name = "guests"});
  mp::Process guest(mp::fn<&visit>, mp::args(room, guests), {.name = "guest"});
  guest.start();
  visit(room, guests);
  guest.join();
}

void count(mp::Lock& lock, mp::Value<int>& counter) {
  if (!lock.acquire(false)) {
    reached("the lock was taken");
    lock.acquire();
  }
  counter.value() += 1;
  lock.release();
}

template <bool starts_all_first>
void contended() {
  must_reach("the lock was taken");
  mp::Lock lock({.name = "lock"});
  mp::Value<int> counter(0, {.name = "counter"});
  std::vector<mp::Process> workers;
  for (int i = 0; i < 2; ++i) workers.emplace_back(mp::fn<&count>, mp::args(lock, counter));
  for (mp::Process& worker : workers) {
    worker.start();
    if (!starts_all_first) worker.join();
  }
  for (mp::Process& worker : workers) worker.join();
  check(counter.value() == 2, "two have counted");
}

}  // namespace

std::vector<Scenario> vacuous() {
  const std::vector<ExpectedFinding> missed = {{.rule = "vacuous"}};
  return {
      {.name = "misuse/vacuous-1",
       .summary = "a test of a full Queue puts two items into one with room for two",
       .body = &shelf<2>,
       .expected = missed},
      {.name = "misuse/vacuous-1-fixed",
       .summary = "a test of a full Queue puts two items into one with room for one",
       .body = &shelf<1>},
      {.name = "misuse/vacuous-2",
       .summary = "a test of a meeting lets one at a time into the room",
       .body = &meeting<1>,
       .expected = missed},
      {.name = "misuse/vacuous-2-fixed",
       .summary = "a test of a meeting lets two into the room",
       .body = &meeting<2>},
      {.name = "misuse/vacuous-3",
       .summary = "a test of a contended Lock joins each process before it starts the next",
       .body = &contended<false>,
       .expected = missed},
      {.name = "misuse/vacuous-3-fixed",
       .summary = "a test of a contended Lock starts all processes before it joins them",
       .body = &contended<true>},
  };
}

}  // namespace heddle::misuse
