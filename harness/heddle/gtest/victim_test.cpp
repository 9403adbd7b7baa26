// A process whose EXPECT failed ends in the middle of things, twenty thousand times, and GoogleTest, whose
// data outlive it, does not notice: nothing leaks, nothing is damaged, the next test still reports.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <heddle/gtest/task_reporter.hpp>
#include <heddle/gtest/task_traces.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::gtest {
namespace {

constexpr std::uint64_t victims = 20'000;

void fail_on_the_way(mp::Lock& lock) {
  SCOPED_TRACE(std::string(100, 't'));
  const std::string words(200, 'w');
  const mp::With held(lock);
  EXPECT_EQ(words, "something else") << std::string(300, 'm');
  mp::sleep(std::chrono::milliseconds(1));  // never returns: the execution ends here
}

void body() {
  mp::Lock lock;
  mp::Process process(mp::fn<&fail_on_the_way>, mp::args(lock), {.name = "victim"});
  process.start();
  process.join();
}

// Runs so many executions; gives how many were ended by the failed expectation.
std::uint64_t executions_ended(World& world, std::span<const std::unique_ptr<Oracle>> watching,
                               std::uint64_t count) {
  const CalmFlags calm;
  TaskTraces traces;
  testing::TestPartResultArray outside;
  TaskReporter reporter(outside);
  const Program program{.name = "victim", .body = [&] {
                          traces.begin();
                          reporter.begin();
                          body();
                        }};
  const auto strategy = strategies().front().make(1);
  std::uint64_t ended = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    strategy->begin(i);
    const Execution& execution =
        world.run(program, {.granularity = Granularity::os}, *strategy, watching, Record::nothing);
    if (execution.ending == Ending::stopped && execution.findings.front().rule == "assertion") ++ended;
  }
  EXPECT_EQ(outside.size(), 0);
  return ended;
}

TEST(Victim, WhoseExpectFailedLeaksNothingAndDamagesNothing) {
  prepare_gtest();
  const auto world = sim::make_world();
  std::vector<std::unique_ptr<Oracle>> watching;
  for (const OracleRow& row : oracles()) watching.push_back(row.make());
  executions_ended(*world, watching, victims / 10);
  const std::size_t before = mallinfo2().uordblks;
  EXPECT_EQ(executions_ended(*world, watching, victims), victims);
  EXPECT_LT(mallinfo2().uordblks, before + 256 * 1024) << "memory grows with failed expectations";
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(1, 2), "Expected equality");
}

}  // namespace
}  // namespace heddle::gtest
