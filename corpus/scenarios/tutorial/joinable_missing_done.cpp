// A consumer that forgets task_done for one item: join() on the queue never returns, although every item
// was got. Main is the only one to wait; the consumers are daemons and wait for more work.
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void consume(mp::JoinableQueue<int>& tasks) {
  while (true) {
    const int item = tasks.get();
    if (item == 1) continue;  // the plant: back to get() without task_done
    tasks.task_done();
  }
}

void body() {
  mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
  mp::Process consumer_1(mp::fn<&consume>, mp::args(tasks), {.name = "consumer-1", .daemon = true});
  mp::Process consumer_2(mp::fn<&consume>, mp::args(tasks), {.name = "consumer-2", .daemon = true});
  consumer_1.start();
  consumer_2.start();
  for (int item = 0; item < 3; ++item) tasks.put(item);
  tasks.join();
}

}  // namespace

Scenario joinable_missing_done() {
  return {.name = "tutorial/joinable-missing-done",
          .summary = "a consumer skips task_done for one item, so join() never returns",
          .body = &body,
          .expected = {{.rule = "task-done-missing"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
