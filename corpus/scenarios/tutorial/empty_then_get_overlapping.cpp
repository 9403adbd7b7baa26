// empty-then-get with its writer still at work: empty() tells how far that one has come, so the reader may
// leave before the last item. How many it got is recorded and not asserted, so that the finding is the check
// itself.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

constexpr int items = 3;

void write(mp::Queue<int>& queue) {
  for (int item = 0; item < items; ++item) queue.put(item);
}

void read_until_empty(mp::Queue<int>& queue) {
  int got = 0;
  while (!queue.empty()) {
    check(queue.get() == got, "the items come in the order of their puts");
    ++got;
  }
  outcome(got);
}

void body() {
  mp::Queue<int> queue(0, {.name = "queue"});
  mp::Process writer(mp::fn<&write>, mp::args(queue), {.name = "writer"});
  mp::Process reader(mp::fn<&read_until_empty>, mp::args(queue), {.name = "reader"});
  writer.start();
  reader.start();
  writer.join();
  reader.join();
}

}  // namespace

Scenario empty_then_get_overlapping() {
  return {.name = "tutorial/empty-then-get-overlapping",
          .summary = "a reader gets until the queue is empty while its writer is at work",
          .body = &body,
          .expected = {{.rule = "stale-queue-check", .with_harm = true}},
          .outcomes = {"0", "1", "2", "3"}};
}

}  // namespace heddle::tutorial
