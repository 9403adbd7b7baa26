// Marking more items done than were put. Each program accounts for an item in two places, or for none at all.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

using Tasks = mp::JoinableQueue<int>;

// Orders that cannot be filled are marked done where the exception is handled, and once more below.
namespace rejected_orders {

void fill(int order) {
  if (order % 2 == 1) throw std::invalid_argument("out of stock");
}

void work(Tasks& orders, int count) {
  for (int i = 0; i < count; ++i) {
    try {
      fill(orders.get());
    } catch (const std::invalid_argument&) {
      orders.task_done();  // the plant
    }
    orders.task_done();
  }
}

void work_fixed(Tasks& orders, int count) {
  for (int i = 0; i < count; ++i) {
    try {
      fill(orders.get());
    } catch (const std::invalid_argument&) {
      // Rejected; that is an answer too.
    }
    orders.task_done();
  }
}

template <auto Work>
void body() {
  Tasks orders(0, {.name = "orders"});
  mp::Process clerk_1(mp::fn<Work>, mp::args(orders, 1), {.name = "clerk-1"});
  mp::Process clerk_2(mp::fn<Work>, mp::args(orders, 2), {.name = "clerk-2"});
  clerk_1.start();
  clerk_2.start();
  for (int order = 0; order < 3; ++order) orders.put(order);
  orders.join();
  clerk_1.join();
  clerk_2.join();
}

}  // namespace rejected_orders

// A worker that looks now and then whether it shall stop marks a task done whether it got one or not.
namespace nothing_in_time {

constexpr std::chrono::milliseconds patience(100);

void work(Tasks& tasks, mp::Event& stop) {
  while (!stop.is_set()) {
    try {
      tasks.get(true, patience);
    } catch (const mp::Empty&) {
    }
    tasks.task_done();  // the plant: like a finally that belongs to the wrong try
  }
}

void work_fixed(Tasks& tasks, mp::Event& stop) {
  while (!stop.is_set()) {
    try {
      tasks.get(true, patience);
      tasks.task_done();
    } catch (const mp::Empty&) {
    }
  }
}

template <auto Work>
void body() {
  Tasks tasks(0, {.name = "tasks"});
  mp::Event stop({.name = "stop"});
  mp::Process worker(mp::fn<Work>, mp::args(tasks, stop), {.name = "worker"});
  worker.start();
  tasks.put(1);
  tasks.put(2);
  tasks.join();
  mp::sleep(10 * patience);  // before it turns out that there is nothing more to do
  stop.set();
  worker.join();
}

}  // namespace nothing_in_time

// Two stages with a queue each: the second one marks what it got done in the queue of the first.
namespace wrong_stage {

constexpr int lines = 2;

void parse(Tasks& raw, Tasks& parsed) {
  for (int i = 0; i < lines; ++i) {
    parsed.put(raw.get());
    raw.task_done();
  }
}

void store(Tasks& raw, Tasks& parsed) {
  for (int i = 0; i < lines; ++i) {
    parsed.get();
    raw.task_done();  // the plant
  }
}

void store_fixed(Tasks&, Tasks& parsed) {
  for (int i = 0; i < lines; ++i) {
    parsed.get();
    parsed.task_done();
  }
}

template <auto Store>
void body() {
  Tasks raw(0, {.name = "raw"});
  Tasks parsed(0, {.name = "parsed"});
  mp::Process parser(mp::fn<&parse>, mp::args(raw, parsed), {.name = "parser"});
  mp::Process writer(mp::fn<Store>, mp::args(raw, parsed), {.name = "writer"});
  parser.start();
  writer.start();
  for (int line = 0; line < lines; ++line) raw.put(line);
  raw.join();
  parsed.join();
  parser.join();
  writer.join();
}

}  // namespace wrong_stage

}  // namespace

std::vector<Scenario> task_done_overflow() {
  const std::vector<ExpectedFinding> caught{{.rule = "task-done-overflow"}};
  return {
      {.name = "misuse/task-done-overflow-1",
       .summary = "clerks mark a rejected order done in the handler and once more behind it",
       .body = &rejected_orders::body<&rejected_orders::work>,
       .expected = caught},
      {.name = "misuse/task-done-overflow-1-fixed",
       .summary = "clerks mark each order done in one place, rejected or not",
       .body = &rejected_orders::body<&rejected_orders::work_fixed>},
      {.name = "misuse/task-done-overflow-2",
       .summary = "a worker whose get() may time out marks a task done in either case",
       .body = &nothing_in_time::body<&nothing_in_time::work>,
       .expected = caught},
      {.name = "misuse/task-done-overflow-2-fixed",
       .summary = "a worker whose get() may time out marks done what it got",
       .body = &nothing_in_time::body<&nothing_in_time::work_fixed>},
      {.name = "misuse/task-done-overflow-3",
       .summary = "the second of two stages marks its items done in the queue of the first",
       .body = &wrong_stage::body<&wrong_stage::store>,
       .expected = caught},
      {.name = "misuse/task-done-overflow-3-fixed",
       .summary = "two stages, each of which marks its items done in its own queue",
       .body = &wrong_stage::body<&wrong_stage::store_fixed>},
  };
}

}  // namespace heddle::misuse
