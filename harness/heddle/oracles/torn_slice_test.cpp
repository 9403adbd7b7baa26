// Slices and iterations over an Array that is updated meanwhile, and readers that take the lock or are told.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using Pair = mp::Array<int>;

constexpr auto rule = "torn-slice";

void store_both(Pair& pair) { pair.store_slice(0, 2, {1, 1}); }

int sum_of(Pair& pair) {
  int sum = 0;
  for (const int each : pair) sum += each;
  return sum;
}

TEST(TornSlice, IsAnIterationDuringOneStoreOfASlice) {
  expect_finding(
      [] {
        Pair pair(2, {.name = "pair"});
        auto writer = start<&store_both>("writer", pair);
        sum_of(pair);
        writer.join();
      },
      rule, "pair", {"main", "writer"});
}

void store_both_in_lock(Pair& pair, mp::Lock& lock) {
  const mp::With held(lock);
  pair[0] = 1;
  pair[1] = 1;
}

TEST(TornSlice, IsASliceDuringAnotherLocksCriticalSection) {
  const auto program = [] {
    Pair pair(2, {.name = "pair"});
    mp::Lock lock({.name = "lock"});
    auto writer = start<&store_both_in_lock>("writer", pair, lock);
    static_cast<void>(pair.slice());
    writer.join();
  };
  expect_finding(program, rule, "pair", {"main", "writer"});
  EXPECT_EQ(
      sentence_of(program),
      "main read pair in one slice and saw half of writer's update: element 0 is from after it, element 1 "
      "from before it");
}

TEST(TornSlice, IsNoneOfOneSliceDuringAnother) {
  expect_silence([] {
    Pair pair(2, {.name = "pair"});
    auto writer = start<&store_both>("writer", pair);
    outcome(pair.slice()[0]);
    writer.join();
  });
}

TEST(TornSlice, IsNoneUnderTheLockOfBoth) {
  expect_silence([] {
    Pair pair(2, {.name = "pair"});
    auto writer = start<&store_both>("writer", pair);
    {
      const mp::With held(pair.get_lock());
      sum_of(pair);
    }
    writer.join();
  });
}

TEST(TornSlice, IsNoneOfAReaderThatIsToldOfEachElement) {
  expect_silence([] {
    Pair pair(2, {.name = "pair"});
    mp::Queue<int> ready;
    auto writer = start<[](Pair& to, mp::Queue<int>& told) {
      to[0] = 1;
      told.put(0);
      to.store_slice(0, 2, {2, 2});
      told.put(1);
    }>("writer", pair, ready);
    for (int i = 0; i < 2; ++i) outcome(static_cast<int>(pair[ready.get()]));
    writer.join();
  });
}

TEST(TornSlice, IsNoneOfStoresOneByOne) {
  expect_silence([] {
    Pair pair(2, {.name = "pair"});
    auto writer = start<[](Pair& to) {
      to[0] = 1;
      to[1] = 1;
    }>("writer", pair);
    sum_of(pair);
    static_cast<void>(pair.slice());
    writer.join();
  });
}

}  // namespace
}  // namespace heddle
