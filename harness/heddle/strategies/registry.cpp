// One row per strategy, in the order in which `heddle strategies` lists them.
#include <algorithm>
#include <array>
#include <charconv>
#include <heddle/strategies/dpor.hpp>
#include <heddle/strategies/exhaustive.hpp>
#include <heddle/strategies/exhaustive/branches.hpp>
#include <heddle/strategies/fair.hpp>
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
constexpr std::string_view fair_prefix = "fair:";

// Of eight executions four are SURW's, two URW's, one PCT's, and the last is the random walk's and POS's by
// turns: the shares follow who is best on the classic bugs (docs/performance.md).
constexpr std::array<std::string_view, 5> members{"surw", "urw", "fair:pct", "random", "pos"};
constexpr std::array<std::size_t, 16> turns{0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0, 4, 0, 1, 0, 2};

std::string_view member(std::uint64_t execution) { return members[turns[execution % turns.size()]]; }

std::unique_ptr<Strategy> make_members(std::uint64_t seed, std::uint32_t) {
  std::vector<std::unique_ptr<Strategy>> made;
  for (const std::string_view name : members) made.push_back(strategy(name)->make(seed));
  return make_portfolio(std::move(made), turns);
}

constexpr std::array table{
    StrategyRow{.name = "portfolio",
                .summary = "surw, urw, fair:pct, random and pos by turns",
                .maker = make_members,
                .member = member,
                .is_by_chance = true},
    StrategyRow{.name = "random",
                .summary = "every answer equally likely at every choice (random walk)",
                .maker = make_random,
                .is_by_chance = true,
                .sharing = Sharing::anyhow},
    StrategyRow{.name = "pct",
                .summary = "priorities, and as many changes of them as a bug of that depth needs",
                .maker = make_pct,
                .number = 3,
                .number_is = "the depth",
                .is_by_chance = true,
                .promises = true},
    StrategyRow{.name = "pos",
                .summary = "priorities of operations, drawn anew where their order matters",
                .maker = make_pos,
                .is_by_chance = true,
                .sharing = Sharing::anyhow},
    StrategyRow{.name = "surw",
                .summary = "each order of the operations on one object equally likely",
                .maker = make_surw,
                .is_by_chance = true},
    StrategyRow{.name = "urw",
                .summary = "each order of all operations equally likely",
                .maker = make_urw,
                .is_by_chance = true},
    StrategyRow{.name = "round-robin",
                .summary = "switch to the next task at every n-th choice; one more n per execution",
                .maker = make_round_robin},
    StrategyRow{.name = "exhaustive",
                .summary = "every interleaving once, depth first; ends when there are no more",
                .maker = make_exhaustive,
                .sharing = Sharing::branches},
    StrategyRow{.name = "dpor",
                .summary = "one interleaving of each class that differs in more than independent steps",
                .maker = make_dpor,
                .sharing = Sharing::alone},
    StrategyRow{.name = "preemptions",
                .summary = "every interleaving with at most so many preemptions",
                .maker = make_preemptions,
                .number = 2,
                .number_is = "how many",
                .sharing = Sharing::branches},
    StrategyRow{.name = "deepening",
                .summary = "every interleaving with no preemption, then with one more and one more",
                .maker = make_deepening,
                .sharing = Sharing::branches},
    StrategyRow{
        .name = "fair",
        .summary = "another one, without spinning while others wait: fair:pct; alone, the random walk",
        .maker = make_random,
        .is_by_chance = true,
        .is_fair = true},
};

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > number_max) return std::nullopt;
  return number;
}

std::optional<StrategyRow> fair(std::string_view unfair) {
  std::optional<StrategyRow> row = strategy(unfair);
  if (!row || row->is_fair || row->maker == &make_dpor) return std::nullopt;
  row->is_fair = true;
  row->promises = false;  // its promise is about choices that it makes itself
  return row;
}

}  // namespace

std::span<const StrategyRow> strategies() { return table; }

std::unique_ptr<Strategy> StrategyRow::make(std::uint64_t seed) const {
  std::unique_ptr<Strategy> made = maker(seed, number);
  return is_fair ? make_fair(std::move(made)) : std::move(made);
}

std::unique_ptr<Strategy> StrategyRow::make_share(std::uint64_t seed, std::uint64_t index,
                                                  std::uint64_t count) const {
  std::unique_ptr<Strategy> made = make(seed);
  return sharing == Sharing::branches && count > 1 ? make_branches(std::move(made), index, count)
                                                   : std::move(made);
}

std::uint32_t StrategyRow::promised_depth() const { return promises ? std::max(number, 1u) : 0; }

std::optional<StrategyRow> strategy(std::string_view name) {
  if (name.starts_with(fair_prefix)) return fair(name.substr(fair_prefix.size()));
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
