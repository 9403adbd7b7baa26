// No allocation per step once warm: an execution with ten times the operations allocates exactly as often
// as a short one. (What remains is the program's own: its threads, its objects.)
#include <gtest/gtest.h>

#include <heddle/core/arena.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle {
namespace {

// Two producers and two consumers over one lock and two conditions, capacity two.
struct Buffer {
  mp::Lock lock;
  mp::Condition not_full{lock};
  mp::Condition not_empty{lock};
  int held = 0;
};

void produce(Buffer& buffer, int count) {
  for (int i = 0; i < count; ++i) {
    const mp::With held(buffer.lock);
    while (buffer.held == 2) buffer.not_full.wait();
    ++buffer.held;
    buffer.not_empty.notify();
  }
}

void consume(Buffer& buffer, int count) {
  for (int i = 0; i < count; ++i) {
    const mp::With held(buffer.lock);
    while (buffer.held == 0) buffer.not_empty.wait();
    --buffer.held;
    buffer.not_full.notify();
  }
}

void bounded_buffer(int count) {
  Buffer buffer;
  mp::Thread first([&] { produce(buffer, count); }, {.name = "p1"});
  mp::Thread second([&] { produce(buffer, count); }, {.name = "p2"});
  mp::Thread third([&] { consume(buffer, count); }, {.name = "c1"});
  mp::Thread fourth([&] { consume(buffer, count); }, {.name = "c2"});
  for (mp::Thread* each : {&first, &second, &third, &fourth}) each->start();
  for (mp::Thread* each : {&first, &second, &third, &fourth}) each->join();
}

class WarmExecution : public testing::TestWithParam<Granularity> {
 protected:
  // How often one execution allocates, with the random walk's answers of that number.
  std::uint64_t allocations_of(int count, std::uint64_t number) {
    const Program program{.name = "bounded-buffer", .body = [count] { bounded_buffer(count); }};
    strategy_->begin(number);
    const std::uint64_t before = allocations_made();
    const Execution& execution =
        world_->run(program, {.granularity = GetParam()}, *strategy_, oracles_, Record::nothing);
    const std::uint64_t made = allocations_made() - before;
    EXPECT_EQ(execution.ending, Ending::complete);
    return made;
  }

  void SetUp() override {
    for (const OracleRow& row : oracles()) oracles_.push_back(row.make());
    for (std::uint64_t i = 0; i < 300; ++i) allocations_of(50, i);
  }

  std::unique_ptr<World> world_ = sim::make_world();
  std::unique_ptr<Strategy> strategy_ = strategies().front().make(1);
  std::vector<std::unique_ptr<Oracle>> oracles_;
};

TEST_P(WarmExecution, AllocatesAsOftenWithTenTimesTheSteps) {
  const std::uint64_t few = allocations_of(5, 7);
  EXPECT_GT(few, 0U);
  for (std::uint64_t i = 0; i < 50; ++i) EXPECT_EQ(allocations_of(50, i), few) << "execution " << i;
}

INSTANTIATE_TEST_SUITE_P(EveryGranularity, WarmExecution, testing::Values(Granularity::op, Granularity::os));

}  // namespace
}  // namespace heddle
