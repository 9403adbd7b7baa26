// The primitives themselves, as objects whose calls are recorded: in every execution, of operations and of
// the steps within them, each is what its sequential model says. Barrier and Condition have none.
#include <gtest/gtest.h>

#include <chrono>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;

constexpr std::chrono::milliseconds soon{10};

/// Whether it could be had; what it cannot give in time is a result too.
template <class Call>
void try_to(Call call) {
  try {
    call();
  } catch (const mp::Empty&) {
  } catch (const mp::Full&) {
  } catch (const mp::KeyError&) {
  } catch (const mp::IndexError&) {
  }
}

template <class Queue>
void produce(Queue& queue, int first) {
  for (int item = first; item < first + 2; ++item)
    record(
        "it", "put", [&] { queue.put(item); }, item);
}
template <class Queue>
void produce_one(Queue& queue) {
  produce(queue, 1);
}
template <class Queue>
void produce_other(Queue& queue) {
  produce(queue, 5);
}

template <class Queue>
void consume(Queue& queue, int items) {
  record("it", "empty", [&] { return queue.empty(); });
  for (int item = 0; item < items; ++item) record("it", "get", [&] { return queue.get(); });
}

// Two producers, and main takes it all.
template <class Queue>
void use_queue(Queue& queue) {
  auto one = start<&produce_one<Queue>>("one", queue);
  auto other = start<&produce_other<Queue>>("other", queue);
  consume(queue, 4);
  one.join();
  other.join();
}

void simple_queue() {
  linearizable("it", "simple-queue");
  mp::SimpleQueue<int> queue({.name = "queue"});
  use_queue(queue);
}

void queue_like(std::string_view model, std::int64_t size_max) {
  linearizable("it", model, size_max);
  mp::Queue<int> queue(static_cast<int>(size_max), {.name = "queue"});
  use_queue(queue);
}
void queue() { queue_like("queue", 0); }
void bounded_queue() { queue_like("queue", 1); }
void queue_as_one_line() { queue_like("simple-queue", 0); }

void impatient_queue() {
  linearizable("it", "queue", 1);
  mp::Queue<int> queue(1, {.name = "queue"});
  auto taker = start<[](mp::Queue<int>& own) {
    try_to([&] { record("it", "get", [&] { return own.get(true, soon); }); });
  }>("taker", queue);
  for (int item = 1; item < 4; ++item)
    try_to([&] {
      record(
          "it", "put", [&] { queue.put(item, false); }, item);
    });
  taker.join();
  for (int item = 0; item < 3; ++item)
    try_to([&] { record("it", "get", [&] { return queue.get(true, soon); }); });
}

void work_off(mp::JoinableQueue<int>& queue) {
  for (int item = 0; item < 2; ++item) {
    record("it", "get", [&] { return queue.get(); });
    record("it", "task_done", [&] { queue.task_done(); });
  }
}

void joinable_queue() {
  linearizable("it", "joinable-queue");
  mp::JoinableQueue<int> queue(0, {.name = "queue"});
  auto worker = start<&work_off>("worker", queue);
  produce(queue, 1);
  record("it", "join", [&] { queue.join(); });
  worker.join();
}

template <class Lock>
void enter(Lock& lock) {
  for (const bool waits : {true, false}) {
    if (!record("it", "acquire", [&] { return lock.acquire(waits); })) continue;
    record("it", "release", [&] { lock.release(); });
  }
}

template <class Lock>
void use_lock(Lock& lock) {
  auto one = start<&enter<Lock>>("one", lock);
  auto other = start<&enter<Lock>>("other", lock);
  enter(lock);
  one.join();
  other.join();
}

void lock() {
  linearizable("it", "lock");
  mp::Lock lock({.name = "lock"});
  use_lock(lock);
}

void lock_as_two_permits() {
  linearizable("it", "semaphore", 2);
  mp::Lock lock({.name = "lock"});
  use_lock(lock);
}

void enter_twice(mp::RLock& lock) {
  record("it", "acquire", [&] { return lock.acquire(); });
  enter(lock);
  record("it", "release", [&] { lock.release(); });
}

void rlock() {
  linearizable("it", "rlock");
  mp::RLock lock({.name = "lock"});
  auto one = start<&enter_twice>("one", lock);
  enter_twice(lock);
  one.join();
}

void semaphore() {
  linearizable("it", "semaphore", 2);
  mp::Semaphore semaphore(2, {.name = "semaphore"});
  use_lock(semaphore);
}

void bounded_semaphore() {
  linearizable("it", "bounded-semaphore", 1);
  mp::BoundedSemaphore semaphore(1, {.name = "semaphore"});
  use_lock(semaphore);
}

template <class Event>
void turn_on_and_off(Event& event) {
  record("it", "set", [&] { event.set(); });
  record("it", "is_set", [&] { return event.is_set(); });
  record("it", "clear", [&] { event.clear(); });
  record("it", "is_set", [&] { return event.is_set(); });
  record("it", "set", [&] { event.set(); });
}

template <class Event>
void use_event(Event& event) {
  auto one = start<&turn_on_and_off<Event>>("one", event);
  record("it", "wait", [&] { return event.wait(soon); });
  record("it", "is_set", [&] { return event.is_set(); });
  one.join();
}

void event() {
  linearizable("it", "event");
  mp::Event event({.name = "event"});
  use_event(event);
}

template <class Value>
void set_value(Value& value) {
  for (const int number : {1, 2})
    record(
        "it", "set", [&] { value.set(number); }, number);
}

template <class Value>
void use_value(Value& value) {
  auto one = start<&set_value<Value>>("one", value);
  record(
      "it", "set", [&] { value.set(3); }, 3);
  for (int look = 0; look < 3; ++look) record("it", "get", [&] { return value.get(); });
  one.join();
}

void set_own(mp::Value<int>& value) {
  for (const int number : {1, 2})
    record(
        "it", "set", [&] { value.value() = number; }, number);
}

void value() {
  linearizable("it", "value", 4);
  mp::Value<int> value(4, {.name = "value"});
  auto one = start<&set_own>("one", value);
  record(
      "it", "set", [&] { value.value() = 3; }, 3);
  for (int look = 0; look < 3; ++look) record("it", "get", [&]() -> int { return value.value(); });
  one.join();
}

void managed_value() {
  linearizable("it", "value", 4);
  mp::Manager manager;
  auto value = manager.Value<int>("i", 4, "value");
  use_value(value);
}

void managed_event() {
  linearizable("it", "event");
  mp::Manager manager;
  auto event = manager.Event("event");
  use_event(event);
}

void managed_lock() {
  linearizable("it", "lock");
  mp::Manager manager;
  auto lock = manager.Lock("lock");
  use_lock(lock);
}

void managed_queue() {
  linearizable("it", "simple-queue");
  mp::Manager manager;
  auto queue = manager.Queue<int>(0, "queue");
  use_queue(queue);
}

using Pile = mp::ListProxy<int>;

void fill_list(Pile& list) {
  for (const int item : {1, 2})
    record(
        "it", "append", [&] { list.append(item); }, item);
}

void managed_list() {
  linearizable("it", "list");
  mp::Manager manager;
  Pile list = manager.list<int>("list");
  auto one = start<&fill_list>("one", list);
  auto other = start<&fill_list>("other", list);
  try_to([&] { record("it", "pop", [&] { return list.pop(); }); });
  record("it", "len", [&] { return list.size(); });
  try_to([&] {
    record(
        "it", "get", [&] { return list.at(0); }, 0);
  });
  one.join();
  other.join();
}

using Table = mp::DictProxy<std::string, int>;

void fill_dict(Table& dict) {
  for (const int item : {1, 2})
    record(
        "it", "set", [&] { dict.set("a", item); }, "a", item);
}

void managed_dict() {
  linearizable("it", "dict");
  mp::Manager manager;
  Table dict = manager.dict<std::string, int>("dict");
  auto one = start<&fill_dict>("one", dict);
  record(
      "it", "contains", [&] { return dict.contains("a"); }, "a");
  try_to([&] {
    record(
        "it", "pop", [&] { return dict.pop("a"); }, "a");
  });
  try_to([&] {
    record(
        "it", "get", [&] { return dict.at("a"); }, "a");
  });
  one.join();
}

struct Row {
  const char* name;
  void (*program)();
};

constexpr Row rows[] = {
    {"SimpleQueue", &simple_queue},
    {"Queue", &queue},
    {"BoundedQueue", &bounded_queue},
    {"ImpatientQueue", &impatient_queue},
    {"JoinableQueue", &joinable_queue},
    {"Lock", &lock},
    {"RLock", &rlock},
    {"Semaphore", &semaphore},
    {"BoundedSemaphore", &bounded_semaphore},
    {"Event", &event},
    {"Value", &value},
    {"ManagedValue", &managed_value},
    {"ManagedEvent", &managed_event},
    {"ManagedLock", &managed_lock},
    {"ManagedQueue", &managed_queue},
    {"ManagedList", &managed_list},
    {"ManagedDict", &managed_dict},
};

class Primitive : public testing::TestWithParam<Row> {};

TEST_P(Primitive, IsLinearizableBetweenOperations) {
  EXPECT_EQ(rules_of(explore(GetParam().program, options_of(effort(1'000)))), Names{});
}

TEST_P(Primitive, IsLinearizableBetweenSteps) {
  Options options = options_of(effort(500));
  options.run.granularity = Granularity::os;
  EXPECT_EQ(rules_of(explore(GetParam().program, options)), Names{});
}

INSTANTIATE_TEST_SUITE_P(All, Primitive, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

// What the check is worth: a Queue keeps one order of its items for each producer and not over all.
TEST(Primitives, AQueueIsNoSimpleQueue) {
  EXPECT_EQ(rules_of(explore(&queue_as_one_line, options_of(1'000))), Names{"not-linearizable"});
}

TEST(Primitives, ALockHasNotTwoPermits) {
  EXPECT_EQ(rules_of(explore(&lock_as_two_permits, options_of(1'000))), Names{"not-linearizable"});
}

}  // namespace
}  // namespace heddle
