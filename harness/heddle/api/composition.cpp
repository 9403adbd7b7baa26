// See the header. The steady clock is read here and handed on, so that neither engine nor worlds read one.
#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <stdexcept>

#include <heddle/api/composition.hpp>
#include <heddle/api/progress.hpp>
#include <heddle/engine/checked_world.hpp>
#include <heddle/engine/suppressing.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/worlds/sim/world.hpp>

namespace heddle {
namespace {

// What these find, a program may do on purpose.
constexpr std::array<std::string_view, 4> misuse_oracles{"typed-misuse", "lost-items", "cut-off", "accounts"};

using SteadyClock = std::chrono::steady_clock;

std::vector<std::unique_ptr<Oracle>> make_oracles(std::span<const std::string_view> absent,
                                                  const Suppressions& suppressions) {
  std::vector<std::unique_ptr<Oracle>> made;
  for (const OracleRow& row : oracles())
    if (std::ranges::find(absent, row.name) == absent.end())
      made.push_back(suppressions.is_idle() ? row.make() : suppressing(row.make(), suppressions));
  return made;
}

std::unique_ptr<World> make_world(bool checks_determinism) {
  if (!checks_determinism) return sim::make_world();
  return std::make_unique<CheckedWorld>(sim::make_world(), sim::make_world());
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

StrategyRow strategy_of(std::string_view name) {
  const std::optional<StrategyRow> row = strategy(name);
  if (!row) throw std::invalid_argument("no strategy is called '" + std::string(name) + "'");
  return *row;
}

}  // namespace

Composition::Composition(const StrategyRow& strategy, std::uint64_t seed, const Budget& budget,
                         const Callbacks& callbacks, std::span<const std::string_view> oracles_absent,
                         const Suppressions& suppressions, bool checks_determinism)
    : world_(make_world(checks_determinism)),
      suppressions_(std::make_unique<const Suppressions>(suppressions)),
      oracles_(make_oracles(oracles_absent, *suppressions_)),
      parts_{.world = *world_,
             .strategy =
                 [strategy, seed](const Share& share) {
                   return strategy.make_share(seed, share.first % share.step, share.step);
                 },
             .oracles = oracles_,
             .host = make_host(budget, callbacks),
             .member = strategy.member,
             .is_by_chance = strategy.is_by_chance,
             .promised_depth = strategy.promised_depth(),
             .promiser = strategy.name} {}

void Composition::add(std::unique_ptr<Oracle> oracle) {
  oracles_.push_back(std::move(oracle));
  parts_.oracles = oracles_;
}

Composition compose(const Options& options) {
  const std::span<const std::string_view> all = misuse_oracles;
  return Composition(strategy_of(options.strategy), options.seed, options.budget,
                     {.is_interrupted = options.is_interrupted, .status = options.status},
                     all.first(options.judge_misuse ? 0 : all.size()), options.suppressions,
                     options.checks_determinism);
}

bool looks_beyond_maximal(const Options& options) {
  return options.looks_beyond_maximal && options.strategy == default_strategy &&
         options.run.time == TimeMode::maximal;
}

Exploration exploration_of(const Options& options) {
  Exploration exploration;
  exploration.run = options.run;
  exploration.budget = options.budget;
  exploration.findings_max = options.findings_max;
  exploration.seek_harm = options.seek_harm;
  exploration.looks_beyond_maximal = looks_beyond_maximal(options);
  return exploration;
}

}  // namespace heddle
