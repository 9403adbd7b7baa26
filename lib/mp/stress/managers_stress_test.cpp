// Eight processes at one manager, and storms in which its clients are killed in the middle of anything: the
// server lives, nobody hangs, and nothing is lost but what a victim had in its hands.
#include <mp/stress/storm.hpp>

namespace mp::stress {
namespace {

using namespace std::chrono_literals;

using Counts = DictProxy<int, int>;
using Numbers = QueueProxy<int>;

constexpr auto soon = 0.02s;

int rounds() { return std::max(1, operations() / 10); }

void count_under_a_lock(Counts& counts, LockProxy& lock) {
  for (int i = 0; i < rounds(); ++i) {
    const With held(lock);
    counts[0] += 1;
  }
}

TEST_F(Stress, AManagedCountUnderAManagedLockIsExact) {
  Manager manager;
  Counts counts = manager.dict<int, int>({{0, 0}});
  LockProxy lock = manager.Lock();
  run_crowd<&count_under_a_lock>(crowd_size, counts, lock);
  EXPECT_EQ(counts.at(0), crowd_size * rounds());
}

void append_many(ListProxy<int>& list) {
  for (int i = 0; i < rounds(); ++i) list.append(i);
}

TEST_F(Stress, NoAppendIsLost) {
  Manager manager;
  ListProxy<int> list = manager.list<int>();
  run_crowd<&append_many>(crowd_size, list);
  EXPECT_EQ(list.size(), static_cast<std::size_t>(crowd_size * rounds()));
}

void put_many(Numbers& queue) {
  for (int i = 0; i < rounds(); ++i) queue.put(1);
}
void get_many(Numbers& queue, Numbers& sums) {
  int sum = 0;
  for (int i = 0; i < rounds(); ++i) sum += queue.get();
  sums.put(sum);
}

TEST_F(Stress, EveryItemOfAManagedQueueArrives) {
  Manager manager;
  Numbers queue = manager.Queue<int>(3);
  Numbers sums = manager.Queue<int>();
  std::vector<Process> getters;
  for (int i = 0; i < crowd_size / 2; ++i) getters.emplace_back(fn<&get_many>, args(queue, sums));
  for (Process& getter : getters) getter.start();
  run_crowd<&put_many>(crowd_size / 2, queue);
  int sum = 0;
  for (Process& getter : getters) {
    getter.join();
    sum += sums.get();
  }
  EXPECT_EQ(sum, crowd_size / 2 * rounds());
}

void nest(ListProxy<ListProxy<int>>& outer, ListProxy<int>& inner) {
  outer.append(inner);
  outer.pop().append(1);
}

TEST_F(Stress, ReferencesBalance) {
  Manager manager;
  {
    auto outer = manager.list<ListProxy<int>>();
    ListProxy<int> inner = manager.list<int>();
    run_crowd<&nest>(crowd_size, outer, inner);
    EXPECT_EQ(manager.number_of_objects(), 2U);
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

void read_and_write(Counts& counts) { counts.set(1, counts.get(1, 0) + 1); }

TEST_F(Stress, AServerOutlivesClientsKilledInTheirRequests) {
  Manager manager;
  Counts counts = manager.dict<int, int>();
  {
    Storm<&read_and_write, Counts> storm(counts);
    storm.rage(kills());
  }
  counts.set(2, 5);  // what a victim had asked for may still be done, to its own key
  EXPECT_EQ(counts.at(2), 5);
}

int put_what_fits_and_get(Numbers& queue) {
  try {
    queue.put(5, true, soon);
  } catch (const Full&) {
  }
  return queue.get(true, hang_deadline);
}

// What a victim had taken is lost with it; what it was about to take is not, and what it had asked to be put
// may still be.
void put_and_get(Numbers& queue) {
  queue.put(1, true, soon);
  queue.get(true, soon);
}

TEST_F(Stress, AManagedQueueOutlivesItsClients) {
  Manager manager;
  Numbers queue = manager.Queue<int>(2);
  {
    Storm<&put_and_get, Numbers> storm(queue);
    storm.rage(kills());
  }
  while (put_what_fits_and_get(queue) != 5) continue;
}

void wait_for_an_item(Numbers& queue) { queue.get(); }

// Each getter is killed while it waits, or is about to: none of the items is lost to it.
TEST_F(Stress, KilledGettersTakeNothing) {
  Manager manager;
  Numbers queue = manager.Queue<int>();
  for (int i = 0; i < kills(); ++i) {
    Process getter(fn<&wait_for_an_item>, args(queue));
    getter.start();
    os().sleep_until(os().now() + std::chrono::microseconds(random_below(3'000)));
    getter.kill();
    getter.join();
    queue.put(i);
    EXPECT_EQ(queue.get(true, hang_deadline), i);
  }
}

void take_and_give(LockProxy& lock) {
  if (lock.acquire(true, soon)) lock.release();
}

TEST_F(Stress, AManagedLockIsGivenBackForItsDeadHolders) {
  Manager manager;
  LockProxy lock = manager.Lock();
  Storm<&take_and_give, LockProxy> storm(lock);
  storm.rage(kills(), [&] {
    static_cast<void>(lock.acquire(true, 0.5s));
    lock.release();
  });
}

void set_and_wait(EventProxy& event) {
  event.wait(soon);
  event.set();
  event.clear();
}

TEST_F(Stress, AManagedEventHangsNobody) {
  Manager manager;
  EventProxy event = manager.Event();
  Storm<&set_and_wait, EventProxy> storm(event);
  storm.rage(kills());
}

// A party that was killed has come; the others break the barrier in time, and begin again.
void meet(BarrierProxy& barrier) {
  try {
    barrier.wait(soon);
  } catch (const BrokenBarrierError&) {
    barrier.reset();
  }
}

TEST_F(Stress, AManagedBarrierHangsNobody) {
  Manager manager;
  BarrierProxy barrier = manager.Barrier(2);
  Storm<&meet, BarrierProxy> storm(barrier);
  storm.rage(kills());
}

}  // namespace
}  // namespace mp::stress
