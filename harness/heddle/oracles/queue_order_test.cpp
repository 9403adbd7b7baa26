// Programs that say that they rely on the order of a queue's items, and such as may.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;
using Numbers = mp::Queue<int>;

void put_two(Numbers& numbers) {
  numbers.put(1);
  numbers.put(2);
}

void put_then_tell(Numbers& numbers, mp::Event& told) {
  numbers.put(1);
  told.set();
}

void put_when_told(Numbers& numbers, mp::Event& told) {
  told.wait();
  numbers.put(2);
}

void two_producers_in_order(bool says_so) {
  Numbers numbers(0, {.name = "numbers"});
  if (says_so) assume_order(numbers);
  mp::Event told({.name = "told"});
  auto first = start<&put_then_tell>("first", numbers, told);
  auto second = start<&put_when_told>("second", numbers, told);
  numbers.get();
  numbers.get();
  first.join();
  second.join();
}

TEST(QueueOrder, IsNoneBetweenProcessesThoughTheyPutOneAfterTheOther) {
  Options options = options_of(500);
  options.seek_harm = false;
  const Result result = explore([] { two_producers_in_order(true); }, options);
  ASSERT_EQ(rules_of(result), Names{"queue-order-assumed"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, "numbers");
  EXPECT_NE(finding.sentence.find("main got second's item from numbers before first's"), std::string::npos)
      << finding.sentence;
}

TEST(QueueOrder, IsNotWatchedUnlessTheProgramSaysThatItReliesOnIt) {
  expect_silence([] { two_producers_in_order(false); });
}

TEST(QueueOrder, IsThatOfOneProducersPuts) {
  expect_silence([] {
    Numbers numbers(0, {.name = "numbers"});
    assume_order(numbers);
    auto only = start<&put_two>("only", numbers);
    check(numbers.get() == 1, "the first comes first");
    numbers.get();
    only.join();
  });
}

TEST(QueueOrder, IsThatOfProducersOneOfWhomEndsBeforeTheOtherStarts) {
  expect_silence([] {
    Numbers numbers(0, {.name = "numbers"});
    assume_order(numbers);
    start<&put_two>("first", numbers).join();
    auto second = start<&put_two>("second", numbers);
    for (int i = 0; i < 4; ++i) numbers.get();
    second.join();
  });
}

}  // namespace
}  // namespace heddle
