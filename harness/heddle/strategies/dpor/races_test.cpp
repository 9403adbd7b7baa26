// Which pairs of steps raced, in executions put together by hand.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include <heddle/strategies/dpor/races.hpp>

namespace heddle::dpor {
namespace {

using Pairs = std::vector<std::pair<StepIndex, StepIndex>>;

constexpr Access write_of(ThingId thing) { return {.thing = thing, .kind = AccessKind::write}; }
constexpr Access await_of(ThingId thing) { return {.thing = thing, .kind = AccessKind::await}; }

class Course {
 public:
  Course& step(TaskIndex task, const std::vector<Access>& accesses) { return add({.task = task}, accesses); }
  /// Time passed behind step `latest`.
  Course& timed_out(TaskIndex task, StepIndex latest, const std::vector<Access>& accesses) {
    return add({.task = task, .enabled_by = latest, .is_after_all = true}, accesses);
  }
  Pairs races() const {
    Races races;
    races.look(steps_);
    Pairs pairs;
    for (const Race& each : races.found()) pairs.emplace_back(each.first, each.second);
    return pairs;
  }

 private:
  Course& add(Step row, const std::vector<Access>& accesses) {
    steps_.accesses.insert(steps_.accesses.end(), accesses.begin(), accesses.end());
    row.accesses_end = static_cast<std::uint32_t>(steps_.accesses.size());
    steps_.rows.push_back(row);
    return *this;
  }
  Steps steps_;
};

TEST(Races, AreConflictsWithNothingBetween) {
  EXPECT_EQ(Course().step(0, {write_of(1)}).step(1, {write_of(1)}).step(2, {write_of(1)}).races(),
            (Pairs{{0, 1}, {1, 2}}));
}

TEST(Races, AreWithWhatAStepDidBeforeItWaited) {
  EXPECT_EQ(
      Course().step(0, {write_of(1)}).step(0, {write_of(2)}).step(1, {write_of(1), await_of(2)}).races(),
      (Pairs{{0, 2}}));
}

TEST(Races, AreNotWithWhatAStepDidBehindItsWait) {
  EXPECT_EQ(Course().step(0, {write_of(1), write_of(2)}).step(1, {await_of(2), write_of(1)}).races(),
            Pairs{});
}

TEST(Races, AreNotWithWhatWasOverWhenTimePassed) {
  EXPECT_EQ(Course().step(0, {write_of(1)}).timed_out(1, 0, {write_of(1)}).races(), Pairs{});
}

TEST(Races, AreBetweenThoseForWhomTimePassedAtOnce) {
  EXPECT_EQ(Course().step(0, {}).timed_out(1, 0, {write_of(1)}).timed_out(2, 0, {write_of(1)}).races(),
            (Pairs{{1, 2}}));
}

}  // namespace
}  // namespace heddle::dpor
