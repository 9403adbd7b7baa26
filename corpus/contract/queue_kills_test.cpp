// What the killing of getters and feeders leaves of a queue: processes may be struck dead at every Os call,
// and every get with a timeout still ends with an item, with Empty or with OwnerDied. Main is never struck,
// so a wait of its that nobody ends is found as a deadlock, and one that goes on and on as an execution given
// up.
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

Result explore_kills(void (*program)(), std::uint32_t kills, std::uint64_t executions) {
  Options options{.budget = {.executions = executions},
                  .run = {.granularity = Granularity::os, .faults = {ChoiceKind::kill}, .faults_max = kills}};
  options.judge_misuse = false;
  return explore(program, options);
}

/// How a get ended: the item's size, "empty" or "died".
template <class Queue>
std::string get_one(Queue& queue) {
  try {
    return std::to_string(queue.get(true, 1s).size());
  } catch (const mp::Empty&) {
    return "empty";
  } catch (const mp::OwnerDied&) {
    return "died";
  }
}

void get_twice(mp::Queue<mp::Bytes>& queue) {
  for (int i = 0; i < 2; ++i) get_one(queue);
}

void put_two(mp::Queue<mp::Bytes>& queue, std::size_t size) {
  try {
    for (int i = 0; i < 2; ++i) queue.put(mp::Bytes(size), true, 1s);
  } catch (const mp::OwnerDied&) {
  } catch (const mp::Full&) {
  }
}

/// Two producers, a getter that may be struck and one that may not.
template <std::size_t size, int size_max>
void producers_and_getters() {
  mp::Queue<mp::Bytes> queue(size_max);
  std::vector<mp::Process> processes;
  processes.emplace_back(mp::fn<&get_twice>, mp::args(queue));
  for (int i = 0; i < 2; ++i) processes.emplace_back(mp::fn<&put_two>, mp::args(queue, size));
  for (mp::Process& process : processes) process.start();
  std::string last;
  for (int i = 0; i < 6; ++i) {
    last = get_one(queue);
    outcome(last);
  }
  // Once it is torn it stays so.
  if (last == "died") check(get_one(queue) == "died", "a torn queue gave something else than OwnerDied");
  for (mp::Process& process : processes) process.join();
}

TEST(QueueKills, LeaveSmallItemsOrSayThatOneIsTorn) {
  const Result result = explore_kills(&producers_and_getters<10, 0>, 1, 3'000);
  EXPECT_EQ(trouble_in(result), "");
}

TEST(QueueKills, FreeTheSlotsOfABoundedQueue) {
  const Result result = explore_kills(&producers_and_getters<10, 1>, 2, 3'000);
  EXPECT_EQ(trouble_in(result), "");
}

TEST(QueueKills, EndEveryGetOfLongItems) {
  const Result result = explore_kills(&producers_and_getters<50'000, 0>, 1, 3'000);
  EXPECT_EQ(trouble_in(result), "");
}

TEST(QueueKills, EndEveryGetOfItemsLargerThanThePipe) {
  const Result result = explore_kills(&producers_and_getters<100'000, 0>, 2, 2'000);
  EXPECT_EQ(trouble_in(result), "");
}

// --- exactly what can be left ------------------------------------------------------------------------------

void get_for_ever(mp::Queue<mp::Bytes>& queue) { queue.get(); }

/// A getter is struck somewhere; then an item is put that it may have taken along.
template <std::size_t size>
void struck_getter() {
  mp::Queue<mp::Bytes> queue;
  mp::Process getter(mp::fn<&get_for_ever>, mp::args(queue));
  getter.start();
  queue.put(mp::Bytes(size));
  getter.join();
  outcome(get_one(queue));
}

TEST(QueueKills, OfAGetterLeaveTheItemOrTakeItAlongOrTear) {
  const Result result = explore_kills(&struck_getter<100>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"100", "empty", "died"}));
}

// It is read in one piece.
TEST(QueueKills, OfAGetterOfAShortItemNeverTear) {
  const Result result = explore_kills(&struck_getter<10>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"10", "empty"}));
}

/// The same with one slot, which must be there again when the item is gone.
template <std::size_t size>
void struck_getter_of_a_bounded_queue() {
  mp::Queue<mp::Bytes> queue(1);
  mp::Process getter(mp::fn<&get_for_ever>, mp::args(queue));
  getter.start();
  queue.put(mp::Bytes(size));
  getter.join();
  const std::string story = get_one(queue);
  check(story != "empty" || !queue.full(), "a slot is lost with its getter");
  outcome(story);
}

TEST(QueueKills, OfAGetterTakeNoSlotAlong) {
  const Result result = explore_kills(&struck_getter_of_a_bounded_queue<10>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"10", "empty", "died"}));
}

TEST(QueueKills, OfAGetterOfALongItemTakeNoSlotAlong) {
  const Result result = explore_kills(&struck_getter_of_a_bounded_queue<50'000>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"50000", "empty", "died"}));
}

void put_one(mp::Queue<mp::Bytes>& queue, std::size_t size) { queue.put(mp::Bytes(size)); }

/// A producer is struck somewhere; what another puts then arrives, unless the stream is torn.
template <std::size_t size>
void struck_producer() {
  mp::Queue<mp::Bytes> queue;
  mp::Process producer(mp::fn<&put_one>, mp::args(queue, size));
  producer.start();
  std::string story = get_one(queue);
  producer.join();
  try {
    queue.put(mp::Bytes(3));
    story += " " + get_one(queue);
  } catch (const mp::OwnerDied&) {
    story += " died at put";
  }
  outcome(story);
}

TEST(QueueKills, OfAProducerOfSmallItemsNeverTear) {
  const Result result = explore_kills(&struck_producer<10>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"10 3", "empty 3"}));
}

TEST(QueueKills, OfAProducerOfLongItemsMayTear) {
  const Result result = explore_kills(&struck_producer<100'000>, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes,
            (std::set<std::string>{"100000 3", "100000 died", "empty 3", "empty died", "died died at put"}));
}

// --- JoinableQueue and SimpleQueue
// ---------------------------------------------------------------------------

void work_once(mp::JoinableQueue<int>& queue) {
  try {
    queue.get(true, 1s);
    queue.task_done();
  } catch (const mp::Empty&) {
  } catch (const mp::OwnerDied&) {
  }
}

/// The workers of a queue whose tasks main itself marks done in the end.
void struck_workers() {
  mp::JoinableQueue<int> queue;
  std::vector<mp::Process> workers;
  for (int i = 0; i < 2; ++i) workers.emplace_back(mp::fn<&work_once>, mp::args(queue));
  for (mp::Process& worker : workers) worker.start();
  for (int i = 0; i < 2; ++i) queue.put(i);
  for (mp::Process& worker : workers) worker.join();
  try {
    while (true) queue.task_done();
  } catch (const mp::ValueError&) {
  }
  queue.join();
}

TEST(QueueKills, LeaveTheCountOfAJoinableQueueUsable) {
  EXPECT_EQ(trouble_in(explore_kills(&struck_workers, 2, 3'000)), "");
}

void get_simply(mp::SimpleQueue<mp::Bytes>& queue) { queue.get(); }
void put_simply(mp::SimpleQueue<mp::Bytes>& queue, std::size_t size) {
  try {
    queue.put(mp::Bytes(size));
  } catch (const mp::OwnerDied&) {
  }
}

template <std::size_t size>
void struck_simple_queue() {
  mp::SimpleQueue<mp::Bytes> queue;
  mp::Process getter(mp::fn<&get_simply>, mp::args(queue));
  mp::Process putter(mp::fn<&put_simply>, mp::args(queue, size));
  getter.start();
  putter.start();
  putter.join();
  std::string story;
  try {
    queue.put(mp::Bytes(3));  // one for the getter if the putter was struck
    getter.join();
    queue.put(mp::Bytes(4));
    story = std::to_string(queue.get().size());
  } catch (const mp::OwnerDied&) {
    story = "died";
    check(getter.exitcode() != 0 || size > 4'080, "torn by nobody");
  }
  outcome(story);
}

TEST(QueueKills, LeaveASimpleQueueWorkingOrTorn) {
  const Result result = explore_kills(&struck_simple_queue<100>, 1, 6'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"3", "4", "100", "died"}));
}

void put_to_be_done(mp::JoinableQueue<mp::Bytes>& queue) { queue.put(mp::Bytes(10)); }

/// A putter is struck somewhere; whoever gets its item may say that it is done.
void struck_putter() {
  mp::JoinableQueue<mp::Bytes> queue;
  mp::Process putter(mp::fn<&put_to_be_done>, mp::args(queue));
  putter.start();
  putter.join();
  const std::string story = get_one(queue);
  if (story == "10") queue.task_done();
  outcome(story);
}

TEST(QueueKills, OfAPutterLeaveNoItemThatIsNotCounted) {
  const Result result = explore_kills(&struck_putter, 1, 8'000);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"10", "empty"}));
}

}  // namespace
}  // namespace heddle::trial
