// Jobs whose results nobody reads. That is no mistake as long as they go well; one of these raises, and
// nobody ever learns of it.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

int reciprocal(int number) {
  if (number == 0) throw mp::ValueError("division by zero");
  return 100 / number;
}

void body() {
  mp::Pool pool(2, {.name = "pool"});
  for (int number = 2; number >= 0; --number)  // the plant: down to 0
    pool.apply_async(mp::fn<&reciprocal>, mp::args(number), {.name = "result"});
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_async_unread() {
  return {.name = "tutorial/pool-async-unread",
          .summary = "jobs of which one raises, and nobody reads any result",
          .body = &body,
          .expected = {{.rule = "pool-result-unread"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
