// d["count"] = d.get("count", 0) + 1 from five processes, a line often shown as needing no lock because
// each call on a managed dict is atomic. The line is two calls: fewer than five may be counted.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <vector>

namespace heddle::tutorial {
namespace {

using Counts = mp::DictProxy<std::string, int>;

void count_one(Counts& counts) { counts["count"] = counts.get("count", 0) + 1; }

void body() {
  mp::Manager manager;
  Counts counts = manager.dict<std::string, int>("counts");
  std::vector<mp::Process> workers;
  for (int i = 1; i <= 5; ++i) {
    workers.emplace_back(mp::fn<&count_one>, mp::args(counts),
                         mp::ProcessOptions{.name = "worker-" + std::to_string(i)});
  }
  for (mp::Process& worker : workers) worker.start();
  for (mp::Process& worker : workers) worker.join();
  outcome(counts["count"]);
}

}  // namespace

Scenario manager_unlocked_get() {
  return {.name = "tutorial/manager-unlocked-get",
          .summary = "five processes count by d[\"count\"] = d.get(\"count\", 0) + 1",
          .body = &body,
          .expected = {{.rule = "unlocked-manager-update", .with_harm = true}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
