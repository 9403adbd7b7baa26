// The portfolio: each member gets its share, and its own executions in their order.
#include <gtest/gtest.h>

#include <array>
#include <heddle/strategies/pct.hpp>
#include <heddle/strategies/portfolio.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/trial/toy_program.hpp>
#include <map>
#include <string_view>

namespace heddle {
namespace {

TEST(Portfolio, GivesEachMemberItsShare) {
  std::map<std::string_view, int> shares;
  for (std::uint64_t i = 0; i < 160; ++i) ++shares[strategy("portfolio")->member(i)];
  EXPECT_EQ(shares, (std::map<std::string_view, int>{
                        {"surw", 80}, {"urw", 40}, {"fair:pct", 20}, {"random", 10}, {"pos", 10}}));
}

TEST(Portfolio, RunsAMemberAsItWouldRunAlone) {
  constexpr std::array<std::size_t, 3> turns{0, 1, 0};
  std::vector<std::unique_ptr<Strategy>> members;
  members.push_back(make_random(7));
  members.push_back(make_pct(7));
  const auto portfolio = make_portfolio(std::move(members), turns);
  const std::array alone{make_random(7), make_pct(7)};
  std::array<std::uint64_t, 2> runs{};
  ToyProgram program = contenders(3, 4);
  for (std::uint64_t i = 0; i < 150; ++i) {
    const std::size_t member = turns[i % turns.size()];
    const auto order = program.run(*portfolio, i);
    EXPECT_EQ(order, program.run(*alone[member], runs[member]++)) << i;
  }
  EXPECT_EQ(runs, (std::array<std::uint64_t, 2>{100, 50}));
}

}  // namespace
}  // namespace heddle
