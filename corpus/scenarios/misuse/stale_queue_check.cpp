// Deciding by what a queue said a moment ago.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_communication.hpp>

namespace heddle::misuse {
namespace {

// Two workers share what was put beforehand, and each looks whether there is more.
namespace shared_work {

using Tasks = mp::Queue<int>;

void work(Tasks& tasks) {
  while (!tasks.empty()) {
    try {
      tasks.get(true, std::chrono::seconds(1));
    } catch (const mp::Empty&) {
      return;  // a second later it turns out that the other one had it
    }
  }
}

void body() {
  Tasks tasks(0, {.name = "tasks"});
  for (int task = 0; task < 3; ++task) tasks.put(task);
  mp::Process worker_1(mp::fn<&work>, mp::args(tasks), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&work>, mp::args(tasks), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
}

// Each worker has a queue of its own, which is complete before the worker begins: nobody changes the answer.
using OwnTasks = mp::SimpleQueue<int>;

void work_alone(OwnTasks& tasks) {
  while (!tasks.empty()) tasks.get();
}

void body_fixed() {
  OwnTasks tasks_1({.name = "tasks-1"});
  OwnTasks tasks_2({.name = "tasks-2"});
  for (int task = 0; task < 3; ++task) (task % 2 == 0 ? tasks_1 : tasks_2).put(task);
  mp::Process worker_1(mp::fn<&work_alone>, mp::args(tasks_1), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&work_alone>, mp::args(tasks_2), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
}

}  // namespace shared_work

// Two sensors drop a value rather than wait for room.
namespace never_wait {

using Values = mp::Queue<std::optional<int>>;

void sense(Values& values) {
  for (int value = 0; value < 2; ++value)
    if (!values.full()) values.put(value);  // the plant: here it may wait
}

void sense_fixed(Values& values) {
  for (int value = 0; value < 2; ++value) {
    try {
      values.put_nowait(value);
    } catch (const mp::Full&) {
      // The next one will do.
    }
  }
}

void record(Values& values) {
  while (values.get()) {
  }
}

template <auto Sense>
void body() {
  Values values(1, {.name = "values"});
  mp::Process recorder(mp::fn<&record>, mp::args(values), {.name = "recorder"});
  mp::Process sensor_1(mp::fn<Sense>, mp::args(values), {.name = "sensor-1"});
  mp::Process sensor_2(mp::fn<Sense>, mp::args(values), {.name = "sensor-2"});
  recorder.start();
  sensor_1.start();
  sensor_2.start();
  sensor_1.join();
  sensor_2.join();
  values.put(std::nullopt);
  recorder.join();
}

}  // namespace never_wait

// main reports as many errors as there are, while a checker still looks for them.
namespace reported_too_early {

using Errors = mp::JoinableQueue<int>;

void check_files(Errors& errors) {
  for (int file = 0; file < 3; ++file) errors.put(file);
}

template <bool is_fixed>
void body() {
  Errors errors(0, {.name = "errors"});
  mp::Process checker(mp::fn<&check_files>, mp::args(errors), {.name = "checker"});
  checker.start();
  if (is_fixed) checker.join();
  const int count = errors.qsize();
  for (int i = 0; i < count; ++i) errors.get();
  if (!is_fixed) checker.join();
}

}  // namespace reported_too_early

}  // namespace

std::vector<Scenario> stale_queue_check() {
  const std::vector<ExpectedFinding> caught{{.rule = "stale-queue-check", .with_harm = true}};
  return {
      {.name = "misuse/stale-queue-check-1",
       .summary = "two workers get from one queue as long as it is not empty",
       .body = &shared_work::body,
       .expected = caught},
      {.name = "misuse/stale-queue-check-1-fixed",
       .summary = "two workers empty queues of their own, which were filled before they began",
       .body = &shared_work::body_fixed},
      {.name = "misuse/stale-queue-check-2",
       .summary = "two sensors put into a queue of one slot if it is not full, so as not to wait",
       .body = &never_wait::body<&never_wait::sense>,
       .expected = caught},
      {.name = "misuse/stale-queue-check-2-fixed",
       .summary = "two sensors put what goes without a wait into a queue of one slot",
       .body = &never_wait::body<&never_wait::sense_fixed>},
      {.name = "misuse/stale-queue-check-3",
       .summary = "main gets as many errors as qsize() says while a checker is at work",
       .body = &reported_too_early::body<false>,
       .expected = caught},
      {.name = "misuse/stale-queue-check-3-fixed",
       .summary = "main joins a checker and gets as many errors as qsize() says",
       .body = &reported_too_early::body<true>},
  };
}

}  // namespace heddle::misuse
