// A Semaphore alone: one permit, and it is there in the end.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/proofs.hpp>
#include <scenarios/proofs/two_threads.hpp>

namespace heddle::proofs {
namespace {

void body() {
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

}  // namespace

Scenario semaphore() {
  return {.name = "proofs/semaphore",
          .summary = "two threads take the one permit of a Semaphore",
          .body = &body,
          .expected = {},
          .granularity = Granularity::os};
}

}  // namespace heddle::proofs
