// A Value alone: two threads count with it under its own lock.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/proofs.hpp>
#include <scenarios/proofs/two_threads.hpp>

namespace heddle::proofs {
namespace {

void body() {
  mp::Value<int> count(0, {.name = "count"});
  run_two([&] {
    const mp::With held(count.get_lock());
    count.value() += 1;
  });
  check(count.value() == 2, "no increment is lost");
}

}  // namespace

Scenario value() {
  return {.name = "proofs/value",
          .summary = "two threads count with a Value under its lock",
          .body = &body,
          .expected = {},
          .granularity = Granularity::os};
}

}  // namespace heddle::proofs
