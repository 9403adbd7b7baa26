// Producers that end when their queue has been worked off: each puts its items and calls join() on the
// JoinableQueue. The consumers are daemons that work for ever; the end of main ends them. Correct, because
// every get is followed by one task_done.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

void produce(mp::JoinableQueue<int>& tasks, int first) {
  for (int i = 0; i < 3; ++i) tasks.put(first + i);
  tasks.join();
}

void consume(mp::JoinableQueue<int>& tasks) {
  while (true) {
    const int item = tasks.get();
    check(item >= 0 && item < 9, "the item is one of those that were put");
    tasks.task_done();
  }
}

void body() {
  mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
  mp::Process consumer_1(mp::fn<&consume>, mp::args(tasks), {.name = "consumer-1", .daemon = true});
  mp::Process consumer_2(mp::fn<&consume>, mp::args(tasks), {.name = "consumer-2", .daemon = true});
  mp::Process producer_1(mp::fn<&produce>, mp::args(tasks, 0), {.name = "producer-1"});
  mp::Process producer_2(mp::fn<&produce>, mp::args(tasks, 3), {.name = "producer-2"});
  mp::Process producer_3(mp::fn<&produce>, mp::args(tasks, 6), {.name = "producer-3"});
  consumer_1.start();
  consumer_2.start();
  producer_1.start();
  producer_2.start();
  producer_3.start();
  producer_1.join();
  producer_2.join();
  producer_3.join();
  check(tasks.empty(), "join() returned when every item had been worked off");
}

}  // namespace

Scenario joinable_daemons() {
  return {.name = "tutorial/joinable-daemons",
          .summary = "producers join() their JoinableQueue, daemonic consumers call task_done",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
