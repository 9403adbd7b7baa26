// Queue: the rows QUEUE-* of the contract. Rows that need a process to die at a certain step are in
// queue_kills_test.cpp; QUEUE-26 and QUEUE-27 are hazards that are kept and promise nothing.
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
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

/// Finds the pipe of a queue that is made after it: the last two of the descriptors that are open then and
/// were not before.
class NewPipe {
 public:
  NewPipe() {
    for (mp::Descriptor& fd : free_) fd = mp::os().duplicate(0).value();
    for (const mp::Descriptor fd : free_) static_cast<void>(mp::os().close(fd));
  }
  mp::Descriptor read_end() const { return opened().at(opened().size() - 2); }
  mp::Descriptor write_end() const { return opened().back(); }

 private:
  std::vector<mp::Descriptor> opened() const {
    std::vector<mp::Descriptor> fds;
    for (const mp::Descriptor fd : free_) {
      mp::PollItem item{.fd = fd};
      const mp::Result<int> ready = mp::os().poll(std::span(&item, 1), mp::immediately);
      if (ready || ready.error().value == ETIMEDOUT) fds.push_back(fd);
    }
    return fds;
  }
  std::array<mp::Descriptor, 4> free_{};
};

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

void closing_is_for_one_process() {
  mp::Queue<int> queue;
  mp::Process other(mp::fn<&put_pair>, mp::args(queue, 1));
  other.start();
  check(queue.get() == 1 && queue.get() == 2, "other items were got");
  check_throws<mp::AssertionError>([&] { queue.join_thread(); }, "join_thread before close");
  queue.close();
  queue.close();
  check_throws<mp::ValueError>([&] { queue.put(1); }, "put after close");
  check_throws<mp::ValueError>([&] { queue.put_nowait(1); }, "put_nowait after close");
  check_throws<mp::ValueError>([&] { queue.get(); }, "get after close");
  check_throws<mp::ValueError>([&] { queue.get_nowait(); }, "get_nowait after close");
  check(queue.empty() && queue.qsize() == 0 && !queue.full(), "a closed queue does not answer");
  queue.join_thread();
  queue.join_thread();
  other.join();
}

void put_and_close(mp::Queue<int>& queue) {
  put_pair(queue, 1);
  queue.close();
  queue.join_thread();
  check_throws<mp::OSError>([&] { queue.empty(); }, "the ends are open though the feeder has ended");
  check(queue.qsize() >= 0, "qsize does not answer");
}

void closing_flushes() {
  mp::Queue<int> queue;
  mp::Process child(mp::fn<&put_and_close>, mp::args(queue));
  child.start();
  check(queue.get() == 1 && queue.get() == 2, "an item was lost by close");
  child.join();
  check(child.exitcode() == 0, "the child failed");
}

void put_long(mp::Queue<mp::Bytes>& queue) { queue.put(mp::Bytes(300'000)); }
void put_long_and_cancel(mp::Queue<mp::Bytes>& queue) {
  queue.cancel_join_thread();
  queue.put(mp::Bytes(300'000));
}

void producer_waits_until_it_is_drained() {
  mp::Queue<mp::Bytes> queue;
  mp::Process child(mp::fn<&put_long>, mp::args(queue));
  child.start();
  child.join(0.05s);
  check(child.is_alive(), "a producer with unread items has ended");
  check(queue.get().size() == 300'000, "another item was got");
  child.join();
  check(child.exitcode() == 0, "the producer failed");
}

void cancelled_producer_does_not_wait() {
  mp::Queue<mp::Bytes> queue;
  mp::Process child(mp::fn<&put_long_and_cancel>, mp::args(queue));
  child.start();
  child.join();
  check(child.exitcode() == 0, "the producer failed");
  try {
    queue.get(true, 0.05s);
    check(false, "an item larger than the pipe arrived that nobody read");
  } catch (const mp::Empty&) {
    outcome("nothing was written");
  } catch (const mp::OwnerDied&) {
    outcome("a part was written");
  }
}

/// Makes a queue of its own, and a thread that drains it when it is told to.
void create_and_leave(mp::Semaphore& given) {
  const auto queue = std::make_shared<mp::Queue<mp::Bytes>>();
  const auto drain = std::make_shared<mp::Semaphore>(std::move(given));
  queue->put(mp::Bytes(300'000));
  mp::Thread drainer(
      [queue, drain] {
        drain->acquire();
        try {
          queue->get();
        } catch (const mp::Error&) {  // the feeder has written everything and closed this process's ends
        }
      },
      {.daemon = true});
  drainer.start();
}

void creator_waits_as_well() {
  mp::Semaphore drain(0);
  mp::Process creator(mp::fn<&create_and_leave>, mp::args(drain));
  creator.start();
  creator.join(0.05s);
  check(creator.is_alive(), "a creator with unread items has ended");
  drain.release();
  creator.join();
  check(creator.exitcode() == 0, "the creator failed");
}

void put_and_exit(mp::Queue<int>& queue) {
  put_pair(queue, 1);
  mp::exit(3);
}
void put_and_throw(mp::Queue<int>& queue) {
  put_pair(queue, 1);
  throw mp::ValueError("on purpose");
}

template <auto target, int status>
void flushes_at_the_end() {
  mp::Queue<int> queue;
  mp::Process child(mp::fn<target>, mp::args(queue));
  child.start();
  child.join();
  check(child.exitcode() == status, "another exit code");
  check(queue.get() == 1 && queue.get() == 2, "an item was lost at the end of its process");
}

void wait_in_get(mp::Queue<int>& queue, mp::Semaphore& here) {
  here.release();
  queue.get();
}

void killed_getter_is_of_no_consequence() {
  mp::Queue<int> queue;
  mp::Semaphore here(0);
  mp::Process getter(mp::fn<&wait_in_get>, mp::args(queue, here));
  getter.start();
  here.acquire();
  check_throws<mp::Empty>([&] { queue.get_nowait(); }, "get_nowait while another waits");
  check_throws<mp::Empty>([&] { queue.get(true, 0.005s); }, "get with a timeout while another waits");
  getter.kill();
  getter.join();
  queue.put(5);
  check(queue.get(true, 10s) == 5, "another item was got");
}

void killed_feeder_tears_the_queue() {
  mp::Queue<mp::Bytes> queue;
  mp::Process feeder(mp::fn<&put_long>, mp::args(queue));
  feeder.start();
  await([&] { return !queue.empty(); });
  feeder.kill();
  feeder.join();
  check_throws<mp::OwnerDied>([&] { queue.get(true, 0.05s); }, "half a message was got");
  check_throws<mp::OwnerDied>([&] { queue.get(); }, "a torn queue was got from");
  check_throws<mp::OwnerDied>([&] { queue.put(mp::Bytes(1)); }, "a torn queue was put to");
  check(queue.empty() && queue.qsize() == 0, "a torn queue does not answer");
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

void does_not_cross_in_a_message() {
  auto [a, b] = mp::Pipe();
  mp::Queue<int> queue;
  check_throws<mp::RuntimeError>([&] { a.send(queue); }, "a queue went through a pipe");
  check(!b.poll(), "something was sent");
}

void put_and_destroy(mp::Queue<int>& queue) {
  mp::Queue<int> own(std::move(queue));
  put_pair(own, 1);
}

void destruction_flushes() {
  mp::Queue<int> queue;
  mp::Process child(mp::fn<&put_and_destroy>, mp::args(queue));
  child.start();
  check(queue.get() == 1 && queue.get() == 2, "an item was lost with its queue's handle");
  child.join();
}

void ends_without_writers() {
  const NewPipe pipe;
  mp::Queue<int> queue;
  check(mp::os().close(pipe.write_end()).has_value(), "the write end is another");
  check_throws<mp::EOFError>([&] { queue.get(); }, "get without a writer");
  check(!queue.empty(), "the end of file does not count as readable");
}

void items_without_readers_are_dropped() {
  const NewPipe pipe;
  mp::Queue<int> queue(1);
  check(mp::os().close(pipe.read_end()).has_value(), "the read end is another");
  queue.put(1);
  await([&] { return queue.qsize() == 0; });
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
    {"QUEUE-18 QUEUE-20 QUEUE-21", "close is for one process, and comes before join_thread",
     &closing_is_for_one_process},
    {"QUEUE-19 QUEUE-20 QUEUE-21", "close flushes", &closing_flushes},
    {"QUEUE-23 QUEUE-25", "a producer waits at its end until its items are drained",
     &producer_waits_until_it_is_drained},
    {"QUEUE-23", "so does the process that made the queue", &creator_waits_as_well},
    {"QUEUE-22 QUEUE-31", "one that cancelled does not, and half a message hangs nobody",
     &cancelled_producer_does_not_wait},
    {"QUEUE-24", "items are flushed by exit", &flushes_at_the_end<&put_and_exit, 3>},
    {"QUEUE-24", "items are flushed after an exception", &flushes_at_the_end<&put_and_throw, 1>},
    {"QUEUE-28 QUEUE-29", "a getter keeps others out while it waits, and not when it was killed",
     &killed_getter_is_of_no_consequence},
    {"QUEUE-30", "a feeder killed in the middle of a message is told of", &killed_feeder_tears_the_queue},
    {"QUEUE-33", "a child begins with an empty buffer", &child_begins_with_an_empty_buffer},
    {"QUEUE-34", "a queue is handed over at the birth of a process only", &does_not_cross_in_a_message},
    {"QUEUE-35", "destroying the handle flushes", &destruction_flushes},
    {"QUEUE-36", "without writers there is an end", &ends_without_writers},
    {"QUEUE-37", "without readers items are dropped and their slots given back",
     &items_without_readers_are_dropped},
};

HEDDLE_CONTRACT_ROWS(Queue, rows);

}  // namespace
}  // namespace heddle::trial
