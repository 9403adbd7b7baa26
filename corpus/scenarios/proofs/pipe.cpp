// A Pipe alone: two messages in their order, and the end of file.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/proofs.hpp>

namespace heddle::proofs {
namespace {

void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Thread sender(
      [&sends = send_end] {
        sends.send(1);
        sends.send(2);
        sends.close();
      },
      {.name = "sender"});
  sender.start();
  check(receive_end.recv<int>() == 1, "the first comes first");
  check(receive_end.recv<int>() == 2, "then the second");
  try {
    receive_end.recv<int>();
    check(false, "there is no third");
  } catch (const mp::EOFError&) {
  }
  sender.join();
}

}  // namespace

Scenario pipe() {
  return {.name = "proofs/pipe",
          .summary = "two messages and the end of file through a Pipe",
          .body = &body,
          .expected = {},
          .granularity = Granularity::os};
}

}  // namespace heddle::proofs
