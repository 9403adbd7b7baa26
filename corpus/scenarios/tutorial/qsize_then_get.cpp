// One task of a pool writes into a managed queue, another reads as many items as qsize() says, and main
// sleeps for a second between starting the two: that has to do as the order between them. It does until the
// writer is slow, which simulated time shows where a sleep may be overtaken.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

using Items = mp::QueueProxy<int>;

constexpr int items = 3;

void write(const Items& queue) {
  for (int item = 0; item < items; ++item) queue.put(item);
}

int read_what_is_there(const Items& queue) {
  const int there = queue.qsize();
  for (int item = 0; item < there; ++item)
    check(queue.get() == item, "the items come in the order of their puts");
  return there;
}

void body() {
  mp::Manager manager;
  const Items queue = manager.Queue<int>(0, "queue");
  mp::Pool pool(2, {.name = "pool"});
  pool.apply_async(mp::fn<&write>, mp::args(queue), {.name = "written"});
  mp::sleep(std::chrono::seconds(1));
  const auto read = pool.apply_async(mp::fn<&read_what_is_there>, mp::args(queue), {.name = "read"});
  pool.close();
  pool.join();
  outcome(read.get());
}

}  // namespace

Scenario qsize_then_get() {
  return {
      .name = "tutorial/qsize-then-get",
      .summary = "a task reads as many items as qsize() says, a second after another began to write them",
      .body = &body,
      .expected = {{.rule = "sleep-as-synchronisation"}, {.rule = "stale-queue-check", .with_harm = true}},
      .time = TimeMode::races,
      .outcomes = {}};
}

}  // namespace heddle::tutorial
