// The portfolio: each member gets its share, and its own executions in their order.
#include <gtest/gtest.h>

#include <heddle/strategies/pct.hpp>
#include <heddle/strategies/portfolio.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/trial/toy_program.hpp>
#include <map>
#include <string_view>

namespace heddle {
namespace {

TEST(Portfolio, GivesEachMemberItsShare) {
  std::map<std::string_view, int> turns;
  for (std::uint64_t i = 0; i < 160; ++i) ++turns[portfolio_member(i)];
  EXPECT_EQ(turns, (std::map<std::string_view, int>{
                       {"surw", 80}, {"urw", 40}, {"pct", 20}, {"random", 10}, {"pos", 10}}));
}

TEST(Portfolio, RunsAMemberAsItWouldRunAlone) {
  const auto portfolio = make_portfolio(7);
  const auto random = make_random(7);
  const auto pct = make_pct(7);
  ToyProgram together = contenders(3, 4);
  ToyProgram alone = contenders(3, 4);
  std::uint64_t random_runs = 0;
  std::uint64_t pct_runs = 0;
  for (std::uint64_t i = 0; i < 160; ++i) {
    const auto order = together.run(*portfolio, i);
    if (portfolio_member(i) == "random") EXPECT_EQ(order, alone.run(*random, random_runs++)) << i;
    if (portfolio_member(i) == "pct") EXPECT_EQ(order, alone.run(*pct, pct_runs++)) << i;
  }
  EXPECT_EQ(random_runs, 10U);
  EXPECT_EQ(pct_runs, 20U);
}

}  // namespace
}  // namespace heddle
