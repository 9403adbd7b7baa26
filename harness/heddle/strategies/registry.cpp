// One row per strategy, in the order in which `heddle strategies` lists them.
#include <algorithm>
#include <array>
#include <charconv>
#include <heddle/strategies/dpor.hpp>
#include <heddle/strategies/exhaustive.hpp>
#include <heddle/strategies/pct.hpp>
#include <heddle/strategies/portfolio.hpp>
#include <heddle/strategies/pos.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/strategies/round_robin.hpp>
#include <heddle/strategies/surw.hpp>

namespace heddle {
namespace {

constexpr std::uint32_t number_max = 1'000;

// Of eight executions four are SURW's, two URW's, one PCT's, and the last is the random walk's and POS's by
// turns: the shares follow who is best on the classic bugs (docs/performance.md).
constexpr std::array<std::string_view, 5> members{"surw", "urw", "pct", "random", "pos"};
constexpr std::array<std::size_t, 16> turns{0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0, 4, 0, 1, 0, 2};

std::string_view member(std::uint64_t execution) { return members[turns[execution % turns.size()]]; }

std::unique_ptr<Strategy> make_members(std::uint64_t seed, std::uint32_t) {
  std::vector<std::unique_ptr<Strategy>> made;
  for (const std::string_view name : members) made.push_back(strategy(name)->make(seed));
  return make_portfolio(std::move(made), turns);
}

constexpr std::array table{
    StrategyRow{"portfolio", "surw, urw, pct, random and pos by turns", make_members, 0, "", member},
    StrategyRow{"random", "every answer equally likely at every choice (random walk)", make_random},
    StrategyRow{"pct", "priorities, and as many changes of them as a bug of that depth needs", make_pct, 3,
                "the depth"},
    StrategyRow{"pos", "priorities of operations, drawn anew where their order matters", make_pos},
    StrategyRow{"surw", "each order of the operations on one object equally likely", make_surw},
    StrategyRow{"urw", "each order of all operations equally likely", make_urw},
    StrategyRow{"round-robin", "switch to the next task at every n-th choice; one more n per execution",
                make_round_robin},
    StrategyRow{"exhaustive", "every interleaving once, depth first; ends when there are no more",
                make_exhaustive},
    StrategyRow{"dpor", "one interleaving of each class that differs in more than independent steps",
                make_dpor},
    StrategyRow{"preemptions", "every interleaving with at most so many preemptions", make_preemptions, 2,
                "how many"},
    StrategyRow{"deepening", "every interleaving with no preemption, then with one more and one more",
                make_deepening},
};

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > number_max) return std::nullopt;
  return number;
}

}  // namespace

std::span<const StrategyRow> strategies() { return table; }

std::optional<StrategyRow> strategy(std::string_view name) {
  const std::size_t colon = name.find(':');
  const auto* const found = std::ranges::find(table, name.substr(0, colon), &StrategyRow::name);
  if (found == table.end()) return std::nullopt;
  StrategyRow row = *found;
  if (colon == std::string_view::npos) return row;
  const std::optional<std::uint32_t> number = read_number(name.substr(colon + 1));
  if (!number || row.number_is.empty()) return std::nullopt;
  row.number = *number;
  return row;
}

}  // namespace heddle
