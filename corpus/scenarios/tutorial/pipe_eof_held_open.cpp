// pipe-eof with the usual mistake: the consumer never closes the sending end that it inherited when it was
// forked, so it waits for an end of file that it holds off itself.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void produce(mp::Connection& send_end) {
  for (int number = 1; number <= 3; ++number) send_end.send(number);
  send_end.close();
}

// The plant: there is no parameter for the sending end, but a fork copies every descriptor.
void consume(mp::Connection& receive_end) {
  try {
    while (true) receive_end.recv<int>();
  } catch (const mp::EOFError&) {
    outcome("end of file");
  }
}

void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Process producer(mp::fn<&produce>, mp::args(send_end), {.name = "producer"});
  mp::Process consumer(mp::fn<&consume>, mp::args(receive_end), {.name = "consumer"});
  producer.start();
  consumer.start();
  receive_end.close();
  send_end.close();
  producer.join();
  consumer.join();
}

}  // namespace

Scenario pipe_eof_held_open() {
  return {.name = "tutorial/pipe-eof-held-open",
          .summary = "the consumer forgets to close the sending end it inherited and waits for end of file",
          .body = &body,
          .expected = {{.rule = "pipe-end-left-open"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
