// What the primitives cost on the real operating system, without a harness: a lock that nobody else wants, a
// message to another process and back, an item through a queue's feeder.
#include <benchmark/benchmark.h>

#include <mp/multiprocessing.hpp>

namespace {

void lock_uncontended(benchmark::State& state) {
  mp::Lock lock;
  for ([[maybe_unused]] const auto round : state) {
    lock.acquire();
    lock.release();
  }
}
BENCHMARK(lock_uncontended);

void send_back(mp::Connection& connection) {
  while (true) {
    const int number = connection.recv<int>();
    if (number < 0) return;
    connection.send(number);
  }
}

void pipe_round_trip(benchmark::State& state) {
  auto [here, there] = mp::Pipe();
  mp::Process echo(mp::fn<&send_back>, mp::args(there), {.name = "echo"});
  echo.start();
  for ([[maybe_unused]] const auto round : state) {
    here.send(1);
    benchmark::DoNotOptimize(here.recv<int>());
  }
  here.send(-1);
  echo.join();
}
BENCHMARK(pipe_round_trip)->UseRealTime();

void queue_put_get(benchmark::State& state) {
  mp::Queue<int> queue;
  for ([[maybe_unused]] const auto round : state) {
    queue.put(1);
    benchmark::DoNotOptimize(queue.get());
  }
  queue.close();
  queue.join_thread();
}
BENCHMARK(queue_put_get)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
