// pipe-two-readers-locked without the lock: a message is read in two pieces, its length and its body, and
// each consumer may get a piece of the other's.
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

using Message = std::optional<int>;

void consume(mp::Connection& receive_end) {
  while (receive_end.recv<Message>().has_value()) {
  }
}

void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Process consumer_1(mp::fn<&consume>, mp::args(receive_end), {.name = "consumer-1"});
  mp::Process consumer_2(mp::fn<&consume>, mp::args(receive_end), {.name = "consumer-2"});
  consumer_1.start();
  consumer_2.start();
  for (int number = 0; number < 10; ++number) send_end.send(Message(number));
  send_end.send(Message());
  send_end.send(Message());
  consumer_1.join();
  consumer_2.join();
}

}  // namespace

Scenario pipe_two_readers() {
  return {.name = "tutorial/pipe-two-readers",
          .summary = "two consumers share one receiving end without a lock",
          .body = &body,
          .expected = {{.rule = "pipe-multi-reader", .with_harm = true}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
