// manager-locked without the lock: two processes may both read 100 and both write 99. What is left is
// recorded and not asserted, so that the finding is the race itself.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>

namespace heddle::tutorial {
namespace {

using Counts = mp::DictProxy<std::string, int>;

void decrement(Counts& counts) { counts["count"] = counts["count"] - 1; }

void body() {
  mp::Manager manager;
  Counts counts = manager.dict<std::string, int>("counts");
  counts["count"] = 100;
  mp::Process worker_1(mp::fn<&decrement>, mp::args(counts), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&decrement>, mp::args(counts), {.name = "worker-2"});
  mp::Process worker_3(mp::fn<&decrement>, mp::args(counts), {.name = "worker-3"});
  worker_1.start();
  worker_2.start();
  worker_3.start();
  worker_1.join();
  worker_2.join();
  worker_3.join();
  outcome(counts["count"]);
}

}  // namespace

Scenario manager_unlocked_dec() {
  return {.name = "tutorial/manager-unlocked-dec",
          .summary = "three processes decrement a managed entry without a lock",
          .body = &body,
          .expected = {{.rule = "unlocked-manager-update", .with_harm = true}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
