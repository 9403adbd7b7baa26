// A map over workers that may be killed: the job of a worker that dies with a task fails with WorkerLost,
// which nobody here is ready for.
#include <mp/multiprocessing.hpp>
#include <ranges>
#include <scenarios/faults/faults.hpp>

namespace heddle::faults {
namespace {

int square(int number) { return number * number; }

void body() {
  mp::Pool pool(2, {.name = "pool"});
  pool.map(mp::fn<&square>, std::views::iota(0, 2));
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_killed() {
  return {.name = "faults/pool-killed",
          .summary = "a map over workers that may be killed",
          .body = &body,
          .expected = {{.rule = "pool-worker-lost"}},
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
