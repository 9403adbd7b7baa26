// One process and a Queue(3): what full() and empty() say, what put_nowait and get_nowait raise. put hands
// the item to a feeder, so a get_nowait directly after it may find nothing yet (QUEUE-07): both outcomes
// are recorded, and both must be seen. Everything after a get that has waited is exact.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void get_at_once(mp::Queue<int>& queue) {
  queue.put(0);
  try {
    queue.get_nowait();
    outcome("at once: got it");
  } catch (const mp::Empty&) {
    outcome("at once: Empty");
    queue.get();
  }
}

void body() {
  mp::Queue<int> queue(3, {.name = "queue"});
  get_at_once(queue);

  for (int item = 1; item <= 3; ++item) queue.put(item);
  check(queue.full(), "three items fill a Queue(3)");
  bool refused = false;
  try {
    queue.put_nowait(4);
  } catch (const mp::Full&) {
    refused = true;
  }
  check(refused, "put_nowait on a full queue raises Full");

  for (int item = 1; item <= 3; ++item) check(queue.get() == item, "items of one process come in order");
  check(queue.empty(), "nothing is left after three gets");
  refused = false;
  try {
    queue.get_nowait();
  } catch (const mp::Empty&) {
    refused = true;
  }
  check(refused, "get_nowait on an empty queue raises Empty");
}

}  // namespace

Scenario queue_basics() {
  return {.name = "tutorial/queue-basics",
          .summary = "a Queue(3) filled and emptied by one process: Full, Empty, and the delay of the feeder",
          .body = &body,
          .expected = {},
          .outcomes = {"at once: got it", "at once: Empty"}};
}

}  // namespace heddle::tutorial
