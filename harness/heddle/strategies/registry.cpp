// One row per strategy, in the order in which `heddle strategies` lists them.
#include <algorithm>
#include <array>
#include <heddle/strategies/exhaustive.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/strategies/round_robin.hpp>

namespace heddle {
namespace {

constexpr std::array table{
    StrategyRow{"random", "every answer equally likely at every choice (random walk)", make_random},
    StrategyRow{"round-robin", "switch to the next task at every n-th choice; one more n per execution",
                make_round_robin},
    StrategyRow{"exhaustive", "every interleaving once, depth first; ends when there are no more",
                make_exhaustive},
};

}  // namespace

std::span<const StrategyRow> strategies() { return table; }

const StrategyRow* strategy(std::string_view name) {
  const auto found = std::ranges::find(table, name, &StrategyRow::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
