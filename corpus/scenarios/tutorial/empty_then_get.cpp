// Reading a queue until it is empty: sound once its writer has been joined, since a process that has ended
// has written all it put. While the writer is at work, empty() would only tell how far it has come.
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
  check(got == items, "no item is missed");
}

void body() {
  mp::Queue<int> queue(0, {.name = "queue"});
  mp::Process writer(mp::fn<&write>, mp::args(queue), {.name = "writer"});
  writer.start();
  writer.join();
  mp::Process reader(mp::fn<&read_until_empty>, mp::args(queue), {.name = "reader"});
  reader.start();
  reader.join();
}

}  // namespace

Scenario empty_then_get() {
  return {.name = "tutorial/empty-then-get",
          .summary = "a reader gets until the queue is empty, its writer having been joined",
          .body = &body};
}

}  // namespace heddle::tutorial
