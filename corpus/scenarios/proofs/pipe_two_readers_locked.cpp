// Each process takes one message from the shared receiving end, under the one Lock.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/crew.hpp>
#include <scenarios/proofs/proofs.hpp>

namespace heddle::proofs {
namespace {

void receive(mp::Connection& numbers, mp::Lock& lock, mp::Value<int>& sum) {
  mp::With held(lock);
  sum.value() += numbers.recv<int>();
}

template <int workers>
void body() {
  auto [receive_end, send_end] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Lock lock({.name = "lock"});
  mp::Value<int> sum(0, {.name = "sum"});
  int expected = 0;
  for (int number = 1; number <= workers; ++number) {
    send_end.send(number);
    expected += number;
  }
  run_crew<workers>(mp::fn<&receive>, receive_end, lock, sum);
  check(sum.value() == expected, "every message was received once");
}

}  // namespace

Scenario pipe_two_readers_locked_2() {
  return {.name = "proofs/pipe-two-readers-locked-2",
          .summary = "two processes share a receiving end under a Lock",
          .body = &body<2>};
}

Scenario pipe_two_readers_locked_3() {
  return {.name = "proofs/pipe-two-readers-locked-3",
          .summary = "three processes share a receiving end under a Lock",
          .body = &body<3>};
}

}  // namespace heddle::proofs
