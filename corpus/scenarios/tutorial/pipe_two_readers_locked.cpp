// Two consumers share the receiving end of a Pipe and take a Lock for each message: whole messages, each
// received by one of them. A None for each consumer ends both.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

using Message = std::optional<int>;

constexpr int messages = 10;

Message receive(mp::Connection& receive_end, mp::Lock& lock) {
  mp::With held(lock);
  return receive_end.recv<Message>();
}

void consume(mp::Connection& receive_end, mp::Lock& lock, mp::Queue<int>& counts) {
  int count = 0;
  while (receive(receive_end, lock).has_value()) ++count;
  counts.put(count);
}

void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Lock lock({.name = "lock"});
  mp::Queue<int> counts(0, {.name = "counts"});
  mp::Process consumer_1(mp::fn<&consume>, mp::args(receive_end, lock, counts), {.name = "consumer-1"});
  mp::Process consumer_2(mp::fn<&consume>, mp::args(receive_end, lock, counts), {.name = "consumer-2"});
  consumer_1.start();
  consumer_2.start();
  for (int number = 0; number < messages; ++number) send_end.send(Message(number));
  send_end.send(Message());
  send_end.send(Message());
  consumer_1.join();
  consumer_2.join();
  check(counts.get() + counts.get() == messages, "every message was received once");
}

}  // namespace

Scenario pipe_two_readers_locked() {
  return {.name = "tutorial/pipe-two-readers-locked",
          .summary = "two consumers share one receiving end under a Lock",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
