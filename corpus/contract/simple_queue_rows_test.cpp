// SimpleQueue: the rows SQ-* of the contract. That it has no other operations (SQ-01) its type says.
#include <chrono>
#include <vector>

#include <contract/new_pipe.hpp>
#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

template <class Queue>
concept HasMore = requires(Queue queue) {
  queue.qsize();
}
|| requires(Queue queue) { queue.full(); }
|| requires(Queue queue) { queue.get_nowait(); }
|| requires(Queue queue) { queue.join_thread(); };

void items_are_there_when_put_returns() {
  static_assert(HasMore<mp::Queue<int>> && !HasMore<mp::SimpleQueue<int>>);
  mp::SimpleQueue<int> queue;
  check(queue.empty(), "a new queue is not empty");
  queue.put(1);
  check(!queue.empty(), "an item that was put is not there");
  queue.put(2);
  check(queue.get() == 1 && queue.get() == 2 && queue.empty(), "other items were got");
}

void put_second(mp::SimpleQueue<int>& queue, mp::Semaphore& first_is_put) {
  first_is_put.acquire();
  queue.put(2);
}

void puts_keep_their_order_over_all_processes() {
  mp::SimpleQueue<int> queue;
  mp::Semaphore first_is_put(0);
  mp::Process other(mp::fn<&put_second>, mp::args(queue, first_is_put));
  other.start();
  queue.put(1);
  first_is_put.release();
  check(queue.get() == 1 && queue.get() == 2, "two items changed places");
  other.join();
}

void what_cannot_be_encoded_is_thrown_by_put() {
  mp::SimpleQueue<mp::Lock> queue;
  check_throws<mp::RuntimeError>([&] { queue.put(mp::Lock()); }, "a lock was put");
  check(queue.empty(), "something was put");
}

void put_long(mp::SimpleQueue<mp::Bytes>& queue) { queue.put(mp::Bytes(100'000)); }

void put_waits_for_room() {
  mp::SimpleQueue<mp::Bytes> queue;
  mp::Process putter(mp::fn<&put_long>, mp::args(queue));
  putter.start();
  putter.join(0.05s);
  check(putter.is_alive(), "an item larger than the pipe was put with nobody reading");
  check(queue.get().size() == 100'000, "another item was got");
  putter.join();
  check(putter.exitcode() == 0, "the putter failed");
}

void without_writers_there_is_an_end() {
  const NewPipe pipe;
  mp::SimpleQueue<int> queue;
  queue.put(1);
  check(mp::os().close(pipe.write_end()).has_value(), "the write end is another");
  check(queue.get() == 1, "the last item was not got");
  check(!queue.empty(), "the end of file does not count as readable");
  check_throws<mp::EOFError>([&] { queue.get(); }, "get without a writer");
  check_throws<mp::EOFError>([&] { queue.get(); }, "get without a writer, again");
}

void without_readers_put_breaks() {
  mp::SimpleQueue<int> queue;
  check(mp::os().close(queue.fileno()).has_value(), "the read end is another");
  check_throws<mp::BrokenPipeError>([&] { queue.put(1); }, "put without a reader");
}

void closed_is_closed() {
  mp::SimpleQueue<int> queue;
  queue.close();
  queue.close();
  check_throws<mp::OSError>([&] { queue.put(1); }, "put after close");
  check_throws<mp::OSError>([&] { queue.get(); }, "get after close");
  check_throws<mp::OSError>([&] { queue.empty(); }, "empty after close");
}

void wait_in_get(mp::SimpleQueue<int>& queue, mp::Semaphore& here) {
  here.release();
  queue.get();
}

void killed_getter_is_of_no_consequence() {
  mp::SimpleQueue<int> queue;
  mp::Semaphore here(0);
  mp::Process getter(mp::fn<&wait_in_get>, mp::args(queue, here));
  getter.start();
  here.acquire();
  getter.kill();
  getter.join();
  queue.put(5);
  check(queue.get() == 5, "another item was got");
}

void killed_putter_tears_the_queue() {
  mp::SimpleQueue<mp::Bytes> queue;
  mp::Process putter(mp::fn<&put_long>, mp::args(queue));
  putter.start();
  while (queue.empty()) mp::sleep(0.001s);
  putter.kill();
  putter.join();
  check_throws<mp::OwnerDied>([&] { queue.get(); }, "half a message was got");
  check_throws<mp::OwnerDied>([&] { queue.put(mp::Bytes(1)); }, "a torn queue was put to");
  check(queue.empty(), "a torn queue does not answer");
}

void does_not_cross_in_a_message() {
  auto [a, b] = mp::Pipe();
  mp::SimpleQueue<int> queue;
  check_throws<mp::RuntimeError>([&] { a.send(queue); }, "a queue went through a pipe");
  check(!b.poll(), "something was sent");
}

const Row rows[] = {
    {"SQ-01 SQ-03 SQ-05", "an item is there when put returns", &items_are_there_when_put_returns},
    {"SQ-03", "puts keep their order over all processes", &puts_keep_their_order_over_all_processes},
    {"SQ-02", "what cannot be encoded is thrown by put", &what_cannot_be_encoded_is_thrown_by_put},
    {"SQ-04", "put waits for room", &put_waits_for_room},
    {"SQ-05", "without writers there is an end", &without_writers_there_is_an_end},
    {"SQ-06", "without readers put breaks", &without_readers_put_breaks},
    {"SQ-07", "a closed queue is closed", &closed_is_closed},
    {"SQ-08", "a getter killed while it waits is of no consequence", &killed_getter_is_of_no_consequence},
    {"SQ-08", "a putter killed in the middle of a message is told of", &killed_putter_tears_the_queue},
    {"SQ-09", "a queue is handed over at the birth of a process only", &does_not_cross_in_a_message},
};

HEDDLE_CONTRACT_ROWS(SimpleQueue, rows);

}  // namespace
}  // namespace heddle::trial
