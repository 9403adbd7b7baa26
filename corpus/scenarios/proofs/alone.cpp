// A primitive alone, at granularity os: two threads and nothing else, so that what is proved is the
// primitive.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/proofs.hpp>

namespace heddle::proofs {
namespace {

/// The same in main and in another thread, and both are done.
template <class Body>
void run_two(Body body) {
  mp::Thread other(body, {.name = "other"});
  other.start();
  body();
  other.join();
}

void lock_body() {
  mp::Lock lock({.name = "lock"});
  int inside = 0;
  run_two([&] {
    lock.acquire();
    check(++inside == 1, "one at a time");
    --inside;
    lock.release();
  });
}

void semaphore_body() {
  mp::Semaphore permits(1, {.name = "permits"});
  int inside = 0;
  run_two([&] {
    permits.acquire();
    check(++inside == 1, "one permit, one holder");
    --inside;
    permits.release();
  });
  check(permits.get_value() == 1, "no permit is lost");
}

void pipe_body() {
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

void value_body() {
  mp::Value<int> count(0, {.name = "count"});
  run_two([&] {
    const mp::With held(count.get_lock());
    count.value() += 1;
  });
  check(count.value() == 2, "no increment is lost");
}

Scenario alone(std::string_view name, std::string_view summary, void (*body)()) {
  return {.name = name, .summary = summary, .body = body, .expected = {}, .granularity = Granularity::os};
}

}  // namespace

Scenario lock() { return alone("proof/lock", "two threads take a Lock once each", &lock_body); }
Scenario semaphore() {
  return alone("proof/semaphore", "two threads take the one permit of a Semaphore", &semaphore_body);
}
Scenario pipe() { return alone("proof/pipe", "two messages and the end of file through a Pipe", &pipe_body); }
Scenario value() {
  return alone("proof/value", "two threads count with a Value under its lock", &value_body);
}

}  // namespace heddle::proofs
