// See the header. One execution at a time, without confirmation or shrinking: a count is all that is wanted.
#include <algorithm>
#include <array>
#include <bench/schedules_to_bug/search.hpp>
#include <chrono>
#include <heddle/oracles/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <memory>
#include <string_view>

namespace heddle::schedules_to_bug {
namespace {

constexpr std::array<std::string_view, 2> oracles_needed = {"endings", "wait-for"};

std::vector<std::unique_ptr<Oracle>> make_oracles() {
  std::vector<std::unique_ptr<Oracle>> made;
  for (const OracleRow& row : oracles())
    if (std::ranges::find(oracles_needed, row.name) != oracles_needed.end()) made.push_back(row.make());
  return made;
}

// At `op` a task can be left where an operation begins, at `os` before each call.
std::uint64_t points_of(const Situation& situation, Granularity granularity) {
  return granularity == Granularity::op ? situation.operations.size() : situation.step;
}

class Searching {
 public:
  Searching(const Scenario& scenario, const Limits& limits)
      : program_{.name = std::string(scenario.name), .body = scenario.body},
        run_(run_options_of(scenario)),
        cap_(limits.cap) {}

  void search(Strategy& strategy, Searches& searches) {
    for (std::uint64_t i = 0; i < cap_ && strategy.begin(i); ++i) {
      const Execution& execution = world_->run(program_, run_, strategy, oracles_, Record::nothing);
      const bool all_seen = strategy.end();
      ++searches.executions;
      searches.points += points_of(world_->situation(), run_.granularity);
      if (execution.ending == Ending::exhausted) ++searches.given_up;
      if (!execution.findings.empty() || execution.ending == Ending::stuck) {
        searches.found.push_back(i + 1);
        return;
      }
      if (all_seen) return;
    }
  }

 private:
  const Program program_;
  const RunOptions run_;
  const std::uint64_t cap_;
  const std::unique_ptr<World> world_ = sim::make_world();
  const std::vector<std::unique_ptr<Oracle>> oracles_ = make_oracles();
};

}  // namespace

Searches search(const Scenario& scenario, const StrategyRow& strategy, const Limits& limits) {
  const auto began = std::chrono::steady_clock::now();
  Searches searches;
  searches.seeds = limits.seeds;
  searches.cap = limits.cap;
  Searching searching(scenario, limits);
  for (std::uint64_t seed = 1; seed <= limits.seeds; ++seed) searching.search(*strategy.make(seed), searches);
  std::ranges::sort(searches.found);
  searches.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return searches;
}

}  // namespace heddle::schedules_to_bug
