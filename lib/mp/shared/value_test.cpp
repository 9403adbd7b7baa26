// Value across processes, on the real Os.
#include <mp/shared/value.hpp>

#include <gtest/gtest.h>

#include <cstdint>
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

TEST(Value, WrapsIntegersThatDoNotFit_VAL_02) {
  Value<std::int32_t> number(0);
  number.value() = (std::int64_t{1} << 40) + 5;
  EXPECT_EQ(std::int32_t{number.value()}, 5);
  Value<std::uint8_t> small(300);
  EXPECT_EQ(std::uint8_t{small.value()}, 44);
  Value<std::int8_t> tiny(200);
  EXPECT_EQ(std::int8_t{tiny.value()}, -56);
  static_assert(!StorableAs<double, int> && !StorableAs<const char*, int> && StorableAs<int, double>);
}

template <class L>
bool a_thread_can_take(L& lock) {
  bool taken = false;
  Thread other([&] {
    taken = lock.acquire(false);
    if (taken) lock.release();
  });
  other.start();
  other.join();
  return taken;
}

TEST(Value, SharesALockThatItIsGiven_VAL_03_ARR_04) {
  RLock lock;
  Value<int> first(1, {.lock = lock});
  Value<int> second(2, {.lock = first.get_lock()});
  const With held(second);
  EXPECT_FALSE(a_thread_can_take(lock));
  EXPECT_EQ(first.value() + second.value(), 3);
}

TEST(Value, WithALockHasItsHolderWait_VAL_06) {
  Lock lock;
  Value<int> value(1, {.lock = lock});
  EXPECT_TRUE(value.get_lock().acquire());
  EXPECT_FALSE(value.get_lock().acquire(false));  // as .value() would, for ever
  value.release();
  EXPECT_EQ(int{value.value()}, 1);
}

void acquire_and_end(Lock& lock) { lock.acquire(); }

TEST(Value, SaysOnceThatTheHolderOfItsRobustLockDied) {
  Lock lock({.robust = true});
  Value<int> value(1, {.lock = lock});
  Process child(fn<&acquire_and_end>, args(lock));
  child.start();
  child.join();
  EXPECT_THROW(static_cast<void>(int{value.value()}), OwnerDied);
  EXPECT_EQ(int{value.value()}, 1);
}

TEST(Value, IsReachedPastItsLockByGetObj_VAL_07) {
  Value<int> value(1);
  Thread other([&] { value.get_obj().value() = 2; });
  const With held(value);
  other.start();
  other.join();
  EXPECT_EQ(int{value.value()}, 2);
}

TEST(RawValue, IsZeroAndHasNoLock_RAW_01) {
  RawValue<double> number;
  EXPECT_EQ(double{number.value()}, 0.0);
  number.value() += 0.5;
  EXPECT_EQ(double{number.value()}, 0.5);
  EXPECT_THROW(encode_message(number), RuntimeError);
}

}  // namespace
}  // namespace mp
