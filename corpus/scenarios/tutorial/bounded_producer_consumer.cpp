// One producer that takes its time, one consumer, a bounded queue between them and None at the end. With
// one of each the items arrive in the order in which they were put.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

using Items = mp::Queue<std::optional<int>>;

constexpr int items_count = 10;

void produce(Items& items) {
  for (int item = 0; item < items_count; ++item) {
    mp::sleep(std::chrono::milliseconds(100));
    items.put(item);
  }
  items.put(std::nullopt);
}

void consume(Items& items) {
  int next = 0;
  while (const std::optional<int> item = items.get()) check(*item == next++, "items arrive in order");
  check(next == items_count, "every item arrives");
}

void body() {
  Items items(5, {.name = "items"});
  mp::Process producer(mp::fn<&produce>, mp::args(items), {.name = "producer"});
  mp::Process consumer(mp::fn<&consume>, mp::args(items), {.name = "consumer"});
  producer.start();
  consumer.start();
  producer.join();
  consumer.join();
}

}  // namespace

Scenario bounded_producer_consumer() {
  return {.name = "tutorial/bounded-producer-consumer",
          .summary = "a slow producer and a consumer over a Queue(5), None at the end",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
