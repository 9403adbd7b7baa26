// Value across processes, on the real Os.
#include <mp/shared/value.hpp>

#include <gtest/gtest.h>

#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

TEST(Value, StartsAsGivenAndReadsWhatWasWritten) {
  Value<int> value(7);
  EXPECT_EQ(int{value.value()}, 7);
  value.value() = -3;
  EXPECT_EQ(int{value.value()}, -3);
  value.value() += 5;
  ++value.value();
  value.value() -= 1;
  EXPECT_EQ(int{value.value()}, 2);
}

TEST(Value, HoldsRealsAndTruthValues) {
  Value<double> real(0.5);
  real.value() *= 3;
  EXPECT_DOUBLE_EQ(double{real.value()}, 1.5);
  Value<bool> flag;
  flag.value() = true;
  EXPECT_TRUE(bool{flag.value()});
}

TEST(Value, IsCopiedByAssigningAReferenceToAnother) {
  Value<int> from(4);
  Value<int> to(0);
  to.value() = from.value();
  EXPECT_EQ(int{to.value()}, 4);
}

void add_under_lock(Value<int>& total, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    const With held(total.get_lock());
    total.value() += 1;
  }
}

TEST(Value, CountsExactlyUnderItsLock) {
  Value<int> total(0);
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&add_under_lock>, args(total, 1000));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(int{total.value()}, 3000);
}

TEST(Value, IsItsOwnSubjectOfAWith) {
  Value<int> value(1);
  bool taken = true;
  const With held(value);
  Thread other([&] { taken = value.get_lock().acquire(false); });
  other.start();
  other.join();
  EXPECT_FALSE(taken);
  EXPECT_EQ(int{value.value()}, 1);
}

TEST(Value, DoesNotCrossInAMessage) {
  const Value<int> value(1);
  EXPECT_THROW(encode_message(value), RuntimeError);
}

}  // namespace
}  // namespace mp
