// Squares by apply_async: all are submitted before any is had, and the results stay after close and join.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

int square(int number) { return number * number; }

void body() {
  mp::Pool pool(3, {.name = "pool"});
  std::vector<mp::AsyncResult<int>> results;
  for (int number = 0; number < 5; ++number)
    results.push_back(pool.apply_async(mp::fn<&square>, mp::args(number)));
  pool.close();
  pool.join();
  int expected = 0;
  for (const mp::AsyncResult<int>& result : results) {
    check(result.get() == expected * expected, "a result is another's");
    ++expected;
  }
}

}  // namespace

Scenario pool_apply_async() {
  return {.name = "tutorial/pool-apply-async",
          .summary = "squares by apply_async, had after close() and join()",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
