// Five messages and None over a duplex Pipe; the sender closes its end when it has sent them. The receiver
// ends at None, so it does not matter who else holds a copy of the sender's end.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

using Message = std::optional<int>;

void send_all(mp::Connection& connection) {
  for (int number = 1; number <= 5; ++number) connection.send(Message(number));
  connection.send(Message());
  connection.close();
}

void receive_all(mp::Connection& connection) {
  int next = 1;
  while (const Message message = connection.recv<Message>()) {
    check(*message == next++, "messages arrive in order");
  }
  check(next == 6, "five messages arrive");
}

void body() {
  auto [left, right] = mp::Pipe(mp::Duplex::yes, {.name = "numbers"});
  mp::Process sender(mp::fn<&send_all>, mp::args(left), {.name = "sender"});
  mp::Process receiver(mp::fn<&receive_all>, mp::args(right), {.name = "receiver"});
  sender.start();
  receiver.start();
  sender.join();
  receiver.join();
}

}  // namespace

Scenario pipe_sentinel() {
  return {.name = "tutorial/pipe-sentinel",
          .summary = "five messages and None over a Pipe, from one process to another",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
