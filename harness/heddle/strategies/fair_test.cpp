// Fairness: programs that spin come to an end under strategies that would let them spin for ever, and nothing
// else is taken from a strategy.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/strategies/exhaustive.hpp>
#include <heddle/strategies/fair.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/trial/toy_program.hpp>
#include <mp/multiprocessing.hpp>
#include <set>

namespace heddle {
namespace {

Options options_of(std::string strategy, std::uint64_t executions) {
  return {.strategy = std::move(strategy),
          .budget = {.executions = executions},
          .run = {.steps_max = 5'000},
          .findings_max = 8};
}

bool has_ended(const Result& result) { return std::holds_alternative<Passed>(result.verdict); }

// Main spins until the other one has set the event.
void spin_on_an_event() {
  mp::Event event;
  mp::Thread other([&event] { event.set(); }, {.name = "other"});
  other.start();
  while (!event.is_set()) {
  }
  other.join();
}

void spin_on_a_lock() {
  mp::Lock lock;
  const auto work = [&lock] {
    while (!lock.acquire(false)) {
    }
    lock.release();
  };
  mp::Thread first(work, {.name = "first"});
  mp::Thread second(work, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

TEST(Fair, EndsASpinThatNobodyElseWouldEnd) {
  for (const char* strategy : {"exhaustive", "preemptions:0", "pct"}) {
    const std::string fair = std::string("fair:") + strategy;
    EXPECT_FALSE(has_ended(explore(&spin_on_an_event, options_of(strategy, 20)))) << strategy;
    EXPECT_TRUE(has_ended(explore(&spin_on_an_event, options_of(fair, 500)))) << strategy;
  }
}

TEST(Fair, EndsASpinOnALockUnderEveryStrategyOfChance) {
  for (const StrategyRow& row : strategies()) {
    if (!row.is_by_chance || row.is_fair) continue;
    const Options options = options_of("fair:" + std::string(row.name), 300);
    EXPECT_TRUE(has_ended(explore(&spin_on_a_lock, options))) << row.name;
  }
}

TEST(Fair, CallsNothingExhaustedThatItNarrowed) {
  const Result result = explore(&spin_on_an_event, options_of("fair:exhaustive", 100'000));
  EXPECT_TRUE(has_ended(result));
  EXPECT_FALSE(result.coverage.exhausted);
  EXPECT_LT(result.coverage.executions, 100'000U);  // and still it has an end
}

TEST(Fair, LeavesAProgramAloneThatDoesNotSpin) {
  ToyProgram program = contenders(3, 4);
  const auto fair = make_fair(make_exhaustive(1));
  const auto alone = make_exhaustive(1);
  for (std::uint64_t i = 0; !program.all_seen; ++i) {
    const auto order = program.run(*fair, i);
    const bool all_seen = program.all_seen;
    EXPECT_EQ(order, program.run(*alone, i));
    EXPECT_EQ(all_seen, program.all_seen);
  }
}

// One task of many steps on one thing, and another: with patience 2 the other comes after two returns of the
// second window at the latest, so not among the last.
TEST(Fair, LetsNobodyWaitForLongerThanTwoYields) {
  constexpr std::size_t steps = 30;
  ToyProgram program({{Access{.thing = 1, .kind = AccessKind::read}},
                      std::vector<Access>(steps, {.thing = 2, .kind = AccessKind::write}),
                      {Access{.thing = 2, .kind = AccessKind::write}}});
  const auto fair = make_fair(make_preemptions(1, 0), 2);
  const auto order = program.run(*fair, 0);
  ASSERT_EQ(order.size(), steps + 2);
  const auto when = std::ranges::find(order, TaskIndex{2}) - order.begin();
  EXPECT_LE(when, 8);
  EXPECT_FALSE(program.all_seen);
}

TEST(Fair, ChoosesAsTheOtherDoesAmongThoseWhoMayRun) {
  ToyProgram program = contenders(2, 40);
  const auto fair = make_fair(make_random(3), 2);
  std::set<std::vector<TaskIndex>> orders;
  for (std::uint64_t i = 0; i < 50; ++i) orders.insert(program.run(*fair, i));
  EXPECT_EQ(orders.size(), 50U);
}

}  // namespace
}  // namespace heddle
