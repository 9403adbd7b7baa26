// A consumer that knows how many items come waits for all of them, and the producer may be killed before it
// has put them. main keeps the queue, so no end of file ends the wait.
#include <mp/multiprocessing.hpp>
#include <scenarios/faults/faults.hpp>

namespace heddle::faults {
namespace {

constexpr int items = 2;

void produce(mp::Queue<int>& numbers) {
  for (int item = 0; item < items; ++item) numbers.put(item);
}

void consume(mp::Queue<int>& numbers) {
  for (int item = 0; item < items; ++item) numbers.get();
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

Scenario queue_killed() {
  return {.name = "faults/queue-killed",
          .summary = "a consumer waits for items of a producer that may be killed",
          .body = &body,
          .expected = {{.rule = "queue-items-lost"}, {.rule = "sentinel-shortage"}},
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
