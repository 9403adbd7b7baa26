// Counting on items that went with the process that had put them: its feeder had not written them.
#include <chrono>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <utility>

namespace heddle::misuse {
namespace {

using Results = mp::Queue<int>;

// A worker that is not to be held up by its feeder. Its last result may go with it.
namespace does_not_wait {

void measure(Results& results) {
  results.cancel_join_thread();  // the plant
  for (int i = 0; i < 2; ++i) results.put(i);
}

void measure_fixed(Results& results) {
  for (int i = 0; i < 2; ++i) results.put(i);
}

template <auto Measure>
void body() {
  Results results(0, {.name = "results"});
  mp::Process sensor(mp::fn<Measure>, mp::args(results), {.name = "sensor"});
  sensor.start();
  try {
    for (int i = 0; i < 2; ++i) results.get(true, std::chrono::seconds(5));
  } catch (const mp::Empty&) {
    // Then there is one value less.
  }
  sensor.join();
}

}  // namespace does_not_wait

// A worker says that it is done and is stopped, as it would never end by itself.
namespace stopped_when_done {

void serve(Results& results, mp::Event& is_done) {
  results.put(42);
  is_done.set();
  mp::sleep(std::chrono::hours(1));
}

template <bool is_fixed>
void body() {
  Results results(0, {.name = "results"});
  mp::Event is_done({.name = "is-done"});
  mp::Process server(mp::fn<&serve>, mp::args(results, is_done), {.name = "server"});
  server.start();
  is_done.wait();
  if (is_fixed) results.get();
  server.terminate();
  if (!is_fixed) results.get();
  server.join();
}

}  // namespace stopped_when_done

// A worker's second thread puts when its first one has ended, and with it the feeder.
namespace late_thread {

template <bool is_fixed>
void compute(mp::JoinableQueue<int>& results) {
  const auto own = std::make_shared<mp::JoinableQueue<int>>(std::move(results));
  mp::Thread slow(
      [own] {
        mp::sleep(std::chrono::seconds(1));
        own->put(2);
      },
      {.name = "slow"});
  slow.start();
  own->put(1);
  if (is_fixed) slow.join();
}

template <bool is_fixed>
void body() {
  mp::JoinableQueue<int> results(0, {.name = "results"});
  mp::Process worker(mp::fn<&compute<is_fixed>>, mp::args(results), {.name = "worker"});
  worker.start();
  for (int i = 0; i < 2; ++i) {
    results.get();
    results.task_done();
  }
  worker.join();
}

}  // namespace late_thread

}  // namespace

std::vector<Scenario> queue_items_lost() {
  const std::vector<ExpectedFinding> caught{{.rule = "queue-items-lost"}};
  return {
      {.name = "misuse/queue-items-lost-1",
       .summary = "a process that does not wait for its feeder ends before main has its results",
       .body = &does_not_wait::body<&does_not_wait::measure>,
       .expected = caught},
      {.name = "misuse/queue-items-lost-1-fixed",
       .summary = "a process ends when its feeder has written what main gets",
       .body = &does_not_wait::body<&does_not_wait::measure_fixed>},
      {.name = "misuse/queue-items-lost-2",
       .summary = "main terminates a server that has said that it is done, and gets its result",
       .body = &stopped_when_done::body<false>,
       .expected = caught},
      {.name = "misuse/queue-items-lost-2-fixed",
       .summary = "main gets the result of a server and terminates it",
       .body = &stopped_when_done::body<true>},
      {.name = "misuse/queue-items-lost-3",
       .summary = "a thread that nobody joins puts a result when its process has begun to end",
       .body = &late_thread::body<false>,
       .expected = caught},
      {.name = "misuse/queue-items-lost-3-fixed",
       .summary = "a process joins its thread that puts a result, and ends",
       .body = &late_thread::body<true>},
  };
}

}  // namespace heddle::misuse
