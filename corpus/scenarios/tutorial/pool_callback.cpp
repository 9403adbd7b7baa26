// A callback for each of several jobs: each is called exactly once, in the process that made the pool, and
// all of them before join returns.
#include <algorithm>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

int next_of(int number) { return number + 1; }

void body() {
  const mp::ProcessId own = mp::current_process().pid();
  std::vector<int> told;  // by one thread of the pool's; read once the pool has ended
  mp::Pool pool(2, {.name = "pool"});
  for (int number = 10; number < 14; ++number) {
    pool.apply_async(mp::fn<&next_of>, mp::args(number), {.callback = [&, own](int result) {
                       check(mp::current_process().pid() == own, "a callback in another process");
                       told.push_back(result);
                     }});
  }
  pool.close();
  pool.join();
  std::ranges::sort(told);
  check(told == std::vector{11, 12, 13, 14}, "each result once");
}

}  // namespace

Scenario pool_callback() {
  return {.name = "tutorial/pool-callback",
          .summary = "a callback per job, called once each in the parent",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
