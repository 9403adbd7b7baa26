// Ten processes put one item each, ten others get one each, through a Queue(3): the bound makes producers
// wait for consumers. Correct: every get is met by a put, whatever the order.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/in_and_out.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <vector>

namespace heddle::tutorial {
namespace {

void put_one(mp::Queue<int>& queue, int item) { queue.put(item); }

void get_one(mp::Queue<int>& queue, int count) {
  const int item = queue.get();
  check(item >= 0 && item < count, "the item is one of those that were put");
}

void body() { in_and_out(10); }

}  // namespace

void in_and_out(int count) {
  mp::Queue<int> queue(3, {.name = "queue"});
  std::vector<mp::Process> workers;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i + 1);
    workers.emplace_back(mp::fn<&put_one>, mp::args(queue, i),
                         mp::ProcessOptions{.name = "producer-" + number});
    workers.emplace_back(mp::fn<&get_one>, mp::args(queue, count),
                         mp::ProcessOptions{.name = "consumer-" + number});
  }
  for (mp::Process& worker : workers) worker.start();
  for (mp::Process& worker : workers) worker.join();
  check(queue.empty() && queue.qsize() == 0, "as many items went out as came in");
}

Scenario ten_in_ten_out() {
  return {.name = "tutorial/ten-in-ten-out",
          .summary = "ten processes put one item each into a Queue(3), ten get one each",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
