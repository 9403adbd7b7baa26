// How a queue ends, with its handle, its process or those who feed it: rows QUEUE-18 to QUEUE-37 of the
// contract.
#include <chrono>
#include <vector>

#include <contract/new_pipe.hpp>
#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

/// Until it is so: by the clock, because nobody tells.
template <std::predicate Condition>
void await(Condition condition) {
  while (!condition()) mp::sleep(0.001s);
}

void put_pair(mp::Queue<int>& queue, int base) {
  queue.put(base);
  queue.put(base + 1);
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

void drain_when_told(mp::Queue<mp::Bytes>& queue, mp::Semaphore& ready, mp::Semaphore& told) {
  ready.release();
  told.acquire();
  queue.get();
}

void start_drainer(mp::Queue<mp::Bytes>& queue, mp::Semaphore& ready, mp::Semaphore& told) {
  mp::Process drainer(mp::fn<&drain_when_told>, mp::args(queue, ready, told));
  drainer.start();
  drainer.join();
}

/// Makes a queue of its own. Who drains it is an orphan by the time this process ends, so that it waits for
/// no child but only for what it has put.
void create_and_leave(mp::Semaphore& told) {
  mp::Queue<mp::Bytes> queue;
  mp::Semaphore ready(0);
  mp::Process between(mp::fn<&start_drainer>, mp::args(queue, ready, told));
  between.start();
  ready.acquire();
  between.kill();
  between.join();
  queue.put(mp::Bytes(300'000));
}

void creator_waits_as_well() {
  mp::Semaphore told(0);
  mp::Process creator(mp::fn<&create_and_leave>, mp::args(told));
  creator.start();
  creator.join(0.05s);
  check(creator.is_alive(), "a creator with unread items has ended");
  told.release();
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
    {"QUEUE-34", "a queue is handed over at the birth of a process only", &does_not_cross_in_a_message},
    {"QUEUE-35", "destroying the handle flushes", &destruction_flushes},
    {"QUEUE-36", "without writers there is an end", &ends_without_writers},
    {"QUEUE-37", "without readers items are dropped and their slots given back",
     &items_without_readers_are_dropped},
};

HEDDLE_CONTRACT_ROWS(QueueEnding, rows);

}  // namespace
}  // namespace heddle::trial
