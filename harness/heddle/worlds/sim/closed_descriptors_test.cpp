// What waits on a descriptor that another thread of its process closes.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;

void end_at_once() {}

// The child ends, and by the time main looks the closer has joined it and closed its sentinel.
void closed_under_a_wait() {
  mp::Process child(mp::fn<&end_at_once>, {.name = "child"});
  child.start();
  const mp::Waitable end(child.sentinel());
  mp::Thread closer(
      [&] {
        child.join();
        child.close();
      },
      {.name = "closer"});
  closer.start();
  try {
    check(mp::wait({end}).size() == 1, "what is closed is not waited for any more");
    outcome("ready");
  } catch (const mp::OSError&) {
    outcome("closed before");
  }
  closer.join();
}

TEST(ClosedDescriptor, EndsAWaitForIt) {
  for (const Granularity granularity : {Granularity::op, Granularity::os}) {
    const Result result = explore(
        &closed_under_a_wait,
        {.strategy = "exhaustive", .budget = {.executions = 5'000}, .run = {.granularity = granularity}});
    EXPECT_EQ(rules_of(result), Names{});
    EXPECT_EQ(result.outcomes.size(), 2U);
  }
}

}  // namespace
}  // namespace heddle
