// A storm over each primitive. Operations wait for a bounded time where the contract has a timeout; where it
// has none they must end all the same.
#include <mp/stress/storm.hpp>

namespace mp::stress {
namespace {

using namespace std::chrono_literals;

constexpr auto soon = 0.02s;     // a worker's timeout
constexpr auto patience = 0.5s;  // after which a repair takes a permit for lost

// Who takes a robust lock over from the dead has it and gives it back like everybody else.
template <class L>
bool take(L& lock) {
  try {
    return lock.acquire(true, soon);
  } catch (const OwnerDied&) {
    return true;
  }
}

template <class L>
void take_and_give(L& lock) {
  if (take(lock)) lock.release();
}

// A plain lock stays with its dead holder; anybody may release it (LOCK-02, LOCK-06).
template <class L>
void give_what_is_lost(L& lock) {
  static_cast<void>(lock.acquire(true, patience));
  lock.release();
}

TEST_F(Stress, ALockKilledWithItsHolderIsReleasedByAnother) {
  Lock lock;
  Storm<&take_and_give<Lock>, Lock> storm(lock);
  storm.rage(kills(), [&] { give_what_is_lost(lock); });
}

template <class L>
void expect_to_be_had(L& lock) {
  try {
    EXPECT_TRUE(lock.acquire(true, hang_deadline));
  } catch (const OwnerDied&) {
  }
  lock.release();
}

TEST_F(Stress, ARobustLockOutlivesItsHolders) {
  Lock lock({.robust = true});
  {
    Storm<&take_and_give<Lock>, Lock> storm(lock);
    storm.rage(kills());
  }
  expect_to_be_had(lock);
}

TEST_F(Stress, ARobustRLockOutlivesItsHolders) {
  RLock lock({.robust = true});
  {
    Storm<&take_and_give<RLock>, RLock> storm(lock);
    storm.rage(kills());
  }
  expect_to_be_had(lock);
}

TEST_F(Stress, ASemaphoresLostPermitsAreGivenByAnother) {
  Semaphore semaphore(1);
  Storm<&take_and_give<Semaphore>, Semaphore> storm(semaphore);
  storm.rage(kills(), [&] { give_what_is_lost(semaphore); });
}

TEST_F(Stress, ABoundedSemaphoresLostPermitsAreGivenByAnother) {
  BoundedSemaphore semaphore(1);
  Storm<&take_and_give<BoundedSemaphore>, BoundedSemaphore> storm(semaphore);
  storm.rage(kills(), [&] {
    static_cast<void>(semaphore.acquire(true, patience));
    try {
      semaphore.release();
    } catch (const ValueError&) {  // somebody was slow, and has released by now
    }
  });
}

void wait_and_notify(Condition& changed) {
  const With held(changed);
  changed.wait(0.002s);
  changed.notify_all();
}

TEST_F(Stress, AConditionOverARobustLockOutlivesItsWaiters) {
  Lock lock({.robust = true});
  Condition changed(lock);
  Storm<&wait_and_notify, Condition> storm(changed);
  storm.rage(kills());
}

void set_wait_and_clear(Event& event) {
  event.set();
  event.clear();
  event.wait(0.002s);
}

TEST_F(Stress, AnEventOutlivesItsWaiters) {
  Event event;
  Storm<&set_wait_and_clear, Event> storm(event);
  storm.rage(kills());
}

void meet(Barrier& barrier) {
  try {
    barrier.wait(soon);
  } catch (const BrokenBarrierError&) {
    barrier.reset();
  }
}

TEST_F(Stress, ABarrierOutlivesItsParties) {
  Barrier barrier(2);
  Storm<&meet, Barrier> storm(barrier);
  storm.rage(kills());
}

template <class Q>
void put_and_get(Q& queue) {
  queue.put(7);
  if (queue.get(true, soon) != 7) exit("what came was never put");
  if constexpr (requires { queue.task_done(); }) queue.task_done();
}

TEST_F(Stress, AQueueOutlivesItsGettersAndFeeders) {
  Queue<int> queue;
  Storm<&put_and_get<Queue<int>>, Queue<int>> storm(queue);
  storm.rage(kills());
}

TEST_F(Stress, AJoinableQueueOutlivesItsGettersAndFeeders) {
  JoinableQueue<int> queue;
  Storm<&put_and_get<JoinableQueue<int>>, JoinableQueue<int>> storm(queue);
  storm.rage(kills());
}

constexpr std::size_t many_writes = 20'000;  // a message of this size can be cut short by a kill

void put_and_get_much(Queue<std::string>& queue) {
  queue.put(std::string(many_writes, 'x'));
  if (queue.get(true, soon).size() != many_writes) exit("what came was never put");
}

TEST_F(Stress, AQueueOfLongMessagesTellsOfAMessageCutShort) {
  Queue<std::string> queue;
  Storm<&put_and_get_much, Queue<std::string>> storm(queue);
  storm.rage(kills());
}

// Without timeouts: each gets only after it has put, so there is always an item for whoever waits.
void put_and_get_one(SimpleQueue<int>& queue) {
  queue.put(7);
  if (queue.get() != 7) exit("what came was never put");
}

TEST_F(Stress, ASimpleQueueOutlivesItsGetters) {
  SimpleQueue<int> queue;
  Storm<&put_and_get_one, SimpleQueue<int>> storm(queue);
  storm.rage(kills());
}

void change_value(Value<std::int64_t>& value) {
  if (!take(value.get_lock())) return;
  value.value() = value.value() + 1;
  value.get_lock().release();
}

TEST_F(Stress, AValueUnderARobustLockOutlivesItsWriters) {
  RLock lock({.robust = true});
  Value<std::int64_t> value(0, {.lock = lock});
  {
    Storm<&change_value, Value<std::int64_t>> storm(value);
    storm.rage(kills());
  }
  expect_to_be_had(lock);
}

void change_array(Array<std::int64_t>& numbers) {
  if (!take(numbers.get_lock())) return;
  numbers[0] = numbers[0] + 1;
  numbers.get_lock().release();
}

TEST_F(Stress, AnArrayUnderARobustLockOutlivesItsWriters) {
  RLock lock({.robust = true});
  Array<std::int64_t> numbers(4, {.lock = lock});
  {
    Storm<&change_array, Array<std::int64_t>> storm(numbers);
    storm.rage(kills());
  }
  expect_to_be_had(lock);
}

void attach_and_write(std::string& name) {
  SharedMemory segment = SharedMemory::attach(name);
  segment.buf()[0] = static_cast<std::uint8_t>(random_below(256));
  segment.close();
}

// The name belongs to its creator: no kill of one who attached takes it away.
TEST_F(Stress, ASegmentOutlivesThoseWhoAttach) {
  SharedMemory segment = SharedMemory::create(64, segment_prefix() + "storm");
  std::string name = segment.name();
  {
    Storm<&attach_and_write, std::string> storm(name);
    storm.rage(kills());
  }
  EXPECT_EQ(SharedMemory::attach(name).size(), segment.size());
  segment.unlink();
}

void echo_for_ever(Connection& connection) {
  while (true) connection.send(connection.recv<int>());
}

// Who talks to a killed process learns of it.
TEST_F(Stress, APipesPeerThatIsKilledIsTheEndOfFile) {
  for (int kill = 0; kill < kills(); ++kill) {
    auto [here, there] = Pipe();
    Process other(fn<&echo_for_ever>, args(there));
    other.start();
    there.close();
    const std::uint32_t rounds = random_below(20);
    for (std::uint32_t round = 0; round < rounds; ++round) {
      here.send(7);
      ASSERT_EQ(here.recv<int>(), 7);
    }
    here.send(7);
    other.kill();
    other.join();
    bool told = false;
    try {
      while (here.poll(hang_deadline)) here.recv<int>();
    } catch (const EOFError&) {
      told = true;
    } catch (const ConnectionResetError&) {
      told = true;
    }
    ASSERT_TRUE(told);
  }
}

}  // namespace
}  // namespace mp::stress
