// See the header. The steady clock is read here and handed on, so that neither engine nor worlds read one.
#include <chrono>

#include <heddle/api/composition.hpp>
#include <heddle/api/progress.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/worlds/sim/world.hpp>

namespace heddle {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::vector<std::unique_ptr<Oracle>> make_oracles(std::string_view absent) {
  std::vector<std::unique_ptr<Oracle>> made;
  for (const OracleRow& row : oracles())
    if (row.name != absent) made.push_back(row.make());
  return made;
}

Host make_host(const Budget& budget, const Callbacks& callbacks) {
  Host host;
  host.seconds = [start = SteadyClock::now()] {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
  };
  host.is_interrupted = [asked = callbacks.is_interrupted] { return asked && asked(); };
  host.progress = [told = callbacks.status, budget](const Progress& progress) {
    if (told) told(progress_line(progress, budget));
  };
  return host;
}

}  // namespace

Composition::Composition(const StrategyRow& strategy, std::uint64_t seed, const Budget& budget,
                         const Callbacks& callbacks, std::string_view oracle_absent)
    : world_(sim::make_world()),
      oracles_(make_oracles(oracle_absent)),
      parts_{.world = *world_,
             .strategy = [strategy, seed] { return strategy.make(seed); },
             .oracles = oracles_,
             .host = make_host(budget, callbacks),
             .member = strategy.member} {}

}  // namespace heddle
