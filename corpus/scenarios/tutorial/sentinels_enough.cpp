// Three producers, one consumer, two sentinels: the consumer takes the first None and ends. The other one
// stays in the queue for ever, which harms nobody: it fits into the pipe, so main's feeder does not wait.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/tutorial/sentinels.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <vector>

namespace heddle::tutorial {
namespace {

using Items = mp::Queue<std::optional<int>>;

constexpr int producers = 3;
constexpr int items_each = 2;

void produce(Items& items, int first) {
  for (int i = 0; i < items_each; ++i) items.put(first + i);
}

void consume(Items& items, mp::Queue<int>& counts) {
  int count = 0;
  while (items.get().has_value()) ++count;
  counts.put(count);
}

void body() { sentinels(1, 2); }

}  // namespace

void sentinels(int consumers, int sentinels_put) {
  Items items(0, {.name = "items"});
  mp::Queue<int> counts(0, {.name = "counts"});
  std::vector<mp::Process> producing;
  for (int i = 0; i < producers; ++i) {
    producing.emplace_back(mp::fn<&produce>, mp::args(items, i * items_each),
                           mp::ProcessOptions{.name = "producer-" + std::to_string(i + 1)});
  }
  std::vector<mp::Process> consuming;
  for (int i = 0; i < consumers; ++i) {
    consuming.emplace_back(mp::fn<&consume>, mp::args(items, counts),
                           mp::ProcessOptions{.name = "consumer-" + std::to_string(i + 1)});
  }
  for (mp::Process& process : producing) process.start();
  for (mp::Process& process : consuming) process.start();
  for (mp::Process& process : producing) process.join();
  for (int i = 0; i < sentinels_put; ++i) items.put(std::nullopt);
  for (mp::Process& process : consuming) process.join();

  int total = 0;
  for (int i = 0; i < consumers; ++i) total += counts.get();
  check(total == producers * items_each, "every item was consumed once");
}

Scenario sentinels_enough() {
  return {.name = "tutorial/sentinels-enough",
          .summary = "three producers, one consumer, two None: one of them is never taken",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
