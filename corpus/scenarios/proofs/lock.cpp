// A Lock alone: one at a time is inside.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/proofs.hpp>
#include <scenarios/proofs/two_threads.hpp>

namespace heddle::proofs {
namespace {

void body() {
  mp::Lock lock({.name = "lock"});
  int inside = 0;
  run_two([&] {
    lock.acquire();
    check(++inside == 1, "one at a time");
    --inside;
    lock.release();
  });
}

}  // namespace

Scenario lock() {
  return {.name = "proofs/lock",
          .summary = "two threads take a Lock once each",
          .body = &body,
          .expected = {},
          .granularity = Granularity::os};
}

}  // namespace heddle::proofs
