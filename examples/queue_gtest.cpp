// GoogleTest tests whose bodies are explored: each runs in 1,000 interleavings, and a failure in any of
// them is shown once, with the line that replays it. Linked with gtest_main like every other test.
#include <heddle/gtest/heddle_test.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>

namespace {

using Items = mp::Queue<std::optional<int>>;

void produce(Items& items) {
  for (int item = 1; item <= 3; ++item) items.put(item);
  items.put(std::nullopt);
}

HEDDLE_TEST(Queue, DeliversTheItemsOfOneProducerInOrder) {
  Items items(2, {.name = "items"});
  mp::Process producer(mp::fn<&produce>, mp::args(items), {.name = "producer"});
  producer.start();
  int next = 1;
  while (const std::optional<int> item = items.get()) EXPECT_EQ(*item, next++);
  EXPECT_EQ(next, 4);
  producer.join();
}

HEDDLE_TEST(Queue, RaisesFullWhenNobodyGets) {
  Items items(1, {.name = "items"});
  items.put(1);
  EXPECT_THROW(items.put_nowait(2), mp::Full);
  EXPECT_EQ(items.get(), 1);
}

}  // namespace
