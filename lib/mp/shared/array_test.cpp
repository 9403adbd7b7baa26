// Arrays across processes and Python's ways to name elements, on the real Os.
#include <mp/shared/array.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using Ints = std::vector<int>;

TEST(Array, IsZeroOrAsGiven_ARR_01) {
  EXPECT_EQ(Array<int>(3).slice(), (Ints{0, 0, 0}));
  EXPECT_EQ(Array<int>({1, 2}).slice(), (Ints{1, 2}));
  EXPECT_EQ(Array<int>(Ints{4, 5, 6}).slice(), (Ints{4, 5, 6}));
  EXPECT_EQ(Array<int>(0).size(), 0U);
  EXPECT_EQ(Array<int>(0).slice(), Ints{});
  EXPECT_THROW(Array<int>(-1), ValueError);
  EXPECT_THROW(Array<double>(INT64_MAX), OSError);
  static_assert(!std::constructible_from<Array<int>, double>);
}

TEST(Array, IsZeroAlsoOnReusedMemory_ARR_01) {
  for (int i = 0; i < 3; ++i) {
    Array<int> array(100);
    EXPECT_EQ(array.slice(), Ints(100, 0));
    array.store_slice({}, {}, Ints(100, i + 1));
  }
}

TEST(Array, CountsNegativePositionsFromTheEnd_ARR_02) {
  Array<int> array({1, 2, 3});
  array[-1] = 30;
  array[0] += 9;
  ++array[1];
  EXPECT_EQ(array.slice(), (Ints{10, 3, 30}));
  EXPECT_EQ(int{array[-3]}, 10);
  EXPECT_THROW(array[3], IndexError);
  EXPECT_THROW(array[-4], IndexError);
  EXPECT_THROW(Array<int>(0)[0], IndexError);
}

TEST(Array, HoldsBools_ARR_01) {
  const std::vector<bool> some{true, false, true};
  Array<bool> array({true, false, true});
  EXPECT_EQ(array.slice(), some);
  EXPECT_EQ(Array<bool>(some).slice(1), (std::vector<bool>{false, true}));
  EXPECT_EQ(Array<bool>(2).slice(), (std::vector<bool>{false, false}));
  array.store_slice(0, 2, {false, true});
  array[2] = array[0];
  EXPECT_EQ(array.slice(), (std::vector<bool>{false, true, false}));
  EXPECT_EQ(RawArray<bool>(some).slice({}, {}, -2), (std::vector<bool>{true, true}));
  int set = 0;
  for (const bool each : array) set += each ? 1 : 0;
  EXPECT_EQ(set, 1);
}

TEST(Array, IsCopiedElementToElement) {
  Array<std::int16_t> from({70, 1});
  Array<int> to(2);
  to[0] = from[0];
  to[1] = to[0];
  EXPECT_EQ(to.slice(), (Ints{70, 70}));
}

TEST(Array, SlicesAsPython_ARR_02) {
  Array<int> array({0, 1, 2, 3, 4, 5});
  EXPECT_EQ(array.slice(1, 3), (Ints{1, 2}));
  EXPECT_EQ(array.slice(-2), (Ints{4, 5}));
  EXPECT_EQ(array.slice({}, -4), (Ints{0, 1}));
  EXPECT_EQ(array.slice(4, 100), (Ints{4, 5}));
  EXPECT_EQ(array.slice(-100, 1), (Ints{0}));
  EXPECT_EQ(array.slice(3, 2), Ints{});
  EXPECT_EQ(array.slice({}, {}, 2), (Ints{0, 2, 4}));
  EXPECT_EQ(array.slice({}, {}, -1), (Ints{5, 4, 3, 2, 1, 0}));
  EXPECT_EQ(array.slice(4, 1, -2), (Ints{4, 2}));
  EXPECT_EQ(array.slice(1, {}, INT64_MAX), (Ints{1}));
  EXPECT_EQ(array.slice(1, {}, INT64_MIN), (Ints{1}));
  EXPECT_THROW(array.slice({}, {}, 0), ValueError);
}

TEST(Array, StoresSlicesOfEqualLength_ARR_02) {
  Array<int> array({0, 1, 2, 3, 4, 5});
  array.store_slice(1, 3, {10, 20});
  array.store_slice({}, {}, {7, 8, 9}, -2);
  EXPECT_EQ(array.slice(), (Ints{0, 9, 20, 8, 4, 7}));
  EXPECT_THROW(array.store_slice(0, 2, {1}), ValueError);
  EXPECT_THROW(array.store_slice(0, 2, {1, 2, 3}), ValueError);
  EXPECT_THROW(array.store_slice(2, 2, {1}), ValueError);
  EXPECT_EQ(int{array[0]}, 0);
}

TEST(Array, IsIteratedElementByElement) {
  Array<int> array({1, 2, 3});
  Ints seen;
  for (const int each : array) {
    seen.push_back(each);
    array[2] = 30;
  }
  EXPECT_EQ(seen, (Ints{1, 2, 30}));
}

TEST(Array, OfCharsHasAValueAndARawText_ARR_03) {
  Array<char> text("hello");
  EXPECT_EQ(text.size(), 5U);
  text.set_value("hi");
  EXPECT_EQ(text.value(), "hi");
  EXPECT_EQ(text.raw(), std::string("hi\0lo", 5));
  text.set_value("12345");
  EXPECT_EQ(text.value(), "12345");
  text.set_raw("ab");
  EXPECT_EQ(text.raw(), "ab345");
  EXPECT_THROW(text.set_value("123456"), ValueError);
  EXPECT_THROW(text.set_raw("123456"), ValueError);
  EXPECT_EQ(text.raw(), "ab345");
}

void add_to_each(Array<int>& array, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    const With held(array);
    for (std::size_t at = 0; at < array.size(); ++at) array[at] += 1;
  }
}

TEST(Array, CountsExactlyUnderItsLock) {
  Array<int> array(3);
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&add_to_each>, args(array, 200));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(array.slice(), Ints(3, 600));
}

TEST(Array, SharesALockThatItIsGiven_ARR_04) {
  Lock lock;
  Array<int> array({1}, {.lock = lock});
  EXPECT_TRUE(lock.acquire());
  EXPECT_FALSE(array.acquire(false));
  EXPECT_EQ(array.get_obj().slice(), Ints{1});
  lock.release();
  EXPECT_EQ(int{array[0]}, 1);
}

void store_at_its_end(RawArray<int>& array) { array[-1] = 4; }

TEST(RawArray, IsSharedWithoutALock_RAW_01) {
  RawArray<int> array(2);
  EXPECT_EQ(array.slice(), (Ints{0, 0}));
  Process child(fn<&store_at_its_end>, args(array));
  child.start();
  child.join();
  EXPECT_EQ(array.slice(), (Ints{0, 4}));
}

TEST(Array, DoesNotCrossInAMessage_VAL_08) {
  EXPECT_THROW(encode_message(Array<int>(1)), RuntimeError);
  EXPECT_THROW(encode_message(RawArray<int>(1)), RuntimeError);
}

}  // namespace
}  // namespace mp
