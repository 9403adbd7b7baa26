// A consumer that calls task_done twice for one item. The count of unfinished tasks then reaches zero too
// early, and some later task_done is one too many: ValueError, in whichever process is unlucky.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void consume(mp::JoinableQueue<int>& tasks, int count) {
  for (int i = 0; i < count; ++i) {
    const int item = tasks.get();
    tasks.task_done();
    if (item == 1) tasks.task_done();  // the plant
  }
}

void body() {
  mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
  mp::Process consumer_1(mp::fn<&consume>, mp::args(tasks, 2), {.name = "consumer-1"});
  mp::Process consumer_2(mp::fn<&consume>, mp::args(tasks, 2), {.name = "consumer-2"});
  consumer_1.start();
  consumer_2.start();
  for (int item = 0; item < 4; ++item) tasks.put(item);
  tasks.join();
  consumer_1.join();
  consumer_2.join();
}

}  // namespace

Scenario joinable_extra_done() {
  return {.name = "tutorial/joinable-extra-done",
          .summary = "a consumer calls task_done twice for one item",
          .body = &body,
          .expected = {{.rule = "task-done-overflow"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
