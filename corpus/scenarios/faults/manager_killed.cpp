// Two processes count a managed entry up under a Lock of main's. The server may be killed as well as they
// are: calls to it then raise, which the workers and main are ready for; but the Lock of a killed worker is
// released by nobody.
#include <mp/multiprocessing.hpp>
#include <scenarios/faults/faults.hpp>
#include <string>

namespace heddle::faults {
namespace {

using Counts = mp::DictProxy<std::string, int>;

void count(Counts& counts, mp::Lock& lock) {
  const mp::With held(lock);
  try {
    counts["count"] = counts["count"] + 1;
  } catch (const mp::Error&) {
    // The server is gone, and its data with it.
  }
}

void use(mp::Manager& manager) {
  Counts counts = manager.dict<std::string, int>("counts");
  mp::Lock lock({.name = "lock"});
  counts["count"] = 0;
  mp::Process worker_1(mp::fn<&count>, mp::args(counts, lock), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&count>, mp::args(counts, lock), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
}

void body() {
  try {
    mp::Manager manager;
    use(manager);
  } catch (const mp::Error&) {
    // The server was killed before the workers had what they need.
  }
}

}  // namespace

Scenario manager_killed() {
  return {.name = "faults/manager-killed",
          .summary = "a managed count under a Lock, whose server and whose workers may be killed",
          .body = &body,
          .expected = {{.rule = "lock-orphaned"}},
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
