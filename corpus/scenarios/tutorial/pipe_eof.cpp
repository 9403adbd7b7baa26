// A consumer that reads until the end of file. That comes only when every copy of the sending end is
// closed: the producer's, main's, and the one that the consumer itself inherited when it was forked.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void produce(mp::Connection& send_end) {
  for (int number = 1; number <= 3; ++number) send_end.send(number);
  send_end.close();
}

void consume(mp::Connection& receive_end, mp::Connection& send_end) {
  send_end.close();
  int count = 0;
  try {
    while (true) {
      const int number = receive_end.recv<int>();
      check(number == ++count, "messages arrive in order");
    }
  } catch (const mp::EOFError&) {
    check(count == 3, "three messages come before the end of file");
  }
}

void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Process producer(mp::fn<&produce>, mp::args(send_end), {.name = "producer"});
  mp::Process consumer(mp::fn<&consume>, mp::args(receive_end, send_end), {.name = "consumer"});
  producer.start();
  consumer.start();
  receive_end.close();
  send_end.close();
  producer.join();
  consumer.join();
}

}  // namespace

Scenario pipe_eof() {
  return {.name = "tutorial/pipe-eof",
          .summary = "a consumer reads until end of file, every copy of the sending end being closed",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
