// Card 23: a worker that ends with a task in its hands is replaced, and nobody finishes its job. Who waits
// for the job waits for ever.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/small_pool.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle::zoo {
namespace {

// As a library does that was not made for long-lived processes.
int parse(int line) {
  if (line < 0) mp::exit_now(3);
  return line;
}

template <PoolMistake mistake>
void body() {
  SmallPool<&parse> pool(2, SmallPool<&parse>::any_number, mistake);
  const auto good = pool.submit({1});
  const auto bad = pool.submit({-1});
  bool has_failed = false;
  try {
    pool.get(bad);
  } catch (const mp::RuntimeError&) {
    has_failed = true;
  }
  check(has_failed && pool.get(good).front() == 1, "one job fails and the other is done");
  pool.close();
  pool.join();
}

}  // namespace

Rows card_23() {
  return {
      {.name = "zoo/card-23",
       .summary = "a task that ends its worker, in a pool that does not know what the worker had",
       .body = &body<PoolMistake::forgets_what_a_worker_had>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-23-fixed",
       .summary = "a task that ends its worker, in a pool that fails what the worker had",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
