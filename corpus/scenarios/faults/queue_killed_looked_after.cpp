// The producer may be killed, and the consumer is ready for it: it waits for a second at most, and takes
// OwnerDied, from a producer that died in the middle of a message, for an end as well.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/faults/faults.hpp>

namespace heddle::faults {
namespace {

constexpr int items = 2;

void produce(mp::Queue<int>& numbers) {
  for (int item = 0; item < items; ++item) numbers.put(item);
}

void consume(mp::Queue<int>& numbers) {
  try {
    for (int item = 0; item < items; ++item) numbers.get(true, std::chrono::seconds(1));
  } catch (const mp::Empty&) {
  } catch (const mp::OwnerDied&) {
  }
}

void body() {
  mp::Queue<int> numbers(0, {.name = "numbers"});
  mp::Process producer(mp::fn<&produce>, mp::args(numbers), {.name = "producer"});
  mp::Process consumer(mp::fn<&consume>, mp::args(numbers), {.name = "consumer"});
  producer.start();
  consumer.start();
  producer.join();
  consumer.join();
}

}  // namespace

Scenario queue_killed_looked_after() {
  return {.name = "faults/queue-killed-looked-after",
          .summary = "a consumer with a timeout, of a producer that may be killed",
          .body = &body,
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
