// Queue: the rows QUEUE-* of the contract. Rows that need a process to die at a certain step are in
// queue_kills_test.cpp; QUEUE-26 and QUEUE-27 are hazards that are kept and promise nothing.
#include <array>
#include <cerrno>
#include <chrono>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

/// Cannot be encoded, or can but not decoded.
struct Stubborn {
  bool encodes = false;
};

}  // namespace
}  // namespace heddle::trial

template <>
struct mp::codec<heddle::trial::Stubborn> {
  static void encode(Encoder& encoder, const heddle::trial::Stubborn& value) {
    if (!value.encodes) throw ValueError("will not");
    encoder.nil();
  }
  static heddle::trial::Stubborn decode(Decoder&) { throw DecodeError("will not"); }
  static std::string describe(const heddle::trial::Stubborn&) { return "<stubborn>"; }
};

namespace heddle::trial {
namespace {

/// Until it is so: by the clock, because nobody tells.
template <std::predicate Condition>
void await(Condition condition) {
  while (!condition()) mp::sleep(0.001s);
}

void slots_are_taken_by_put_and_freed_by_get() {
  mp::Queue<int> queue(1);
  check(!queue.full() && queue.qsize() == 0, "a new queue is not free");
  queue.put(1, true, -1s);
  check(queue.full() && queue.qsize() == 1, "put took no slot");
  check_throws<mp::Full>([&] { queue.put_nowait(2); }, "put_nowait on a full queue");
  check_throws<mp::Full>([&] { queue.put(2, true, 0s); }, "put without patience on a full queue");
  check_throws<mp::Full>([&] { queue.put(2, true, 0.005s); }, "put with a timeout on a full queue");
  check(queue.get() == 1, "another item was got");
  check(!queue.full() && queue.qsize() == 0, "get freed no slot");
}

void unbounded_below_one() {
  mp::Queue<int> queue(-3);
  for (int i = 0; i < 5; ++i) queue.put_nowait(i);
  check(!queue.full() && queue.qsize() == 5, "a queue without a bound is full");
  for (int i = 0; i < 5; ++i) check(queue.get() == i, "items of one process in another order");
}

void nothing_in_time_is_empty() {
  mp::Queue<int> queue;
  check(queue.empty(), "a new queue is not empty");
  check_throws<mp::Empty>([&] { queue.get_nowait(); }, "get_nowait on an empty queue");
  check_throws<mp::Empty>([&] { queue.get(true, -1s); }, "get without patience on an empty queue");
  const mp::Instant begin = mp::os().now();
  check_throws<mp::Empty>([&] { queue.get(true, 0.01s); }, "get with a timeout on an empty queue");
  check(mp::os().now() - begin >= 10ms, "the timeout was not waited for");
}

void readable_item_needs_no_patience() {
  mp::Queue<int> queue;
  queue.put(7);
  await([&] { return !queue.empty(); });
  check(queue.get(true, -1s) == 7, "a readable item was not got");
}

void put_does_not_wait_for_the_pipe() {
  mp::Queue<mp::Bytes> queue;
  queue.put(mp::Bytes(1'000'000));
  queue.put(mp::Bytes(1'000'000));
  check(queue.qsize() == 2, "two puts are not two items");
  check(queue.get().size() == 1'000'000 && queue.get().size() == 1'000'000, "an item is another");
}

void none_and_zero_are_items() {
  mp::Queue<std::optional<int>> queue;
  queue.put(std::nullopt);
  queue.put(0);
  check(!queue.get().has_value() && queue.get() == 0, "None or zero is no item");
}

void put_pair(mp::Queue<int>& queue, int base) {
  queue.put(base);
  queue.put(base + 1);
}

void each_producer_keeps_its_order() {
  mp::Queue<int> queue;
  mp::Process producer(mp::fn<&put_pair>, mp::args(queue, 10));
  producer.start();
  put_pair(queue, 20);
  int last[2] = {0, 0};
  for (int i = 0; i < 4; ++i) {
    const int item = queue.get();
    int& before = last[item / 20];
    check(item > before, "two items of one process changed places");
    before = item;
  }
  producer.join();
}

void add_up(mp::Queue<int>& items, mp::Queue<int>& sums) {
  int last = 0;
  int sum = 0;
  while (const int item = items.get()) {
    check(item > last, "a consumer saw the items of one producer in another order");
    last = item;
    sum += item;
  }
  sums.put(sum);
}

void each_item_goes_to_one_getter() {
  mp::Queue<int> items;
  mp::Queue<int> sums;
  mp::Process first(mp::fn<&add_up>, mp::args(items, sums));
  mp::Process second(mp::fn<&add_up>, mp::args(items, sums));
  first.start();
  second.start();
  for (int i = 1; i <= 3; ++i) items.put(i);
  items.put(0);
  items.put(0);
  check(sums.get() + sums.get() == 6, "an item was lost or got twice");
  first.join();
  second.join();
}

void full_and_empty_at_once() {
  mp::Queue<mp::Bytes> queue(1);
  queue.put(mp::Bytes(10));
  const bool was_empty = queue.empty();  // true until the feeder has written
  check(queue.full() && queue.qsize() == 1, "an item that is not in the pipe does not count");
  outcome(was_empty);
  check(queue.get().size() == 10, "another item was got");
}

void the_item_is_taken_when_put_is_called() {
  mp::Queue<std::vector<int>> queue;
  std::vector<int> item{1};
  queue.put(item);
  item.push_back(2);
  check(queue.get() == std::vector<int>{1}, "a change after put arrived");
}

void an_item_that_cannot_be_encoded_is_dropped() {
  mp::Queue<Stubborn> queue(1);
  queue.put({});
  check(queue.qsize() == 0, "its slot is not back");
  queue.put({.encodes = true});
  check_throws<mp::DecodeError>([&] { queue.get(); }, "what cannot be decoded was got");
  check(queue.qsize() == 0, "the slot of the item that was consumed is not back");
}

void child_begins_with_an_empty_buffer() {
  mp::Queue<int> queue;
  queue.put(5);
  mp::Process child(mp::fn<&put_pair>, mp::args(queue, 1));
  child.start();
  check(queue.get() + queue.get() + queue.get() == 8, "an item was lost or came twice");
  child.join();
  check(queue.qsize() == 0 && queue.empty(), "an item was left");
}

const Row rows[] = {
    {"QUEUE-02 QUEUE-03 QUEUE-05 QUEUE-12",
     "a slot is taken by put and freed by get, and Full says there is none",
     &slots_are_taken_by_put_and_freed_by_get},
    {"QUEUE-01 QUEUE-08", "a size below one is no bound, and one process's items stay in order",
     &unbounded_below_one},
    {"QUEUE-04", "nothing in time is Empty", &nothing_in_time_is_empty},
    {"QUEUE-04 QUEUE-07", "an item that is readable needs no patience, and becomes so in time",
     &readable_item_needs_no_patience},
    {"QUEUE-06", "put does not wait for the pipe", &put_does_not_wait_for_the_pipe},
    {"QUEUE-11", "None and zero are items", &none_and_zero_are_items},
    {"QUEUE-08 QUEUE-09", "each producer keeps its order, whatever the others do",
     &each_producer_keeps_its_order},
    {"QUEUE-10", "each item goes to one getter, in the order of its producer", &each_item_goes_to_one_getter},
    {"QUEUE-13 QUEUE-14", "full and empty look at different things", &full_and_empty_at_once},
    {"QUEUE-15 QUEUE-38", "the item is what it was when put was called",
     &the_item_is_taken_when_put_is_called},
    {"QUEUE-16 QUEUE-17", "what cannot be encoded or decoded costs no slot",
     &an_item_that_cannot_be_encoded_is_dropped},
    {"QUEUE-33", "a child begins with an empty buffer", &child_begins_with_an_empty_buffer},
};

HEDDLE_CONTRACT_ROWS(Queue, rows);

}  // namespace
}  // namespace heddle::trial
