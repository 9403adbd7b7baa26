// join() on a pool that was not closed: it would wait for ever, and is refused.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

int square(int number) { return number * number; }

void body() {
  mp::Pool pool(2, {.name = "pool"});
  const mp::AsyncResult<int> result = pool.apply_async(mp::fn<&square>, mp::args(3));
  try {
    pool.join();  // the plant: before close()
  } catch (const mp::ValueError&) {
  }
  pool.close();
  pool.join();
  check(result.get() == 9, "the result");
}

}  // namespace

Scenario pool_join_first() {
  return {.name = "tutorial/pool-join-first",
          .summary = "join() before close()",
          .body = &body,
          .expected = {{.rule = "pool-join-before-close"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
